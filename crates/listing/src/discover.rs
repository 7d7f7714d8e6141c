//! Where a site keeps its listings: what a page says about it, and where they usually lie.

mod feeds;
mod page;
mod places;
mod system;

pub use feeds::is_of_comments;
pub use page::{Page, read};
pub use places::{feeds, news_sitemaps, sitemaps};
pub use system::System;

use news::Address;

/// The most listings that one page is believed to announce.
pub const CANDIDATES_MAX: usize = 64;

/// A place where a listing may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub address: Address,
    /// What the page calls it; may be empty.
    pub title: String,
    pub why: Why,
}

/// Why an address is taken for a listing, the best reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The page's head announces it (`rel=alternate`).
    Announced,
    /// A link of the page names it as a feed.
    Named,
    /// A link of a page about feeds has a feed's address.
    Listed,
    /// It is a feed of comments, which nobody means.
    Comments,
}

#[cfg(test)]
mod tests;
