//! How long a site asks to be left alone.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// A longer header is no date and no sane number.
const HEADER_BYTES_MAX: usize = 64;

static DATES: DateTimeParser = DateTimeParser::new();

/// Reads a `Retry-After` header: seconds or a date (RFC 9110 §10.2.3), at most `max`.
///
/// What is negative, past, nothing or unreadable is `None`: the caller's own pause counts then.
pub fn retry_after(header: &str, now: Timestamp, max: Duration) -> Option<Duration> {
    let header = header.trim();
    if header.len() > HEADER_BYTES_MAX {
        return None;
    }
    let asked = seconds(header).or_else(|| until(header, now))?;
    (!asked.is_zero()).then(|| asked.min(max))
}

/// Reads digits; a number that is too large for 64 bits is simply very large.
fn seconds(header: &str) -> Option<Duration> {
    if header.is_empty() || !header.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)))
}

fn until(header: &str, now: Timestamp) -> Option<Duration> {
    let date = DATES.parse_timestamp(header).ok()?;
    Duration::try_from(date.duration_since(now)).ok()
}
