//! Reads HTML and writes it: bytes to text, text to a tree, a tree to a [`news::Body`], and a body
//! back to clean HTML.
//!
//! Nothing here fails, waits or asks the network. What comes out of [`write()`] is made from a
//! typed body and never from a piece of the page, so it can't carry a script, a style or an
//! address that is not absolute http(s). Start at [`Tree::read`] and [`body::read`].

mod characters;
mod decode;
mod limits;
mod parse;
mod tree;

mod select;

pub mod body;
mod picture_address;
mod write;

pub use decode::{Decoded, decode};
pub use limits::Limits;
pub use parse::Tag;
pub use picture_address::original;
pub use tree::{Attributes, Children, Descendants, NodeId, Tree};
pub use write::{Shown, escape, foreign, is_contact, place, write, write_spans};

/// Reads a piece of HTML, decoded already, as a body; `base` is the address it was found at.
pub fn clean(fragment: &str, base: Option<&news::Address>) -> news::Body {
    let tree = Tree::fragment(fragment, &Limits::default());
    let options = body::Options::all(base);
    body::read(&tree, &[tree.root()], &options)
}

/// Returns the words of a text that may be markup, on one line.
pub fn plain(text: &news::Text) -> String {
    let words = match text.kind {
        news::TextKind::Plain => text.value.clone(),
        news::TextKind::Html | news::TextKind::Xhtml => clean(&text.value, None).text(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
