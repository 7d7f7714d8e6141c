//! Which hubs a listing names.

use fetch::policy::link;
use news::{Address, Capture, Listing};

/// How many hubs of a listing are known.
const HUBS_MAX: usize = 4;

/// The hubs that a listing names, and by what they know it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub hubs: Vec<Address>,
    /// In the very letters of the publisher; `None`: the listing's own address.
    pub topic: Option<String>,
}

impl Named {
    /// Reads the `Link` headers, and in the document itself what they don't tell (WebSub §4).
    pub fn read(capture: &Capture, listing: &Listing) -> Named {
        let mut hubs: Vec<Address> =
            link::find(capture, "hub").iter().filter_map(|hub| Address::read(hub)).collect();
        if hubs.is_empty() {
            hubs = listing.hubs.clone();
        }
        let topic = link::find(capture, "self").into_iter().next().or_else(|| own(listing));
        let mut seen = Vec::new();
        for hub in hubs.into_iter().map(|hub| hub.without_fragment()) {
            if seen.len() < HUBS_MAX && !seen.contains(&hub) {
                seen.push(hub);
            }
        }
        Named { hubs: seen, topic }
    }
}

/// Returns the address that a listing gives itself, as it wrote it.
fn own(listing: &Listing) -> Option<String> {
    let own = listing.own.as_ref()?;
    let is_own = |href: &&String| Address::read(href).as_ref() == Some(own);
    let links = listing.links.iter().filter(|link| link.rel == "self").map(|link| &link.href);
    Some(links.into_iter().find(is_own).cloned().unwrap_or_else(|| own.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use listing::{Document, Limits};
    use news::Timestamp;

    const FEED: &str = "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Quay</title>\
        <link rel='self' href='https://Quay.example/feed'/>\
        <link rel='hub' href='https://hub.example/'/><link rel='hub' href='https://hub.example/#2'/>\
        <link rel='hub' href='/second'/></feed>";

    #[track_caller]
    fn check(headers: &str, feed: &str, hubs: &[&str], topic: Option<&str>) {
        let base = Address::read("https://quay.example/news.xml").expect("an address");
        let document = Document { bytes: feed.as_bytes(), content_type: "", base: Some(&base) };
        let listing = listing::read(&document, &Limits::default()).found.expect("a feed");
        let capture = Capture {
            address: base,
            at: Timestamp::UNIX_EPOCH,
            took_ms: 0,
            status: 200,
            request_head: Vec::new(),
            response_head: format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes(),
            content_type: String::new(),
            payload: Vec::new(),
            body: Vec::new(),
            peer: String::new(),
            hops: Vec::new(),
        };
        let named = Named::read(&capture, &listing);
        let found: Vec<&str> = named.hubs.iter().map(Address::as_str).collect();
        assert_eq!((found, named.topic.as_deref()), (hubs.to_vec(), topic));
    }

    #[test]
    fn a_feed_names_its_hubs_and_itself() {
        let hubs = ["https://hub.example/", "https://quay.example/second"];
        check("", FEED, &hubs, Some("https://Quay.example/feed"));
        check("", "<rss version='2.0'><channel><title>The Quay</title></channel></rss>", &[], None);
    }

    #[test]
    fn the_headers_come_first() {
        let header = "Link: <https://other.example/hub>; rel=hub, </feed.xml>; rel=self\r\n";
        check(header, FEED, &["https://other.example/hub"], Some("https://quay.example/feed.xml"));
        let header = "Link: <https://other.example/hub>; rel=hub\r\n";
        check(header, FEED, &["https://other.example/hub"], Some("https://Quay.example/feed"));
    }
}
