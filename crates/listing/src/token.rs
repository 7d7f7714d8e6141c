//! XML as it is written in the wild, cut into tags and text; it never fails.

use crate::damage::Damage;
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// The most attributes of one element that are looked at.
const ATTRIBUTES_MAX: usize = 128;

/// How far a quoted value with a `<` in it may go on, in bytes.
const QUOTE_BYTES_MAX: usize = 4096;

/// A piece of a document, in its own bytes: nothing is decoded.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    Open {
        name: &'a str,
        /// What stands between the name and the `>`.
        attributes: &'a str,
        /// It ends in `/>`.
        empty: bool,
    },
    Close {
        name: &'a str,
    },
    /// Text in which entities are still written as such.
    Text(&'a str),
    Cdata(&'a str),
    Doctype(&'a str),
}

/// Cuts a document into tokens, in linear time.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    pub damage: Damage,
    /// Where the next of each end mark lies, so that none is searched for twice.
    ends: [Ahead; 6],
    has_doctype: bool,
    /// The element that was opened last: what a section stands in.
    within: &'a str,
}

/// The place of the next end mark, as far as it is known.
#[derive(Clone, Copy)]
enum Ahead {
    Unknown,
    At(usize),
    Never,
}

const CDATA_END: (usize, &str) = (0, "]]>");
const COMMENT_END: (usize, &str) = (1, "-->");
const DOUBLE_QUOTE: (usize, &str) = (2, "\"");
const SINGLE_QUOTE: (usize, &str) = (3, "'");
const ITEM_END: (usize, &str) = (4, "</item>");
const ENTRY_END: (usize, &str) = (5, "</entry>");

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Tokens<'a> {
        Tokens {
            text,
            at: 0,
            damage: Damage::default(),
            ends: [Ahead::Unknown; 6],
            has_doctype: false,
            within: "",
        }
    }

    /// Returns where the next of a kind of end mark is, at or after `from`.
    fn end(&mut self, (kind, mark): (usize, &str), from: usize) -> Option<usize> {
        match self.ends[kind] {
            Ahead::At(known) if known >= from => return Some(known),
            Ahead::Never => return None,
            _ => {}
        }
        let rest = self.text.as_bytes().get(from..);
        let found = rest.and_then(|rest| memmem::find(rest, mark.as_bytes()));
        self.ends[kind] = match found {
            Some(offset) => Ahead::At(from + offset),
            None => Ahead::Never,
        };
        found.map(|offset| from + offset)
    }

    fn take_to(&mut self, end: usize) -> &'a str {
        let piece = &self.text[self.at..end];
        self.at = end;
        piece
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        match bytes.get(1) {
            Some(b'/') if is_name_start(&rest[2..]) => self.close_tag(),
            Some(b'!') if rest.starts_with("<!--") => {
                self.comment();
                None
            }
            Some(b'!') if rest.starts_with("<![CDATA[") => Some(self.cdata()),
            Some(b'!') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => self.doctype(),
            Some(b'?') => {
                let end = memchr(b'>', bytes).map_or(self.text.len(), |end| self.at + end + 1);
                self.at = end;
                None
            }
            Some(_) if is_name_start(&rest[1..]) => self.open_tag(),
            _ => Some(self.stray()),
        }
    }

    /// Takes a `<` that opens nothing.
    fn stray(&mut self) -> Token<'a> {
        self.damage.add("stray-lt");
        Token::Text(self.take_to(self.at + 1))
    }

    fn open_tag(&mut self) -> Option<Token<'a>> {
        let start = self.at + 1;
        let name = name_of(&self.text[start..]);
        let Some(end) = self.tag_end(start + name.len()) else {
            // A tag that the end of the document cuts off says nothing reliable.
            if !self.text[start..].contains(['<', '>']) {
                self.damage.add("truncated");
                self.at = self.text.len();
                return None;
            }
            return Some(self.stray());
        };
        let inside = &self.text[start + name.len()..end];
        self.at = end + 1;
        self.within = name;
        let empty = inside.ends_with('/');
        Some(Token::Open { name, attributes: inside.strip_suffix('/').unwrap_or(inside), empty })
    }

    /// Returns where the `>` of a tag is; quoted values may contain one.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let bytes = self.text.as_bytes();
            at += bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'<' | b'"' | b'\''))?;
            let quote = match bytes[at] {
                b'>' => return Some(at),
                b'<' => return None,
                b'"' => DOUBLE_QUOTE,
                _ => SINGLE_QUOTE,
            };
            let is_value = self.text[from..at].trim_end().ends_with('=');
            match self.end(quote, at + 1).filter(|_| is_value) {
                Some(end) if self.is_one_value(at + 1, end) => at = end + 1,
                _ => {
                    self.damage.add("open-quote");
                    at += 1;
                }
            }
        }
    }

    /// Tells whether the text between two quotes is a value and not half of the document.
    fn is_one_value(&self, from: usize, to: usize) -> bool {
        let value = &self.text.as_bytes()[from..to];
        to - from <= QUOTE_BYTES_MAX || !value.contains(&b'<')
    }

    fn close_tag(&mut self) -> Option<Token<'a>> {
        let start = self.at + 2;
        let name = name_of(&self.text[start..]);
        let after = start + name.len();
        let end = memchr2(b'>', b'<', &self.text.as_bytes()[after..]).map(|end| after + end);
        self.at = match end {
            Some(end) if self.text.as_bytes()[end] == b'>' => end + 1,
            Some(end) => end,
            None => self.text.len(),
        };
        Some(Token::Close { name })
    }

    fn comment(&mut self) {
        match self.end(COMMENT_END, self.at + 4) {
            Some(end) => self.at = end + 3,
            None => {
                self.damage.add("open-comment");
                self.at += 4;
            }
        }
    }

    fn cdata(&mut self) -> Token<'a> {
        let start = self.at + "<![CDATA[".len();
        let end = self.end(CDATA_END, start);
        let slice = &self.text[start..end.unwrap_or(self.text.len())];
        // If another section starts before this one ends, an end was lost; the item's own end is
        // a better border than the next section's.
        let lost = end.is_none() || memmem::find(slice.as_bytes(), b"<![CDATA[").is_some();
        let border = [ITEM_END, ENTRY_END]
            .into_iter()
            .filter_map(|mark| self.end(mark, start))
            .min()
            .filter(|border| lost && *border < start + slice.len());
        if let Some(border) = border {
            self.damage.add("open-cdata");
            let section = &self.text[start..border];
            let own_end = section.find(&format!("</{}>", self.within));
            self.at = start + own_end.unwrap_or(section.len());
            return Token::Cdata(&self.text[start..self.at]);
        }
        if end.is_none() {
            self.damage.add("open-cdata");
        }
        self.at = end.map_or(self.text.len(), |end| end + CDATA_END.1.len());
        Token::Cdata(slice)
    }

    fn doctype(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let first = rest.find(['>', '[']);
        let end = match first {
            Some(offset) if rest.as_bytes()[offset] == b'[' && !self.has_doctype => {
                subset_end(&rest[offset..])
                    .map(|end| offset + end)
                    .or_else(|| rest.find('>').map(|end| end + 1))
            }
            Some(offset) => Some(offset + 1),
            None => None,
        };
        // A second one has no say, and no long search either.
        self.has_doctype = true;
        let end = self.at + end.unwrap_or(rest.len());
        Some(Token::Doctype(self.take_to(end)))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let text = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if text > 0 {
                return Some(Token::Text(self.take_to(self.at + text)));
            }
            if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

/// Returns the length of `[…]` and the `>` behind it.
fn subset_end(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(offset) = text[from..].find(']') {
        from += offset + 1;
        let after = text[from..].trim_start();
        if after.starts_with('>') {
            return Some(text.len() - after.len() + 1);
        }
    }
    None
}

fn is_name_start(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'))
}

fn name_of(text: &str) -> &str {
    let end = text
        .bytes()
        .position(|byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<' | b'=' | b'"' | b'\'')
        })
        .unwrap_or(text.len());
    &text[..end]
}

