//! What somebody wrote.

use crate::{Address, Body, Evidence, Span, Stamp};
use serde::{Deserialize, Serialize};

/// A piece of news as its publisher printed it; immutable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The canonical address: where the publisher says that it lives.
    pub address: Address,
    pub headline: String,
    /// The standfirst below the headline, if the publisher set one apart from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deck: Option<String>,
    /// The people who wrote it, in the order of the byline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The line of place or date above the text, in the publisher's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Stamp>,
    /// A BCP 47 tag: `zh-Hans`, `en`, `ar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The name of the publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The picture printed above the text or named by the page's head; not repeated in the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<PictureUse>,
    /// Where the fields were found; nothing that a reader of the article sees depends on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    pub body: Body,
}

/// A picture as one article uses it; the bytes are kept once, by their digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureUse {
    /// Where the picture's own publisher keeps it; picture proxies are seen through.
    pub address: Address,
    /// Other addresses of the same picture, best first: the form in which the page named it,
    /// other widths of its `srcset`; of a lead, last, the one that the page's head names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Address>,
    /// What it shows, for those who can't see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Span>,
    /// Who made it or holds the rights, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Width and height in pixels, as the page tells them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
}

impl PictureUse {
    pub fn new(address: Address) -> PictureUse {
        PictureUse {
            address,
            also: Vec::new(),
            alt: String::new(),
            caption: Vec::new(),
            credit: None,
            size: None,
        }
    }
}

impl Article {
    /// Returns every picture of the article, the lead first, none twice.
    pub fn pictures(&self) -> Vec<&PictureUse> {
        let mut all: Vec<&PictureUse> = self.lead.iter().collect();
        for picture in self.body.pictures() {
            if all.iter().all(|known| known.address != picture.address) {
                all.push(picture);
            }
        }
        all
    }

    /// Tells whether a reader would call the other one the same text.
    pub fn reads_the_same(&self, other: &Article) -> bool {
        let pictures = |article: &Article| -> Vec<Address> {
            article.pictures().iter().map(|picture| picture.address.clone()).collect()
        };
        self.headline == other.headline
            && self.deck == other.deck
            && self.body.text() == other.body.text()
            && pictures(self) == pictures(other)
    }
}
