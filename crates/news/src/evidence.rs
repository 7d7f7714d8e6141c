//! Where an article's fields were found.

use serde::{Deserialize, Serialize};

/// The places that agree on one field of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The field's name: `headline`, `published`.
    pub field: String,
    /// Each once, the more formal first.
    pub origins: Vec<Origin>,
}

impl Evidence {
    /// Notes that a field comes from one place, instead of what was noted of it before.
    pub fn set(all: &mut Vec<Evidence>, field: &str, origin: Origin) {
        all.retain(|known| known.field != field);
        all.push(Evidence { field: field.to_owned(), origins: vec![origin] });
    }
}

/// A place where something of an article is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    JsonLd,
    /// `itemprop` attributes.
    Microdata,
    /// `<meta>` elements: Open Graph, Dublin Core and others.
    Meta,
    /// An element that readers see: a heading, a `<time>`, a byline.
    Element,
    /// `<title>`.
    Title,
    /// The listing that announced it.
    Listing,
    /// The page's address.
    Address,
    /// The words of the text itself.
    Text,
    /// The data that the page's scripts bring.
    Script,
    /// A rule that a user wrote for the site.
    Rules,
}
