//! Which sitemap is that of the news, and which part of an index is the newest.

use news::{Address, Part};

/// From how many digits on a number in a name may be a year.
const YEAR_LEN: usize = 4;

/// Tells whether an address says that it is the sitemap of a site's news.
pub fn names_news(address: &Address) -> bool {
    let url = address.as_url();
    let words = url.as_str()[address.origin().as_str().len()..].to_lowercase();
    let is_other =
        ["video", "image", "newsletter", "podcast"].iter().any(|word| words.contains(word));
    words.contains("news") && !is_other
}

/// Tells whether a part of an index is where all its news will be: one with a date in its name
/// won't be for long, and an index of nothing but news is the better address.
pub fn stands_for(part: &Address, index: &Address) -> bool {
    let path = part.as_url().path();
    let longest = path.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    names_news(part) && !names_news(index) && longest.unwrap_or_default() < YEAR_LEN
}

/// Returns the part of an index that lists the site's newest articles, as far as can be told: one
/// of news, else the one that changed last, of those that are of articles at all.
pub fn newest(parts: &[Part]) -> Option<&Part> {
    let with_place = parts.iter().enumerate();
    let key = |(place, part): &(usize, &Part)| {
        let changed = part.updated.as_ref().map(|stamp| stamp.at);
        (names_news(&part.address), names_articles(&part.address), changed, *place)
    };
    with_place.max_by_key(key).map(|(_, part)| part)
}

/// Tells what sitemaps of articles are called from what those of other things are.
fn names_articles(address: &Address) -> i8 {
    let path = address.as_url().path().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| path.contains(word));
    if has(&[
        "video",
        "image",
        "tag",
        "category",
        "categories",
        "author",
        "topic",
        "static",
        "page",
    ]) {
        return -1;
    }
    i8::from(has(&["post", "article", "story", "stories", "content", "archive"]))
}

#[cfg(test)]
mod tests {
    use super::{names_news, newest, stands_for};
    use news::{Address, Part, Stamp};

    fn address(path: &str) -> Address {
        Address::read(&format!("https://news.harbour.example{path}")).unwrap()
    }

    #[test]
    fn a_sitemap_of_news_says_so_in_its_path() {
        for path in ["/news-sitemap.xml", "/sitemaps/googlenews.xml", "/map?type=news"] {
            assert!(names_news(&address(path)), "{path}");
        }
        for path in ["/sitemap.xml", "/newsletter-sitemap.xml", "/sitemaps/news/video.xml"] {
            assert!(!names_news(&address(path)), "{path}");
        }
    }

    #[test]
    fn a_part_stands_for_its_index_if_it_lasts() {
        let stands = |part: &str, index: &str| stands_for(&address(part), &address(index));
        assert!(stands("/news-sitemap.xml", "/sitemap_index.xml"));
        assert!(!stands("/news-2026-11.xml", "/sitemap_index.xml"));
        assert!(!stands("/news-1.xml", "/news-index.xml"));
        assert!(!stands("/posts.xml", "/sitemap_index.xml"));
    }

    #[track_caller]
    fn check(parts: &[(&str, &str)], expected: &str) {
        let part = |(path, day): &(&str, &str)| Part {
            address: address(path),
            updated: format!("{day}T00:00:00Z").parse().ok().map(Stamp::utc),
        };
        let parts: Vec<Part> = parts.iter().map(part).collect();
        assert_eq!(newest(&parts).map(|part| part.address.clone()), Some(address(expected)));
    }

    #[test]
    fn the_newest_part_of_an_index_is_looked_at() {
        check(
            &[("/a.xml", "2026-11-01"), ("/b.xml", "2026-11-09"), ("/c.xml", "2026-10-01")],
            "/b.xml",
        );
        check(&[("/news.xml", "2026-01-01"), ("/b.xml", "2026-11-09")], "/news.xml");
        check(
            &[("/post-sitemap.xml", ""), ("/post-sitemap2.xml", ""), ("/page-sitemap.xml", "")],
            "/post-sitemap2.xml",
        );
        check(&[("/2024.xml", ""), ("/2025.xml", ""), ("/tags.xml", "2026-11-10")], "/2025.xml");
    }
}
