//! What a reading starts from: the bytes of a page, and what is known beforehand.

use crate::rules::Rules;
use news::{Address, Stamp};

/// A page as it came over the wire.
pub struct Page<'a> {
    /// Where it was got, after redirects.
    pub address: &'a Address,
    /// The `Content-Type` header; empty where there was none.
    pub content_type: &'a str,
    pub body: &'a [u8],
}

/// What others say about the page before it is read.
#[derive(Default)]
pub struct Hints<'a> {
    pub entry: Option<&'a Expected>,
    /// The rules that the reader wrote for the page's site.
    pub rules: Option<&'a Rules>,
}

/// What a listing said that the page would hold.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub title: Option<String>,
    pub published: Option<Stamp>,
    /// The text as the listing has it: an oracle to find the place in the page, never the body.
    pub text: Option<String>,
    /// A BCP 47 tag.
    pub language: Option<String>,
}

/// How much of a page is read.
#[derive(Clone, Debug)]
pub struct Limits {
    /// What the tree may hold.
    pub html: html::Limits,
    /// How many steps may be spent on finding a told text in the page; a step is a byte compared.
    pub steps_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { html: html::Limits::default(), steps_max: 50_000_000 }
    }
}
