//! Where the text of an element belongs.

use super::{Place, Reader, alternate, get};
use crate::capture::Capture;
use crate::names::Field;
use crate::person;
use crate::relative;
use crate::token::Attributes;
use news::{Address, Category, Credit, Generator, Media, Stamp, Text, Thumbnail, date};

impl<'a> Reader<'a> {
    /// Puts the text of an element where it belongs.
    pub(super) fn end(&mut self, mut capture: Capture<'a>) {
        let (field, depth) = (capture.field, capture.depth);
        if field == Field::Content {
            self.end_content(capture);
            return;
        }
        let attributes = std::mem::take(&mut capture.attributes);
        let text = capture.into_text(self.current_base());
        if text.value.is_empty() && field != Field::Generator {
            return;
        }
        match self.place() {
            Place::Image => self.end_in_image(field, text),
            Place::Source => self.end_in_source(field, text),
            Place::Author | Place::Contributor => self.end_in_person(field, text),
            Place::Part => self.end_in_part(field, &text.value),
            _ => match field {
                Field::Link | Field::Loc => self.end_link(&text.value, depth),
                Field::Guid => self.end_guid(text.value, &attributes),
                Field::Id => self.end_id(text.value),
                field => self.end_field(field, text, &attributes),
            },
        }
    }

    fn end_content(&mut self, capture: Capture<'a>) {
        let src = get(&capture.attributes, "src").map(|src| self.resolve(src));
        let language = self.current_language().map(str::to_owned);
        let content = capture.into_content(src, self.current_base(), language);
        if !content.value.is_empty() || content.src.is_some() {
            self.draft().content.push(content);
        }
    }

    fn end_in_image(&mut self, field: Field, text: Text) {
        let href = self.resolve(&text.value);
        match (field, &mut self.entry) {
            (Field::Title(_), _) => self.draft().image().title = Some(text.value),
            (Field::Link, _) => self.draft().image().link = Some(href),
            (_, Some(entry)) => entry.image_href = Some(href),
            (_, None) => self.feed.image().href = Some(href),
        }
    }

    fn end_in_source(&mut self, field: Field, text: Text) {
        let source = self.draft().source();
        match field {
            Field::Title(_) => source.title = Some(text.value),
            Field::Id => source.id = Some(text.value),
            _ => source.href = Some(text.value),
        }
    }

    fn end_in_person(&mut self, field: Field, text: Text) {
        match field {
            Field::Name => self.person.name = Some(text.value),
            Field::Email => self.person.email = Some(text.value),
            _ => self.person.href = Some(self.resolve(&text.value)),
        }
    }

    fn end_in_part(&mut self, field: Field, value: &str) {
        let (address, updated) = &mut self.part;
        match field {
            Field::Loc => *address = Address::read(value),
            _ => *updated = date::read(value, None),
        }
    }

    /// Takes a link; the last one that stands directly in the entry wins.
    fn end_link(&mut self, value: &str, depth: usize) {
        let around = depth.checked_sub(2).map(|depth| self.stack[depth].place);
        let is_direct = around != Some(Place::Entry);
        let href = self.resolve(value);
        let draft = self.draft();
        draft.links.push(alternate(href.clone()));
        if is_direct || draft.link.is_none() {
            draft.link = Some(href);
        }
    }

    /// Takes a guid, which is an address too unless the feed says that it is none (RSS 2.0).
    ///
    /// Where the feed says nothing, a bare word or number is no address of a page: only what names
    /// its host, or is a path.
    fn end_guid(&mut self, value: String, attributes: &Attributes) {
        let told = get(attributes, "ispermalink");
        let is_permalink = match told {
            Some(told) => !told.eq_ignore_ascii_case("false"),
            None => value.starts_with('/') || relative::has_scheme(&value),
        };
        let href = is_permalink
            .then(|| self.resolve(&value))
            .filter(|href| told.is_some() || Address::read(href).is_some());
        let draft = self.draft();
        draft.id.get_or_insert(value);
        draft.permalink = draft.permalink.take().or(href);
    }

