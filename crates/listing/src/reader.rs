//! XML to a listing: one walk over the tokens, one stack of what is open.

use crate::Limits;
use crate::capture::{Capture, Mode};
use crate::damage::Damage;
use crate::draft::{self, Draft};
use crate::entity::Entities;
use crate::names::{self, Family, Field};
use crate::token::{self, Token, Tokens};
use crate::{person, relative};
use news::{
    Address, Category, Credit, Enclosure, Form, Generator, Link, Listing, Media, Person, Stamp,
    Text, TextKind, Thumbnail, date,
};
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest name of a word of a feed, in bytes.
const WORD_BYTES_MAX: usize = 24;

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
    listing: Listing,
    person: Person,
    /// Text directly in a person or a source.
    loose: String,
    entries_cut: usize,
    is_html: bool,
    is_atom_03: bool,
}

type Attributes<'a> = Vec<(&'a str, Cow<'a, str>)>;

impl<'a> Reader<'a> {
    fn new(text: &'a str, base: Option<&'a Address>, limits: &'a Limits) -> Reader<'a> {
        Reader {
            tokens: Tokens::new(text),
            limits,
            base,
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
            person: Person::default(),
            loose: String::new(),
            entries_cut: 0,
            is_html: false,
            is_atom_03: false,
        }
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(raw) => self.text(raw, false),
            Token::Cdata(raw) => self.text(raw, true),
            Token::Doctype(doctype) => {
                if self.form == Form::Unknown {
                    self.entities.declare(doctype);
                }
            }
            Token::Close { name } => self.close(name),
            Token::Open {
                name,
                attributes,
                empty,
            } => self.open(name, attributes, empty),
        }
    }

    fn finish(mut self) -> Found {
        if !self.stack.is_empty() {
            self.tokens.damage.add("truncated");
        }
        self.pop_to(0);
        self.end_entry();
        let known = self.form != Form::Unknown;
        let mut listing = self.feed.into_listing(self.form);
        listing.entries = self.listing.entries;
        listing.parts = self.listing.parts;
        draft::settle(&mut listing, self.base);
        draft::inherit(&mut listing);
        Found {
            listing: known.then_some(listing),
            damage: self.tokens.damage,
            entries_cut: self.entries_cut,
            is_html: self.is_html,
        }
    }

    // --- text ---

    fn text(&mut self, raw: &'a str, is_cdata: bool) {
        if let Some(capture) = &mut self.capture {
            capture.text(raw, is_cdata, &mut self.entities, &mut self.tokens.damage);
        } else if matches!(
            self.place(),
            Place::Author | Place::Contributor | Place::Source
        ) {
            let damage = &mut self.tokens.damage;
            match is_cdata {
                true => self.loose.push_str(raw),
                false => self.entities.decode(raw, &mut self.loose, damage),
            }
        }
    }

    // --- tags ---

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
        let raw = token::attributes(inside, &mut self.tokens.damage);
        let hidden_before = self.hidden.len();
        self.declare(name, &raw);
        let (family, word) = self.name(name);
        let word = word.as_str();
        let field = names::field(family, word);

