//! XML to a listing: one walk over the tokens, one stack of what is open.

mod field;
mod name;
mod place;
mod text;

use crate::Limits;
use crate::capture::Capture;
use crate::damage::Damage;
use crate::draft::{self, Draft};
use crate::entity::Entities;
use crate::names::{self, Family, Field};
use crate::relative;
use crate::rhythm::Rhythm;
use crate::token::{self, Attributes, Token, Tokens};
use crate::word::Word;
use memchr::memchr;
use name::local;
use news::{Address, Form, Link, Listing, Person, Stamp};
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest base that references are resolved against, in bytes; each may be written again for
/// every reference.
const BASE_BYTES_MAX: usize = 1024;

/// The longest language tag, in bytes (RFC 5646 §4.4.1 asks for 35).
const LANGUAGE_BYTES_MAX: usize = 64;

/// What the elements below an open one belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Feed,
    Entry,
    Image,
    Aside,
    Source,
    Author,
    Contributor,
    Part,
}

struct Open<'a> {
    name: &'a str,
    place: Place,
    namespaces_before: usize,
    base_before: bool,
    language: Option<String>,
}

/// What a document was found to be.
pub struct Found {
    pub listing: Option<Listing>,
    pub damage: Damage,
    pub entries_cut: usize,
    pub is_html: bool,
    /// There is nothing in it but comments, declarations and white space.
    pub is_empty: bool,
}

