//! The pure tools: bytes in, answers out, no library.

use super::program::{fed, program};
use serde_json::{Value, json};

const PAGE: &str = "<html lang=en><title>Whose tea is it - The Quay</title><body>\
    <nav><a href=/>Home</a></nav><article><h1>Whose tea is it</h1>\
    <p>A crate of tea stood on the north pier for a week before anybody asked whose it was.</p>\
    <p>The harbour office has now written to the glazier on the mainland, who has not answered yet.</p>\
    </article><footer>Imprint</footer></body></html>";

#[test]
fn one_page_becomes_one_article() {
    let told =
        fed(program(&["extract", "--json", "--url", "http://quay.example/tea"]), PAGE.as_bytes());
    assert_eq!(told.code, 0, "{told:#?}");
    let row: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(row["title"], "Whose tea is it");
    assert!(row["text"].as_str().is_some_and(|text| text.starts_with("A crate of tea")));
    let markdown = fed(program(&["extract", "-"]), PAGE.as_bytes());
    assert!(markdown.out.contains("# Whose tea is it"), "{markdown:#?}");
}

#[test]
fn nothing_to_find_is_exit_code_one() {
    assert_eq!(fed(program(&["extract"]), b"").code, 1);
    assert_eq!(fed(program(&["read-listing", "--json"]), b"<html>no feed").code, 1);
}

/// Five hundred pages on all cores, some of them bad: as many answers, in the same order.
#[test]
fn rows_keep_their_order_and_a_bad_one_stops_nothing() {
    let mut rows = String::new();
    for id in 0..500 {
        rows += &match id % 50 {
            7 => "{\"id\": 7, \"html\": 5}\n".to_owned(),
            8 => format!("{}\n", json!({"id": id, "path": "/nonexistent.html"})),
            9 => "not json\n".to_owned(),
            _ => format!("{}\n", json!({"id": id, "url": "http://quay.example/tea", "html": PAGE})),
        };
    }
    let told = fed(program(&["extract", "--jsonl"]), rows.as_bytes());
    assert_eq!(told.code, 0, "{}", told.err);
    let answers: Vec<Value> =
        told.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 500);
    for (number, answer) in answers.iter().enumerate().filter(|(n, _)| !matches!(n % 50, 7 | 9)) {
        assert_eq!(answer["id"], number);
    }
    assert_eq!(answers[58]["notes"][0]["kind"], "unreadable");
    assert_eq!(answers[59]["notes"][0]["kind"], "bad-row");
}

#[test]
fn a_listing_is_read_in_the_agreed_form() {
    let feed = "<rss version=2.0><channel><title>The Quay</title><item><title>Tea</title>\
        <link>/tea</link><pubDate>Tue, 10 Nov 2026 08:30:00 +0100</pubDate></item></channel></rss>";
    let told = fed(
        program(&["read-listing", "--json", "--base", "http://quay.example/feed"]),
        feed.as_bytes(),
    );
    let row: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(row["feed"]["title"], "The Quay", "{row}");
    assert_eq!(row["entries"][0]["link"], "http://quay.example/tea", "{row}");
    assert_eq!(row["entries"][0]["published"], "2026-11-10T07:30:00Z", "{row}");
}

#[test]
fn a_page_of_headlines_is_a_listing_too() {
    let page = "<html lang=en><title>The Quay</title><nav><a href=/tea>Tea</a></nav>\
        <h2><a href=/2026/11/10/whose-tea-is-it-now>Whose tea is it now</a></h2>\
        <h2><a href=/2026/11/09/a-crate-on-the-pier>A crate on the pier</a></h2>";
    let told = fed(
        program(&["read-listing", "--json", "--base", "http://quay.example/"]),
        page.as_bytes(),
    );
    let row: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(row["feed"]["form"], "section", "{row}");
    assert_eq!(row["entries"][1]["title"], "A crate on the pier", "{row}");
    assert_eq!(row["entries"].as_array().map(Vec::len), Some(2), "{row}");
}

#[test]
fn what_is_cleaned_runs_nothing() {
    let row = json!({"id": "a", "html": "<p onclick=x()>Tea<script>alert(1)</script>\
        <img src=/tea.png><a href=javascript:x()>more</a></p>"});
    let told = fed(program(&["clean", "--jsonl"]), row.to_string().as_bytes());
    let answer: Value = serde_json::from_str(&told.out).expect("JSON");
    let out = answer["out"].as_str().expect("text");
    assert!(out.contains("Tea") && out.contains("src=\"/picture/"), "{out}");
    assert!(!out.contains("script") && !out.contains("onclick"), "{out}");
}

#[test]
fn a_private_address_is_blocked() {
    let row = json!({"id": "a", "url": "http://2130706433/"});
    let told = fed(program(&["guard", "--jsonl"]), row.to_string().as_bytes());
    assert!(told.out.contains("block"), "{told:#?}");
}