        if let Some(capture) = &self.capture {
            if capture.is_over(field, word, family) {
                self.tokens.damage.add("open-element");
                let depth = capture.depth;
                self.pop_to(depth);
            } else {
                self.open_in_capture(name, raw, empty, hidden_before);
                return;
            }
        }
        let attributes = self.decoded(raw);
        if self.place() == Place::Outside && !self.is_root(family, word, &attributes) {
            self.forget(hidden_before);
            return;
        }
        if field == Some(Field::Entry) {
            self.close_entry_before();
        }
        let has_base = self.push_base(&attributes);
        let language = get(&attributes, "xml:lang").map(str::to_owned);
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
        raw: Vec<(&'a str, &'a str)>,
        empty: bool,
        hidden_before: usize,
    ) {
        let local = local(name);
        let is_void = names::is_void(&local.to_ascii_lowercase());
        let attributes = self.decoded(raw);
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

    // --- names ---

    fn declare(&mut self, name: &str, raw: &[(&'a str, &'a str)]) {
        for (key, uri) in raw {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefix) => match prefix.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let mut family = names::family(uri);
            // Whatever namespace the root invents for itself, its words are the feed's.
            self.is_atom_03 |= uri.contains("purl.org/atom/ns#");
            if self.stack.is_empty() && family == Family::Other && prefix == prefix_of(name) {
                family = Family::Feed;
            }
            let before = self.families.insert(prefix, family);
            self.hidden.push((prefix, before));
        }
    }

    fn forget(&mut self, hidden_before: usize) {
        while self.hidden.len() > hidden_before {
            match self.hidden.pop() {
                Some((prefix, Some(family))) => self.families.insert(prefix, family),
                Some((prefix, None)) => self.families.remove(prefix),
                None => None,
            };
        }
    }

    fn name(&mut self, name: &'a str) -> (Family, Word) {
        let prefix = prefix_of(name);
        let family = match self.families.get(prefix) {
            Some(family) => *family,
            None => {
                if !prefix.is_empty() {
                    self.tokens.damage.add("undeclared-prefix");
                }
                names::usual_family(prefix)
            }
        };
        (family, Word::of(local(name)))
    }

    fn decoded(&mut self, raw: Vec<(&'a str, &'a str)>) -> Attributes<'a> {
        let mut attributes = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            let value = if value.contains('&') {
                let mut text = String::with_capacity(value.len());
                self.entities
                    .decode(value, &mut text, &mut self.tokens.damage);
                Cow::Owned(text)
            } else {
                Cow::Borrowed(value)
            };
            attributes.push((name, value));
        }
        attributes
    }

    fn push_base(&mut self, attributes: &Attributes) -> bool {
        let Some(written) = get(attributes, "xml:base") else {
            return false;
        };
        let base = relative::resolve(self.current_base(), written);
        let base = Address::read(&base).or_else(|| self.current_base().cloned());
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
        self.stack
            .iter()
            .rev()
            .find_map(|open| open.language.as_deref())
    }

    // --- places ---

    /// Tells whether the outermost element begins a listing, and of which form.
    fn is_root(&mut self, family: Family, word: &str, attributes: &Attributes) -> bool {
        let form = match word {
            "rss" => Form::Rss,
            "rdf" => Form::Rdf,
            "feed" if family == Family::Feed => Form::Atom,
            "entry" if family == Family::Feed => Form::Atom,
            "channel"
                if get(attributes, "href").is_some() || get(attributes, "lastmod").is_some() =>
            {
                Form::Cdf
            }
            "channel" | "item" => Form::Rss,
            "urlset" => Form::Sitemap,
            "sitemapindex" => Form::SitemapIndex,
            "html" | "head" | "body" => {
                self.is_html |= self.form == Form::Unknown;
                return false;
            }
            _ => return false,
        };
        if self.form == Form::Unknown {
            self.form = form;
        }
        !self.is_html || matches!(word, "rss" | "rdf" | "feed" | "urlset" | "sitemapindex")
    }

    fn draft(&mut self) -> &mut Draft {
        self.entry.as_mut().unwrap_or(&mut self.feed)
    }

    /// Ends an entry that the next one shows to be over.
    fn close_entry_before(&mut self) {
        let open = self
            .stack
            .iter()
            .position(|open| open.place == Place::Entry);
        if let Some(depth) = open {
            self.tokens.damage.add("open-element");
            self.pop_to(depth);
        }
    }

    /// Returns what the elements below this one belong to.
    fn enter(
        &mut self,
        field: Option<Field>,
        word: &str,
        attributes: &Attributes,
        language: Option<&str>,
    ) -> Place {
        let around = self.place();
        if around == Place::Aside {
            return Place::Aside;
        }
        match field {
            Some(Field::Entry) => self.start_entry(attributes, language),
            Some(Field::Url) if self.form == Form::Sitemap && around != Place::Entry => {
                self.start_entry(attributes, language)
            }
            Some(Field::Feed) if around != Place::Entry => {
                self.start_feed(attributes, language);
                Place::Feed
            }
            Some(Field::Part) if self.form == Form::SitemapIndex => Place::Part,
            Some(Field::Image) => Place::Image,
            Some(Field::Aside) => Place::Aside,
            Some(Field::Source) => {
                self.loose.clear();
                let href = get(attributes, "url").or_else(|| get(attributes, "href"));
                let href = href.map(|href| self.resolve(href));
                let source = self.draft().source();
                source.href = source.href.take().or(href);
                Place::Source
            }
            Some(Field::Author | Field::Contributor) if around == Place::Source => Place::Aside,
            Some(Field::Author) => self.start_person(Place::Author),
            Some(Field::Contributor) => self.start_person(Place::Contributor),
            _ if around == Place::Outside => {
                if matches!(word, "feed" | "rss" | "rdf") {
                    self.start_feed(attributes, language);
                }
                Place::Feed
            }
            _ => around,
        }
    }

    fn start_person(&mut self, place: Place) -> Place {
        self.person = Person::default();
        self.loose.clear();
        place
    }

    fn start_feed(&mut self, attributes: &Attributes, language: Option<&str>) {
        let href = get(attributes, "href").map(|href| self.resolve(href));
        let about = get(attributes, "rdf:about").map(str::to_owned);
        let updated = get(attributes, "lastmod").and_then(|date| self.date(date));
        let feed = &mut self.feed;
        feed.language = feed
            .language
            .take()
            .or(language.map(|language| language.replace('_', "-")));
        feed.about = feed.about.take().or(about);
        if let Some(href) = href {
            feed.links.push(alternate(href));
        }
        if let Some(updated) = updated {
            feed.updated.last(1, updated);
        }
    }

    fn start_entry(&mut self, attributes: &Attributes, language: Option<&str>) -> Place {
        let updated = get(attributes, "lastmod").and_then(|date| self.date(date));
        let mut entry = Draft {
            about: get(attributes, "rdf:about").map(|about| about.trim().to_owned()),
            language: language.map(|language| language.replace('_', "-")),
            ..Draft::default()
        };
        if let Some(href) = get(attributes, "href") {
            entry.links.push(alternate(self.resolve(href)));
        }
        if let Some(updated) = updated {
            entry.updated.last(1, updated);
        }
        self.entry = Some(entry);
        Place::Entry
    }

    fn leave(&mut self, place: Place) {
        match place {
            Place::Entry => self.end_entry(),
            Place::Author | Place::Contributor => self.end_person(place),
            Place::Source => {
                let title = std::mem::take(&mut self.loose);
                let title = title.trim();
                let source = self.draft().source();
                if source.title.is_none() && !title.is_empty() {
                    source.title = Some(title.to_owned());
                }
            }
            _ => {}
        }
    }

    fn end_entry(&mut self) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        if self.listing.entries.len() < self.limits.entries_max {
            self.listing.entries.push(entry.into_entry());
        } else {
            self.entries_cut += 1;
        }
    }

    fn end_person(&mut self, place: Place) {
        let loose = std::mem::take(&mut self.loose);
        let mut person = std::mem::take(&mut self.person);
        if person.name.is_none()
            && person.email.is_none()
            && let Some(read) = person::read(&loose)
        {
            person = Person {
                href: person.href,
                ..read
            };
        }
        match place {
            Place::Author => self.draft().add_author(person),
            _ => self.draft().add_contributor(person),
        }
    }

    // --- fields ---

    /// Acts on what an element's attributes say, and begins to gather its text if it has any.
    fn start(
        &mut self,
        field: Option<Field>,
        family: Family,
        word: &str,
        attributes: Attributes<'a>,
    ) {
        let Some(field) = field else { return };
        let place = self.place();
        let wanted = match place {
            Place::Feed | Place::Entry => true,
            Place::Image => matches!(field, Field::Title(9) | Field::Url | Field::Link),
            Place::Source => matches!(field, Field::Title(9) | Field::Id | Field::Link),
            Place::Author | Place::Contributor => {
                matches!(field, Field::Name | Field::Email | Field::Uri | Field::Url)
            }
            Place::Part => field == Field::Loc,
            Place::Aside | Place::Outside => false,
        };
        if !wanted || self.take_attributes(field, family, &attributes) {
            return;
        }
        if let Some(mode) = self.mode(field, family, word, &attributes) {
            let base = self.current_base().cloned();
            let language = self.current_language().map(str::to_owned);
            self.capture = Some(Capture::new(
                field,
                self.stack.len() - 1,
                mode,
                attributes,
                base,
                language,
            ));
        }
    }

    /// Takes fields that are told in attributes; `true` means that no text is wanted.
    fn take_attributes(&mut self, field: Field, family: Family, attributes: &Attributes) -> bool {
        let is = |name| get(attributes, name).map(str::to_owned);
        match field {
            Field::Link => self.take_link(attributes),
            Field::Enclosure => {
                if let Some(href) = is("url").or_else(|| is("href")) {
                    let enclosure = Enclosure {
                        href: self.resolve(&href),
                        kind: is("type"),
                        length: is("length"),
                    };
                    self.draft().enclosures.push(enclosure);
                }
                true
            }
            Field::Media => {
                if let Some(url) = is("url") {
                    let media = Media {
                        url: self.resolve(&url),
                        kind: is("type"),
                        medium: is("medium"),
                        width: is("width"),
                        height: is("height"),
                    };
                    self.draft().media.push(media);
                }
                true
            }
            Field::Thumbnail => match is("url") {
                Some(url) => {
                    let thumbnail = Thumbnail {
                        url: self.resolve(&url),
                        width: is("width"),
                        height: is("height"),
                    };
                    self.draft().thumbnails.push(thumbnail);
                    true
                }
                None => false,
            },
            Field::ImageHref => {
                if let Some(href) = is("href").or_else(|| is("url")) {
                    self.draft().image_href = Some(self.resolve(&href));
                }
                true
            }
            Field::Category if family == Family::Itunes => {
                self.draft().add_category(Category {
                    term: is("text"),
                    scheme: Some("http://www.itunes.com/".to_owned()),
                    label: None,
                });
                true
            }
            Field::Player => {
                if let Some(url) = is("url") {
                    let media = Media {
                        url: self.resolve(&url),
                        kind: None,
                        medium: None,
                        width: is("width"),
                        height: is("height"),
                    };
                    self.draft().media.push(media);
                }
                true
            }
            Field::Category if self.form == Form::Atom && family == Family::Feed => {
                self.draft().add_category(Category {
                    term: is("term"),
                    scheme: is("scheme"),
                    label: is("label"),
                });
                true
            }
            Field::Generator if family == Family::Admin => {
                let href = is("rdf:resource");
                let generator = self.draft().generator.get_or_insert_default();
                generator.href = href.clone();
                generator.name = generator.name.take().or(href);
                true
            }
            _ => false,
        }
    }

    fn take_link(&mut self, attributes: &Attributes) -> bool {
        let is = |name| get(attributes, name).map(str::to_owned);
        let told = is("href").or_else(|| is("rdf:resource"));
        let is_empty = told.is_none() && self.form == Form::Atom && !attributes.is_empty();
        let Some(href) = told.or(is_empty.then(String::new)) else {
            return false;
        };
        let href = match is_empty {
            true => href,
            false => self.resolve(&href),
        };
        match self.place() {
            Place::Image => {
                self.draft().image().link = Some(href);
                return true;
            }
            Place::Source => {
                let source = self.draft().source();
                if is("rel").is_none_or(|rel| rel == "alternate") || source.href.is_none() {
                    source.href = Some(href);
                }
                return true;
            }
            _ => {}
        }
        let link = Link {
            rel: is("rel")
                .filter(|rel| !rel.is_empty())
                .unwrap_or_else(|| "alternate".to_owned()),
            kind: is("type"),
            title: is("title"),
            hreflang: is("hreflang"),
            length: is("length"),
            href,
        };
        if link.rel == "enclosure" && !is_empty {
            self.draft().enclosures.push(Enclosure {
                href: link.href.clone(),
                kind: link.kind.clone(),
                length: link.length.clone(),
            });
        }
        if self.entry.is_none()
            && link.rel == "next"
            && let Some(next) = Address::read(&link.href)
        {
            self.listing.parts.push(next);
        }
        self.draft().links.push(link);
        true
    }

    /// Returns how the text of a field is to be gathered; `None` if it has none.
    fn mode(
        &self,
        field: Field,
        family: Family,
        word: &str,
        attributes: &Attributes,
    ) -> Option<Mode> {
        let is_atom = self.form == Form::Atom && family == Family::Feed;
        match field {
            Field::Title(_) | Field::Summary(_) | Field::Rights | Field::Content => {
                let told = get(attributes, "type")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let base64 =
                    get(attributes, "mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
                let escaped = get(attributes, "mode")
                    .is_some_and(|mode| mode.eq_ignore_ascii_case("escaped"));
                let is_rich = field == Field::Content || matches!(field, Field::Summary(_));
                Some(match told.as_str() {
                    _ if base64 => Mode::Base64,
                    _ if family == Family::Xhtml => Mode::Xml,
                    "xhtml" => Mode::Xhtml,
                    "html" | "text/html" => Mode::Html,
                    "text" | "text/plain" | "plain" => Mode::Plain,
                    "" if is_atom => Mode::Plain,
                    "" if is_rich && word != "title" => Mode::Html,
                    "" => Mode::Guess,
                    "application/xhtml+xml" if is_atom && !self.is_atom_03 => Mode::Xhtml,
                    xml if xml.contains("xml") && !escaped => Mode::Xml,
                    text if text.starts_with("text/") || escaped => Mode::Plain,
                    other if other.contains('/') && is_atom => Mode::Base64,
                    _ => Mode::Guess,
                })
            }
            Field::Feed
            | Field::Entry
            | Field::Part
            | Field::Image
            | Field::Aside
            | Field::Source
            | Field::Author
            | Field::Contributor => None,
            Field::Url if self.place() == Place::Entry || self.place() == Place::Feed => None,
            _ => Some(Mode::Plain),
        }
    }

    fn date(&self, text: &str) -> Option<Stamp> {
        date::read(text, None)
    }

    /// Puts the text of an element where it belongs.
    fn end(&mut self, capture: Capture<'a>) {
        let field = capture.field;
        let place = self.place();
        let around = capture
            .depth
            .checked_sub(2)
            .map(|depth| self.stack[depth].place);
        let is_direct = around != Some(Place::Entry);
        let scheme =
            get(&capture.attributes, "domain").or_else(|| get(&capture.attributes, "scheme"));
        let scheme = scheme.map(str::to_owned);
        let attributes = capture.attributes.clone();
        let is = |name: &str| get(&attributes, name).map(str::to_owned);
        if field == Field::Content {
            let src = is("src").map(|src| self.resolve(&src));
            let content = capture.into_content(src);
            if !content.value.is_empty() || content.src.is_some() {
                self.draft().content.push(content);
            }
            return;
        }
        let text = capture.into_text();
        let value = text.value.as_str();
        if value.is_empty() && field != Field::Generator {
            return;
        }
        match (place, field) {
            (Place::Image, Field::Title(_)) => self.draft().image().title = Some(text.value),
            (Place::Image, Field::Url) => {
                let href = self.resolve(value);
                match &mut self.entry {
                    Some(entry) => entry.image_href = Some(href),
                    None => self.feed.image().href = Some(href),
                }
            }
            (Place::Image, Field::Link) => {
                let href = self.resolve(value);
                self.draft().image().link = Some(href);
            }
            (Place::Source, Field::Title(_)) => self.draft().source().title = Some(text.value),
            (Place::Source, Field::Id) => self.draft().source().id = Some(text.value),
            (Place::Source, Field::Link) => self.draft().source().href = Some(text.value),
            (Place::Author | Place::Contributor, Field::Name) => {
                self.person.name = Some(text.value)
            }
            (Place::Author | Place::Contributor, Field::Email) => {
                self.person.email = Some(text.value)
            }
            (Place::Author | Place::Contributor, _) => self.person.href = Some(self.resolve(value)),
            (Place::Part, _) => {
                if let Some(part) = Address::read(value)
                    && self.listing.parts.len() < self.limits.entries_max
                {
                    self.listing.parts.push(part);
                }
            }
            (_, Field::Title(rank)) => self.draft().title.first(rank, text),
            (_, Field::Summary(rank)) => self.draft().summary.first(rank, text),
            (_, Field::Rights) => self.draft().rights.first(1, text),
            (_, Field::Link | Field::Loc) => {
                let href = self.resolve(value);
                let draft = self.draft();
                draft.links.push(alternate(href.clone()));
                if is_direct || draft.link.is_none() {
                    draft.link = Some(href);
                }
            }
            (_, Field::OriginalLink) => {
                let href = self.resolve(value);
                self.draft().original_link = Some(href);
            }
            (_, Field::OriginalEnclosure) => {
                let href = self.resolve(value);
                if let Some(enclosure) = self.draft().enclosures.last_mut() {
                    enclosure.href = href;
                }
            }
            (_, Field::Guid) => {
                let is_permalink =
                    is("ispermalink").is_none_or(|told| !told.eq_ignore_ascii_case("false"));
                let href = self.resolve(value);
                let draft = self.draft();
                draft.id.get_or_insert(text.value);
                if is_permalink && (Address::read(&href).is_some() || is("ispermalink").is_some()) {
                    draft.permalink.get_or_insert(href);
                }
            }
            (_, Field::Id) => {
                let id = match value.starts_with('/') {
                    true => self.resolve(value),
                    false => text.value,
                };
                let draft = self.draft();
                if Address::read(&id).is_some() {
                    draft.permalink.get_or_insert(id.clone());
                }
                draft.id.get_or_insert(id);
            }
            (_, Field::Published(rank)) => {
                if let Some(stamp) = self.date(value) {
                    self.draft().published.last(rank, stamp);
                }
            }
            (_, Field::Updated(rank)) => {
                if let Some(stamp) = self.date(value) {
                    self.draft().updated.last(rank, stamp);
                }
            }
            (_, Field::AuthorText) => {
                if let Some(person) = person::read(value) {
                    self.draft().add_author(person);
                }
            }
            (_, Field::AuthorFallback) => {
                if let Some(person) = person::read(value) {
                    self.draft().authors_fallback.push(person);
                }
            }
            (_, Field::ContributorText) => {
                if let Some(person) = person::read(value) {
                    self.draft().add_contributor(person);
                }
            }
            (_, Field::Category) => self.draft().add_category(Category {
                scheme,
                label: is("label"),
                term: Some(text.value),
            }),
            (_, Field::Keywords) => {
                for word in value
                    .split(',')
                    .map(str::trim)
                    .filter(|word| !word.is_empty())
                {
                    self.draft().add_category(Category {
                        term: Some(word.to_owned()),
                        ..Category::default()
                    });
                }
            }
            (_, Field::Comments) if value.contains(char::is_whitespace) => {}
            (_, Field::Comments) => {
                let href = self.resolve(value);
                self.draft().comments.get_or_insert(href);
            }
            (_, Field::Language) => self.draft().language = Some(text.value.replace('_', "-")),
            (_, Field::Ttl) => self.draft().ttl = Some(text.value),
            (_, Field::Generator) => {
                let href = is("uri")
                    .or_else(|| is("url"))
                    .map(|href| self.resolve(&href));
                let name = Some(text.value).filter(|name| !name.is_empty());
                self.draft().generator = Some(Generator {
                    name,
                    href,
                    version: is("version"),
                });
            }
            (_, Field::Icon) => self.draft().icon = Some(self.resolve(value)),
            (_, Field::Logo) => self.draft().logo = Some(self.resolve(value)),
            (_, Field::ImageLoc) => {
                let url = self.resolve(value);
                self.draft().media.push(Media {
                    url,
                    medium: Some("image".to_owned()),
                    ..Media::default()
                });
            }
            (_, Field::Thumbnail) => {
                let url = self.resolve(value);
                self.draft().thumbnails.push(Thumbnail {
                    url,
                    ..Thumbnail::default()
                });
            }
            (_, Field::Credit) => self.draft().media_credit.push(Credit {
                content: text.value,
                role: is("role"),
            }),
            _ => {}
        }
    }
}

