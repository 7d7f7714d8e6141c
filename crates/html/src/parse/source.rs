//! Cuts a text into tokens (HTML §13.2.5) and hands them to the builder.

use super::builder::{Builder, Content, Token};
use super::references;
use super::tag::Tag;
use crate::tree::{Attribute, Piece};
use memchr::{memchr, memchr2, memmem};

pub struct Source {
    at: usize,
    attributes_max: usize,
    /// Whether a tag had more attributes than are kept.
    is_cut: bool,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c')
}

impl Source {
    pub fn new(attributes_max: usize) -> Source {
        Source { at: 0, attributes_max, is_cut: false }
    }

    /// Reads to the end; tells whether attributes were left out.
    pub fn read(mut self, builder: &mut Builder) -> bool {
        loop {
            let len = builder.tree.source.len();
            if self.at >= len {
                break;
            }
            match builder.take_content() {
                Content::Markup => self.markup(builder),
                Content::Text(tag, has_references) => self.raw(builder, tag, has_references),
                Content::Plain => {
                    let piece = Piece::source(self.at, len);
                    self.at = len;
                    self.give(builder, piece, false, true);
                }
            }
        }
        builder.end();
        self.is_cut
    }

    fn bytes<'a>(&self, builder: &'a Builder) -> &'a [u8] {
        builder.tree.source.as_bytes()
    }

    /// Reads text up to a tag, and the tag.
    fn markup(&mut self, builder: &mut Builder) {
        let bytes = self.bytes(builder);
        let mut tag = self.at;
        // A `<` that opens nothing is text.
        loop {
            match memchr(b'<', &bytes[tag..]) {
                Some(before) if opens(&bytes[tag + before + 1..]) => {
                    tag += before;
                    break;
                }
                Some(before) => tag += before + 1,
                None => {
                    tag = bytes.len();
                    break;
                }
            }
        }
        let (from, is_end) = (self.at, tag == bytes.len());
        self.at = tag;
        if tag > from {
            self.give(builder, Piece::source(from, tag), true, false);
        }
        if !is_end {
            self.tag(builder);
        }
    }

    /// Hands text on, its references resolved.
    fn give(&mut self, builder: &mut Builder, piece: Piece, has_references: bool, keeps_nul: bool) {
        let text = &builder.tree.source[piece.start()..piece.end()];
        let is_plain = !has_references || memchr(b'&', text.as_bytes()).is_none();
        let nul = memchr(0, text.as_bytes());
        if let Some(at) = nul.filter(|_| builder.is_point() && builder.is_outside_body()) {
            self.give(builder, piece.take(at), has_references, keeps_nul);
            builder.enter_body();
            return self.give(builder, piece.skip(at + 1), has_references, keeps_nul);
        }
        let has_nul = nul.is_some();
        if is_plain && !has_nul {
            return builder.text(piece);
        }
        let mut out = String::new();
        match has_references {
            true => references::resolve(text, false, &mut out),
            false => out.push_str(text),
        }
        if has_nul {
            let in_foreign = !builder.is_point();
            out = out.replace('\0', if keeps_nul || in_foreign { "\u{fffd}" } else { "" });
        }
        if !out.is_empty() {
            let piece = builder.tree.put_apart(&out);
            builder.text(piece);
        }
    }

    /// Reads what begins with a `<` that opens something.
    fn tag(&mut self, builder: &mut Builder) {
        let bytes = self.bytes(builder);
        match bytes[self.at + 1] {
            b'!' => self.declaration(builder),
            b'/' if bytes[self.at + 2] == b'>' => self.at += 3,
            b'/' if bytes[self.at + 2].is_ascii_alphabetic() => {
                self.at += 2;
                self.element(builder, true);
            }
            b'/' => self.bogus(builder, self.at + 2),
            b'?' => self.bogus(builder, self.at + 1),
            _ => {
                self.at += 1;
                self.element(builder, false);
            }
        }
    }

    /// Reads a name and attributes; a tag that the text ends in is none.
    fn element(&mut self, builder: &mut Builder, is_end: bool) {
        let bytes = self.bytes(builder);
        let from = self.at;
        let len =
            bytes[from..].iter().position(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'));
        let Some(len) = len else {
            self.at = bytes.len();
            return;
        };
        self.at = from + len;
        let (tag, name) = name(builder, from, from + len);
        let start = builder.tree.attributes.len();
        let Some(closes_itself) = self.attributes(builder, start, is_end) else {
            builder.tree.attributes.truncate(start);
            self.at = builder.tree.source.len();
            return;
        };
        if is_end {
            builder.tree.attributes.truncate(start);
        }
        let count = (builder.tree.attributes.len() - start) as u16;
        let token = Token { tag, name, from: start as u32, len: count, closes_itself };
        match is_end {
            true => builder.end_tag(&token),
            false => builder.start_tag(&token),
        }
    }

    /// Reads attributes up to the `>`; tells whether a `/` stands before it. `None` at the end of
    /// the text.
    fn attributes(&mut self, builder: &mut Builder, start: usize, is_end: bool) -> Option<bool> {
        loop {
            let bytes = self.bytes(builder);
            while is_space(*bytes.get(self.at)?) {
                self.at += 1;
            }
            match bytes[self.at] {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' if *bytes.get(self.at + 1)? == b'>' => {
                    self.at += 2;
                    return Some(true);
                }
                b'/' => self.at += 1,
                _ => {
                    let attribute = self.attribute(builder)?;
                    if !is_end {
                        self.keep(builder, start, attribute);
                    }
                }
            }
        }
    }

    fn keep(&mut self, builder: &mut Builder, start: usize, attribute: Attribute) {
        let tree = &mut builder.tree;
        let name = tree.piece(attribute.name);
        if tree.attributes[start..].iter().any(|known| tree.piece(known.name) == name) {
            return;
        }
        if tree.attributes.len() - start >= self.attributes_max {
            self.is_cut = true;
            return;
        }
        tree.attributes.push(attribute);
    }

    fn attribute(&mut self, builder: &mut Builder) -> Option<Attribute> {
        let bytes = self.bytes(builder);
        let from = self.at;
        // An `=` may begin a name.
        let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>' | b'=');
        let len = 1 + bytes[from + 1..].iter().position(ends)?;
        let mut at = from + len;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        let name = lower(builder, from, from + len);
        let bytes = self.bytes(builder);
        if bytes[at] != b'=' {
            self.at = at;
            return Some(Attribute { name, value: Piece::source(from, from) });
        }
        at += 1;
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        let quote = bytes[at];
        let (from, to, next) = match quote {
            b'"' | b'\'' => {
                let end = at + 1 + memchr(quote, &bytes[at + 1..])?;
                (at + 1, end, end + 1)
            }
            b'>' => (at, at, at),
            _ => {
                let end =
                    at + bytes[at..].iter().position(|byte| is_space(*byte) || *byte == b'>')?;
                (at, end, end)
            }
        };
        self.at = next;
        Some(Attribute { name, value: value(builder, from, to) })
    }

    fn declaration(&mut self, builder: &mut Builder) {
        let from = self.at + 2;
        let bytes = self.bytes(builder);
        let rest = &bytes[from..];
        let starts = |word: &[u8]| {
            rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if starts(b"--") {
            self.comment(builder, from + 2);
        } else if starts(b"doctype") {
            let end = memchr(b'>', rest).map_or(bytes.len(), |len| from + len);
            let is_quirky = is_quirky(&builder.tree.source[from + 7..end]);
            self.at = (end + 1).min(bytes.len());
            builder.doctype(is_quirky);
        } else if rest.starts_with(b"[CDATA[") && builder.is_in_foreign() {
            let from = from + 7;
            let len = memmem::find(&bytes[from..], b"]]>");
            let to = len.map_or(bytes.len(), |len| from + len);
            self.at = len.map_or(bytes.len(), |_| to + 3);
            if to > from {
                self.give(builder, Piece::source(from, to), false, true);
            }
        } else {
            self.bogus(builder, from);
        }
    }

    /// Reads a comment (§13.2.5.43 to .51): it ends with `-->`, `--!>`, and at once with `>` or `->`.
    fn comment(&mut self, builder: &mut Builder, from: usize) {
        let bytes = self.bytes(builder);
        let rest = &bytes[from..];
        let at_once = [&b">"[..], b"->"].into_iter().find(|end| rest.starts_with(end));
        if let Some(end) = at_once {
            self.at = from + end.len();
            return builder.comment(Piece::source(from, from));
        }
        let mut at = from;
        let (to, next) = loop {
            let Some(dashes) = memmem::find(&bytes[at..], b"--").map(|len| at + len) else {
                break (end_of_open(bytes, from), bytes.len());
            };
            match &bytes[dashes + 2..] {
                [b'>', ..] => break (dashes, dashes + 3),
                [b'!', b'>', ..] => break (dashes, dashes + 4),
                [] => break (dashes, bytes.len()),
                [b'!'] => break (dashes, bytes.len()),
                _ => at = dashes + 1,
            }
        };
        self.at = next;
        let piece = with_signs(builder, from, to);
        builder.comment(piece);
    }

    fn bogus(&mut self, builder: &mut Builder, from: usize) {
        let bytes = self.bytes(builder);
        let end = memchr(b'>', &bytes[from..]).map_or(bytes.len(), |len| from + len);
        self.at = (end + 1).min(bytes.len());
        let piece = with_signs(builder, from, end);
        builder.comment(piece);
    }

    /// Reads text up to the end tag of the element that holds it.
    fn raw(&mut self, builder: &mut Builder, tag: Tag, has_references: bool) {
        let bytes = self.bytes(builder);
        let name = tag.name().unwrap_or_default().as_bytes();
        let end = match tag {
            Tag::Script => script_end(bytes, self.at),
            _ => text_end(bytes, self.at, name),
        };
        let (from, to) = (self.at, end.unwrap_or(bytes.len()));
        self.at = to;
        if to > from {
            self.give(builder, Piece::source(from, to), has_references, true);
        }
        if end.is_some() {
            self.at = to + 2;
            self.element(builder, true);
        }
    }
}

