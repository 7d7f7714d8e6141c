//! What the elements below an open one belong to.

use super::{Place, Reader, alternate, get};
use crate::draft::Draft;
use crate::names::{Family, Field};
use crate::person;
use crate::token::Attributes;
use news::{Form, Part, Person};

impl Reader<'_> {
    /// Tells whether the outermost element begins a listing, and of which form.
    pub(super) fn is_root(&mut self, family: Family, word: &str, attributes: &Attributes) -> bool {
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

    pub(super) fn draft(&mut self) -> &mut Draft {
        self.entry.as_mut().unwrap_or(&mut self.feed)
    }

    /// Ends an entry that the next one shows to be over.
    pub(super) fn close_entry_before(&mut self) {
        let open = self.stack.iter().position(|open| open.place == Place::Entry);
        if let Some(depth) = open {
            self.tokens.damage.add("open-element");
            self.pop_to(depth);
        }
    }

    /// Returns what the elements below this one belong to.
    pub(super) fn enter(
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
            Some(Field::Part) if self.form == Form::SitemapIndex => {
                self.part = (None, None);
                Place::Part
            }
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
        feed.language =
            feed.language.take().or(language.map(|language| language.replace('_', "-")));
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

    pub(super) fn leave(&mut self, place: Place) {
        match place {
            Place::Entry => self.end_entry(),
            Place::Part => {
                if let (Some(address), updated) = std::mem::take(&mut self.part) {
                    self.add_part(Part { address, updated });
                }
            }
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

    pub(super) fn end_entry(&mut self) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        if self.listing.entries.len() < self.limits.entries_max {
            self.listing.entries.push(entry.into_entry());
        } else {
            self.entries_cut += 1;
        }
    }

    pub(super) fn add_part(&mut self, part: Part) {
        if self.listing.parts.len() < self.limits.entries_max {
            self.listing.parts.push(part);
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
            person = Person { href: person.href, ..read };
        }
        match place {
            Place::Author => self.draft().add_author(person),
            _ => self.draft().add_contributor(person),
        }
    }
}
