//! A feed that an outline names, and how it stands.

use crate::commands::add::name;
use crate::talk::on_one_line;
use archive::health::Trouble;
use archive::{NewListing, NewSource};
use news::{Address, Form, Opml, Outline};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The longest language tag that is taken over, in bytes (RFC 5646 §4.4.1 asks for 35).
const LANGUAGE_BYTES_MAX: usize = 64;

/// A feed, once, however often it is filed.
#[derive(Clone, Debug)]
pub struct Feed {
    pub title: String,
    /// What the outline says where it is.
    pub written: String,
    pub address: Option<Address>,
    pub site: Option<Address>,
    pub language: Option<String>,
    /// What it is, as far as it is known: a page of headlines is read as one only where it was
    /// watched as one before.
    pub form: Option<Form>,
    /// The paths of the folders that it is filed in; an empty one is the root.
    pub folders: Vec<Vec<String>>,
    pub standing: Standing,
    /// The name of the source that follows it.
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    Known,
    /// It can't be reached, and why.
    Away(Trouble, String),
    /// There is something, but no feed.
    NoFeed(String),
}

/// Returns the feeds of an outline in their order.
pub fn all(opml: &Opml) -> Vec<Feed> {
    let mut found = Found::default();
    found.walk(&opml.outlines, &mut Vec::new());
    found.feeds
}

#[derive(Default)]
struct Found {
    feeds: Vec<Feed>,
    /// Where each feed is, by what makes two of them one.
    known: HashMap<String, usize>,
}

impl Found {
    fn walk(&mut self, outlines: &[Outline], path: &mut Vec<String>) {
        for outline in outlines {
            self.take(outline, path);
            path.push(outline.text());
            self.walk(&outline.children, path);
            path.pop();
        }
    }

    fn take(&mut self, outline: &Outline, path: &[String]) {
        let Some(written) = outline.feed_as_written() else {
            return;
        };
        let address = outline.feed();
        let same = address.as_ref().map_or_else(|| written.to_owned(), Address::identity);
        let i = *self.known.entry(same).or_insert(self.feeds.len());
        if i == self.feeds.len() {
            self.feeds.push(Feed::of(outline, written, address));
        }
        self.feeds[i].folders.push(path.to_vec());
    }
}

impl Feed {
    fn of(outline: &Outline, written: &str, address: Option<Address>) -> Feed {
        let standing = match address {
            Some(_) => Standing::New,
            None => Standing::NoFeed("its address is not one of the web (http or https)".into()),
        };
        Feed {
            title: outline.text(),
            written: written.to_owned(),
            address,
            site: outline.site(),
            language: outline.get("language").filter(|tag| is_language(tag)).map(str::to_owned),
            form: is_watched_page(outline).then_some(Form::Section),
            folders: Vec::new(),
            standing,
            name: None,
        }
    }

    /// Returns the source that follows it.
    pub fn source(&self) -> NewSource {
        let address = self.address.clone().expect("what has no address is no feed");
        let site = self.site.clone().unwrap_or_else(|| address.origin());
        let title = match self.title.as_str() {
            "" => site.host().to_owned(),
            title => title.to_owned(),
        };
        NewSource {
            name: name::of(&site),
            title,
            site,
            language: self.language.clone(),
            listings: vec![NewListing::main(address, self.form)],
        }
    }

    /// Returns the feed in one line: where it is filed, what it is, how it stands.
    pub fn line(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        let (mark, standing) = match &self.standing {
            Standing::New => ("+", "new".to_owned()),
            Standing::Known => ("=", format!("here already (as {name})")),
            Standing::Away(_, why) => ("!", format!("can't be reached: {why}")),
            Standing::NoFeed(why) => ("-", format!("no feed: {why}")),
        };
        let places: Vec<String> = self.folders.iter().map(|path| self.within(path)).collect();
        let places = places.join(" · ");
        on_one_line(&format!("{mark} {places}  {}  {standing}", self.written))
    }

    fn within(&self, path: &[String]) -> String {
        let folders = path.iter().map(|folder| format!("{folder} › "));
        folders.chain([self.called().to_owned()]).collect()
    }

    /// Returns its title, or what a person knows it by where it has none.
    fn called(&self) -> &str {
        let host = || self.address.as_ref().map_or("?", Address::host);
        if self.title.is_empty() { host() } else { &self.title }
    }

    pub fn as_json(&self) -> Value {
        let (state, why) = match &self.standing {
            Standing::New => ("new", None),
            Standing::Known => ("known", None),
            Standing::Away(_, why) => ("unreachable", Some(why)),
            Standing::NoFeed(why) => ("no-feed", Some(why)),
        };
        json!({
            "title": self.title,
            "feed": self.address.as_ref().map_or(self.written.as_str(), Address::as_str),
            "site": self.site,
            "folders": self.folders,
            "state": state,
            "why": why,
            "name": self.name,
        })
    }
}

/// Tells whether another reader made a feed of a page itself, as some do where there is none.
fn is_watched_page(outline: &Outline) -> bool {
    let kind = outline.get("type").unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("html") || kind == "webfeed"
}

/// Tells a language from what some readers write where they know none: `unknown`.
fn is_language(tag: &str) -> bool {
    let letters = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && tag.len() <= LANGUAGE_BYTES_MAX && !tag.eq_ignore_ascii_case("unknown")
}

#[cfg(test)]
mod tests;
