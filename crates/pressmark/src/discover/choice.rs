//! One listing that a site offers.

use crate::desk::count;
use listing::{Document, Limits};
use news::{Address, Capture, Entry, Form, Listing, Timestamp};

/// How many articles a preview shows.
const PREVIEW: usize = 3;

/// How many articles of a listing are named, so that it can be compared with another.
const PAGES_MAX: usize = 200;

/// A listing that can be followed, and what it has.
#[derive(Clone, Debug)]
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
}

impl Choice {
    /// Reads a capture as a listing; the error is the reason in words.
    pub fn read(capture: &Capture) -> Result<Choice, String> {
        let document = Document {
            bytes: &capture.body,
            content_type: &capture.content_type,
            base: Some(&capture.address),
        };
        let reading = listing::read(&document, &Limits::default());
        match reading.found {
            Some(found) => Ok(Choice::of(capture.asked().clone(), &found)),
            None => Err(reading
                .notes
                .iter()
                .map(|note| note.text.as_str())
                .find(|text| !text.is_empty())
                .unwrap_or("it is no feed and no sitemap")
                .to_owned()),
        }
    }

    fn of(address: Address, listing: &Listing) -> Choice {
        let text = |entry: &Entry| {
            let summary = entry.summary.as_ref().is_some_and(|text| !text.value.trim().is_empty());
            summary || entry.content.iter().any(|content| !content.value.trim().is_empty())
        };
        Choice {
            address,
            title: listing.title.as_ref().map(html::plain).unwrap_or_default(),
            language: listing.language.clone(),
            form: listing.form,
            entries_len: listing.entries.len(),
            preview: listing.entries.iter().take(PREVIEW).map(headline).collect(),
            has_text: listing.entries.iter().any(text),
            newest: listing.entries.iter().filter_map(time).max(),
            pages: listing.entries.iter().filter_map(page).take(PAGES_MAX).collect(),
        }
    }

    /// Returns the choice in one line.
    pub fn line(&self) -> String {
        let form = match self.form {
            Form::Rss | Form::Rdf => "RSS",
            Form::Atom => "Atom",
            Form::Json => "JSON Feed",
            Form::Sitemap | Form::SitemapIndex => "sitemap",
            Form::Cdf => "CDF",
            Form::Section => "section page",
            Form::Unknown => "not read yet",
        };
        let articles = count(self.entries_len, "article", "articles");
        let newest = self.newest.map(|at| format!(" up to {}", at.strftime("%Y-%m-%d")));
        let newest = newest.unwrap_or_default();
        format!("{}  ({form}, {articles}{newest}, {})", self.title, self.address)
    }

    /// Tells whether it lists what readers wrote, not what the paper did.
    pub fn is_of_comments(&self) -> bool {
        let comments = ["comment", "评论", "評論", "kommentar", "commentaire"];
        let tells = |text: &str| comments.iter().any(|word| text.to_lowercase().contains(word));
        tells(&self.title) || tells(self.address.as_str())
    }

    /// Returns a number that is higher for what a reader is likelier to want.
    pub fn worth(&self) -> u32 {
        let mut worth = 0;
        if !self.is_of_comments() {
            worth += 8;
        }
        if self.entries_len > 0 {
            worth += 4;
        }
        if !matches!(self.form, Form::Sitemap | Form::SitemapIndex) {
            worth += 2;
        }
        worth + u32::from(self.has_text)
    }
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