/// Tells whether what follows a `<` makes a tag, a comment or a declaration.
fn opens(after: &[u8]) -> bool {
    match after {
        [b'/', _, ..] => true,
        [b'/'] | [] => false,
        [first, ..] => first.is_ascii_alphabetic() || matches!(first, b'!' | b'?'),
    }
}

/// A comment that the text ends in loses a dash that might have been its end's.
fn end_of_open(bytes: &[u8], from: usize) -> usize {
    match bytes[from..].last() {
        Some(b'-') => bytes.len() - 1,
        _ => bytes.len(),
    }
}

fn name(builder: &mut Builder, from: usize, to: usize) -> (Tag, Piece) {
    let bytes = &builder.tree.source.as_bytes()[from..to];
    if !bytes.iter().any(|byte| byte.is_ascii_uppercase() || *byte == 0) {
        return (Tag::of(bytes), Piece::source(from, to));
    }
    let piece = lower(builder, from, to);
    (Tag::of(builder.tree.piece(piece).as_bytes()), piece)
}

/// Returns a name in lower case.
fn lower(builder: &mut Builder, from: usize, to: usize) -> Piece {
    let text = &builder.tree.source[from..to];
    if !text.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        return Piece::source(from, to);
    }
    let lower = text.to_ascii_lowercase().replace('\0', "\u{fffd}");
    builder.tree.put_apart(&lower)
}

