//! Whatever is pasted becomes something that can be followed, with few requests.

use super::program::Library;
use super::site::{Page, Site};
use expect_test::{Expect, expect};
use serde_json::Value;

/// Five articles of three words each, as a feed announces them.
const NEWS: [(&str, &str, &str); 5] = [
    ("/news/ferry-is-back", "The night ferry is back", "It sails on Friday."),
    ("/news/pier-has-light", "The pier has light again", "A gull broke the glass."),
    ("/news/tea-in-a-crate", "A crate of tea stands alone", "Nobody asked for it."),
    ("/news/hens-travel-free", "Hens may travel for free", "If in a basket."),
    ("/news/tide-tables-late", "The tide tables are late", "So is the tide."),
];

const SPORT: [(&str, &str, &str); 3] = [
    ("/sport/rowers-win-cup", "The rowers win the harbour cup", "By a nose."),
    ("/sport/net-is-mended", "The net of the goal is mended", "With rope."),
    ("/sport/swim-to-island", "A swim to the island and back", "In June."),
];

fn html(body: &str) -> Page {
    Page::new("text/html; charset=utf-8", format!("<!doctype html><html lang=en>{body}</html>"))
}

fn link(kind: &str, to: &str, title: &str) -> String {
    format!("<link rel=alternate type=application/{kind} href='{to}' title='{title}'>")
}

/// A page with a list of all the news, which is a section page where there is no feed.
fn headlines(head: &str) -> Page {
    let items: String = NEWS
        .iter()
        .map(|(path, title, words)| {
            format!("<li><article><h2><a href='{path}'>{title}</a></h2><time datetime=2026-11-10>\
                     10 November</time><p>{words} And so it went on until the evening.</p></article>")
        })
        .collect();
    html(&format!(
        "<head><title>The Quay</title>{head}</head><body><nav><a href='/'>Home</a> \
                   <a href='/about'>About</a></nav><main><ul>{items}</ul></main></body>"
    ))
}

fn news_sitemap(site: &Site) -> Page {
    let urls: String = NEWS
        .iter()
        .map(|(path, title, _)| {
            let page = site.address(path);
            format!(
                "<url><loc>{page}</loc><news:news><news:publication_date>2026-11-10\
                     </news:publication_date><news:title>{title}</news:title></news:news></url>"
            )
        })
        .collect();
    let names = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' \
                 xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'";
    Page::new("application/xml", format!("<urlset {names}>{urls}</urlset>"))
}

fn sitemap_index(site: &Site, parts: &[(&str, &str)]) -> Page {
    let part = |(path, day): &(&str, &str)| {
        let at = site.address(path);
        format!("<sitemap><loc>{at}</loc><lastmod>{day}</lastmod></sitemap>")
    };
    let parts: String = parts.iter().map(part).collect();
    let name = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'";
    Page::new("application/xml", format!("<sitemapindex {name}>{parts}</sitemapindex>"))
}

/// What is offered for an address that is typed, a line a choice, and what that cost.
fn offered(site: &Site, typed: &str) -> String {
    let library = Library::new(&[&site.host]);
    let rows = library.rows(&["add", typed]);
    let words = |value: &Value| value.as_str().unwrap_or_default().replace(&site.address(""), "");
    let line = |row: &Value| {
        format!("{} {} ({})\n", words(&row["form"]), words(&row["listing"]), row["entries"])
    };
    let choices: String = rows.iter().map(line).collect();
    choices + "asked: " + &site.seen().join(" ")
}

#[track_caller]
fn check(site: &Site, path: &str, expected: Expect) {
    expected.assert_eq(&offered(site, &site.address(path)));
}

