//! What an element's attributes say, and how its text is meant.

use super::{Place, Reader, get};
use crate::capture::{Capture, Mode};
use crate::limits::HUBS_MAX;
use crate::names::{Family, Field};
use crate::token::Attributes;
use news::{Address, Category, Enclosure, Form, Link, Media, Part, Thumbnail};

/// The links of a feed that say where to go on (RFC 5005) and where its news can be had (WebSub).
const WAYS: [&str; 4] = ["self", "hub", "next", "prev-archive"];

impl<'a> Reader<'a> {
    /// Acts on what an element's attributes say, and begins to gather its text if it has any.
    pub(super) fn start(
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
            Place::Part => matches!(field, Field::Loc | Field::Updated(_)),
            Place::Aside | Place::Outside => false,
        };
        if !wanted || self.take_attributes(field, family, &attributes) {
            return;
        }
        if let Some(mode) = self.mode(field, family, word, &attributes) {
            self.capture = Some(Capture::new(field, self.stack.len() - 1, mode, attributes));
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
            Field::Complete => {
                self.listing.is_complete |= self.entry.is_none();
                true
            }
            Field::Archive => {
                self.listing.is_archive |= self.entry.is_none();
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
        let is_one_word = !href.contains(char::is_whitespace);
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
            rel: is("rel").filter(|rel| !rel.is_empty()).unwrap_or_else(|| "alternate".to_owned()),
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
        let is_page = link.kind.as_deref().is_some_and(|kind| kind.contains("html"));
        if link.rel == "replies" && is_page && is_one_word {
            self.draft().comments.get_or_insert(link.href.clone());
        }
        if self.is_plain_link(attributes) {
            self.draft().link = Some(link.href.clone());
        }
        if self.entry.is_none() {
            self.take_way(&link);
        }
        self.draft().links.push(link);
        true
    }

    /// Tells whether a `link` with a `href` is RSS's own word, written as if it were Atom's.
    fn is_plain_link(&self, attributes: &Attributes) -> bool {
        let is_rss = matches!(self.form, Form::Rss | Form::Rdf);
        let has_prefix = self.stack.last().is_some_and(|open| open.name.contains(':'));
        is_rss && !has_prefix && get(attributes, "rel").is_none()
    }

    /// Takes a link of the feed that says where to go on, and where its news can be had.
    fn take_way(&mut self, link: &Link) {
        let is_way = |rel: &&str| WAYS.iter().any(|way| rel.eq_ignore_ascii_case(way));
        for rel in link.rel.split_ascii_whitespace().filter(is_way) {
            let Some(address) = Address::read(&link.href) else {
                return;
            };
            match rel.to_ascii_lowercase().as_str() {
                "self" => self.listing.own = self.listing.own.take().or(Some(address)),
                "hub" if self.listing.hubs.len() < HUBS_MAX => self.listing.hubs.push(address),
                "next" | "prev-archive" if self.base != Some(&address) => {
                    self.add_part(Part { address, updated: None });
                }
                _ => {}
            }
        }
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
                let told = get(attributes, "type").unwrap_or_default().to_ascii_lowercase();
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
}
