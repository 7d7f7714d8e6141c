//! What a page says about itself in its elements, gathered in one pass.

use super::headline::letters;
use super::meta::Meta;
use crate::outline::{Node, Outline};
use crate::words;
use html::{NodeId, Tag, Tree};

/// How many of each kind of element are kept.
const EACH_MAX: usize = 60;
/// How long a byline may be, in bytes.
const BYLINE_BYTES_MAX: usize = 200;
/// How much white space and text of an element is looked at, in bytes.
const TEXT_BYTES_MAX: usize = 2_000;

/// How long the value of a property may be, in bytes.
const PROP_BYTES_MAX: usize = 500;
/// The properties of schema.org that are kept.
const PROPS: [&str; 4] = ["headline", "author", "datePublished", "dateModified"];

/// The raw facts; which to believe is decided elsewhere.
#[derive(Debug, Default)]
pub struct Facts {
    pub meta: Meta,
    /// The texts of `application/ld+json` scripts.
    pub ld: Vec<String>,
    pub title: Option<String>,
    pub headlines: Vec<String>,
    /// `<html lang>`.
    pub language: Option<String>,
    pub canonical: Option<String>,
    /// The first `rel=next`.
    pub next: Option<String>,
    /// `datetime` attributes and texts of `<time>`, with the marks of publication.
    pub times: Vec<Time>,
    /// Values of `itemprop`s: name and value.
    pub props: Vec<(String, String)>,
    /// Texts of elements that are marked as the author, surest first within their order.
    pub bylines: Vec<(u8, String)>,
    /// Links to pages of authors: the block that each stands in or before, and its words.
    pub author_links: Vec<(usize, String)>,
    /// Texts of elements whose class names call them a date.
    pub dates: Vec<String>,
}

#[derive(Debug)]
pub struct Time {
    pub written: String,
    /// The words of its class names and of its `itemprop`.
    pub words: String,
}

impl Facts {
    /// Tells whether the title alone holds this headline, and no heading or head does.
    pub fn is_title_alone(&self, said: &str) -> bool {
        let said = letters(said);
        let graph = self.meta.first(&["og:title", "twitter:title"]);
        let others = self.headlines.iter().map(String::as_str).chain(graph);
        !others.into_iter().any(|other| letters(other).contains(&said))
    }
}

pub fn gather(tree: &Tree, outline: &Outline) -> Facts {
    let mut facts = Facts::default();
    // Whether each node stands among comments or other articles, whose authors are others.
    let mut apart: Vec<bool> = Vec::with_capacity(outline.nodes.len());
    for (at, node) in outline.nodes.iter().enumerate() {
        let above = node.parent != at && apart[node.parent];
        let is_page = matches!(node.tag, Tag::Body | Tag::Html);
        let is_other = node.names.comments || node.names.kinds.tells_others();
        // The article's own category may be one of those words.
        let is_small = || outline.weight_of(at).all * 2 < outline.weight_of(0).all;
        apart.push(above || !is_page && is_other && is_small());
        by_tag(&mut facts, tree, node.id, node.tag);
        by_property(&mut facts, tree, node);
        if is_page {
            continue;
        }
        by_date(&mut facts, tree, node);
        if !apart[at] {
            by_author(&mut facts, tree, node);
        }
    }
    facts
}

fn by_tag(facts: &mut Facts, tree: &Tree, id: NodeId, tag: Tag) {
    let attr = |key: &str| tree.attr(id, key);
    match tag {
        Tag::Html => facts.language = attr("lang").or(attr("xml:lang")).map(str::to_owned),
        Tag::Meta => {
            let content = attr("content").unwrap_or_default();
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = attr(key) {
                    facts.meta.add(name, content);
                }
            }
        }
        Tag::Link if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
            let address = attr("href").map(str::to_owned);
            facts.canonical = facts.canonical.take().or(address);
        }
        Tag::Link | Tag::A if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("next")) => {
            let address = attr("href").map(str::to_owned);
            facts.next = facts.next.take().or(address);
        }
        Tag::Title if facts.title.is_none() => {
            facts.title = raw_text(tree, id).map(|text| super::plain(&text))
        }
        Tag::H1 => keep(&mut facts.headlines, text(tree, id)),
        Tag::Script if attr("type").is_some_and(super::jsonld::is_type) => {
            keep(&mut facts.ld, raw_text(tree, id));
        }
        Tag::Time if facts.times.len() < EACH_MAX => {
            let written = attr("datetime").or(attr("content")).map(str::to_owned);
            let words = words::split(&format!(
                "{} {}",
                attr("class").unwrap_or_default(),
                attr("itemprop").unwrap_or_default()
            ));
            let written = written.filter(|w| !w.trim().is_empty()).or_else(|| text(tree, id));
            facts.times.extend(written.map(|written| Time { written, words }));
        }
        _ => {}
    }
}

