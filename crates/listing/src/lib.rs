//! Bytes to a [`Listing`]: feeds, sitemaps, and where to find them.

pub mod discover;
mod json;
mod limits;

pub use json::json;
pub use limits::Limits;
pub use news::date as dates;

use news::{Address, Listing, Note, Reading};

/// A listing as it came over the wire.
pub struct Document<'a> {
    pub bytes: &'a [u8],
    /// The HTTP header, `""` if there was none.
    pub content_type: &'a str,
    /// Where the document came from.
    pub base: Option<&'a Address>,
}

/// Reads a listing.
pub fn read(document: &Document, limits: &Limits) -> Reading<Listing> {
    let _ = (document, limits);
    Reading::new(None, vec![Note::new("not-a-listing", "", "")])
}
