//! What a visit to a listing brings where the listing lies in several documents.

use super::program::Library;
use super::site::{Page, Site};

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
