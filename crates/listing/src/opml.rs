//! Subscriptions as feed readers hand them on: OPML 1.0, 1.1 and 2.0.
//!
//! Reading is as tolerant as it is with feeds, and keeps what it does not understand: attributes
//! of other readers, their namespaces, the order, the words between the tags. What is read,
//! written and read again is the same.

mod ends;
mod letters;
mod name;
mod prefixes;
mod reader;
mod write;

pub use news::{Opml, Outline};
pub use write::write;

use crate::{Document, Limits, damage_note, decode, legible, unpack};
use news::{Note, Reading};

/// Reads an outline of subscriptions.
///
/// `found` is `None` only where the document is no OPML, with a note that says why: `too-large`,
/// `not-opml`. Other notes begin with `damage-`, or tell what a limit left out (`outlines-cut`).
pub fn read(document: &Document, limits: &Limits) -> Reading<Opml> {
    let bytes = match unpack::read(document.bytes, limits.bytes_max) {
        Ok(bytes) => bytes,
        Err(note) => return Reading::new(None, vec![note]),
    };
    let host = document.base.map_or("", |base| base.host());
    let decoded = decode::read(&bytes, document.content_type, host);
    let text = legible(&decoded.text);
    let found = reader::read(&text, limits);
    if found.opml.is_none() {
        return Reading::new(None, vec![Note::new("not-opml", "", "the document is no OPML")]);
    }
    let control = (text.len() != decoded.text.len()).then_some("control");
    let odd = found.damage.0.into_iter().chain(decoded.odd).chain(control);
    let mut notes: Vec<Note> = odd.map(damage_note).collect();
    notes.extend(cut(found.outlines_cut));
    Reading::new(found.opml, notes)
}

fn cut(outlines: usize) -> Option<Note> {
    let text = format!("{outlines} outlines more than the limit were left out");
    (outlines > 0).then(|| Note::new("outlines-cut", "", text))
}
