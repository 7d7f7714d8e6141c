//! Tags to an outline: one walk over the tokens, one stack of what is open.

use super::ends::{Ends, is_feed, is_outline};
use super::letters;
use super::name::{self, local};
use super::prefixes::Prefixes;
use crate::Limits;
use crate::damage::Damage;
use crate::entity::Entities;
use crate::token::{self, Attributes, Token, Tokens};
use news::{OUTLINE, Opml, Outline};

/// What a document was found to be.
pub struct Found {
    pub opml: Option<Opml>,
    pub damage: Damage,
    pub outlines_cut: usize,
}

/// Reads a document; `opml` is `None` when another kind of element comes first.
pub fn read(text: &str, limits: &Limits) -> Found {
    let mut reader = Reader::new(text, limits);
    while let Some(token) = reader.tokens.next() {
        if reader.is_another_kind(&token) {
            return Found { opml: None, damage: Damage::default(), outlines_cut: 0 };
        }
        reader.take(token);
    }
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    limits: &'a Limits,
    entities: Entities,
    /// Known once the first tag shows that this is an outline at all.
    ends: Option<Ends>,
    opml: Opml,
    prefixes: Prefixes<'a>,
    in_head: bool,
    /// The element of the head that is being read.
    field: Option<(&'a str, String)>,
    open: Vec<Open<'a>>,
    /// Elements open below the deepest that the stack holds, or behind the last that is kept.
    below: usize,
    outlines_len: usize,
    outlines_cut: usize,
}

struct Open<'a> {
    name: &'a str,
    is_feed: bool,
    declares: Vec<&'a str>,
    outline: Outline,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, limits: &'a Limits) -> Reader<'a> {
        Reader {
            text,
            tokens: Tokens::new(text),
            limits,
            entities: Entities::default(),
            ends: None,
            opml: Opml::default(),
            prefixes: Prefixes::default(),
            in_head: false,
            field: None,
            open: Vec::new(),
            below: 0,
            outlines_len: 0,
            outlines_cut: 0,
        }
    }

    /// Tells whether this is the first tag of some other kind of document.
    fn is_another_kind(&self, token: &Token) -> bool {
        let Token::Open { name, .. } = token else {
            return false;
        };
        let known = ["opml", "head", "body", OUTLINE];
        self.ends.is_none() && !known.iter().any(|known| local(name).eq_ignore_ascii_case(known))
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(raw) => self.say(raw, false),
            Token::Cdata(raw) => self.say(raw, true),
            Token::Doctype(doctype) => self.entities.declare(doctype),
            Token::Close { name } => self.close(name),
            Token::Open { name, attributes, empty } => {
                let raw = token::attributes(attributes, &mut self.tokens.damage);
                self.open(name, raw, empty);
            }
        }
    }

    fn finish(mut self) -> Found {
        if !self.open.is_empty() {
            self.tokens.damage.add("truncated");
        }
        self.end_head();
        self.pop_to(0);
        let missing = self.prefixes.missing();
        if !missing.is_empty() {
            self.tokens.damage.add("undeclared-prefix");
        }
        self.opml.namespaces.extend(missing);
        Found {
            opml: self.ends.is_some().then_some(self.opml),
            damage: self.tokens.damage,
            outlines_cut: self.outlines_cut,
        }
    }

    fn say(&mut self, raw: &str, is_cdata: bool) {
        let to = match (&mut self.field, self.open.last_mut()) {
            (Some((_, value)), _) => value,
            (None, Some(open)) if self.below == 0 => &mut open.outline.words,
            _ => return,
        };
        match is_cdata {
            true => to.push_str(raw),
            false => self.entities.decode(raw, to, &mut self.tokens.damage),
        }
    }

    fn open(&mut self, name: &'a str, raw: Attributes<'a>, empty: bool) {
        let word = local(name).to_ascii_lowercase();
        match word.as_str() {
            "opml" => {
                self.begin();
                self.declare(raw, |name| !name.eq_ignore_ascii_case("version"));
            }
            "head" => self.in_head = !empty && self.open.is_empty(),
            "body" => {
                self.end_head();
                self.declare(raw, |name| name.starts_with("xmlns"));
            }
            OUTLINE => {
                self.begin();
                self.end_head();
                self.open_outline(name, raw, empty);
            }
            _ if self.in_head => self.open_field(name, empty),
            _ => self.open_outline(name, raw, empty),
        }
    }

    /// Makes up the mind about the end tags, once.
    fn begin(&mut self) {
        let text = self.text;
        self.ends.get_or_insert_with(|| Ends::of(text));
    }

    fn declare(&mut self, raw: Attributes<'a>, is_kept: impl Fn(&str) -> bool) {
        // What the root declares holds to the end.
        self.prefixes.enter(&raw);
        let declared = raw.into_iter().filter(|(name, _)| is_kept(name)).collect();
        for (name, value) in self.decoded(declared) {
            // An element has an attribute once.
            if !self.opml.namespaces.iter().any(|(known, _)| *known == name) {
                self.opml.namespaces.push((name, value));
            }
        }
    }

    /// Begins an element of the head; the one before it has ended, whether it says so or not.
    fn open_field(&mut self, name: &'a str, empty: bool) {
        self.end_field();
        self.field = Some((name, String::new()));
        if empty {
            self.end_field();
        }
    }

    fn end_field(&mut self) {
        let Some((name, value)) = self.field.take() else {
            return;
        };
        if name::is_sound(name) {
            self.prefixes.meet(name);
            self.opml.head.push((name.to_owned(), letters::sound(value.trim())));
        }
    }

    fn end_head(&mut self) {
        self.end_field();
        self.in_head = false;
    }

    fn open_outline(&mut self, name: &'a str, raw: Attributes<'a>, empty: bool) {
        if self.outlines_len == self.limits.outlines_max {
            self.outlines_cut += 1;
            self.below += usize::from(!empty);
            return;
        }
        self.outlines_len += 1;
        let is_feed = is_feed(&raw);
        let ends = self.ends.unwrap_or(Ends::AsWritten);
        if ends != Ends::AsWritten && self.open.last().is_some_and(|open| open.is_feed) {
            self.tokens.damage.add("open-element");
            self.pop();
        }
        let declares = self.prefixes.enter(&raw);
        let outline = self.outline(name, raw);
        if empty || is_feed && ends == Ends::OfFoldersAlone {
            self.prefixes.leave(&declares);
            self.put(outline);
        } else if self.open.len() >= self.limits.depth_max {
            self.tokens.damage.add("too-deep");
            self.below += 1;
            self.prefixes.leave(&declares);
            self.put(outline);
        } else {
            self.open.push(Open { name, is_feed, declares, outline });
        }
    }

    fn outline(&mut self, name: &'a str, raw: Attributes<'a>) -> Outline {
        let is_foreign = !is_outline(name) && !name.starts_with("xmlns:") && name::is_sound(name);
        let element = if is_foreign { name } else { OUTLINE };
        self.prefixes.meet(element);
        let attributes = self.decoded(raw);
        Outline { element: element.to_owned(), attributes, ..Outline::default() }
    }

    fn decoded(&mut self, raw: Attributes<'a>) -> Vec<(String, String)> {
        let mut attributes = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            if !name::is_sound(name) || name::is_void(name, &value) {
                self.tokens.damage.add("odd-name");
                continue;
            }
            self.prefixes.meet(name);
            let mut text = String::with_capacity(value.len());
            self.entities.decode(&value, &mut text, &mut self.tokens.damage);
            attributes.push((name.to_owned(), letters::sound(&text)));
        }
        attributes
    }

    fn close(&mut self, name: &'a str) {
        match local(name).to_ascii_lowercase().as_str() {
            "head" if self.in_head => self.end_head(),
            "body" | "opml" => {
                self.end_head();
                self.below = 0;
                self.pop_to(0);
            }
            _ if self.in_head => self.end_field(),
            _ => self.close_outline(name),
        }
    }

    fn close_outline(&mut self, name: &str) {
        if self.below > 0 {
            self.below -= 1;
            return;
        }
        let same = |open: &Open| local(open.name).eq_ignore_ascii_case(local(name));
        let Some(depth) = self.open.iter().rposition(same) else {
            self.tokens.damage.add("stray-end");
            return;
        };
        self.pop_to(depth);
    }

    /// Ends everything from this depth on; all but the first of it had no end of its own.
    fn pop_to(&mut self, depth: usize) {
        if self.open.len() > depth + 1 {
            self.tokens.damage.add("open-element");
        }
        while self.open.len() > depth {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some(Open { mut outline, declares, .. }) = self.open.pop() {
            self.prefixes.leave(&declares);
            outline.words = letters::sound(outline.words.trim());
            self.put(outline);
        }
    }

    /// Puts an outline where it belongs: into the one that is open.
    fn put(&mut self, outline: Outline) {
        match self.open.last_mut() {
            Some(open) => open.outline.children.push(outline),
            None => self.opml.outlines.push(outline),
        }
    }
}
