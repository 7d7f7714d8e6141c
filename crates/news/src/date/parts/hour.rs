//! The time of day.

use super::Parts;
use crate::date::clock;
use crate::date::tokens::Token;
use crate::date::zones::Zone;
use jiff::civil::Time;

impl Parts {
    /// Takes `14:22`, `9:15:07.25`, `14.22 Uhr`, `14h22`.
    pub(super) fn take_time(&mut self, rest: &[Token]) -> Option<usize> {
        if self.hour.is_some() {
            return None;
        }
        let (hour, minute, mut taken) = match rest {
            [
                Token::Number { value: hour, .. },
                Token::Mark { mark: ':' | '：', .. },
                Token::Number { value: minute, .. },
                ..,
            ] => (*hour, *minute, 3),
            [
                Token::Number { value: hour, .. },
                Token::Mark { mark: '.', .. },
                Token::Number { value: minute, .. },
                Token::Word { folded, .. },
                ..,
            ] if matches!(folded.as_str(), "uhr" | "uur" | "wib" | "wita") => (*hour, *minute, 3),
            [
                Token::Number { value: hour, .. },
                Token::Mark { mark: '.', .. },
                Token::Number { value: minute, digits, .. },
                ..,
            ] if self.has_date() && digits.len() == 2 => (*hour, *minute, 3),
            [
                Token::Number { value: hour, .. },
                Token::Word { folded, .. },
                Token::Number { value: minute, digits, .. },
                ..,
            ] if folded == "h" && digits.len() == 2 => (*hour, *minute, 3),
            _ => return None,
        };
        if hour > 24 || minute > 59 {
            return None;
        }
        (self.hour, self.minute) = (Some(hour), minute);
        if let [Token::Mark { mark: ':' | '：', .. }, Token::Number { value: second, .. }, ..] =
            &rest[taken..]
            && *second <= 60
        {
            (self.second, taken) = (*second, taken + 2);
            if let [
                Token::Mark { mark: '.' | ',' | ':', .. },
                Token::Number { digits, spaced: false, .. },
                ..,
            ] = &rest[taken..]
            {
                (self.nanosecond, taken) = (nanoseconds(digits), taken + 2);
            }
        }
        Some(taken)
    }

    /// Tells whether the day is known, so that what comes now is a time.
    fn has_date(&self) -> bool {
        let is_day = self.day.is_some() && self.month.is_some() || self.either.is_some();
        self.year.is_some() && is_day
    }

    /// Takes an hour alone: `2 pm`, `14 Uhr`, `14 h`; what tells its half is left.
    pub(super) fn take_hour(&mut self, rest: &[Token]) -> Option<usize> {
        let [Token::Number { value: hour, digits, .. }, Token::Word { folded, .. }, ..] = rest
        else {
            return None;
        };
        let taken = match folded.as_str() {
            "am" | "pm" if *hour <= 12 => 1,
            "h" | "uhr" | "uur" if *hour <= 24 => 2,
            _ => return None,
        };
        if self.hour.is_some() || digits.len() > 2 {
            return None;
        }
        self.hour = Some(*hour);
        Some(taken)
    }

    /// Takes an offset from UTC that follows the time: `+0800`, `-5`, `+05:30`.
    pub(super) fn take_offset(&mut self, rest: &[Token]) -> Option<usize> {
        if self.hour.is_none() || self.zone_is_exact {
            return None;
        }
        let [
            Token::Mark { mark: sign @ ('+' | '-' | '−'), .. },
            Token::Number { value, digits, spaced: false },
            ..,
        ] = rest
        else {
            return None;
        };
        let (hours, minutes, taken) = match (digits.len(), &rest[2..]) {
            (1 | 2, [Token::Mark { mark: ':', .. }, Token::Number { value: minutes, .. }, ..]) => {
                (*value, *minutes, 4)
            }
            (1 | 2, _) => (*value, 0, 2),
            (3 | 4, _) => (value / 100, value % 100, 2),
            _ => return None,
        };
        if hours > 15 || minutes > 59 {
            return None;
        }
        let seconds = (hours * 3600 + minutes * 60) as i32;
        let signed = if *sign == '+' { seconds } else { -seconds };
        self.zone = Some(Zone::Offset(signed));
        self.zone_is_exact = true;
        Some(taken)
    }

    /// Takes a word that tells the half of the day.
    pub(super) fn take_half(
        &mut self,
        word: &str,
        before: Option<&Token>,
        after: Option<&Token>,
    ) -> bool {
        let is = |token: Option<&Token>, words: &[&str]| matches!(token, Some(Token::Word { folded, .. }) if words.contains(&folded.as_str()));
        let is_dot = |token: Option<&Token>| matches!(token, Some(Token::Mark { mark: '.' }));
        let is_number = |token: Option<&Token>| matches!(token, Some(Token::Number { .. }));
        let timed = self.hour.is_some();
        let afternoon = match word {
            "am" if timed => false,
            "pm" if timed => true,
            "a" if timed && is_dot(after) => false,
            "p" if timed && is_dot(after) => true,
            "오전" => false,
            "오후" => true,
            "午" if is(before, &["上"]) || is(after, &["前"]) => false,
            "午" if is(before, &["下"]) || is(after, &["後", "后"]) => true,
            "晚" => true,
            "μμ" if timed => true,
            "πμ" if timed => false,
            "μ" if timed && is_dot(after) => true,
            "π" if timed && is_dot(after) => false,
            "م" if timed && is_number(before) => true,
            "ص" if timed && is_number(before) => false,
            _ => return false,
        };
        self.korean |= matches!(word, "오전" | "오후");
        self.american |= matches!(word, "am" | "pm" | "a" | "p");
        self.afternoon = self.afternoon.or(Some(afternoon));
        true
    }

    /// Returns the time of day, and whether it is the end of the day (`24:00`).
    pub(super) fn time(&self) -> Option<(Time, bool)> {
        let hour = match (self.hour.unwrap_or(0), self.afternoon) {
            (12, Some(false)) => 0,
            (hour @ 1..=11, Some(true)) => hour + 12,
            (hour, _) => hour,
        };
        let time = clock(hour % 24, self.minute, self.second)?;
        let exact = time.with().subsec_nanosecond(self.nanosecond).build().unwrap_or(time);
        Some((exact, hour == 24))
    }
}

fn nanoseconds(digits: &str) -> i32 {
    let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
    nine.parse().unwrap_or(0)
}
