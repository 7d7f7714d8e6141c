//! What the words of a date tell, each in its place.

mod hour;

use super::tokens::Token;
use super::zones::{self, Zone};
use super::{Number, YEARS, full_year, months, number};
use crate::Timestamp;
use jiff::civil::Date;

/// What the words have told so far.
#[derive(Default)]
pub struct Parts {
    year: Option<i16>,
    month: Option<u64>,
    /// The month was told by a word that is a weekday's too (`mar`).
    month_weak: bool,
    day: Option<u64>,
    /// Two numbers of which one is the day and one the month, in the order as written.
    either: Option<(u64, u64)>,
    hour: Option<u64>,
    minute: u64,
    second: u64,
    nanosecond: i32,
    afternoon: Option<bool>,
    zone: Option<Zone>,
    zone_is_exact: bool,
    korean: bool,
    american: bool,
}

pub fn of(tokens: &[Token]) -> Parts {
    let mut parts = Parts::default();
    let mut rest = tokens;
    while !rest.is_empty() {
        let taken = parts
            .take_time(rest)
            .or_else(|| parts.take_hour(rest))
            .or_else(|| parts.take_era(rest))
            .or_else(|| parts.take_counted(rest))
            .or_else(|| parts.take_dotted_month(rest))
            .or_else(|| parts.take_offset(rest))
            .or_else(|| parts.take_triple(rest))
            .or_else(|| parts.take_basic(rest, tokens))
            .unwrap_or(0);
        if taken == 0 {
            parts.take_one(tokens, tokens.len() - rest.len());
        }
        rest = &rest[taken.max(1)..];
    }
    parts
}

impl Parts {
    /// Takes a year that is counted from a reign or a republic: `民國115年`, `令和8年`.
    fn take_era(&mut self, rest: &[Token]) -> Option<usize> {
        let [
            Token::Word { folded: first, .. },
            Token::Word { folded: second, .. },
            Token::Number { value, .. },
            ..,
        ] = rest
        else {
            return None;
        };
        let before = match (first.as_str(), second.as_str()) {
            ("民", "國" | "国") => 1911,
            ("令", "和") => 2018,
            ("平", "成") => 1988,
            ("昭", "和") => 1925,
            _ => return None,
        };
        let year = i16::try_from(*value).ok()?.checked_add(before)?;
        self.year = self.year.or(Some(year));
        Some(3)
    }

    /// Takes a month of two dotted letters (`ก.ค.`).
    fn take_dotted_month(&mut self, rest: &[Token]) -> Option<usize> {
        let [
            Token::Word { folded: first, .. },
            Token::Mark { mark: '.' },
            Token::Word { folded: second, .. },
            ..,
        ] = rest
        else {
            return None;
        };
        let month = months::find_dotted(first, second).filter(|_| self.month.is_none())?;
        self.month = Some(u64::from(month));
        Some(3)
    }

    /// Takes a number that its unit follows: `2024年`, `7월`, `14时`, and `tháng 7`.
    fn take_counted(&mut self, rest: &[Token]) -> Option<usize> {
        match rest {
            [Token::Word { folded, .. }, Token::Number { value, .. }, ..]
                if matches!(folded.as_str(), "thang" | "thg") && self.month.is_none() =>
            {
                self.month = Some(*value);
                Some(2)
            }
            [Token::Number { value, .. }, Token::Word { folded, spaced, .. }, ..] if !*spaced => {
                let value = *value;
                match folded.as_str() {
                    "年" | "년" => self.year = self.year.or(i16::try_from(value).ok()),
                    "月" | "월" => self.month = self.month.or(Some(value)),
                    "日" | "号" | "號" | "일" => self.day = self.day.or(Some(value)),
                    "时" | "時" | "点" | "點" | "시" => {
                        self.hour = self.hour.or((value <= 24).then_some(value));
                    }
                    "分" | "분" if value < 60 => self.minute = value,
                    "秒" | "초" if value <= 60 => self.second = value,
                    _ => return None,
                }
                self.korean |= matches!(folded.as_str(), "년" | "월" | "일" | "시");
                Some(2)
            }
            _ => None,
        }
    }

    /// Takes three numbers with the same mark between: `2024-07-03`, `3. 7. 2024`, `7/3/24`.
    fn take_triple(&mut self, rest: &[Token]) -> Option<usize> {
        if self.year.is_some() || self.month.is_some() && !self.month_weak {
            return None;
        }
        let [
            Token::Number { value: a, digits: a_digits, .. },
            Token::Mark { mark: mark @ ('-' | '/' | '.'), .. },
            Token::Number { value: b, digits: b_digits, .. },
            rest @ ..,
        ] = rest
        else {
            return None;
        };
        let third = match rest {
            [Token::Mark { mark: again, .. }, Token::Number { value, digits, .. }, ..]
                if again == mark =>
            {
                Some((*value, digits.len()))
            }
            _ => None,
        };
        match third {
            None if a_digits.len() == 4 && b_digits.len() <= 2 => {
                (self.year, self.month) = (i16::try_from(*a).ok(), Some(*b));
                Some(3)
            }
            None if a_digits.len() == 4 && b_digits.len() == 3 => {
                self.take_day_of_year(*a, *b)?;
                Some(3)
            }
            None => None,
            Some((c, c_digits)) => {
                self.place((*a, a_digits.len()), *b, (c, c_digits), *mark);
                Some(5)
            }
        }
    }

