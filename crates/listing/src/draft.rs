//! A feed or an entry while it is being read.

use crate::relative;
use news::{
    Address, Category, Content, Credit, Digest, Enclosure, Entry, EntrySource, Form, Generator,
    Image, Link, Listing, Media, Person, Stamp, Text, Thumbnail,
};

/// The most people and the most categories of one entry, each.
const PARTS_MAX: usize = 256;

/// How much an entry may inherit from its feed, in bytes: what is told once must not be kept
/// twenty thousand times if it is long.
const INHERITED_BYTES_MAX: usize = 1024;

/// A value and how good a word for it was.
#[derive(Clone, Debug)]
pub struct Ranked<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Default for Ranked<T> {
    fn default() -> Ranked<T> {
        Ranked { rank: 0, value: None }
    }
}

impl<T> Ranked<T> {
    /// Keeps the value unless a better or an equal one is known.
    pub fn first(&mut self, rank: u8, value: T) {
        if self.value.is_none() || rank > self.rank {
            (self.rank, self.value) = (rank, Some(value));
        }
    }

    /// Keeps the value unless a better one is known.
    pub fn last(&mut self, rank: u8, value: T) {
        if self.value.is_none() || rank >= self.rank {
            (self.rank, self.value) = (rank, Some(value));
        }
    }
}

/// What feeds and entries have in common, which is nearly everything.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub id: Option<String>,
    /// The `rdf:about`, which is an id where no other is told.
    pub about: Option<String>,
    /// The guid, where the feed says or lets us take for granted that it is an address.
    pub permalink: Option<String>,
    pub title: Ranked<Text>,
    pub summary: Ranked<Text>,
    pub rights: Ranked<Text>,
    /// The text of RSS's `link`.
    pub link: Option<String>,
    /// The link as it was before the feed's host replaced it.
    pub original_link: Option<String>,
    pub links: Vec<Link>,
    pub published: Ranked<Stamp>,
    pub updated: Ranked<Stamp>,
    pub authors: Vec<Person>,
    pub authors_fallback: Vec<Person>,
    pub webmaster: Option<Person>,
    pub contributors: Vec<Person>,
    pub categories: Vec<Category>,
    pub content: Vec<Content>,
    pub enclosures: Vec<Enclosure>,
    pub media: Vec<Media>,
    pub thumbnails: Vec<Thumbnail>,
    pub media_credit: Vec<Credit>,
    pub comments: Option<String>,
    pub language: Option<String>,
    pub source: Option<EntrySource>,
    pub image: Option<Image>,
    pub image_href: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    pub ttl: Option<String>,
    pub generator: Option<Generator>,
}

impl Draft {
    pub fn add_author(&mut self, person: Person) {
        add_person(&mut self.authors, person);
    }

    pub fn add_contributor(&mut self, person: Person) {
        add_person(&mut self.contributors, person);
    }

    pub fn add_category(&mut self, category: Category) {
        let has_room = self.categories.len() < PARTS_MAX;
        if has_room && category != Category::default() && !self.categories.contains(&category) {
            self.categories.push(category);
        }
    }

    pub fn source(&mut self) -> &mut EntrySource {
        self.source.get_or_insert_default()
    }

    pub fn image(&mut self) -> &mut Image {
        self.image.get_or_insert_default()
    }

    /// Returns the page that the links name: the first alternate that is a page, else the first
    /// alternate of any type.
    fn alternate(&self) -> Option<&str> {
        let alternates =
            || self.links.iter().filter(|link| link.rel == "alternate" && !link.href.is_empty());
        let page = alternates().find(|link| {
            let kind = link.kind.as_deref();
            kind.is_none_or(|kind| kind.contains("html"))
        });
        page.or_else(|| alternates().next()).map(|link| link.href.as_str())
    }

    fn best_link(&self) -> Option<String> {
        self.original_link
            .as_deref()
            .or(self.link.as_deref())
            .or_else(|| self.alternate())
            .or(self.permalink.as_deref())
            .map(str::to_owned)
    }

    /// Returns the authors; where none of them has a name, the next in line come before them.
    fn all_authors(&mut self) -> Vec<Person> {
        let mut authors = std::mem::take(&mut self.authors);
        let webmaster = self.webmaster.take().into_iter().collect();
        for next in [std::mem::take(&mut self.authors_fallback), webmaster] {
            if authors.iter().all(|author| author.name.is_none()) {
                let nameless = std::mem::replace(&mut authors, next);
                nameless.into_iter().for_each(|author| add_person(&mut authors, author));
            }
        }
        authors
    }

