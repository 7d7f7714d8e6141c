//! Where a site keeps its listings.

use crate::Document;
use news::Address;

/// A place where a listing may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub address: Address,
    pub title: String,
    pub why: Why,
}

/// Why an address is taken for a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The reader typed it.
    Typed,
    /// A page names it, by `rel=alternate` or in words.
    Linked,
    /// Many sites keep one there.
    WellKnown,
    /// `robots.txt` names it.
    Robots,
    /// A page with headlines that may serve as a listing.
    Section,
}

/// Returns the feeds that an HTML page announces, in the order of the page.
pub fn links(page: &Document) -> Vec<Candidate> {
    let _ = page;
    Vec::new()
}

/// Returns where sites usually keep their listings, best first.
pub fn well_known(site: &Address) -> Vec<Address> {
    let _ = site;
    Vec::new()
}
