//! What the web answered, as a listing.

use listing::{Document, Limits, section};
use news::{Capture, Form, Listing, Reading};

/// Returns an answer as the document that it is.
pub fn document(capture: &Capture) -> Document<'_> {
    Document {
        bytes: &capture.body,
        content_type: &capture.content_type,
        base: Some(&capture.address),
    }
}

/// Reads an answer as a feed or a sitemap; as a page of headlines only where one was followed, so
/// that a feed that has turned into a page is noticed.
pub fn listing(capture: &Capture, form: Option<Form>) -> Reading<Listing> {
    let document = document(capture);
    let reading = listing::read(&document, &Limits::default());
    match form {
        Some(Form::Section) if reading.found.is_none() => {
            section::read(&document, &Limits::default())
        }
        _ => reading,
    }
}