    fn take_day_of_year(&mut self, year: u64, nth: u64) -> Option<()> {
        let Some(Number::Local(local)) = number(&format!("{year:04}{nth:03}")) else {
            return None;
        };
        self.year = Some(local.year());
        self.month = Some(local.month() as u64);
        self.day = Some(local.day() as u64);
        Some(())
    }

    fn place(&mut self, a: (u64, usize), b: u64, c: (u64, usize), mark: char) {
        let ((a, a_digits), (c, c_digits)) = (a, c);
        let year_first = a_digits >= 4 || (c_digits < 4 && mark == '-' && c <= 31);
        self.month_weak = false;
        if year_first {
            self.year = i16::try_from(a).ok();
            if a_digits < 4 {
                self.year = self.year.map(full_year);
            }
            (self.month, self.day) = (Some(b), Some(c));
        } else {
            self.year = i16::try_from(c).ok();
            if c_digits < 4 {
                self.year = self.year.map(full_year);
            }
            self.either = Some((a, b));
            if mark != '/' {
                (self.day, self.month) = (Some(a), Some(b));
                self.either = (b > 12).then_some((a, b));
            }
        }
    }

    /// Takes ISO 8601's basic forms: `20240703T142235`.
    fn take_basic(&mut self, rest: &[Token], all: &[Token]) -> Option<usize> {
        let Token::Number { digits, .. } = &rest[0] else {
            return None;
        };
        let before = all[..all.len() - rest.len()].last();
        let after_t = matches!(before, Some(Token::Word { folded, .. }) if folded == "t");
        match digits.len() {
            8 if self.year.is_none() => {
                let Some(Number::Local(local)) = number(digits) else {
                    return None;
                };
                self.year = Some(local.year());
                self.month = Some(local.month() as u64);
                self.day = Some(local.day() as u64);
                Some(1)
            }
            4 | 6 if after_t && self.hour.is_none() => {
                let part = |from: usize| digits[from..from + 2].parse::<u64>().ok();
                let (hour, minute) = (part(0)?, part(2)?);
                let second = if digits.len() == 6 { part(4)? } else { 0 };
                if hour > 24 || minute > 59 || second > 60 {
                    return None;
                }
                (self.hour, self.minute, self.second) = (Some(hour), minute, second);
                Some(1)
            }
            _ => None,
        }
    }

    /// Takes a word or a number that stands for itself.
    fn take_one(&mut self, tokens: &[Token], i: usize) {
        match &tokens[i] {
            Token::Number { value, digits, .. } => self.take_number(*value, digits.len()),
            Token::Word { folded, upper, .. } => {
                let before = i.checked_sub(1).map(|i| &tokens[i]);
                if !self.take_half(folded, before, tokens.get(i + 1))
                    && !self.take_zone(folded, *upper)
                {
                    self.take_month(folded);
                }
            }
            Token::Mark { .. } => {}
        }
    }

    fn take_number(&mut self, value: u64, digits: usize) {
        if digits == 4 && self.year.is_none() {
            self.year = i16::try_from(value).ok();
        } else if digits <= 2 && self.day.is_none() && (1..=31).contains(&value) {
            self.day = Some(value);
        } else if digits <= 2 && self.year.is_none() && self.month.is_some() {
            self.year = i16::try_from(value).ok().map(full_year);
        }
    }

    fn take_zone(&mut self, word: &str, upper: bool) -> bool {
        if self.hour.is_none() || self.zone.is_some() {
            return false;
        }
        match zones::find(word, upper) {
            Some(zone) => {
                self.american |= zone.is_american();
                self.zone = Some(zone);
                true
            }
            None => false,
        }
    }

    fn take_month(&mut self, word: &str) {
        let Some(month) = months::find(word) else {
            return;
        };
        let weak = months::is_weekday_too(word);
        if self.month.is_none() || (self.month_weak && !weak) {
            self.month = Some(u64::from(month));
            self.month_weak = weak;
        }
    }

    /// Tells whether `07/03/2024` is the third of July (`false`) or the seventh of March (`true`).
    ///
    /// Numbers above 12 decide; then an American clock or zone; else the order of most of the
    /// world.
    fn day_first(&self, a: u64, b: u64) -> bool {
        match (a > 12, b > 12) {
            (true, _) => true,
            (false, true) => false,
            (false, false) => !self.american,
        }
    }

    fn date(&self) -> Option<Date> {
        let (day, month) = match self.either {
            Some((a, b)) if self.day_first(a, b) => (Some(a), Some(b)),
            Some((a, b)) => (Some(b), Some(a)),
            None => (self.day, self.month),
        };
        let mut year = self.year?;
        // Thailand counts from the Buddha's death.
        if year > 2400 {
            year -= 543;
        }
        YEARS.contains(&year).then_some(())?;
        Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()
    }

    /// Returns the instant, and the offset that was told, in seconds east of UTC.
    pub fn instant(&self, default_offset_s: Option<i32>) -> Option<(Timestamp, Option<i32>)> {
        let (time, next_day) = self.time()?;
        let mut date = self.date()?;
        if next_day {
            date = date.tomorrow().ok()?;
        }
        let local = date.to_datetime(time);
        if let Some(zone) = &self.zone {
            let at = zone.instant(local)?;
            return Some((at, Some(zone.offset_s(local, at))));
        }
        let korea = self.korean.then_some(9 * 3600);
        let taken = default_offset_s.or(korea).unwrap_or(0);
        Some((Zone::Offset(taken).instant(local)?, None))
    }
}
