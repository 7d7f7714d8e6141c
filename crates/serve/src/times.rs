//! Times as readers see them: in the zone of the library, and the zone is named.

use crate::words::Tongue;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{ToSpan, Zoned};
use news::Timestamp;
use serde::Serialize;

/// The zone of the library.
pub struct Hours {
    zone: TimeZone,
    /// As the foot of a page names it.
    pub name: String,
}

/// A time for a `<time>` element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// For machines: RFC 3339, or a date alone.
    pub iso: String,
    pub text: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// Returns a time as the headers of HTTP have it (RFC 9110 §5.6.7).
pub fn http(at: Timestamp) -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

impl Hours {
    /// Returns the hours of the zone with this name or offset, or else UTC.
    pub fn new(name: Option<&str>) -> Hours {
        let known = name.and_then(|name| Some((read_zone(name)?, name.to_owned())));
        if let (Some(name), None) = (name, &known) {
            tracing::warn!(name, "the time zone is not known here; UTC is shown");
        }
        let (zone, name) = known.unwrap_or((TimeZone::UTC, "UTC".to_owned()));
        Hours { zone, name }
    }

    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zoned(at).date()
    }

    /// Returns when a day begins and when the next does.
    pub fn bounds(&self, day: Date) -> Option<(Timestamp, Timestamp)> {
        let start = |day: Date| Some(day.to_zoned(self.zone.clone()).ok()?.timestamp());
        Some((start(day)?, start(day.checked_add(1.day()).ok()?)?))
    }

    /// Returns hours and minutes: `22:22`.
    pub fn clock(&self, at: Timestamp) -> When {
        let there = self.zoned(at);
        let text = format!("{:02}:{:02}", there.hour(), there.minute());
        When { iso: iso(&there), text }
    }

    /// Returns day, hours, minutes and zone in words: `3 July 2024, 22:22 UTC+8`.
    pub fn minute(&self, at: Timestamp, tongue: Tongue) -> When {
        let there = self.zoned(at);
        let day = day_words(there.date(), tongue);
        let gap = if tongue == Tongue::English { ", " } else { " " };
        let clock = self.clock(at).text;
        When { iso: iso(&there), text: format!("{day}{gap}{clock} {}", offset(&there)) }
    }

    /// Returns an exact time with its zone: `2024-07-03 22:22:35 UTC+8`.
    pub fn second(&self, at: Timestamp) -> When {
        let there = self.zoned(at);
        let text = format!("{} {}", there.strftime("%Y-%m-%d %H:%M:%S"), offset(&there));
        When { iso: iso(&there), text }
    }

    /// Returns a day with its weekday.
    pub fn date(&self, day: Date, tongue: Tongue) -> When {
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        let words = day_words(day, tongue);
        let text = match tongue {
            Tongue::English => format!("{}, {words}", WEEKDAYS[weekday]),
            Tongue::Chinese => format!("{words} 星期{}", WEEKDAYS_CHINESE[weekday]),
        };
        When { iso: day.to_string(), text }
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }
}

fn day_words(day: Date, tongue: Tongue) -> String {
    let month = usize::from(day.month().unsigned_abs()) - 1;
    match tongue {
        Tongue::English => format!("{} {} {}", day.day(), MONTHS[month], day.year()),
        Tongue::Chinese => format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day()),
    }
}

fn read_zone(name: &str) -> Option<TimeZone> {
    read_offset(name).or_else(|| TimeZone::get(name).ok())
}

/// Reads `+08:00`.
fn read_offset(text: &str) -> Option<TimeZone> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
    Some(TimeZone::fixed(Offset::from_seconds(seconds).ok()?))
}

fn iso(there: &Zoned) -> String {
    there.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Returns how far a time is from UTC: `UTC`, `UTC+8`, `UTC−3:30`.
fn offset(there: &Zoned) -> String {
    let seconds = there.offset().seconds();
    let (hours, minutes) = (seconds.unsigned_abs() / 3600, seconds.unsigned_abs() / 60 % 60);
    let sign = if seconds < 0 { '−' } else { '+' };
    match (seconds, minutes) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_the_zone_of_the_library_and_names_it() {
        let at = "2031-03-04T20:05:09.7Z".parse().unwrap();
        let check = |zone, clock, second| {
            let hours = Hours::new(zone);
            assert_eq!(hours.clock(at).text, clock);
            assert_eq!(hours.second(at).text, second);
        };
        check(None, "20:05", "2031-03-04 20:05:09 UTC");
        check(Some("+08:00"), "04:05", "2031-03-05 04:05:09 UTC+8");
        check(Some("-03:30"), "16:35", "2031-03-04 16:35:09 UTC−3:30");
        check(Some("Nowhere/Atall"), "20:05", "2031-03-04 20:05:09 UTC");
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_library() {
        let hours = Hours::new(Some("+08:00"));
        let (from, to) = hours.bounds(jiff::civil::date(2031, 3, 5)).unwrap();
        assert_eq!(from.to_string(), "2031-03-04T16:00:00Z");
        assert_eq!(to.to_string(), "2031-03-05T16:00:00Z");
        assert_eq!(hours.day_of(from).to_string(), "2031-03-05");
    }

    #[test]
    fn the_last_day_of_all_time_is_no_panic() {
        assert!(Hours::new(None).bounds(Date::MAX).is_none());
    }

    #[test]
    fn a_date_is_told_in_both_languages() {
        let hours = Hours::new(None);
        let day = jiff::civil::date(2031, 3, 5);
        assert_eq!(hours.date(day, Tongue::English).text, "Wednesday, 5 March 2031");
        assert_eq!(hours.date(day, Tongue::Chinese).text, "2031 年 3 月 5 日 星期三");
    }
}
