//! The nouns of a news library as plain data.
//!
//! Everything the other rooms hand each other is defined here: an [`Address`], what a source
//! announces ([`Listing`], [`Entry`]), what came over the wire ([`Capture`]), what was written
//! ([`Article`], [`Body`]). There is no I/O here and no clock; whoever calls brings the time.
//!
//! Start at [`Article`] and [`Body`]: they are what Pressmark exists for.

mod address;
mod article;
mod body;
mod capture;
pub mod date;
mod digest;
mod evidence;
mod listing;
mod note;
mod outline;
mod pressmark;
mod stamp;

pub use address::{ADDRESS_BYTES_MAX, Address};
pub use article::{Article, PictureUse};
pub use body::{
    BLOCK_DEPTH_MAX, Block, Body, Cell, Definition, Direction, Figure, Row, SPAN_DEPTH_MAX, Span,
};
pub use capture::{Capture, Hop};
pub use digest::Digest;
pub use evidence::{Evidence, Origin};
pub use jiff::Timestamp;
pub use listing::{
    Category, Content, Credit, Enclosure, Entry, EntrySource, Form, Generator, Image, Link,
    Listing, Media, Part, Person, Text, TextKind, Thumbnail,
};
pub use note::{Note, Reading};
pub use outline::{OUTLINE, Opml, Outline};
pub use pressmark::Pressmark;
pub use stamp::Stamp;
