//! The text of one element while it is gathered.

use crate::damage::Damage;
use crate::entity::{self, Entities};
use crate::names::{self, Family, Field};
use crate::relative;
use crate::token::Attributes;
use news::{Address, Content, Text, TextKind};
use std::borrow::Cow;

/// How the text of an element is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Words.
    Plain,
    /// Markup, written as text.
    Html,
    /// Words or markup: to be seen by how it looks.
    Guess,
    /// Elements, and around them the `div` of Atom 1.0, which is not part of the text.
    Xhtml,
    /// Elements.
    Xml,
    Base64,
}

pub struct Capture<'a> {
    pub field: Field,
    /// Where its element lies on the stack.
    pub depth: usize,
    pub mode: Mode,
    pub attributes: Attributes<'a>,
    text: String,
    /// Elements stand in the text, so text around them is escaped.
    is_markup: bool,
    /// Whether it is markup has been decided, by its mode or by the first element.
    is_decided: bool,
    open: usize,
    /// How many elements stood directly in this one, and whether the first was a `div`.
    children: usize,
    has_div: bool,
}

impl<'a> Capture<'a> {
    pub fn new(field: Field, depth: usize, mode: Mode, attributes: Attributes<'a>) -> Capture<'a> {
        Capture {
            field,
            depth,
            mode,
            attributes,
            text: String::new(),
            is_markup: matches!(mode, Mode::Xhtml | Mode::Xml),
            is_decided: matches!(mode, Mode::Xhtml | Mode::Xml),
            open: 0,
            children: 0,
            has_div: false,
        }
    }

    /// Tells whether an element can't stand in this one, so that this one's end was lost.
    pub fn is_over(&self, field: Option<Field>, word: &str, family: Family) -> bool {
        match field {
            None => false,
            Some(Field::Entry) => matches!(word, "item" | "entry"),
            Some(_) if family == Family::Xhtml => false,
            Some(_) if matches!(self.mode, Mode::Xhtml | Mode::Xml) => false,
            Some(_) => !names::is_html_too(word) || family != Family::Feed,
        }
    }

    pub fn text(
        &mut self,
        raw: &str,
        is_cdata: bool,
        entities: &mut Entities,
        damage: &mut Damage,
    ) {
        let as_words = self.is_markup;
        if as_words {
            let mut words = String::new();
            match is_cdata {
                true => words.push_str(raw),
                false => entities.decode(raw, &mut words, damage),
            }
            escape(&words, &mut self.text);
        } else if is_cdata {
            self.text.push_str(raw);
        } else {
            entities.decode(raw, &mut self.text, damage);
        }
    }

    /// Writes the start tag of an element that stands in the text.
    pub fn open(
        &mut self,
        name: &str,
        attributes: &Attributes,
        empty: bool,
        base: Option<&Address>,
    ) {
        if self.open == 0 {
            if self.children == 0 {
                self.has_div = name.eq_ignore_ascii_case("div") && self.text.trim().is_empty();
            }
            self.children += 1;
        }
        if !self.is_decided && !self.text.contains('<') {
            // What came before were words after all.
            self.is_markup = true;
            let words = std::mem::take(&mut self.text);
            escape(&words, &mut self.text);
        }
        self.is_decided = true;
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            if key.starts_with("xmlns") || key.starts_with("xml:") {
                continue;
            }
            let value = match base {
                Some(_) if relative::holds_address(key) => {
                    Cow::Owned(relative::resolve(base, value))
                }
                _ => Cow::Borrowed(value.as_ref()),
            };
            self.text.push(' ');
            self.text.push_str(key);
            self.text.push_str("=\"");
            escape_value(&value, &mut self.text);
            self.text.push('"');
        }
        self.text.push_str(if empty { " />" } else { ">" });
        self.open += usize::from(!empty);
    }

    /// Writes the end tag of an element that stands in the text.
    pub fn close(&mut self, name: &str) {
        self.open = self.open.saturating_sub(1);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn value(self, base: Option<&Address>) -> String {
        let mut value = self.text;
        if self.mode == Mode::Base64
            && let Some(decoded) = base64(&value)
        {
            value = decoded;
        }
        let is_div = self.children == 1 && self.has_div;
        // A `div` of elements around markup that is escaped all the same: nobody meant both.
        if is_div
            && self.mode == Mode::Html
            && let Some(inside) = inside_div(&value)
            && inside.contains("&lt;")
            && !inside.contains('<')
        {
            value = unescaped(inside);
        }
        let mut trimmed = value.trim();
        if is_div && self.mode == Mode::Xhtml {
            trimmed = inside_div(trimmed).unwrap_or(trimmed);
        }
        let may_hold_links = self.mode != Mode::Plain && trimmed.contains('<');
        let resolved =
            base.filter(|_| may_hold_links).and_then(|base| relative::markup(base, trimmed));
        match resolved {
            Some(resolved) => resolved,
            None if trimmed.len() == value.len() => value,
            None => trimmed.to_owned(),
        }
    }

    pub fn into_text(self, base: Option<&Address>) -> Text {
        let mode = self.mode;
        let value = self.value(base);
        let kind = mode.kind(&value);
        match kind == TextKind::Html && value.contains('&') && !value.contains('<') {
            true => Text { kind, value: entity::settled(&value) },
            false => Text { kind, value },
        }
    }

    pub fn into_content(
        self,
        src: Option<String>,
        base: Option<&Address>,
        language: Option<String>,
    ) -> Content {
        let told = self.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("type"));
        let kind = match told.map(|(_, kind)| kind.as_ref()) {
            Some("text") => "text/plain",
            Some("html") => "text/html",
            Some("xhtml") => "application/xhtml+xml",
            Some(kind) => kind,
            None if self.mode == Mode::Plain => "text/plain",
            None if self.mode == Mode::Xml => "application/xhtml+xml",
            None => "text/html",
        };
        let kind = kind.to_owned();
        let told = base.map(|base| base.as_str().to_owned());
        Content { kind, language, base: told, src, value: self.value(base) }
    }
}

impl Mode {
    fn kind(self, value: &str) -> TextKind {
        match self {
            Mode::Plain => TextKind::Plain,
            Mode::Html | Mode::Base64 => TextKind::Html,
            Mode::Xhtml | Mode::Xml => TextKind::Xhtml,
            Mode::Guess if looks_like_markup(value) => TextKind::Html,
            Mode::Guess => TextKind::Plain,
        }
    }
}

/// Returns what stands between the first start tag and the `</div>` at the end.
fn inside_div(text: &str) -> Option<&str> {
    let text = text.trim();
    let start = text.find('>')? + 1;
    text[start..].strip_suffix("</div>").map(str::trim)
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    Entities::default().decode(text, &mut out, &mut Damage::default());
    out
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn escape_value(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Reads base 64 that is text (RFC 4648); `None` if it is neither.
fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut len) = (0u32, 0u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        (bits, len) = (bits << 6 | u32::from(six), len + 6);
        if len >= 8 {
            len -= 8;
            bytes.push((bits >> len) as u8);
            bits &= (1 << len) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Tells whether RSS, which leaves it open, meant markup: there is an end tag, an empty tag or an entity in the text.
fn looks_like_markup(text: &str) -> bool {
    let entity = text.split('&').skip(1).any(|after| {
        let end =
            after.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
        end.is_some_and(|end| end > 1 && after.as_bytes()[end] == b';')
    });
    entity || text.contains("</") || text.contains("/>") || text.contains("<br")
}