/// Reads a document that is XML, or was meant to be.
pub fn read(text: &str, base: Option<&Address>, limits: &Limits) -> Found {
    let mut reader = Reader::new(text, base, limits);
    while let Some(token) = reader.tokens.next() {
        reader.take(token);
    }
    reader.finish()
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    limits: &'a Limits,
    base: Option<&'a Address>,
    entities: Entities,
    stack: Vec<Open<'a>>,
    /// Elements open below the deepest that the stack holds.
    below: usize,
    families: HashMap<&'a str, Family>,
    /// What each declaration hid, to be restored when its element ends.
    hidden: Vec<(&'a str, Option<Family>)>,
    bases: Vec<Option<Address>>,
    capture: Option<Capture<'a>>,
    form: Form,
    feed: Draft,
    entry: Option<Draft>,
    /// Entries and what else is finished as soon as it is met.
    listing: Listing,
    part: (Option<Address>, Option<Stamp>),
    rhythm: Rhythm,
    person: Person,
    /// Text directly in a person or a source.
    loose: String,
    entries_cut: usize,
    is_html: bool,
    is_empty: bool,
    is_atom_03: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, base: Option<&'a Address>, limits: &'a Limits) -> Reader<'a> {
        Reader {
            tokens: Tokens::new(text),
            limits,
            base: base.filter(|base| base.as_str().len() <= BASE_BYTES_MAX),
            entities: Entities::default(),
            stack: Vec::new(),
            below: 0,
            families: HashMap::new(),
            hidden: Vec::new(),
            bases: Vec::new(),
            capture: None,
            form: Form::Unknown,
            feed: Draft::default(),
            entry: None,
            listing: Listing::default(),
            part: (None, None),
            rhythm: Rhythm::default(),
            person: Person::default(),
            loose: String::new(),
            entries_cut: 0,
            is_html: false,
            is_empty: true,
            is_atom_03: false,
        }
    }

    fn take(&mut self, token: Token<'a>) {
        self.is_empty &= matches!(token, Token::Text(raw) if raw.trim_ascii().is_empty());
        match token {
            Token::Text(raw) => self.text(raw, false),
            Token::Cdata(raw) => self.text(raw, true),
            Token::Doctype(doctype) => {
                if self.form == Form::Unknown {
                    self.entities.declare(doctype);
                }
            }
            Token::Close { name } => self.close(name),
            Token::Open { name, attributes, empty } => self.open(name, attributes, empty),
        }
    }

    fn finish(mut self) -> Found {
        if !self.stack.is_empty() {
            self.tokens.damage.add("truncated");
        }
        self.pop_to(0);
        self.end_entry();
        let known = self.form != Form::Unknown;
        self.listing.period_s = self.rhythm.seconds();
        let mut listing = self.feed.into_listing(self.form, self.listing);
        draft::settle(&mut listing, self.base);
        draft::inherit(&mut listing);
        Found {
            listing: known.then_some(listing),
            damage: self.tokens.damage,
            entries_cut: self.entries_cut,
            is_html: self.is_html,
            is_empty: self.is_empty,
        }
    }

    fn text(&mut self, raw: &'a str, is_cdata: bool) {
        if let Some(capture) = &mut self.capture {
            capture.text(raw, is_cdata, &mut self.entities, &mut self.tokens.damage);
        } else if matches!(self.place(), Place::Author | Place::Contributor | Place::Source) {
            let damage = &mut self.tokens.damage;
            match is_cdata {
                true => self.loose.push_str(raw),
                false => self.entities.decode(raw, &mut self.loose, damage),
            }
        }
    }

    fn place(&self) -> Place {
        self.stack.last().map_or(Place::Outside, |open| open.place)
    }

    fn open(&mut self, name: &'a str, inside: &'a str, empty: bool) {
        if self.stack.len() >= self.limits.depth_max {
            if !empty {
                self.below += 1;
            }
            self.tokens.damage.add("too-deep");
            return;
        }
        let mut attributes = token::attributes(inside, &mut self.tokens.damage);
        let hidden_before = self.hidden.len();
        self.declare(name, &attributes);
        let (family, word) = self.name(name);
        let word = word.as_str();
        let field = names::field(family, word);

        if let Some(capture) = &self.capture {
            if capture.is_over(field, word, family) {
                self.tokens.damage.add("open-element");
                let depth = capture.depth;
                self.pop_to(depth);
            } else {
                self.open_in_capture(name, attributes, empty, hidden_before);
                return;
            }
        }
        self.decode(&mut attributes);
        if self.place() == Place::Outside && !self.is_root(family, word, &attributes) {
            self.forget(hidden_before);
            return;
        }
        if field == Some(Field::Entry) {
            self.close_entry_before();
        }
        let has_base = self.push_base(&attributes);
        let language = get(&attributes, "xml:lang")
            .filter(|language| language.len() <= LANGUAGE_BYTES_MAX)
            .map(str::to_owned);
        let place = self.enter(field, word, &attributes, language.as_deref());
        self.stack.push(Open {
            name,
            place,
            namespaces_before: hidden_before,
            base_before: has_base,
            language,
        });
        self.start(field, family, word, attributes);
        if empty {
            self.pop_to(self.stack.len() - 1);
        }
    }

    fn open_in_capture(
        &mut self,
        name: &'a str,
        mut attributes: Attributes<'a>,
        empty: bool,
        hidden_before: usize,
    ) {
        let local = local(name);
        let is_void = names::is_void(Word::of(local).as_str());
        self.decode(&mut attributes);
        let has_base = self.push_base(&attributes);
        let base = self.bases.last().and_then(Option::as_ref).or(self.base);
        if let Some(capture) = &mut self.capture {
            capture.open(local, &attributes, empty || is_void, base);
        }
        if empty || is_void {
            self.forget(hidden_before);
            if has_base {
                self.bases.pop();
            }
            return;
        }
        self.stack.push(Open {
            name,
            place: Place::Aside,
            namespaces_before: hidden_before,
            base_before: has_base,
            language: None,
        });
    }

    fn close(&mut self, name: &'a str) {
        if self.below > 0 {
            self.below -= 1;
            return;
        }
        let same = |open: &Open| open.name.eq_ignore_ascii_case(name);
        let Some(depth) = self.stack.iter().rposition(same) else {
            self.tokens.damage.add("stray-end");
            return;
        };
        if depth + 1 < self.stack.len() {
            // HTML in a naked description never closes its `<br>`; the feed's own words do.
            self.tokens.damage.add("open-element");
        }
        self.pop_to(depth);
    }

    /// Ends everything from this depth on.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            self.pop_one();
        }
    }

    fn pop_one(&mut self) {
        let Some(open) = self.stack.last() else {
            return;
        };
        let depth = self.stack.len() - 1;
        let (place, name) = (open.place, open.name);
        match self.capture.take_if(|capture| capture.depth == depth) {
            Some(capture) => self.end(capture),
            None => {
                if let Some(capture) = &mut self.capture {
                    capture.close(local(name));
                }
            }
        }
        let outer = self.stack.iter().rev().nth(1).map(|open| open.place);
        if outer != Some(place) {
            self.leave(place);
        }
        if let Some(open) = self.stack.pop() {
            self.forget(open.namespaces_before);
            if open.base_before {
                self.bases.pop();
            }
        }
    }

    /// Resolves the entities in the values.
    fn decode(&mut self, attributes: &mut Attributes<'a>) {
        for (_, value) in attributes {
            if memchr(b'&', value.as_bytes()).is_some() {
                let mut text = String::with_capacity(value.len());
                self.entities.decode(value, &mut text, &mut self.tokens.damage);
                *value = Cow::Owned(text);
            }
        }
    }

    fn push_base(&mut self, attributes: &Attributes) -> bool {
        let Some(written) = get(attributes, "xml:base") else {
            return false;
        };
        let base = relative::resolve(self.current_base(), written);
        let base = Address::read(&base)
            .filter(|base| base.as_str().len() <= BASE_BYTES_MAX)
            .or_else(|| self.current_base().cloned());
        self.bases.push(base);
        true
    }

    fn current_base(&self) -> Option<&Address> {
        self.bases.last().and_then(Option::as_ref).or(self.base)
    }

    fn resolve(&self, reference: &str) -> String {
        relative::resolve(self.current_base(), reference)
    }

    fn current_language(&self) -> Option<&str> {
        self.stack.iter().rev().find_map(|open| open.language.as_deref())
    }
}

fn alternate(href: String) -> Link {
    Link { href, rel: "alternate".to_owned(), ..Link::default() }
}

/// Returns the value of an attribute, whatever the case of its name.
fn get<'b>(attributes: &'b Attributes, name: &str) -> Option<&'b str> {
    attributes
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}
