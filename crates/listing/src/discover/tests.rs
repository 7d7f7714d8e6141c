use super::{links, well_known};
use crate::Document;
use expect_test::{Expect, expect};
use news::Address;

#[track_caller]
fn check(html: &str, expected: Expect) {
    let base = Address::read("https://harbour.example/news/").unwrap();
    let found =
        links(&Document { bytes: html.as_bytes(), content_type: "text/html", base: Some(&base) });
    let lines: Vec<String> = found
        .iter()
        .map(|candidate| format!("{} {}", candidate.address, candidate.title))
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_page_announces_its_feeds_in_its_head() {
    check(
        "<head><link rel='Alternate' type='application/rss+xml' title='Comments Feed' href='/comments/feed/'>
        <link rel=alternate type='application/rss+xml' title=' All news ' href=feed>
        <link rel=alternate type='application/json' href='/wp-json/x'>
        <link rel=alternate hreflang=de href='/de/'>
        <link rel=alternate type='application/feed+json; charset=utf-8' href='/feed.json#x'>
        <link rel=stylesheet href=rss.css></head><a href='/news/feed'>RSS</a>",
        expect![[r#"
            https://harbour.example/news/feed All news
            https://harbour.example/feed.json 
            https://harbour.example/comments/feed/ Comments Feed"#]],
    );
}

#[test]
fn a_link_may_name_a_feed_in_words() {
    check(
        "<base href='/x/'><a href='a.rss'>Sport</a> <a href='/get?f=rss'>about RSS</a>
        <a href='/list.xml'>RSS</a> <a href='feed://b.example/rss'>B</a> <a href='#rss'>RSS</a>",
        expect![[r#"
            https://harbour.example/x/a.rss Sport
            https://harbour.example/list.xml RSS
            https://b.example/rss B"#]],
    );
}

#[test]
fn well_known_places_are_few_and_at_the_root() {
    let site = Address::read("https://harbour.example/news/today?x=1").unwrap();
    let places = well_known(&site);
    assert!(places.len() <= 12);
    assert_eq!(places[0].as_str(), "https://harbour.example/feed/");
}