fn alternate(href: String) -> Link {
    Link {
        href,
        rel: "alternate".to_owned(),
        ..Link::default()
    }
}

/// Returns the value of an attribute, whatever the case of its name.
fn get<'b>(attributes: &'b Attributes, name: &str) -> Option<&'b str> {
    attributes
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

fn prefix_of(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// A short name in lower case, kept on the stack.
struct Word {
    bytes: [u8; WORD_BYTES_MAX],
    len: usize,
}

impl Word {
    fn of(name: &str) -> Word {
        let mut bytes = [0; WORD_BYTES_MAX];
        if name.len() > WORD_BYTES_MAX || !name.is_ascii() {
            return Word { bytes, len: 0 };
        }
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        bytes.make_ascii_lowercase();
        Word {
            bytes,
            len: name.len(),
        }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// What the kinds of gathered text become.
impl Mode {
    pub fn kind(self, value: &str) -> TextKind {
        match self {
            Mode::Plain => TextKind::Plain,
            Mode::Html | Mode::Base64 => TextKind::Html,
            Mode::Xhtml | Mode::Xml => TextKind::Xhtml,
            Mode::Guess => draft::guess(value.to_owned()).kind,
        }
    }
}

impl Capture<'_> {
    fn into_text(self) -> Text {
        let mode = self.mode;
        let value = self.value();
        Text {
            kind: mode.kind(&value),
            value,
        }
    }
}
