//! What was odd.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An oddity met while reading; not an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of oddity, in a few fixed words for programs: `charset-lie`, `paywall`.
    pub kind: Cow<'static, str>,
    /// Where: a line, an element, an address; empty where the whole document is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What a person should know, in one sentence; may be empty where the kind says it all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Note {
    pub fn new(kind: &'static str, place: impl Into<String>, text: impl Into<String>) -> Note {
        Note { kind: Cow::Borrowed(kind), place: place.into(), text: text.into() }
    }
}

/// What a reader of bytes found, and what was odd on the way.
///
/// Reading never fails: the web is broken, and that is no error.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    pub found: Option<T>,
    pub notes: Vec<Note>,
}

impl<T> Reading<T> {
    pub fn new(found: Option<T>, notes: Vec<Note>) -> Reading<T> {
        Reading { found, notes }
    }
}
