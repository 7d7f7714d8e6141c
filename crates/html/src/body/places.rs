//! Places in a page that links of the same page lead to: footnotes and parts.

use super::line::push;
use super::{Options, is_left_out};
use crate::tree::{NodeId, Tree};
use news::{Block, Span};
use std::collections::{HashMap, HashSet};

/// How many places of one body are kept.
const PLACES_MAX: usize = 500;
/// The longest name of a place, in bytes.
const NAME_BYTES_MAX: usize = 64;
/// How far up it is looked whether a place is left out.
const UP_MAX: usize = 64;
/// Stands before every name that is written, so that none is that of something else in the page.
pub const PREFIX: &str = "at-";

/// The elements that links lead to, each by its name.
#[derive(Default)]
pub struct Places {
    names: HashMap<NodeId, String>,
    known: HashSet<String>,
}

impl Places {
    /// Looks for the places that links below these nodes lead to and that are read as well.
    pub fn of(tree: &Tree, from: &[NodeId], options: &Options) -> Places {
        let links = || from.iter().flat_map(|top| tree.find_all(*top, "a"));
        // The names that links lead to and that haven't been met yet.
        let mut wanted: HashSet<String> = HashSet::new();
        for name in links().filter_map(|id| target(tree.attr(id, "href")?)) {
            if wanted.len() < PLACES_MAX {
                wanted.insert(name);
            }
        }
        let mut places = Places::default();
        if wanted.is_empty() {
            return places;
        }
        for id in from.iter().flat_map(|top| tree.descendants(*top)) {
            let Some(name) = own_name(tree, id) else { continue };
            // The first element of a name is its place (HTML §7.4.6.4); so each is asked once.
            if wanted.remove(&name) && !stands_in_left_out(tree, id, options) {
                places.known.insert(name.clone());
                places.names.insert(id, name);
            }
        }
        places
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Returns the name of the place that an element is.
    pub fn name(&self, id: NodeId) -> Option<&String> {
        self.names.get(&id)
    }

    /// Returns the place that a link leads to.
    pub fn target(&self, href: &str) -> Option<String> {
        target(href).filter(|name| self.known.contains(name))
    }
}

/// Takes out the places that nothing leads to any more and the links that lead to none: the words
/// of either may have been left out.
pub fn tidy(blocks: &mut [Block]) {
    let (mut places, mut wanted) = (HashSet::new(), HashSet::new());
    each_line(blocks, &mut |spans| note(spans, &mut places, &mut wanted));
    each_line(blocks, &mut |spans| {
        for span in std::mem::take(spans) {
            keep(spans, span, &places, &wanted);
        }
        // A caption of several lines has those of all at its beginning.
        spans.sort_by_key(|span| !matches!(span, Span::Anchor(_)));
    });
}

fn note(spans: &[Span], places: &mut HashSet<String>, wanted: &mut HashSet<String>) {
    for span in spans {
        match span {
            Span::Anchor(name) => places.insert(name.clone()),
            Span::Reference { to, .. } => wanted.insert(to.clone()),
            _ => false,
        };
        note(span.inner(), places, wanted);
    }
}

fn keep(to: &mut Vec<Span>, mut span: Span, places: &HashSet<String>, wanted: &HashSet<String>) {
    if let Some(inner) = span.inner_mut() {
        for one in std::mem::take(inner) {
            keep(inner, one, places, wanted);
        }
    }
    match span {
        Span::Anchor(name) if !wanted.contains(&name) => {}
        Span::Reference { to: place, spans } if !places.contains(&place) => {
            spans.into_iter().for_each(|span| push(to, span));
        }
        span => push(to, span),
    }
}

/// Hands on every run of spans, those in captions too.
fn each_line(blocks: &mut [Block], line: &mut dyn FnMut(&mut Vec<Span>)) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) | Block::Heading { spans, .. } => line(spans),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| each_line(item, line));
            }
            Block::Definitions(items) => {
                for item in items {
                    item.terms.iter_mut().for_each(&mut *line);
                    each_line(&mut item.blocks, line);
                }
            }
            Block::Quote(blocks) => each_line(blocks, line),
            Block::Details { summary, blocks, .. } => {
                line(summary);
                each_line(blocks, line);
            }
            Block::Table { caption, rows } => {
                line(caption);
                let cells = rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| each_line(&mut cell.blocks, line));
            }
            Block::Figure(figure) => {
                figure.pictures.iter_mut().for_each(|picture| line(&mut picture.caption));
                line(&mut figure.caption);
            }
            Block::Code { .. } | Block::Embed { .. } | Block::Rule => {}
        }
    }
}

fn own_name(tree: &Tree, id: NodeId) -> Option<String> {
    let own = tree.attr(id, "id");
    let old = || tree.attr(id, "name").filter(|_| tree.name(id) == Some("a"));
    named(own.or_else(old)?)
}

fn target(href: &str) -> Option<String> {
    named(href.trim().strip_prefix('#')?)
}

/// Returns a name in ASCII letters, digits and dashes, without the prefix that we wrote before it.
/// Names beyond ASCII would all become the same dashes.
fn named(text: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = text.chars().map(plain).collect();
    let name = name.strip_prefix(PREFIX).unwrap_or(&name);
    let fits = text.is_ascii() && !name.is_empty() && name.len() <= NAME_BYTES_MAX;
    (fits && !name.starts_with(PREFIX)).then(|| name.to_owned())
}

fn stands_in_left_out(tree: &Tree, id: NodeId, options: &Options) -> bool {
    let mut around = std::iter::once(id).chain(tree.ancestors(id).take(UP_MAX));
    around.any(|at| is_left_out(tree, at, tree.name(at).unwrap_or_default(), options))
}