fn by_property(facts: &mut Facts, tree: &Tree, node: &Node) {
    let id = node.id;
    if node.attributes.has_property && facts.props.len() < EACH_MAX {
        let props = tree.attr(id, "itemprop").unwrap_or_default();
        let prop = props.split(' ').find(|prop| PROPS.contains(prop));
        let told = tree.attr(id, "content").or(tree.attr(id, "datetime"));
        let value = || told.map(super::plain).or_else(|| text(tree, id));
        let told = prop.and_then(|prop| Some((prop.to_owned(), value()?)));
        facts.props.extend(told.filter(|(_, value)| value.len() <= PROP_BYTES_MAX));
    }
}

fn by_date(facts: &mut Facts, tree: &Tree, node: &Node) {
    if node.names.dated && facts.dates.len() < EACH_MAX {
        let line = text(tree, node.id).filter(|line| line.len() <= BYLINE_BYTES_MAX);
        facts.dates.extend(line);
    }
}

fn by_author(facts: &mut Facts, tree: &Tree, node: &Node) {
    let sure = if node.attributes.is_by_author { 4 } else { node.names.byline };
    if sure > 0 && facts.bylines.len() < EACH_MAX {
        let near = tree.descendants(node.id).take(BYLINE_NODES_MAX);
        let links = near.filter(|id| tree.tag(*id) == Tag::A);
        let links = links.filter_map(|id| linked_name(tree, id));
        let mut lines: Vec<String> = links.take(LINKS_MAX).collect();
        if lines.is_empty() {
            lines.extend(text(tree, node.id).filter(|line| line.len() <= BYLINE_BYTES_MAX));
        }
        facts.bylines.extend(lines.into_iter().map(|line| (sure, line)));
    }
    if node.tag == Tag::A && facts.author_links.len() < EACH_MAX && leads_to_author(tree, node.id) {
        let name = linked_name(tree, node.id);
        facts.author_links.extend(name.map(|name| (node.block_from, name)));
    }
}

/// How many nodes of a byline are looked at.
const BYLINE_NODES_MAX: usize = 60;

/// How many links of a byline are names.
const LINKS_MAX: usize = 6;

/// Tells whether an address is that of an author's page.
fn leads_to_author(tree: &Tree, id: NodeId) -> bool {
    let path = tree.attr(id, "href").unwrap_or_default().split(['?', '#']).next();
    path.unwrap_or_default().split('/').any(|part| AUTHOR_PATHS.contains(&part))
}

/// Parts of addresses behind which people stand.
#[rustfmt::skip]
const AUTHOR_PATHS: [&str; 30] = [
    "author", "authors", "autor", "autoren", "autores", "auteur", "auteurs", "autore", "autori",
    "writer", "writers", "contributor", "contributors", "columnist", "columnists", "journalist",
    "journalists", "reporter", "reporters", "redakteur", "redakteure", "staff", "people", "profile",
    "profiles", "by", "producers", "editors", "team", "opinion-writer",
];

/// Returns the words of a link whose address has one of them: `/people/ada-strand`.
fn linked_name(tree: &Tree, id: NodeId) -> Option<String> {
    let address = tree.attr(id, "href")?.to_ascii_lowercase();
    let name = text(tree, id).filter(|name| name.len() <= BYLINE_BYTES_MAX)?;
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let is_in = words.any(|word| {
        word.chars().count() >= WORD_CHARS_MIN && address.contains(&word.to_ascii_lowercase())
    });
    is_in.then_some(name)
}

/// A word shorter than this stands in an address by chance.
const WORD_CHARS_MIN: usize = 3;

/// Returns the words below a node, squeezed; none if they are more than [`TEXT_BYTES_MAX`].
fn text(tree: &Tree, id: NodeId) -> Option<String> {
    let mut words = String::new();
    for id in tree.descendants(id) {
        match tree.text_of_node(id) {
            Some(text) => words.push_str(text),
            None => words.push(' '),
        }
        if words.len() > TEXT_BYTES_MAX {
            return None;
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace(['\u{ad}', '\u{200b}', '\u{feff}'], "");
    (!words.is_empty()).then_some(words)
}

/// Returns the text of a script or a title.
fn raw_text(tree: &Tree, id: NodeId) -> Option<String> {
    let text: String = tree.children(id).filter_map(|id| tree.text_of_node(id)).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn keep(all: &mut Vec<String>, one: Option<String>) {
    if all.len() < EACH_MAX {
        all.extend(one);
    }
}
