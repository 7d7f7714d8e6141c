//! What strangers send, through the whole program.

use super::program::{Library, fed, program, shared};
use super::site::{Page, Site};
use serde_json::Value;

#[test]
fn no_private_address_is_ever_dialled() {
    let Some(rows) = shared("hostile/ssrf.jsonl") else {
        return;
    };
    let rows = std::fs::read_to_string(rows).expect("the rows");
    let told = fed(program(&["guard", "--jsonl"]), rows.as_bytes());
    let mut wrong = Vec::new();
    for (row, answer) in rows.lines().zip(told.out.lines()) {
        let row: Value = serde_json::from_str(row).expect("a row");
        let answer: Value = serde_json::from_str(answer).expect("an answer");
        let blocked = matches!(answer["verdict"].as_str(), Some("block" | "reject-url"));
        let should = matches!(row["verdict"].as_str(), Some("block" | "reject-url"));
        if blocked != should && row["verdict"] != "either" {
            wrong.push((row, answer));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(rows.lines().count(), told.out.lines().count());
}

/// A page names pictures, redirects and an article on a private address: nobody is asked.
#[test]
fn a_page_cannot_send_the_fetcher_home() {
    let canary = Site::start();
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/tea", "Tea", ""), ("/hop", "Hop", "")]);
    let words =
        "A crate of tea stood on the north pier for a week before anybody asked whose it was.";
    site.put_article("/tea", "Whose tea is it", &[words, words], &canary.address("/picture.png"));
    let hop = Page { headers: vec![("Location", canary.address("/hop"))], ..Page::status(302) };
    site.put("/hop", hop);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.run(&["fetch"]);
    assert_eq!(canary.seen(), Vec::<String>::new());
    let shown = library.well(&["show", &site.address("/tea")]).out;
    assert!(shown.contains("crate of tea"), "{shown}");
}

/// A headline that tries to be markup, and a control character that tries to move the cursor.
#[test]
fn words_of_strangers_stay_words() {
    let site = Site::start();
    let headline = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt; \u{1b}[2J tea";
    site.put_feed("/feed.xml", &[("/tea", "Tea", "")]);
    let words =
        "A crate of tea stood on the north pier for a week before anybody asked whose it was.";
    site.put_article("/tea", headline, &[words, words], "/none.png");
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let told = library.well(&["fetch"]);
    assert!(!told.out.contains('\u{1b}'), "{told:#?}");
    let reader = library.serve();
    let mark = &library.marks()[0];
    for path in
        ["/".to_owned(), format!("/a/{mark}"), format!("/a/{mark}/1"), "/search?q=tea".to_owned()]
    {
        let (_, page) = reader.get(&path);
        assert!(!page.contains("<script"), "{path}: {page}");
    }
    let (_, missing) = reader.get("/a/%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!missing.contains("<script"), "{missing}");
}
