//! What a visit to a listing brings where the listing lies in several documents.

use super::program::Library;
use super::site::{Page, Site};
use news::Timestamp;
use std::collections::BTreeSet;

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

const WORDS: [&str; 2] = [
    "The cooper has moved his workshop to the old lifeboat house, where the doors are wide enough \
     for the largest of his barrels and the rent is a small one each quarter.",
    "He had rolled them through the fish market for eleven years, he says, and nobody had ever \
     complained but the cat, which liked to sleep in the way.",
];

/// Puts up articles at these addresses.
fn put_articles(site: &Site, pages: &[String]) {
    for page in pages {
        site.put_article(page, &format!("News of {page}"), &WORDS, "/barrel.jpg");
    }
}

/// Returns a sitemap of these pages, none of which it dates.
fn sitemap(site: &Site, pages: &[String]) -> Page {
    let urls: String =
        pages.iter().map(|page| format!("<url><loc>{}</loc></url>", site.address(page))).collect();
    Page::new("application/xml", format!("<urlset xmlns='{SITEMAPS}'>{urls}</urlset>"))
}

fn index(site: &Site, parts: &[&str]) -> Page {
    let part = |path: &&str| format!("<sitemap><loc>{}</loc></sitemap>", site.address(path));
    let parts: String = parts.iter().map(part).collect();
    Page::new("application/xml", format!("<sitemapindex xmlns='{SITEMAPS}'>{parts}</sitemapindex>"))
}

/// Returns a feed of these pages that goes on elsewhere.
fn feed(site: &Site, pages: &[String], next: &str) -> Page {
    let item = |page: &String| {
        let at = site.address(page);
        format!("<item><title>News of {page}</title><link>{at}</link><guid>{at}</guid></item>")
    };
    let items: String = pages.iter().map(item).collect();
    let next = site.address(next);
    let feed = format!(
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><title>The Quay</title>\
         <a:link rel='next' href='{next}'/>{items}</channel></rss>"
    );
    Page::new("application/rss+xml", feed)
}

/// Returns the addresses `/{name}/{number}`.
fn pages(name: &str, numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(|number| format!("/{name}/{number}")).collect()
}

#[test]
fn an_index_that_stays_the_same_does_not_hide_what_its_parts_name() {
    let site = Site::start();
    put_articles(&site, &pages("barrel", 0..3));
    site.put("/index.xml", index(&site, &["/part.xml"]).tagged("first"));
    site.put("/part.xml", sitemap(&site, &pages("barrel", 0..2)));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/index.xml")]);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 2);
    site.put("/part.xml", sitemap(&site, &pages("barrel", 0..3)));
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 3);
}

#[test]
fn a_further_page_that_could_not_be_had_is_asked_for_again() {
    let site = Site::start();
    put_articles(&site, &pages("hoop", 0..8));
    site.put("/feed.xml", feed(&site, &pages("hoop", 0..2), "/older.xml").tagged("first"));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 2);
    site.put("/feed.xml", feed(&site, &pages("hoop", 6..8), "/older.xml").tagged("second"));
    site.put("/older.xml", Page::status(503));
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 4);
    let told = library.well(&["sources"]).out;
    assert!(told.contains("/older.xml") && told.contains("503"), "{told}");
    site.put("/older.xml", feed(&site, &pages("hoop", 4..6), "/oldest.xml"));
    site.put("/oldest.xml", feed(&site, &pages("hoop", 1..4), "/older.xml"));
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 8);
    assert!(!library.well(&["sources"]).out.contains("503"));
    library.well(&["fetch"]);
    let asked = |path: &str| site.seen().iter().filter(|seen| *seen == path).count();
    assert_eq!((asked("/older.xml"), asked("/oldest.xml")), (2, 1));
}

#[test]
fn pages_that_lead_in_a_circle_are_asked_for_once() {
    let site = Site::start();
    put_articles(&site, &pages("stave", 0..6));
    site.put("/feed.xml", feed(&site, &pages("stave", 0..2), "/older.xml"));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    site.put("/feed.xml", feed(&site, &pages("stave", 4..6), "/older.xml"));
    site.put("/older.xml", feed(&site, &pages("stave", 2..4), "/feed.xml"));
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 6);
    let asked = |path: &str| site.seen().iter().filter(|seen| *seen == path).count();
    assert_eq!((asked("/feed.xml"), asked("/older.xml")), (3, 1));
}

#[test]
fn a_sitemap_without_times_brings_what_is_added_at_its_ends() {
    let site = Site::start();
    let old = pages("old", 0..300);
    site.put("/map.xml", sitemap(&site, &old));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/map.xml")]);
    library.run(&["fetch"]);
    let news = pages("news", 0..2);
    put_articles(&site, &news);
    site.put("/map.xml", sitemap(&site, &[&news[..1], &old[..], &news[1..]].concat()));
    library.run(&["fetch"]);
    assert_eq!(library.marks().len(), 2);
    let asked: BTreeSet<String> =
        site.seen().into_iter().filter(|path| path.starts_with("/old/")).collect();
    let ends = [&old[..50], &old[250..]].concat();
    assert_eq!(asked, BTreeSet::from_iter(ends), "the archive is not crawled");
}

#[test]
fn an_index_that_lacks_a_part_is_visited_again_soon() {
    let site = Site::start();
    put_articles(&site, &pages("barrel", 0..1));
    site.put("/index.xml", index(&site, &["/part.xml", "/down.xml"]));
    site.put("/part.xml", sitemap(&site, &pages("barrel", 0..1)));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/index.xml")]);
    let waits_s = || {
        library.well(&["fetch"]);
        let listing = library.rows(&["sources"])[0]["listings"][0].clone();
        let at = |key: &str| listing[key].as_str().expect("a time").parse::<Timestamp>();
        let (visited, next) = (at("visited").expect("a time"), at("next_visit").expect("a time"));
        next.duration_since(visited).as_secs()
    };
    let whole = waits_s();
    site.put("/down.xml", Page::status(503));
    let lacking = waits_s();
    assert!(lacking < 10 * 60 && lacking < whole, "{lacking} s and not {whole} s");
    assert_eq!(library.marks().len(), 1, "what is there is not waited with");
}
