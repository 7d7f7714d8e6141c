use super::{Page, feeds, news_sitemaps, read, sitemaps};
use crate::Document;
use expect_test::{Expect, expect};
use news::Address;

const AT: &str = "https://harbour.example/news/";

fn page(at: &str, html: &str) -> Page {
    let base = Address::read(at).unwrap();
    read(&Document { bytes: html.as_bytes(), content_type: "text/html", base: Some(&base) })
}

#[track_caller]
fn check_at(at: &str, html: &str, expected: Expect) {
    let found = page(at, html).feeds;
    let lines: Vec<String> = found
        .iter()
        .map(|found| format!("{:?} {} {}", found.why, found.address, found.title))
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[track_caller]
fn check(html: &str, expected: Expect) {
    check_at(AT, html, expected);
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
            Announced https://harbour.example/news/feed All news
            Announced https://harbour.example/feed.json 
            Comments https://harbour.example/comments/feed/ Comments Feed"#]],
    );
}

#[test]
fn a_link_may_name_a_feed_in_words() {
    check(
        "<base href='/x/'><a href='a.rss'>Sport</a> <a href='/get?f=rss'>about RSS</a>
        <a href='/list.xml'>RSS</a> <a href='feed://b.example/rss'>B</a> <a href='#rss'>RSS</a>
        <a type='application/atom+xml' href='/all'>All</a> <a href='/made.xml'>how it is made</a>",
        expect![[r#"
            Named https://harbour.example/x/a.rss Sport
            Named https://harbour.example/list.xml RSS
            Named https://b.example/rss B
            Named https://harbour.example/all All"#]],
    );
}

#[test]
fn a_page_about_feeds_lists_them_plainly() {
    check_at(
        "https://harbour.example/service/",
        "<title>RSS | The Harbour</title><a href='/rss'>Feeds</a><ul>
        <li><a href='/export/sport.xml'>Sport</a> <li><a href='/get?feed=7'>Tides</a>
        <li><a href='/outboundfeeds/ports/'>Ports</a> <li><a href='/about'>About</a>
        <li><a href='/service'>this page</a></ul>",
        expect![[r#"
            Named https://harbour.example/rss Feeds
            Listed https://harbour.example/export/sport.xml Sport
            Listed https://harbour.example/get?feed=7 Tides
            Listed https://harbour.example/outboundfeeds/ports/ Ports"#]],
    );
}

#[test]
fn a_feed_below_an_article_is_of_its_comments() {
    check_at(
        "https://harbour.example/2026/tea/",
        "<meta property='article:published_time' content='2026-11-10'>
        <link rel=alternate type=application/rss+xml title='Tee » Stimmen' href='/2026/tea/feed/'>
        <link rel=alternate type=application/rss+xml title='Harbour' href='/feed/'>",
        expect![[r#"
            Announced https://harbour.example/feed/ Harbour
            Comments https://harbour.example/2026/tea/feed/ Tee » Stimmen"#]],
    );
}

#[test]
fn a_page_may_send_its_reader_on() {
    let onward = |html: &str| page(AT, html).onward.map(|address| address.to_string());
    let refresh =
        |content: &str| onward(&format!("<meta http-equiv=Refresh content=\"{content}\">"));
    let there = Some("https://harbour.example/en/".to_owned());
    assert_eq!(refresh("0;url=/en/"), there);
    assert_eq!(refresh("1 ; URL = '/en/'"), there);
    assert_eq!(refresh("0, /en/"), there);
    for none in ["300; url=/en/", "60", "", "0;url="] {
        assert_eq!(refresh(none), None, "{none}");
    }
    let frames = "<frameset rows='20%,80%'><frame src=menu.html><frame src=/en/></frameset>";
    assert_eq!(onward(frames), there);
    assert_eq!(onward("<iframe src=/en/></iframe>"), None);
}

#[test]
fn a_page_tells_its_own_address_and_its_nature() {
    let front =
        page(AT, "<link rel=Canonical href='/?#top'><meta property=og:type content=website>");
    assert_eq!(front.canonical.map(|to| to.to_string()), Some("https://harbour.example/?".into()));
    assert!(!front.is_article);
    for article in [
        "<meta name='article:published_time' content='2026-11-10'>",
        "<meta itemprop=datePublished content='2026-11-10'>",
        "<body class='rtl single-post postid-7'>",
    ] {
        assert!(page(AT, article).is_article, "{article}");
    }
    assert!(!page(AT, "<meta property=og:type content=article>").is_article);
}

#[track_caller]
fn check_places(html: &str, expected: Expect) {
    let at = Address::read("https://harbour.example/sport/").unwrap();
    let places: Vec<String> = feeds(&page(at.as_str(), html), &at)
        .iter()
        .map(|place| place.as_str()["https://harbour.example".len()..].to_owned())
        .collect();
    expected.assert_eq(&places.join(" "));
}

#[test]
fn the_content_system_says_where_to_look_first() {
    check_places(
        "<p>no trace",
        expect!["/feed/ /rss.xml /feed.xml /rss /atom.xml /index.xml /feed.json"],
    );
    check_places(
        "<script src='/wp-includes/x.js'></script>",
        expect!["/sport/feed/ /feed/ /rss.xml /feed.xml /rss /atom.xml /index.xml /feed.json"],
    );
    check_places(
        "<img src='/wp-content/a.jpg'><meta name=Generator content='Ghost 5.1'>",
        expect!["/sport/rss/ /rss/ /feed/ /rss.xml /feed.xml /rss /atom.xml /index.xml /feed.json"],
    );
    check_places(
        "<div id=mastodon></div>",
        expect!["/sport.rss /feed/ /rss.xml /feed.xml /rss /atom.xml /index.xml /feed.json"],
    );
    check_places(
        "<a href='https://b.example/wp-content/'>about a content system</a>",
        expect!["/feed/ /rss.xml /feed.xml /rss /atom.xml /index.xml /feed.json"],
    );
}

#[test]
fn sitemaps_have_their_usual_places() {
    let at = Address::read("https://harbour.example/sport/").unwrap();
    let page = page(at.as_str(), "<script src='/pf/resources/x.js'></script>");
    let news = news_sitemaps(&page, &at);
    assert_eq!(
        news[0].as_str(),
        "https://harbour.example/arc/outboundfeeds/news-sitemap/?outputType=xml"
    );
    assert_eq!(news[1].as_str(), "https://harbour.example/news-sitemap.xml");
    assert_eq!(sitemaps(&at)[0].as_str(), "https://harbour.example/sitemap.xml");
}
