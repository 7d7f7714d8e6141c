//! Where sites usually keep their listings.

use super::Page;
use news::Address;

/// Where sites keep their feeds, the usual content systems first.
const FEEDS: &[&str] =
    &["/feed/", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml", "/feed.json"];

/// Where sites keep the sitemap of their news.
const NEWS_SITEMAPS: &[&str] =
    &["/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemaps/news.xml"];

/// Where sites keep the sitemap of all that they have.
const SITEMAPS: &[&str] = &["/sitemap.xml", "/sitemap_index.xml"];

/// Returns where the feeds of a page or its site may be, likeliest first: where its content system
/// keeps them, then where most do.
pub fn feeds(page: &Page, at: &Address) -> Vec<Address> {
    let system = page.system.map_or(&[][..], |system| system.feeds);
    // Below an article there are comments only.
    let of_page = if page.is_article { "" } else { at.as_url().path().trim_end_matches('/') };
    let of_site = system.iter().filter_map(|place| filled(at, place, ""));
    let of_page = system.iter().filter_map(|place| filled(at, place, of_page));
    let usual = FEEDS.iter().filter_map(|place| at.origin().join(place));
    let mut places: Vec<Address> = Vec::new();
    for place in of_page.chain(of_site).chain(usual) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// Returns where the sitemap of a site's news may be, likeliest first.
pub fn news_sitemaps(page: &Page, site: &Address) -> Vec<Address> {
    let system = page.system.map_or(&[][..], |system| system.news_sitemaps);
    system.iter().chain(NEWS_SITEMAPS).filter_map(|place| site.origin().join(place)).collect()
}

/// Returns where the sitemap of all pages of a site may be, likeliest first.
pub fn sitemaps(site: &Address) -> Vec<Address> {
    SITEMAPS.iter().filter_map(|place| site.origin().join(place)).collect()
}

/// Fills a page's path into a place; a place that needs a path has no sense without one.
fn filled(at: &Address, place: &str, path: &str) -> Option<Address> {
    if path.is_empty() && place.starts_with("{path}.") {
        return None;
    }
    let place = place.replace("{path}", path);
    let place = if place.starts_with('/') { place } else { format!("/{place}") };
    at.origin().join(&place)
}
