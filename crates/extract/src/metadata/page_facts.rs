//! What a page says about itself in its elements, gathered in one pass.

use super::meta::Meta;
use crate::words;
use html::{NodeId, Tree};
use std::collections::HashMap;

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
    /// Texts of elements whose class names call them a date.
    pub dates: Vec<String>,
}

#[derive(Debug)]
pub struct Time {
    pub written: String,
    /// The words of its class names and of its `itemprop`.
    pub words: String,
}

pub fn gather(tree: &Tree) -> Facts {
    let mut facts = Facts::default();
    let mut known = HashMap::new();
    for id in tree.descendants(tree.root()) {
        let Some(name) = tree.name(id) else { continue };
        by_name(&mut facts, tree, id, name);
        by_attribute(&mut facts, &mut known, tree, id, name);
    }
    facts
}

fn by_name(facts: &mut Facts, tree: &Tree, id: NodeId, name: &str) {
    let attr = |key: &str| tree.attr(id, key);
    match name {
        "html" => facts.language = attr("lang").or(attr("xml:lang")).map(str::to_owned),
        "meta" => {
            let content = attr("content").unwrap_or_default();
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = attr(key) {
                    facts.meta.add(name, content);
                }
            }
        }
        "link" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
            let address = attr("href").map(str::to_owned);
            facts.canonical = facts.canonical.take().or(address);
        }
        "link" | "a" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("next")) => {
            let address = attr("href").map(str::to_owned);
            facts.next = facts.next.take().or(address);
        }
        "title" if facts.title.is_none() => {
            facts.title = raw_text(tree, id).map(|text| super::plain(&text))
        }
        "h1" => keep(&mut facts.headlines, text(tree, id)),
        "script"
            if attr("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
        {
            keep(&mut facts.ld, raw_text(tree, id));
        }
        "time" if facts.times.len() < EACH_MAX => {
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

/// What a class says: how surely it marks the byline, and whether it marks a date.
type Marked = (u8, bool);

fn by_attribute<'a>(
    facts: &mut Facts,
    known: &mut HashMap<&'a str, Marked>,
    tree: &'a Tree,
    id: NodeId,
    name: &str,
) {
    let prop = tree.attr(id, "itemprop").filter(|prop| PROPS.contains(prop));
    if let Some(prop) = prop.filter(|_| facts.props.len() < EACH_MAX) {
        let told = tree.attr(id, "content").or(tree.attr(id, "datetime"));
        let value = told.map(super::plain).or_else(|| text(tree, id));
        let value = value.filter(|value| value.len() <= PROP_BYTES_MAX);
        facts.props.extend(value.map(|value| (prop.to_owned(), value)));
    }
    let class = tree.attr(id, "class").unwrap_or_default();
    let rel = tree.attr(id, "rel").unwrap_or_default();
    if (class.is_empty() && rel.is_empty()) || matches!(name, "body" | "html") {
        return;
    }
    let (by_class, dated) = *known.entry(class).or_insert_with(|| marked(class));
    let sure = if rel.split(' ').any(|rel| rel == "author") { 4 } else { by_class };
    if sure > 0 && facts.bylines.len() < EACH_MAX {
        let line = text(tree, id).filter(|line| line.len() <= BYLINE_BYTES_MAX);
        facts.bylines.extend(line.map(|line| (sure, line)));
    }
    if dated && facts.dates.len() < EACH_MAX {
        let line = text(tree, id).filter(|line| line.len() <= BYLINE_BYTES_MAX);
        facts.dates.extend(line);
    }
}

fn marked(class: &str) -> Marked {
    let words = words::split(class);
    let dated = words.split(' ').any(|word| {
        matches!(
            word,
            "date"
                | "pubdate"
                | "published"
                | "datetime"
                | "pubtime"
                | "time"
                | "timestamp"
                | "dateline"
                | "datum"
                | "fecha"
        )
    });
    (sureness(&words), dated)
}

/// How surely an element is the byline, by its class.
fn sureness(words: &str) -> u8 {
    let has = |word: &str| words.split(' ').any(|one| one == word);
    if has("author") && has("name") || has("authorname") || has("byline") && has("name") {
        return 3;
    }
    if has("byline") || has("author") || has("autor") || has("auteur") {
        return if has("box") || has("bio") || has("avatar") || has("image") { 0 } else { 2 };
    }
    u8::from(has("authors") || has("writer") || has("redakteur"))
}

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
