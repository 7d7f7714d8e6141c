//! What is read, as what is printed: an article in each form that leaves the library.
//!
//! Every press takes an [`Article`](news::Article) and the [`Facts`] that the library knows of it
//! and gives back text; nothing is fetched, opened or timed here. Only a
//! [`Body`](news::Body) reaches a reader, so nothing of a page's own HTML does.
//!
//! Start at [`markdown::article`].

mod facts;
pub mod html_page;
pub mod json;
pub mod markdown;
pub mod seed;
pub mod text;

pub use facts::Facts;
