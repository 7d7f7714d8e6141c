//! The library's record: what must not be lost.
//!
//! An [`Archive`] is a folder: `captures/` holds every exchange as WARC files, `pictures/` every
//! picture under its digest, `library.sqlite` the catalogue of sources, entries, articles,
//! revisions and the work queue. Bytes are on the disk before the database refers to them, and
//! what a function of this crate has answered survives a power cut.
//!
//! It knows nothing of the network or of reading pages; it is told the time.

mod archive;
mod articles;
mod captures;
mod days;
mod entries;
mod errands;
mod error;
pub mod health;
mod listings;
mod lock;
mod nouns;
mod outlines;
mod pictures;
mod pushes;
mod revisions;
mod sources;
mod sqlite;
mod subscriptions;
mod times;
mod verify;
mod warc;
mod words;
mod writer;

pub use archive::{Archive, Bell};
pub use error::Error;
pub use lock::Lock;
pub use nouns::*;
