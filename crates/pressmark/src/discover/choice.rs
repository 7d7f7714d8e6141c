//! One listing that a site offers.

use crate::desk::count;
use listing::discover;
use news::{Address, Entry, Form, Listing, Timestamp};

/// How many articles a preview shows.
const PREVIEW: usize = 3;

/// How many articles of a listing are named, so that it can be compared with another.
const PAGES_MAX: usize = 200;

/// A listing that can be followed, and what it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub address: Address,
    pub title: String,
    pub language: Option<String>,
    pub form: Form,
    pub entries_len: usize,
    /// The first articles' headlines, with their dates.
    pub preview: Vec<String>,
    /// Whether the listing carries text of its articles.
    pub has_text: bool,
    /// The time of the newest article, where the listing tells any.
    pub newest: Option<Timestamp>,
    /// What the first [`PAGES_MAX`] articles are known by ([`Address::identity`]).
    pub pages: Vec<String>,
    /// The site that the listing says it is of.
    pub site: Option<Address>,
    pub kind: Kind,
}

/// What a listing lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Articles,
    /// Something to hear or to see with each entry.
    Recordings,
    /// What readers say of articles.
    Comments,
    /// All pages of a site, whatever they are.
    Pages,
}

impl Choice {
    pub fn of(address: Address, listing: &Listing) -> Choice {
        let title = listing.title.as_ref().map(html::plain).unwrap_or_default();
        Choice {
            kind: kind(&address, &title, listing),
            address,
            title,
            language: listing.language.clone(),
            form: listing.form,
            entries_len: listing.entries.len(),
            preview: listing.entries.iter().take(PREVIEW).map(headline).collect(),
            has_text: listing.entries.iter().any(has_text),
            newest: listing.entries.iter().filter_map(time).max(),
            pages: listing.entries.iter().filter_map(page).take(PAGES_MAX).collect(),
            site: listing.link.as_deref().and_then(Address::read),
        }
    }

    /// Returns an address that could not be read as a choice all the same.
    pub fn unread(address: Address, why: &str) -> Choice {
        let listing = Listing::default();
        let title = address.host().to_owned();
        let preview = vec![format!("not read yet: {why}")];
        Choice { title, preview, ..Choice::of(address, &listing) }
    }

    pub fn is_feed(&self) -> bool {
        !matches!(self.form, Form::Sitemap | Form::SitemapIndex | Form::Section | Form::Unknown)
    }

    pub fn is_sitemap(&self) -> bool {
        matches!(self.form, Form::Sitemap | Form::SitemapIndex)
    }

    pub fn is_news_sitemap(&self) -> bool {
        self.is_sitemap() && self.kind == Kind::Articles
    }

    pub fn has_entries(&self) -> bool {
        self.entries_len > 0
    }

    /// Tells whether this is what a reader looks for: a feed of articles that has some.
    pub fn is_good_feed(&self) -> bool {
        let is_wanted = matches!(self.kind, Kind::Articles | Kind::Recordings);
        self.is_feed() && is_wanted && self.entries_len > 0
    }

    /// Tells whether it lists what readers wrote, not what the paper did.
    pub fn is_of_comments(&self) -> bool {
        self.kind == Kind::Comments
    }

    /// Returns the choice in one line.
    pub fn line(&self) -> String {
        let title = if self.title.is_empty() { self.address.host() } else { &self.title };
        let articles = match self.form {
            Form::Unknown => String::new(),
            _ => format!(", {}", count(self.entries_len, "article", "articles")),
        };
        let newest = self.newest.map(|at| format!(" up to {}", at.strftime("%Y-%m-%d")));
        let newest = newest.unwrap_or_default();
        format!("{title}  ({}{articles}{newest}, {})", self.form_in_words(), self.address)
    }

    fn form_in_words(&self) -> &'static str {
        match self.form {
            Form::Rss | Form::Rdf => "RSS",
            Form::Atom => "Atom",
            Form::Json => "JSON Feed",
            Form::Sitemap if self.kind == Kind::Articles => "news sitemap",
            Form::Sitemap | Form::SitemapIndex => "sitemap",
            Form::Cdf => "CDF",
            Form::Section => "section page",
            Form::Unknown => "not read yet",
        }
    }
}

fn kind(address: &Address, title: &str, listing: &Listing) -> Kind {
    let entries = &listing.entries;
    let all = |is_so: fn(&Entry) -> bool| !entries.is_empty() && entries.iter().all(is_so);
    if matches!(listing.form, Form::Sitemap | Form::SitemapIndex) {
        // A sitemap of news tells headlines; one of everything only says what there is.
        let is_news = entries.iter().any(|entry| entry.title.is_some());
        return if is_news { Kind::Articles } else { Kind::Pages };
    }
    if discover::is_of_comments(address, title) || all(is_comment) {
        return Kind::Comments;
    }
    if all(is_recording) { Kind::Recordings } else { Kind::Articles }
}

fn is_comment(entry: &Entry) -> bool {
    let fragment = entry.link.as_deref().and_then(|link| link.split_once('#'));
    fragment.is_some_and(|(_, fragment)| fragment.to_ascii_lowercase().starts_with("comment"))
}

fn is_recording(entry: &Entry) -> bool {
    let is_heard = |kind: &str| kind.starts_with("audio/") || kind.starts_with("video/");
    entry.enclosures.iter().any(|it| it.kind.as_deref().is_some_and(is_heard))
}

fn has_text(entry: &Entry) -> bool {
    let summary = entry.summary.as_ref().is_some_and(|text| !text.value.trim().is_empty());
    summary || entry.content.iter().any(|content| !content.value.trim().is_empty())
}

fn time(entry: &Entry) -> Option<Timestamp> {
    let stamp = entry.published.as_ref().or(entry.updated.as_ref())?;
    Some(stamp.at)
}

fn page(entry: &Entry) -> Option<String> {
    entry.address().map(|address| address.identity())
}

fn headline(entry: &Entry) -> String {
    let title = entry.title.as_ref().map(html::plain).filter(|title| !title.is_empty());
    let title = title.or_else(|| entry.link.clone()).unwrap_or_else(|| entry.id.clone());
    match &entry.published {
        Some(stamp) => format!("{}  {title}", stamp.at.strftime("%Y-%m-%d")),
        None => title,
    }
}