/// The names and values of an element's attributes.
pub type Attributes<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// Cuts the inside of a tag into names and values; values keep their entities.
pub fn attributes<'a>(inside: &'a str, damage: &mut Damage) -> Attributes<'a> {
    let mut found: Attributes = Vec::new();
    let mut rest = inside;
    loop {
        let is_name =
            |byte: u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'"' | b'\'' | b'=');
        rest = &rest[rest.bytes().position(is_name).unwrap_or(rest.len())..];
        if rest.is_empty() || found.len() == ATTRIBUTES_MAX {
            return found;
        }
        let name = name_of(rest);
        if name.is_empty() {
            // `<` or `>` in a tag: step over one letter.
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
            continue;
        }
        let after = rest[name.len()..].trim_ascii_start();
        let (value, left) = match after.strip_prefix('=') {
            Some(after) => value_of(after.trim_ascii_start(), damage),
            None => {
                damage.add("no-value");
                ("", &rest[name.len()..])
            }
        };
        if found.iter().any(|(known, _)| *known == name) {
            damage.add("double-attribute");
        } else {
            found.push((name, Cow::Borrowed(value)));
        }
        rest = left;
    }
}

fn value_of<'a>(text: &'a str, damage: &mut Damage) -> (&'a str, &'a str) {
    if let Some(quote @ (b'"' | b'\'')) = text.as_bytes().first() {
        let inside = &text[1..];
        return match memchr(*quote, inside.as_bytes()) {
            Some(end) => (&inside[..end], &inside[end + 1..]),
            None => (inside, ""),
        };
    }
    damage.add("no-quotes");
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    (&text[..end], &text[end..])
}

#[cfg(test)]
mod tests;
