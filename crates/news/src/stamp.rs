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

    /// Returns the instant as RFC 3339 in the zone in which it was told: its day is the
    /// publisher's own.
    pub fn in_its_zone(&self) -> String {
        let zone = self.offset_s.filter(|seconds| *seconds != 0);
        let offset = zone.and_then(|seconds| jiff::tz::Offset::from_seconds(seconds).ok());
        match offset {
            Some(offset) => self.at.display_with_offset(offset).to_string(),
            None => self.at.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_keeps_the_day_of_its_zone() {
        let read = |text: &str| crate::date::read(text, None).expect("a time").in_its_zone();
        assert_eq!(read("2022-05-07T20:06:23-05:00"), "2022-05-07T20:06:23-05:00");
        assert_eq!(read("2022-05-07T20:06:23Z"), "2022-05-07T20:06:23Z");
    }
}
