//! A page of headlines as a listing: what a site without a feed has instead.
//!
//! There is no rule for any site here. The page is laid out as one row of its parts (`layout`),
//! its links are gathered by address (`links`), every address gets points (`score`), and what
//! stands around the links of those that are articles becomes entries (`entry`).

mod article;
mod block;
mod entry;
mod form;
mod layout;
mod lines;
mod links;
mod place;
mod score;
mod site;
mod title;
mod words;

pub use site::is_one as is_one_site;

use crate::{Document, Limits};
use html::{NodeId, Tree};
use layout::Layout;
use news::{Address, Form, Listing, Note, Part, Reading, Text, TextKind};

/// The points that the articles of a page have together if it is a page of articles.
const CONVINCING: f32 = 8.0;

/// The same for a page that shows a headline as one, if only one.
const CONVINCING_HEADED: f32 = 4.0;

/// Reads an HTML page as a list of the articles that it links to.
///
/// `found` is `None` with the note `no-section` where the page is none: an article, a log-in, an
/// empty shell; and with `too-large` beyond the limit.
pub fn read(page: &Document, limits: &Limits) -> Reading<Listing> {
    if page.bytes.len() > limits.bytes_max {
        return nothing("too-large", "the page is larger than the limit");
    }
    let decoded = html::decode(page.bytes, page.content_type);
    let tree = Tree::read(decoded.text, &html::Limits::default());
    let Some((own, base)) = addresses(&tree, page.base) else {
        return nothing("no-section", "the page does not say where it is from");
    };
    let layout = Layout::read(&tree);
    let mut targets = links::read(&layout, &own, &base);
    let points = score::read(&layout, &targets);
    let enough = score::enough(&points);
    let sum: f32 = points.iter().filter(|points| **points >= enough).sum();
    let mut points = points.into_iter();
    targets.retain(|_| points.next().is_some_and(|points| points >= enough));
    let is_headed = || targets.iter().any(|target| score::is_headed(&layout, target));
    if sum < CONVINCING && !(sum >= CONVINCING_HEADED && is_headed()) {
        return nothing("no-section", "the page has no list of articles");
    }
    if article::is_article(&layout, &own, &targets) {
        return nothing("no-section", "the page is an article itself");
    }
    let mut notes = Vec::new();
    if targets.len() > limits.entries_max {
        let more = targets.len() - limits.entries_max;
        let text = format!("{more} entries more than the limit were left out");
        notes.push(Note::new("entries-cut", "", text));
        targets.truncate(limits.entries_max);
    }
    let mut listing = listing(&tree, &own, &base);
    listing.entries = entry::read(&layout, &targets, &base, listing.language.as_deref());
    listing.encoding = decoded.encoding.to_ascii_lowercase();
    Reading::new(Some(listing), notes)
}

fn nothing(kind: &'static str, why: &str) -> Reading<Listing> {
    Reading::new(None, vec![Note::new(kind, "", why)])
}

/// Returns the page's own address and what its references are relative to.
fn addresses(tree: &Tree, told: Option<&Address>) -> Option<(Address, Address)> {
    let own = told.cloned().or_else(|| canonical(tree))?;
    let base = tree.find(tree.root(), "base").and_then(|base| tree.attr(base, "href"));
    let base = base.and_then(|href| own.join(href)).unwrap_or_else(|| own.clone());
    Some((own, base))
}

fn canonical(tree: &Tree) -> Option<Address> {
    let link = tree.select(tree.root(), "link[rel~=canonical]").first().copied();
    link.and_then(|link| tree.attr(link, "href")).and_then(Address::read)
}

fn listing(tree: &Tree, own: &Address, base: &Address) -> Listing {
    let title = tree.find(tree.root(), "title").map(|title| own_text(tree, title));
    let language = tree.find(tree.root(), "html").and_then(|html| tree.attr(html, "lang"));
    Listing {
        form: Form::Section,
        title: title.filter(|title| !title.is_empty()).map(plain),
        link: Some(own.as_str().to_owned()),
        language: language.map(|lang| lang.trim().to_owned()).filter(|lang| !lang.is_empty()),
        parts: next(tree, own, base)
            .map(|address| Part { address, updated: None })
            .into_iter()
            .collect(),
        ..Listing::default()
    }
}

/// Returns the next page, where the page names one.
fn next(tree: &Tree, own: &Address, base: &Address) -> Option<Address> {
    let named = tree.select(tree.root(), "[rel~=next]").into_iter();
    let address = named.filter_map(|id| base.join(tree.attr(id, "href")?)).next()?;
    (address.host() == own.host() && address.identity() != own.identity()).then_some(address)
}

/// Returns the text below an element that browsers don't show.
fn own_text(tree: &Tree, id: NodeId) -> String {
    let texts = tree.children(id).filter_map(|child| tree.text_of_node(child));
    let text: String = texts.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(value: String) -> Text {
    Text { value, kind: TextKind::Plain }
}
