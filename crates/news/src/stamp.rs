//! A time as somebody wrote it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An instant, with the words and the zone in which a publisher told it.
///
/// The raw words are kept because a reading of them can be wrong, and a later, better reading
/// needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub at: Timestamp,
    /// The offset from UTC in seconds as written; `None` where no zone was told and one had to be
    /// taken for granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_s: Option<i32>,
    /// The words as written, trimmed.
    pub written: String,
}

impl Stamp {
    /// Returns a stamp for an instant that was told exactly, in UTC.
    pub fn utc(at: Timestamp) -> Stamp {
        Stamp { at, offset_s: Some(0), written: at.to_string() }
    }
}
