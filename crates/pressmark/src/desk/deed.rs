//! What the desk has done, for those who watch.

use archive::{ArticleKept, Change};
use news::Address;
use std::collections::BTreeSet;

/// One finished errand; whatever it names is safe in the archive.
#[derive(Debug)]
pub enum Deed {
    Listing {
        source: i64,
        new: usize,
    },
    Article {
        kept: ArticleKept,
        headline: String,
    },
    Picture,
    /// A listing is broken, and another one is followed in its place.
    Healed {
        from: Address,
        to: Address,
    },
    /// Enough was asked of the source today; its pages wait until tomorrow.
    PutOff {
        source: i64,
    },
    /// Nothing new: the server said so, or the page reads as before.
    Unchanged,
    /// Taken down by its publisher; what is kept stays.
    Gone {
        address: Address,
    },
    Failed {
        what: What,
        address: Address,
        why: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Listing,
    Page,
    Picture,
}

/// What a round came to.
#[derive(Debug, Default)]
pub struct Report {
    pub listings: usize,
    pub articles_new: usize,
    pub articles_revised: usize,
    pub articles_gone: usize,
    pub pictures: usize,
    pub pages_failed: usize,
    pub pictures_failed: usize,
    pub listings_healed: usize,
    pub put_off: BTreeSet<i64>,
    /// How many of the sources that were asked can't be followed now; known once all is done.
    pub sources_failed: usize,
}

impl Report {
    pub fn add(&mut self, deed: &Deed) {
        match deed {
            Deed::Listing { .. } => self.listings += 1,
            Deed::Article { kept, .. } => match kept.change {
                Change::New => self.articles_new += 1,
                Change::Revised => self.articles_revised += 1,
                Change::Same => {}
            },
            Deed::Healed { .. } => self.listings_healed += 1,
            Deed::PutOff { source } => {
                self.put_off.insert(*source);
            }
            Deed::Picture => self.pictures += 1,
            Deed::Unchanged => {}
            Deed::Gone { .. } => self.articles_gone += 1,
            Deed::Failed { what: What::Page, .. } => self.pages_failed += 1,
            Deed::Failed { what: What::Picture, .. } => self.pictures_failed += 1,
            // Another listing of the source may do well: that is told in the end.
            Deed::Failed { what: What::Listing, .. } => {}
        }
    }

    /// Says in one line what the round came to.
    pub fn line(&self) -> String {
        let mut parts = vec![count(self.articles_new, "new article", "new articles")];
        let mut more = |n: usize, one: &str, many: &str| {
            if n > 0 {
                parts.push(count(n, one, many));
            }
        };
        more(self.articles_revised, "edited", "edited");
        more(self.articles_gone, "taken down (kept here)", "taken down (kept here)");
        more(self.pictures, "picture", "pictures");
        more(self.pages_failed, "page not to be had", "pages not to be had");
        more(self.pictures_failed, "picture not to be had", "pictures not to be had");
        more(self.listings_healed, "listing replaced", "listings replaced");
        let put_off = ["source goes on tomorrow", "sources go on tomorrow"];
        more(self.put_off.len(), put_off[0], put_off[1]);
        more(
            self.sources_failed,
            "source failed (see `pressmark sources`)",
            "sources failed (see `pressmark sources`)",
        );
        parts.join(", ")
    }
}

pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
