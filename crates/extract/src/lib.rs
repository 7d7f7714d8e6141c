//! Reads a page's bytes as an article: headline, byline, times, pictures and the text.
//!
//! Everything here is pure and never fails: bytes and limits come in, a [`news::Article`] and notes
//! go out. There is no rule for a single site but those that the reader brings ([`rules`]). Start at [`read`]; [`from_entry`] is for articles
//! whose page can't be had.

mod candidates;
mod canonical;
mod captions;
mod choice;
mod corrections;
mod dateline;
mod entry;
mod features;
mod forest;
mod ground;
mod judge;
mod kinds;
mod language;
mod lead;
mod letter;
mod lexicon;
mod marks;
mod metadata;
mod outline;
mod page;
mod parts;
mod read;
mod reveal;
mod scores;
mod script;
mod told;
mod topics;
mod trim;
mod weight;
mod words;

pub mod mirror;
pub mod rules;
pub mod training;

pub use entry::from_entry;
pub use page::{Expected, Hints, Limits, Page};
pub use parts::join;
pub use read::read;
