//! Dates as the web writes them.
//!
//! There is no list of formats: the words of a date say themselves what they are (a month, a zone,
//! a time by its colon), so they are taken one after the other and each fills its place. What
//! can't be told from the words alone (`07/03/2024`) is decided in `parts`.

mod months;
mod parts;
mod tokens;
mod zones;

use crate::{Stamp, Timestamp};
use jiff::civil::{Date, DateTime, Time};
use tokens::Token;
use zones::Zone;

/// The longest text that is taken for a date, in bytes.
pub const DATE_BYTES_MAX: usize = 256;

/// The years in which a date is believed.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Reads a date in any of the shapes that feeds and pages are known to use.
///
/// RFC 822 and RFC 3339 and what people make of them, asctime, epoch seconds and milliseconds,
/// `03.07.2024 14:22 Uhr`, `2024年07月03日 14:22`, months in some thirty languages. A day without
/// a time is its midnight; a month without a day its first.
///
/// `default_offset_s` is the zone to take for granted, in seconds east of UTC, where the words
/// name none; `None` means UTC (Korea's time for dates written in Korean). Words that only look
/// like a date, and years outside 1900–2200, are `None`.
pub fn read(text: &str, default_offset_s: Option<i32>) -> Option<Stamp> {
    let written = text.trim();
    if written.is_empty() || written.len() > DATE_BYTES_MAX {
        return None;
    }
    let tokens = tokens::of(written);
    let (at, offset_s) = match digits_alone(&tokens) {
        Some(alone) => (number(alone)?.at(default_offset_s)?, None),
        None => match fraction_alone(&tokens) {
            Some(seconds) => (epoch(seconds)?, Some(0)),
            None => parts::of(&tokens).instant(default_offset_s)?,
        },
    };
    let offset_s = match epoch_digits(&tokens) {
        true => Some(0),
        false => offset_s,
    };
    Some(Stamp { at, offset_s, written: written.to_owned() })
}

/// What a number without any other words can be.
enum Number {
    Instant(Timestamp),
    Local(DateTime),
}

impl Number {
    fn at(self, default_offset_s: Option<i32>) -> Option<Timestamp> {
        match self {
            Number::Instant(at) => Some(at),
            Number::Local(local) => Zone::Offset(default_offset_s.unwrap_or(0)).instant(local),
        }
    }
}

fn digits_alone(tokens: &[Token]) -> Option<&str> {
    match tokens {
        [Token::Number { digits, .. }] => Some(digits),
        _ => None,
    }
}

fn epoch_digits(tokens: &[Token]) -> bool {
    digits_alone(tokens).is_some_and(|digits| matches!(digits.len(), 9 | 10 | 13 | 16))
}

/// Returns the seconds of an epoch with a decimal point (`1720016555.25`).
fn fraction_alone(tokens: &[Token]) -> Option<i64> {
    match tokens {
        [
            Token::Number { digits, value, .. },
            Token::Mark { mark: '.', .. },
            Token::Number { .. },
        ] if matches!(digits.len(), 9 | 10) => i64::try_from(*value).ok(),
        _ => None,
    }
}

fn epoch(seconds: i64) -> Option<Timestamp> {
    believed(Timestamp::from_second(seconds).ok()?)
}

fn believed(at: Timestamp) -> Option<Timestamp> {
    let year = jiff::tz::Offset::UTC.to_datetime(at).year();
    YEARS.contains(&year).then_some(at)
}

/// Reads digits alone: ISO 8601's basic forms, epoch seconds, milliseconds, microseconds.
fn number(digits: &str) -> Option<Number> {
    let part = |range: std::ops::Range<usize>| digits[range].parse::<i16>().ok();
    let day = |year: i16, month: i16, day: i16| {
        YEARS.contains(&year).then_some(())?;
        Date::new(year, month as i8, day as i8).ok()
    };
    let of_year = |year: i16, nth: i16| {
        YEARS.contains(&year).then_some(())?;
        let first = Date::new(year, 1, 1).ok()?;
        (1..=first.days_in_year()).contains(&nth).then_some(())?;
        first.checked_add(jiff::Span::new().days(i64::from(nth) - 1)).ok()
    };
    let midnight = |date: Date| Number::Local(date.to_datetime(Time::midnight()));
    match digits.len() {
        4 => day(part(0..4)?, 1, 1).map(midnight),
        5 => of_year(full_year(part(0..2)?), part(2..5)?).map(midnight),
        6 => day(full_year(part(0..2)?), part(2..4)?, part(4..6)?).map(midnight),
        7 => of_year(part(0..4)?, part(4..7)?).map(midnight),
        8 => day(part(0..4)?, part(4..6)?, part(6..8)?).map(midnight),
        9 | 10 => epoch(digits.parse().ok()?).map(Number::Instant),
        12 | 14 => {
            let date = day(part(0..4)?, part(4..6)?, part(6..8)?)?;
            let seconds = if digits.len() == 14 { part(12..14)? } else { 0 };
            let time = clock(part(8..10)? as u64, part(10..12)? as u64, seconds as u64)?;
            Some(Number::Local(date.to_datetime(time)))
        }
        13 => {
            believed(Timestamp::from_millisecond(digits.parse().ok()?).ok()?).map(Number::Instant)
        }
        16 => {
            believed(Timestamp::from_microsecond(digits.parse().ok()?).ok()?).map(Number::Instant)
        }
        _ => None,
    }
}

/// Gives a year of two digits its century (RFC 2822 §4.3, as POSIX does it).
fn full_year(short: i16) -> i16 {
    match short {
        0..=68 => 2000 + short,
        69..=99 => 1900 + short,
        _ => short,
    }
}

fn clock(hour: u64, minute: u64, second: u64) -> Option<Time> {
    // A leap second is the second before it; nobody's news depends on it.
    let second = second.min(59);
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0)
        .ok()
}

#[cfg(test)]
mod tests;