/// Returns the value of an attribute, its references resolved.
fn value(builder: &mut Builder, from: usize, to: usize) -> Piece {
    let text = &builder.tree.source[from..to];
    if memchr2(b'&', 0, text.as_bytes()).is_none() {
        return Piece::source(from, to);
    }
    let mut out = String::with_capacity(text.len());
    references::resolve(text, true, &mut out);
    builder.tree.put_apart(&out.replace('\0', "\u{fffd}"))
}

fn with_signs(builder: &mut Builder, from: usize, to: usize) -> Piece {
    let text = &builder.tree.source[from..to];
    if memchr(0, text.as_bytes()).is_none() {
        return Piece::source(from, to);
    }
    let text = text.replace('\0', "\u{fffd}");
    builder.tree.put_apart(&text)
}

/// Finds `</name` with what may follow a name.
fn text_end(bytes: &[u8], from: usize, name: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at += memmem::find(&bytes[at..], b"</")?;
        if is_named(&bytes[at + 2..], name) {
            return Some(at);
        }
        at += 2;
    }
}

fn is_named(after: &[u8], name: &[u8]) -> bool {
    after.len() > name.len()
        && after[..name.len()].eq_ignore_ascii_case(name)
        && (is_space(after[name.len()]) || matches!(after[name.len()], b'/' | b'>'))
}

