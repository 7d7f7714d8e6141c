//! What a source says that it has.

use crate::{Address, Stamp};
use serde::{Deserialize, Serialize};

/// A feed or a sitemap, as it was read: the source's own words, nothing cleaned.
///
/// Addresses are strings here because a listing may hold what no one may follow (`mailto:`,
/// `data:`); [`Entry::address`] is the one that the desk follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    pub form: Form,
    pub title: Option<Text>,
    pub subtitle: Option<Text>,
    pub rights: Option<Text>,
    /// The address of the site that the listing is of.
    pub link: Option<String>,
    pub links: Vec<Link>,
    pub id: Option<String>,
    pub language: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    /// Minutes to wait before asking again, as written.
    pub ttl: Option<String>,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    pub authors: Vec<Person>,
    pub contributors: Vec<Person>,
    pub categories: Vec<Category>,
    pub image: Option<Image>,
    pub generator: Option<Generator>,
    /// In the order of the document.
    pub entries: Vec<Entry>,
    /// Other listings that this one goes on in: the parts of a sitemap index, the next page of a
    /// paged feed, the archive before this document (RFC 5005).
    pub parts: Vec<Part>,
    /// Where news of this listing can be subscribed to (WebSub).
    pub hubs: Vec<Address>,
    /// The address that the listing gives itself (`rel=self`): the topic to subscribe to.
    pub own: Option<Address>,
    /// How far apart the listing says its updates are, in seconds (RSS 1.0's syndication module).
    pub period_s: Option<u64>,
    /// The listing holds all there is; what it no longer names has been taken back (RFC 5005 §2).
    pub is_complete: bool,
    /// The document will never change again (RFC 5005 §4).
    pub is_archive: bool,
    /// The character encoding that the bytes turned out to have (a WHATWG label).
    pub encoding: String,
}

/// A listing that another one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub address: Address,
    /// When it last changed, as the other one says.
    pub updated: Option<Stamp>,
}

/// What kind of document a listing was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Unknown,
    Rss,
    Rdf,
    Atom,
    Json,
    Cdf,
    Sitemap,
    SitemapIndex,
    /// An HTML page that links to articles.
    Section,
}

/// One announced item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The publisher's own id, or one made of the entry's words: the same bytes give the same id.
    pub id: String,
    pub title: Option<Text>,
    pub link: Option<String>,
    pub links: Vec<Link>,
    pub authors: Vec<Person>,
    pub contributors: Vec<Person>,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    pub summary: Option<Text>,
    pub content: Vec<Content>,
    pub categories: Vec<Category>,
    pub enclosures: Vec<Enclosure>,
    pub media: Vec<Media>,
    pub thumbnails: Vec<Thumbnail>,
    pub media_credit: Vec<Credit>,
    pub comments: Option<String>,
    pub rights: Option<Text>,
    pub language: Option<String>,
    pub source: Option<EntrySource>,
}

impl Entry {
    /// Returns the page that this entry is about, if it names one that can be asked for.
    pub fn address(&self) -> Option<Address> {
        self.link.as_deref().and_then(Address::read).map(|address| address.without_fragment())
    }
}

/// Words with their media type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub value: String,
    pub kind: TextKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextKind {
    #[default]
    #[serde(rename = "text/plain")]
    Plain,
    #[serde(rename = "text/html")]
    Html,
    #[serde(rename = "application/xhtml+xml")]
    Xhtml,
}

/// The text of an entry as the listing carries it; markup stays markup.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub value: String,
    /// A media type; `text/html` where the listing left it out.
    #[serde(rename = "type")]
    pub kind: String,
    pub language: Option<String>,
    pub base: Option<String>,
    pub src: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub href: String,
    pub rel: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub title: Option<String>,
    pub hreflang: Option<String>,
    pub length: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: Option<String>,
    pub email: Option<String>,
    pub href: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub term: Option<String>,
    pub scheme: Option<String>,
    pub label: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub href: Option<String>,
    pub title: Option<String>,
    pub link: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generator {
    pub name: Option<String>,
    pub href: Option<String>,
    pub version: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub href: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub length: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub url: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub medium: Option<String>,
    pub width: Option<String>,
    pub height: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    pub url: String,
    pub width: Option<String>,
    pub height: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    pub content: String,
    pub role: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrySource {
    pub href: Option<String>,
    pub title: Option<String>,
    pub id: Option<String>,
}
