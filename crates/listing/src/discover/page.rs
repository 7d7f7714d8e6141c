//! What a page says of itself and of its site.

use super::{Candidate, System, feeds};
use crate::{Document, decode, names};
use html::{Limits, NodeId, Tree};
use news::Address;

/// A page that sends its reader on later than this is read by people meanwhile, in seconds.
const REFRESH_S_MAX: f64 = 15.0;

/// What articles call the time at which they were published.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "publishdate",
    "publish-date",
    "pubdate",
];

/// What an HTML page says about where the listings of its site are.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The feeds that it names, the best reasons first; none twice, at most
    /// [`CANDIDATES_MAX`](super::CANDIDATES_MAX).
    pub feeds: Vec<Candidate>,
    /// Where it sends its reader at once: a refresh, or the frame that holds the true page.
    pub onward: Option<Address>,
    /// The address that it gives itself.
    pub canonical: Option<Address>,
    /// Whether it says that it is one article.
    pub is_article: bool,
    /// The content system that it betrays.
    pub system: Option<&'static System>,
}

/// Reads what an HTML page says; without a base address only absolute references are found.
pub fn read(page: &Document) -> Page {
    let host = page.base.map_or("", |base| base.host());
    let text = decode::read(page.bytes, page.content_type, host).text;
    let tree = Tree::read(text, &Limits::default());
    let base = base(&tree, page.base);
    let base = base.as_ref();
    let is_article = is_article(&tree);
    Page {
        feeds: feeds::find(&tree, base, page.base, is_article),
        onward: refresh(&tree, base).or_else(|| frame(&tree, base)),
        canonical: canonical(&tree, base),
        is_article,
        system: System::betrayed(&tree),
    }
}

fn base(tree: &Tree, page: Option<&Address>) -> Option<Address> {
    let href = tree.find(tree.root(), "base").and_then(|base| tree.attr(base, "href"));
    href.and_then(|href| join(page, href)).or_else(|| page.cloned())
}

/// Reads a reference of the page.
pub fn join(base: Option<&Address>, href: &str) -> Option<Address> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    match base {
        Some(base) => base.join(href),
        None => Address::read(href),
    }
}

/// Returns the address of `<meta http-equiv=refresh content="0; url='…'">`.
fn refresh(tree: &Tree, base: Option<&Address>) -> Option<Address> {
    let is_refresh = |id: &NodeId| {
        tree.attr(*id, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"))
    };
    let meta = tree.find_all(tree.root(), "meta").find(is_refresh)?;
    let (seconds, rest) = tree.attr(meta, "content")?.split_once([';', ','])?;
    if seconds.trim().parse::<f64>().unwrap_or(0.0) > REFRESH_S_MAX {
        return None;
    }
    let rest = rest.trim();
    let is_named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let rest = if is_named { rest[3..].trim_start().strip_prefix('=')? } else { rest };
    join(base, rest.trim().trim_matches(['"', '\'']))
}

/// Returns the address of the largest part of a page that is nothing but frames: the last of
/// them, as menus and headings come first.
fn frame(tree: &Tree, base: Option<&Address>) -> Option<Address> {
    tree.find(tree.root(), "frameset")?;
    let frames = tree.find_all(tree.root(), "frame");
    frames.filter_map(|frame| join(base, tree.attr(frame, "src")?)).last()
}

fn canonical(tree: &Tree, base: Option<&Address>) -> Option<Address> {
    let is_canonical = |id: &NodeId| {
        tree.attr(*id, "rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case("canonical"))
    };
    let link = tree.find_all(tree.root(), "link").find(is_canonical)?;
    join(base, tree.attr(link, "href")?).map(|address| address.without_fragment())
}

/// Tells whether a page says when it was published, or WordPress says that it is a single post.
///
/// `og:type` doesn't count: plug-ins call every page an article that is not the front page.
fn is_article(tree: &Tree) -> bool {
    let is_dated = |meta: NodeId| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| tree.attr(meta, key));
        let content = tree.attr(meta, "content").unwrap_or_default();
        name.is_some_and(|name| PUBLISHED.contains(&names::folded(name).as_str()))
            && !content.trim().is_empty()
    };
    let body = tree.find(tree.root(), "body");
    body.is_some_and(|body| tree.has_class(body, "single-post"))
        || tree.find_all(tree.root(), "meta").any(is_dated)
}