    pub fn into_entry(mut self) -> Entry {
        let link = self
            .best_link()
            .or_else(|| self.about.clone().filter(|about| Address::read(about).is_some()));
        let authors = self.all_authors();
        if self.thumbnails.is_empty()
            && let Some(url) = self.image_href.take()
        {
            self.thumbnails.push(Thumbnail { url, ..Thumbnail::default() });
        }
        let mut entry = Entry {
            id: self.id.or(self.about).unwrap_or_default(),
            title: self.title.value,
            link,
            links: self.links,
            authors,
            contributors: self.contributors,
            published: self.published.value,
            updated: self.updated.value,
            summary: self.summary.value,
            content: self.content,
            categories: self.categories,
            enclosures: self.enclosures,
            media: self.media,
            thumbnails: self.thumbnails,
            media_credit: self.media_credit,
            comments: self.comments,
            rights: self.rights.value,
            language: self.language,
            source: self.source,
        };
        if entry.id.is_empty() {
            entry.id = made_id(&entry);
        }
        entry
    }

    /// Completes a listing of which entries, parts and the like are known.
    pub fn into_listing(mut self, form: Form, begun: Listing) -> Listing {
        let link = self.best_link();
        let authors = self.all_authors();
        let thumbnail = self.thumbnails.first().map(|thumbnail| thumbnail.url.clone());
        let media = self.media.first().map(|media| media.url.clone());
        let pictures = [self.logo.clone(), thumbnail, media, self.icon.clone()];
        if let Some(href) = self.image_href.take().or_else(|| pictures.into_iter().flatten().next())
        {
            let image = self.image();
            image.href = image.href.take().or(Some(href));
        }
        Listing {
            form,
            title: self.title.value,
            subtitle: self.summary.value,
            rights: self.rights.value,
            link,
            links: self.links,
            id: self.id.or(self.about),
            language: self.language,
            icon: self.icon,
            logo: self.logo,
            ttl: self.ttl,
            published: self.published.value,
            updated: self.updated.value,
            authors,
            contributors: self.contributors,
            categories: self.categories,
            image: self.image,
            generator: self.generator,
            ..begun
        }
    }
}

fn add_person(people: &mut Vec<Person>, person: Person) {
    if person == Person::default() || people.len() == PARTS_MAX {
        return;
    }
    let known = people.iter_mut().find(|known| known.name.is_some() && known.name == person.name);
    match known {
        Some(known) => {
            known.email = known.email.take().or(person.email);
            known.href = known.href.take().or(person.href);
        }
        None => people.push(person),
    }
}

/// Makes an id from what the entry says, for those that bring none: never by chance, so that the
/// same entry is the same at the next visit.
fn made_id(entry: &Entry) -> String {
    if let Some(link) = &entry.link {
        return link.clone();
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let content = entry.content.first().map(|content| content.value.clone());
    let enclosure = entry.enclosures.first().map(|enclosure| enclosure.href.clone());
    let words = [text(&entry.title), text(&entry.summary), content, enclosure];
    Digest::of(words.map(Option::unwrap_or_default).join("\n").as_bytes()).to_string()
}

/// Gives entries what they inherit from their feed: the language, and where the format says so
/// (RFC 4287 §4.2.1, JSON Feed 1.1) the authors.
pub fn inherit(listing: &mut Listing) {
    let authors = match listing.form {
        Form::Atom | Form::Json => heirloom(&listing.authors),
        _ => Vec::new(),
    };
    let language = listing.language.clone();
    let language = language.filter(|language| language.len() <= INHERITED_BYTES_MAX);
    for entry in &mut listing.entries {
        if entry.authors.is_empty() {
            entry.authors.clone_from(&authors);
        }
        if entry.language.is_none() {
            entry.language.clone_from(&language);
        }
    }
}

fn heirloom(authors: &[Person]) -> Vec<Person> {
    let parts = |person: &Person| {
        [&person.name, &person.email, &person.href]
            .into_iter()
            .flatten()
            .map(String::len)
            .sum::<usize>()
    };
    let bytes: usize = authors.iter().map(|person| parts(person) + 1).sum();
    if bytes <= INHERITED_BYTES_MAX { authors.to_vec() } else { Vec::new() }
}

/// Resolves the links that were still relative when the site's own address was not yet read.
pub fn settle(listing: &mut Listing, base: Option<&Address>) {
    let site = || listing.link.as_deref().and_then(Address::read);
    let Some(base) = base.cloned().or_else(site) else {
        return;
    };
    for entry in &mut listing.entries {
        let links = entry.links.iter_mut().map(|link| &mut link.href);
        let enclosures = entry.enclosures.iter_mut().map(|enclosure| &mut enclosure.href);
        let told = links.filter(|href| !href.is_empty()).chain(&mut entry.link).chain(enclosures);
        for href in told.filter(|href| !relative::has_scheme(href)) {
            *href = relative::resolve(Some(&base), href);
        }
    }
}
