//! What stood at an address.

use super::choice::Choice;
use crate::reading::{self, document};
use listing::discover::{self, Page};
use listing::{Limits, opml, section};
use news::{Address, Capture, Form, Listing, Opml, Part};

/// What a capture turned out to be.
pub enum Sight {
    /// A feed or a sitemap; of an index the parts as well.
    Listing(Box<Choice>, Vec<Part>),
    /// A list of subscriptions.
    Subscriptions(Box<Opml>),
    Page(Box<View>),
}

/// A page, and what it says.
pub struct View {
    /// Where it was found in the end.
    pub address: Address,
    /// The page itself as a listing, if it has a list of articles.
    pub section: Option<Choice>,
    /// Why it is no feed.
    pub why: String,
    pub page: Page,
}

impl Sight {
    pub fn read(capture: &Capture) -> Sight {
        let why = match feed(capture) {
            Ok(listing) => {
                let parts = match listing.form {
                    Form::SitemapIndex => listing.parts.clone(),
                    _ => Vec::new(),
                };
                let choice = Choice::of(capture.asked().clone(), &listing);
                return Sight::Listing(Box::new(choice), parts);
            }
            Err(why) => why,
        };
        if let Some(opml) = opml::read(&document(capture), &Limits::default()).found {
            return Sight::Subscriptions(Box::new(opml));
        }
        let page = discover::read(&document(capture));
        // What an article lists is what else there is to read.
        let section = section(capture).filter(|_| !page.is_article);
        Sight::Page(Box::new(View { address: capture.address.clone(), section, why, page }))
    }
}

/// Reads a capture as a feed or a sitemap; the error is the reason in words.
fn feed(capture: &Capture) -> Result<Listing, String> {
    let reading = reading::listing(capture, None);
    reading.found.ok_or_else(|| {
        let mut told = reading.notes.iter().map(|note| note.text.as_str());
        told.find(|text| !text.is_empty()).unwrap_or("it is no feed and no sitemap").to_owned()
    })
}

/// Reads a capture as a page of headlines.
fn section(capture: &Capture) -> Option<Choice> {
    let reading = section::read(&document(capture), &Limits::default());
    reading.found.map(|found| Choice::of(capture.asked().clone(), &found))
}