/// Finds the end of a script: not one inside `<!-- <script> … </script> -->` (§13.2.5.15 to .31).
fn script_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut in_comment, mut in_script) = (false, false);
    let mut at = from;
    loop {
        at += match in_comment {
            true => memchr2(b'<', b'-', &bytes[at..])?,
            false => memchr(b'<', &bytes[at..])?,
        };
        let rest = &bytes[at..];
        if rest[0] == b'-' {
            let dashes = rest.iter().take_while(|byte| **byte == b'-').count();
            if dashes > 1 && rest.get(dashes) == Some(&b'>') {
                (in_comment, in_script) = (false, false);
            }
            at += dashes;
        } else if rest.starts_with(b"</") && is_named(&rest[2..], b"script") {
            if !in_script {
                return Some(at);
            }
            in_script = false;
            at += 8;
        } else if in_comment && !in_script && is_named(&rest[1..], b"script") {
            in_script = true;
            at += 7;
        } else if !in_comment && rest.starts_with(b"<!--") {
            in_comment = true;
            // The dashes may be those of its end as well.
            at += 2;
        } else {
            at += 1;
        }
    }
}

/// Tells whether a doctype asks for the manners of old browsers (§13.2.6.4.1).
fn is_quirky(doctype: &str) -> bool {
    let lower = doctype.trim().to_ascii_lowercase();
    let (name, rest) = lower.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((&lower, ""));
    if name != "html" {
        return true;
    }
    let rest = rest.trim_start();
    if rest.is_empty() {
        return false;
    }
    let is_public = rest.starts_with("public");
    let mut quoted = rest.split(['"', '\'']).skip(1).step_by(2).peekable();
    if (!is_public && !rest.starts_with("system")) || quoted.peek().is_none() {
        return true;
    }
    let (public, system) = match is_public {
        true => (quoted.next(), quoted.next()),
        false => (None, quoted.next()),
    };
    let public = public.unwrap_or_default();
    let is_old = OLD.iter().any(|start| public.starts_with(start));
    let is_loose = ["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];
    is_old
        || matches!(
            public,
            "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
        )
        || system == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
        || (system.is_none() && is_loose.iter().any(|start| public.starts_with(start)))
}

/// How the public names of old document types begin.
#[rustfmt::skip]
const OLD: [&str; 29] = [
    "-//advasoft ltd//", "-//as//", "-//ietf//", "-//metrius//", "-//microsoft//", "-//netscape",
    "-//o'reilly and associates//", "-//softquad", "-//spyglass//", "-//sq//", "-//sun microsystems corp.//",
    "-//w3c//dtd html 3 1995-03-24//", "-//w3c//dtd html 3.2 draft//", "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//", "-//w3c//dtd html 3.2s draft//", "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//", "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//", "-//w3c//dtd w3 html//", "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//", "+//silmaril//", "-//w3c//dtd html 3.0//", "-//w3c//dtd html 2.0//", "-//w3c//dtd html 3//",
    "-//w3c//dtd html 2//", "-//w3c//dtd html 1//",
];
