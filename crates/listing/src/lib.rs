//! Bytes to a [`Listing`]: feeds of every format, sitemaps, pages of headlines, and where a site
//! keeps them; and lists of subscriptions ([`opml`]).
//!
//! Reading never fails: a broken document gives what could be read of it and [`Note`]s that say
//! what was wrong; only what is no listing at all gives none. Nothing is cleaned here: markup
//! stays markup, and whoever shows it must take it through `html`. There is no I/O and no clock.
//!
//! Start at [`read`]: the bytes become text (`decode`), the text becomes tags (`token`), and one
//! table says what the tags mean (`names`). Where a site has no feed, [`section::read`] reads its
//! page of headlines.

mod capture;
mod damage;
mod decode;
pub mod discover;
mod draft;
mod entity;
mod json;
mod json_feed;
mod limits;
mod names;
pub mod opml;
mod person;
mod reader;
mod relative;
mod rhythm;
pub mod section;
mod token;
mod unpack;
mod word;

pub use json::json;
pub use limits::Limits;
pub use news::date as dates;

use news::{Address, Listing, Note, Reading};
use std::borrow::Cow;

/// A listing as it came over the wire.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    pub bytes: &'a [u8],
    /// The HTTP header, `""` if there was none.
    pub content_type: &'a str,
    /// Where the document came from.
    pub base: Option<&'a Address>,
}

/// Reads a feed or a sitemap: RSS, RDF, Atom, JSON Feed, CDF, plain or packed with gzip.
///
/// `found` is `None` only where the document is no listing, with a note that says why:
/// `too-large`, `empty`, `not-a-listing`. Other notes begin with `damage-` where markup or bytes
/// were broken, or tell what a limit left out (`entries-cut`).
pub fn read(document: &Document, limits: &Limits) -> Reading<Listing> {
    let bytes = match unpack::read(document.bytes, limits.bytes_max) {
        Ok(bytes) => bytes,
        Err(note) => return Reading::new(None, vec![note]),
    };
    let host = document.base.map_or("", |base| base.host());
    let decoded = decode::read(&bytes, document.content_type, host);
    let text = legible(&decoded.text);
    let mut reading = read_text(&text, document, limits);
    if let Some(listing) = &mut reading.found {
        listing.encoding = decoded.label.to_owned();
        let odd = decoded.odd.into_iter().map(damage_note);
        let control = (text.len() != decoded.text.len()).then(|| damage_note("control"));
        reading.notes.extend(odd.chain(control));
    }
    reading
}

fn read_text(text: &str, document: &Document, limits: &Limits) -> Reading<Listing> {
    let start = text.trim_start();
    if start.is_empty() {
        return empty();
    }
    if start.starts_with(['{', '[']) {
        return match json_feed::read(start, document.base, limits) {
            Some(found) => {
                let mut notes = cut(found.entries_cut);
                notes.extend(found.is_damaged.then(|| damage_note("json")));
                Reading::new(Some(found.listing), notes)
            }
            None => nothing("not-a-listing", "the document is JSON, but no feed"),
        };
    }
    let found = reader::read(text, document.base, limits);
    match found.listing {
        Some(listing) => {
            let mut notes = cut(found.entries_cut);
            notes.extend(found.damage.0.into_iter().map(damage_note));
            Reading::new(Some(listing), notes)
        }
        None if found.is_empty => empty(),
        None if found.is_html => nothing("not-a-listing", "the document is an HTML page, no feed"),
        None => nothing("not-a-listing", "the document is neither a feed nor a sitemap"),
    }
}

fn empty() -> Reading<Listing> {
    nothing(json::EMPTY, "the document is empty")
}

fn nothing(kind: &'static str, why: &str) -> Reading<Listing> {
    Reading::new(None, vec![Note::new(kind, "", why)])
}

fn damage_note(kind: &'static str) -> Note {
    Note {
        kind: Cow::Owned(format!("{}{kind}", json::DAMAGE)),
        place: String::new(),
        text: String::new(),
    }
}

fn cut(entries: usize) -> Vec<Note> {
    let text = format!("{entries} entries more than the limit were left out");
    let note = Note::new("entries-cut", "", text);
    (entries > 0).then_some(note).into_iter().collect()
}

/// Returns the text without the control characters that no text may hold (XML 1.0 §2.2).
fn legible(text: &str) -> Cow<'_, str> {
    let is_legible = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    // A block is looked at without a branch for each byte, so that it is done in one go.
    let all = |block: &[u8]| block.iter().fold(true, |all, byte| all & is_legible(*byte));
    if text.as_bytes().chunks(64).all(all) {
        return Cow::Borrowed(text);
    }
    let letters = text.chars().filter(|c| !c.is_ascii() || is_legible(*c as u8));
    Cow::Owned(letters.collect())
}