#[test]
fn the_feeds_that_a_page_names_are_enough() {
    let site = Site::start();
    let head =
        link("rss+xml", "/feed.xml", "News") + &link("rss+xml", "/comments/feed/", "Comments Feed");
    site.put("/", headlines(&head));
    site.put_feed("/feed.xml", &NEWS);
    site.put("/robots.txt", Page::new("text/plain", "Sitemap: /news.xml\nSitemap: /all.xml"));
    site.put("/news.xml", news_sitemap(&site));
    check(
        &site,
        "/",
        expect![[r#"
            rss /feed.xml (5)
            sitemap /news.xml (5)
            section / (5)
            unknown /comments/feed/ (0)
            asked: /robots.txt / /feed.xml /news.xml"#]],
    );
}

#[test]
fn who_pastes_a_section_is_offered_its_feed_first() {
    let site = Site::start();
    let head = link("rss+xml", "/feed.xml", "News") + &link("atom+xml", "/rss/sport.xml", "Sport");
    let plug_in = "<meta property=og:type content=article>";
    site.put("/sport/", headlines(&(head + plug_in)));
    site.put_feed("/feed.xml", &NEWS);
    site.put_feed("/rss/sport.xml", &SPORT);
    check(
        &site,
        "/sport/",
        expect![[r#"
            rss /rss/sport.xml (3)
            rss /feed.xml (5)
            section /sport/ (5)
            asked: /robots.txt /sport/ /rss/sport.xml /feed.xml"#]],
    );
}

/// The section names the feed of the whole site alone; its content system has one for each.
#[test]
fn a_content_system_has_a_feed_for_each_section() {
    let site = Site::start();
    let head = link("rss+xml", "/rss/", "News") + "<meta name=generator content='Ghost 5.9'>";
    site.put("/tag/sport/", headlines(&head));
    site.put_feed("/rss/", &NEWS);
    site.put_feed("/tag/sport/rss/", &SPORT);
    check(
        &site,
        "/tag/sport/",
        expect![[r#"
            rss /tag/sport/rss/ (3)
            rss /rss/ (5)
            section /tag/sport/ (5)
            asked: /robots.txt /tag/sport/ /rss/ /tag/sport/rss/"#]],
    );
}

#[test]
fn an_article_that_names_its_comments_leads_to_its_site() {
    let site = Site::start();
    let head = "<meta property='article:published_time' content=2026-11-10>".to_owned()
        + &link("rss+xml", "/news/ferry-is-back/feed/", "Stimmen");
    let text = "<p>The night ferry will sail again from Friday, the harbour office said.".repeat(9);
    site.put("/news/ferry-is-back", html(&format!("<head>{head}</head><h1>Ferry</h1>{text}")));
    site.put("/", headlines(&link("rss+xml", "/feed.xml", "News")));
    site.put_feed("/feed.xml", &NEWS);
    check(
        &site,
        "/news/ferry-is-back",
        expect![[r#"
            rss /feed.xml (5)
            section / (5)
            unknown /news/ferry-is-back/feed/ (0)
            asked: /robots.txt /news/ferry-is-back / /feed.xml"#]],
    );
}

#[test]
fn a_page_may_point_to_the_page_that_is_meant() {
    let site = Site::start();
    site.put("/", html("<meta http-equiv=refresh content='0; url=/en/'>"));
    site.put("/en/", html(&link("rss+xml", "/en/feed.xml", "News")));
    site.put_feed("/en/feed.xml", &NEWS);
    check(
        &site,
        "/",
        expect![[r#"
        rss /en/feed.xml (5)
        asked: /robots.txt / /en/ /en/feed.xml"#]],
    );
}

#[test]
fn a_page_about_feeds_leads_to_them() {
    let site = Site::start();
    let elsewhere = "<a href='https://elsewhere.example/feed/'>us elsewhere</a>";
    let links = elsewhere.to_owned() + "<a href='/service/feeds'>RSS</a>";
    site.put("/", headlines("").with(&links));
    site.put(
        "/service/feeds",
        html(
            "<title>Our feeds</title><a href='/export/news.xml'>News</a> \
              <a href='/export/sport.xml'>Sport</a> <a href='/about'>About</a>",
        ),
    );
    site.put_feed("/export/news.xml", &NEWS);
    site.put_feed("/export/sport.xml", &SPORT);
    check(
        &site,
        "/",
        expect![[r#"
            rss /export/news.xml (5)
            rss /export/sport.xml (3)
            section / (5)
            asked: /robots.txt / /service/feeds /export/news.xml /export/sport.xml"#]],
    );
    check(
        &site,
        "/service/feeds",
        expect![[r#"
            rss /export/news.xml (5)
            rss /export/sport.xml (3)
            asked: /robots.txt / /service/feeds /export/news.xml /export/sport.xml /robots.txt /service/feeds /export/news.xml /export/sport.xml"#]],
    );
}

#[test]
fn what_is_more_than_enough_is_shown_and_not_asked_for() {
    let site = Site::start();
    let ports = ["north", "east", "south", "west", "inner", "outer"];
    let feed = |port: &&str| link("rss+xml", &format!("/feeds/{port}.xml"), port);
    site.put("/", html(&ports.iter().map(feed).collect::<String>()));
    for (number, port) in ports.iter().enumerate() {
        let path = format!("/{port}/arrivals-of-the-day");
        site.put_feed(&format!("/feeds/{port}.xml"), &[(&path, port, ""), NEWS[number % 5]]);
    }
    check(
        &site,
        "/",
        expect![[r#"
            rss /feeds/north.xml (2)
            rss /feeds/east.xml (2)
            rss /feeds/south.xml (2)
            rss /feeds/west.xml (2)
            unknown /feeds/inner.xml (0)
            unknown /feeds/outer.xml (0)
            asked: /robots.txt / /feeds/north.xml /feeds/east.xml /feeds/south.xml /feeds/west.xml"#]],
    );
}

#[test]
fn a_feed_that_nobody_names_is_found_where_its_system_keeps_it() {
    let site = Site::start();
    site.put("/", html("<script src='/typo3temp/x.js'></script><p>Welcome."));
    site.put_feed("/?type=9818", &NEWS);
    check(
        &site,
        "/",
        expect![[r#"
            rss /?type=9818 (5)
            asked: /robots.txt / /rss.xml /?type=9818"#]],
    );
}

#[test]
fn without_a_feed_there_is_the_sitemap_of_the_news() {
    let site = Site::start();
    site.put("/", html("<p>Welcome."));
    site.put(
        "/robots.txt",
        Page::new("text/plain", format!("Sitemap: {}", site.address("/maps/news/index.xml"))),
    );
    let parts = [("/maps/2025.xml", "2025-12-31"), ("/maps/2026.xml", "2026-11-10")];
    site.put("/maps/news/index.xml", sitemap_index(&site, &parts));
    site.put("/maps/2026.xml", news_sitemap(&site));
    check(
        &site,
        "/",
        expect![[r#"
            sitemap_index /maps/news/index.xml (5)
            asked: /robots.txt / /maps/news/index.xml /maps/2026.xml /feed/ /rss.xml /feed.xml /rss"#]],
    );
}

#[test]
fn without_anything_there_is_the_page_itself() {
    let site = Site::start();
    site.put("/latest", headlines(""));
    let library = Library::new(&[&site.host]);
    let told = library.well(&["add", "--yes", &site.address("/latest")]);
    assert!(told.out.contains("section page, 5 articles"), "{told:#?}");
    for (path, title, words) in NEWS {
        site.put_article(path, title, &[&words.repeat(20), &words.repeat(30)], "/none.png");
    }
    library.run(&["fetch"]);
    assert_eq!(library.marks().len(), 5);
}

#[test]
fn a_front_page_that_is_missing_hides_no_feed() {
    let site = Site::start();
    site.put_feed("/rss.xml", &NEWS);
    let library = Library::new(&[&site.host]);
    let told = library.well(&["add", "--yes", &site.address("/old/feed")]);
    assert!(told.out.contains("/rss.xml"), "{told:#?}");
    assert!(told.err.contains("/old/feed: the site answered 404; this is what"), "{told:#?}");
}

#[test]
fn the_same_content_is_offered_once_and_kept_as_a_spare() {
    let site = Site::start();
    site.put(
        "/",
        html(&(link("rss+xml", "/feed.xml", "RSS") + &link("rss+xml", "/again.xml", "RSS"))),
    );
    site.put_feed("/feed.xml", &NEWS);
    site.put_feed("/again.xml", &NEWS);
    check(
        &site,
        "/",
        expect![[r#"
        rss /feed.xml (5)
        asked: /robots.txt / /feed.xml /again.xml"#]],
    );
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    let again = library.run(&["add", "--yes", &site.address("/feed.xml")]);
    assert!(again.err.contains("is followed already"), "{again:#?}");
    library.well(&["add", "--yes", "--name", "other", &site.address("/again.xml")]);
    assert_eq!(library.rows(&["sources"]).len(), 2);
}

#[test]
fn an_address_is_found_in_what_is_pasted() {
    let site = Site::start();
    site.put("/", headlines(&link("rss+xml", "/feed.xml", "News")));
    site.put_feed("/feed.xml", &NEWS);
    let feed = site.address("/feed.xml");
    for typed in [
        format!(" <{feed}> "),
        format!("Have a look at {feed}, it is good."),
        format!("feed:{feed}"),
        format!("view-source:{feed}"),
        format!("feed://{}/feed.xml", site.host),
        format!("podcast://{}/feed.xml", site.host),
        format!("{}/feed.xml", site.host),
        site.host.clone(),
    ] {
        let library = Library::new(&[&site.host]);
        let told = library.well(&["add", "--yes", &typed]);
        assert!(
            told.out.contains(&format!("5 articles up to 2026-11-10, {feed}")),
            "{typed}: {told:#?}"
        );
    }
}

#[test]
fn a_list_of_subscriptions_is_taken_in() {
    let site = Site::start();
    site.put_feed("/feed.xml", &NEWS);
    let outline = format!("<outline text='The Quay' xmlUrl='{}'/>", site.address("/feed.xml"));
    let opml = format!(
        "<?xml version='1.0'?><!-- mine --><opml version='2.0'><body>{outline}</body></opml>"
    );
    site.put("/feeds.opml", Page::new("text/xml", opml));
    let library = Library::new(&[&site.host]);
    let told = library.run(&["add", &site.address("/feeds.opml")]);
    assert_eq!(told.code, 2, "{told:#?}");
    library.well(&["add", "--yes", &site.address("/feeds.opml")]);
    let file = library.scratch.path().join("feeds.opml").display().to_string();
    std::fs::write(&file, "").expect("written");
    let told = library.run(&["add", &file]);
    assert!(told.err.contains(&format!("`pressmark import {file}` takes it in")), "{told:#?}");
    assert_eq!(library.rows(&["sources"])[0]["title"], "The Quay");
}

/// Nothing is looked up here: the proxy that all requests go to is not there.
#[test]
fn a_slip_is_answered_with_what_was_meant() {
    let library = Library::new(&[]).with("PRESSMARK_PROXY", "http://127.0.0.1:1");
    let told = library.run(&["add", "--yes", "htps://quay.example/feed"]);
    assert!(told.err.contains("did you mean `https://quay.example/feed`?"), "{told:#?}");
    for typed in ["harbour-news.con", "harbour-newscom", "https://harbour-news..com/feed"] {
        let told = library.run(&["add", "--yes", typed]);
        assert!(told.err.contains("did you mean `harbour-news.com`?"), "{typed}: {told:#?}");
    }
    library.well(&["add", "--yes", "--anyway", "harbour.example"]);
    let told = library.run(&["add", "--yes", "harbuor.example"]);
    let meant = "did you mean `harbour.example`, which is followed as `harbour`?";
    assert!(told.err.contains(meant), "{told:#?}");
}
