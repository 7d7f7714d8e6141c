//! Times as the database keeps them: whole milliseconds since 1970.

use news::Timestamp;

pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub fn ms(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// Returns the time of a row; one that no calendar has is taken for the end of time.
pub fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
}
