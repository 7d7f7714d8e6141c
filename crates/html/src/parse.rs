//! Reads HTML as the standard says (HTML §13.2), scripts off, within limits.
//!
//! [`Source`](source::Source) cuts the text into tokens, [`Builder`](builder::Builder) makes the tree
//! of them. What is left out on purpose: parse errors, and the capitals in names of SVG attributes.

mod builder;
mod references;
mod source;
mod store;
mod tag;

pub use tag::Tag;

use crate::{Limits, Tree};
use builder::Builder;
use news::Note;
use source::Source;

/// Parses a whole page.
pub fn page(text: String, limits: &Limits) -> Tree {
    read(text, limits, Builder::page)
}

/// Parses a piece as it would stand inside a `<div>`.
pub fn fragment(text: String, limits: &Limits) -> Tree {
    read(text, limits, Builder::fragment)
}

fn read(mut text: String, limits: &Limits, start: fn(Tree, &Limits) -> Builder) -> Tree {
    let end = text.floor_char_boundary(limits.bytes_max);
    let is_cut = end < text.len();
    text.truncate(end);
    // The standard reads all ends of lines as one sign.
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = with_line_feeds(&text);
    }
    let mut builder = start(Tree::new(text), limits);
    let attributes_cut = Source::new(limits.attributes_max).read(&mut builder);
    let mut tree = builder.finish();
    if is_cut {
        let text = format!("only the first {} bytes were read", limits.bytes_max);
        tree.notes.push(Note::new("page-cut", "", text));
    }
    if attributes_cut {
        let text = format!("tags with more than {} attributes", limits.attributes_max);
        tree.notes.push(Note::new("attributes-cut", "", text));
    }
    tree
}

fn with_line_feeds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
