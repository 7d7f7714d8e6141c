//! Where a site keeps its listings.

use crate::{Document, decode, names};
use html::{Limits, NodeId, Tree};
use news::Address;

/// The most listings that one page is believed to announce.
pub const CANDIDATES_MAX: usize = 64;

/// Where sites keep their listings, the usual content systems first.
const WELL_KNOWN: [&str; 12] = [
    "feed/",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "rss",
    "feed.json",
    "news-sitemap.xml",
    "sitemap-news.xml",
    "sitemap_news.xml",
    "sitemap.xml",
    "sitemap_index.xml",
];

/// A place where a listing may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub address: Address,
    /// What the page calls it; may be empty.
    pub title: String,
    pub why: Why,
}

/// Why an address is taken for a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The reader typed it.
    Typed,
    /// A page names it, by `rel=alternate` or in words.
    Linked,
    /// Many sites keep one there.
    WellKnown,
    /// `robots.txt` names it.
    Robots,
    /// A page with headlines that may serve as a listing.
    Section,
}

/// Returns the feeds that an HTML page announces: those of its head, then those that its links
/// name; none twice, at most [`CANDIDATES_MAX`].
///
/// Feeds of comments come last, since nobody means them. Without a base address only absolute
/// references are found.
pub fn links(page: &Document) -> Vec<Candidate> {
    let host = page.base.map_or("", |base| base.host());
    let text = decode::read(page.bytes, page.content_type, host).text;
    let tree = Tree::read(&text, &Limits::default());
    let base = tree
        .find(tree.root(), "base")
        .and_then(|base| tree.attr(base, "href"))
        .and_then(|href| join(page.base, href))
        .or_else(|| page.base.cloned());
    let mut found = Vec::new();
    for announced in [announced as fn(&Tree, NodeId) -> Option<String>, named] {
        for id in tree.descendants(tree.root()) {
            let Some(title) = announced(&tree, id) else {
                continue;
            };
            let href = tree.attr(id, "href").unwrap_or_default();
            if let Some(address) = join(base.as_ref(), href) {
                add(&mut found, address, title);
            }
        }
    }
    found.sort_by_key(is_of_comments);
    found.truncate(CANDIDATES_MAX);
    found
}

/// Returns where sites usually keep their listings, below the root of the host, best first.
pub fn well_known(site: &Address) -> Vec<Address> {
    let root = site.origin();
    WELL_KNOWN.iter().filter_map(|path| root.join(path)).collect()
}

fn join(base: Option<&Address>, href: &str) -> Option<Address> {
    // A browser's old way to open its feed reader.
    let href = match href.trim().strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("https:{rest}"),
        Some(rest) => rest.to_owned(),
        None => href.trim().to_owned(),
    };
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    match base {
        Some(base) => base.join(&href),
        None => Address::read(&href),
    }
}

fn add(found: &mut Vec<Candidate>, address: Address, title: String) {
    let address = address.without_fragment();
    let is_known = found.iter().any(|known| known.address == address);
    // Twice the number, so that the feeds of comments can still be told apart and left out.
    if !is_known && found.len() < 2 * CANDIDATES_MAX {
        found.push(Candidate { address, title, why: Why::Linked });
    }
}

/// Tells whether a `link` of the head announces a feed, and what it calls it.
fn announced(tree: &Tree, id: NodeId) -> Option<String> {
    if tree.name(id) != Some("link") {
        return None;
    }
    let rel = tree.attr(id, "rel").unwrap_or_default().to_ascii_lowercase();
    let kind = tree.attr(id, "type").unwrap_or_default().to_ascii_lowercase();
    let mut words = rel.split_ascii_whitespace();
    let is_alternate = words.clone().any(|word| word == "alternate") && is_feed_type(&kind);
    let is_feed = words.any(|word| word == "feed");
    (is_alternate || is_feed).then(|| tree.attr(id, "title").unwrap_or_default().trim().to_owned())
}

/// Tells whether a media type is that of a feed; `application/json` is WordPress's API.
fn is_feed_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    matches!(
        kind,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
            | "application/xml"
            | "text/xml"
            | "text/rss+xml"
            | "application/x.atom+xml"
            | "application/x-rss+xml"
    )
}

/// Tells whether an `a` plainly names a feed, by its words or its address.
fn named(tree: &Tree, id: NodeId) -> Option<String> {
    if tree.name(id) != Some("a") {
        return None;
    }
    let href = tree.attr(id, "href")?.to_ascii_lowercase();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let by_address = matches!(last, "feed" | "rss" | "atom" | "feeds" | "rss2")
        || matches!(
            last,
            "rss.xml" | "feed.xml" | "atom.xml" | "index.rdf" | "feed.json" | "rss.php"
        )
        || [".rss", ".atom", ".rdf"].iter().any(|end| last.ends_with(end))
        || href.starts_with("feed:");
    let title = tree.attr(id, "title").unwrap_or_default();
    let text = tree.text(id);
    let words = names::folded(&text);
    let by_words =
        matches!(words.as_str(), "rss" | "rss feed" | "atom" | "atom feed" | "rss 2.0" | "xml")
            && (last.ends_with(".xml") || path.contains("rss") || path.contains("feed"));
    let label = if title.is_empty() { text.trim() } else { title };
    (by_address || by_words).then(|| label.to_owned())
}

fn is_of_comments(candidate: &Candidate) -> bool {
    candidate.address.as_str().contains("/comments/")
        || names::folded(&candidate.title).contains("comments feed")
}

#[cfg(test)]
mod tests;
