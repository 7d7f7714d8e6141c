//! How often a feed says that it changes (the syndication module of RSS 1.0).

const HOUR_S: u64 = 60 * 60;
const DAY_S: u64 = 24 * HOUR_S;

/// What the feed has told so far.
#[derive(Debug, Default)]
pub struct Rhythm {
    period_s: Option<u64>,
    /// How many updates there are in a period.
    frequency: Option<u64>,
}

impl Rhythm {
    pub fn take_period(&mut self, word: &str) {
        let period_s = match word.trim().to_ascii_lowercase().as_str() {
            "hourly" => HOUR_S,
            "daily" => DAY_S,
            "weekly" => 7 * DAY_S,
            "monthly" => 30 * DAY_S,
            "yearly" => 365 * DAY_S,
            _ => return,
        };
        self.period_s = Some(period_s);
    }

    pub fn take_frequency(&mut self, number: &str) {
        let told = number.trim().parse().ok().filter(|frequency| *frequency > 0);
        self.frequency = told.or(self.frequency);
    }

    /// Returns the seconds from one update to the next, if the feed says anything of them.
    ///
    /// What it leaves out is a day, and once.
    pub fn seconds(&self) -> Option<u64> {
        self.period_s.or(self.frequency)?;
        Some((self.period_s.unwrap_or(DAY_S) / self.frequency.unwrap_or(1)).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Rhythm;

    #[track_caller]
    fn check(period: &str, frequency: &str, expected: Option<u64>) {
        let mut rhythm = Rhythm::default();
        rhythm.take_period(period);
        rhythm.take_frequency(frequency);
        assert_eq!(rhythm.seconds(), expected);
    }

    #[test]
    fn a_period_is_shared_by_its_updates() {
        check("hourly", "1", Some(3600));
        check(" Daily ", "4", Some(6 * 3600));
        check("weekly", "", Some(7 * 86_400));
        check("", "2", Some(43_200));
        check("hourly", "0", Some(3600));
        check("hourly", "99999", Some(1));
        check("sometimes", "often", None);
    }
}