    fn end_id(&mut self, value: String) {
        let id = match value.starts_with('/') {
            true => self.resolve(&value),
            false => value,
        };
        let draft = self.draft();
        if Address::read(&id).is_some() {
            draft.permalink.get_or_insert(id.clone());
        }
        draft.id.get_or_insert(id);
    }

    fn end_field(&mut self, field: Field, text: Text, attributes: &Attributes) {
        let value = text.value.as_str();
        let is = |name: &str| get(attributes, name).map(str::to_owned);
        match field {
            Field::Title(rank) => self.draft().title.first(rank, text),
            Field::Summary(rank) => self.draft().summary.first(rank, text),
            Field::Rights => self.draft().rights.first(1, text),
            Field::OriginalLink => self.draft().original_link = Some(self.of_site(value)),
            Field::OriginalEnclosure => {
                let href = self.of_site(value);
                if let Some(enclosure) = self.draft().enclosures.last_mut() {
                    enclosure.href = href;
                }
            }
            Field::Published(rank) => {
                if let Some(stamp) = self.date(value) {
                    self.draft().published.last(rank, stamp);
                }
            }
            Field::Updated(rank) => {
                if let Some(stamp) = self.date(value) {
                    self.draft().updated.last(rank, stamp);
                }
            }
            Field::AuthorText => {
                if let Some(person) = person::read(value) {
                    self.draft().add_author(person);
                }
            }
            Field::AuthorFallback => {
                if let Some(person) = person::read(value) {
                    self.draft().authors_fallback.push(person);
                }
            }
            Field::WebMaster => self.draft().webmaster = person::read(value),
            Field::ContributorText => {
                if let Some(person) = person::read(value) {
                    self.draft().add_contributor(person);
                }
            }
            Field::Category => self.draft().add_category(Category {
                scheme: is("domain").or_else(|| is("scheme")),
                label: is("label"),
                term: Some(text.value),
            }),
            Field::Keywords => {
                for word in value.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                    self.draft().add_category(Category {
                        term: Some(word.to_owned()),
                        ..Category::default()
                    });
                }
            }
            Field::Comments if value.contains(char::is_whitespace) => {}
            Field::Comments => {
                let href = self.resolve(value);
                self.draft().comments.get_or_insert(href);
            }
            Field::Language => self.draft().language = Some(text.value.replace('_', "-")),
            Field::Ttl => self.draft().ttl = Some(text.value),
            Field::Period => self.rhythm.take_period(value),
            Field::Frequency => self.rhythm.take_frequency(value),
            Field::Generator => {
                let href = is("uri").or_else(|| is("url")).map(|href| self.resolve(&href));
                let name = Some(text.value).filter(|name| !name.is_empty());
                self.draft().generator = Some(Generator { name, href, version: is("version") });
            }
            Field::Icon => self.draft().icon = Some(self.resolve(value)),
            Field::Logo => self.draft().logo = Some(self.resolve(value)),
            Field::ImageLoc => {
                let url = self.resolve(value);
                self.draft().media.push(Media {
                    url,
                    medium: Some("image".to_owned()),
                    ..Media::default()
                });
            }
            Field::Thumbnail => {
                let url = self.resolve(value);
                self.draft().thumbnails.push(Thumbnail { url, ..Thumbnail::default() });
            }
            Field::Credit => {
                self.draft().media_credit.push(Credit { content: text.value, role: is("role") })
            }
            _ => {}
        }
    }

    /// Resolves an address of the site itself, whose feed another host carries.
    fn of_site(&self, reference: &str) -> String {
        let site = self.feed.link.as_deref().and_then(Address::read);
        relative::resolve(site.as_ref().or(self.current_base()), reference)
    }

    pub(super) fn date(&self, text: &str) -> Option<Stamp> {
        date::read(text, None)
    }
}
