//! How a source does: decisions over what its visits left behind, told the time.

use crate::nouns::{Day, ListingState, Role, Source};
use news::Timestamp;
use std::fmt;
use std::str::FromStr;

const DAY_S: i64 = 24 * 60 * 60;

/// Answers that take longer than this as a rule are slow, in milliseconds.
const SLOW_MS: u32 = 5_000;

/// How many of its usual gaps a source is silent before that is told, for how many days at least
/// and at most; and how many gaps it is allowed in any case.
const SILENT_GAPS: i64 = 10;
const SILENT_DAYS_LEAST: i64 = 7;
const SILENT_DAYS_MOST: i64 = 90;
const SILENT_GAPS_LEAST: i64 = 3;

/// From how many pages on, none of which can be had, something is wrong with all of them.
const PAGES_LEAST: u32 = 5;

/// How many days the bars of a source show.
pub const BARS: usize = 7;

/// What is wrong with a listing, in a word for programs: `status 404`, `robots`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The site's robots.txt, or another rule of ours, keeps us away.
    Robots,
    /// It lies in a private network, or where we don't go.
    Private,
    /// The host's name leads nowhere.
    Name,
    /// Nobody answers, or the answer breaks off or takes too long.
    Connection,
    Tls,
    Status(u16),
    /// What came is no listing: an HTML page in the place of a feed.
    NoListing,
    /// A listing that names nothing, though it named something before.
    Empty,
    /// It named more new entries at once than are taken.
    Flood,
    /// It came, and a further document that belongs to it could not be had.
    Partial,
    /// It came, and could not be unpacked or read.
    Unreadable,
}

impl Trouble {
    /// Tells whether the site was asked at all.
    pub fn was_asked(self) -> bool {
        !matches!(self, Trouble::Robots | Trouble::Private)
    }

    /// Tells whether waiting seldom helps: it is time to look for something in its place.
    pub fn is_lasting(self) -> bool {
        match self {
            Trouble::Status(status) => matches!(status, 300..=499) && status != 429,
            Trouble::Name | Trouble::NoListing | Trouble::Empty | Trouble::Robots => true,
            Trouble::Private | Trouble::Connection | Trouble::Tls => false,
            Trouble::Flood | Trouble::Partial | Trouble::Unreadable => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Trouble::Status(status) => write!(f, "status {status}"),
            other => {
                let word = WORDS.iter().find(|(_, trouble)| trouble == other);
                f.write_str(word.map_or("unreadable", |(word, _)| word))
            }
        }
    }
}

const WORDS: [(&str, Trouble); 10] = [
    ("robots", Trouble::Robots),
    ("private", Trouble::Private),
    ("name", Trouble::Name),
    ("connection", Trouble::Connection),
    ("tls", Trouble::Tls),
    ("no-listing", Trouble::NoListing),
    ("empty", Trouble::Empty),
    ("flood", Trouble::Flood),
    ("partial", Trouble::Partial),
    ("unreadable", Trouble::Unreadable),
];

impl FromStr for Trouble {
    type Err = ();

    fn from_str(text: &str) -> Result<Trouble, ()> {
        if let Some(status) = text.strip_prefix("status ") {
            return status.parse().map(Trouble::Status).map_err(|_| ());
        }
        let known = WORDS.iter().find(|(word, _)| *word == text);
        known.map(|(_, trouble)| *trouble).ok_or(())
    }
}

/// How a source does, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// What it is followed by can't be had, and nothing stands in.
    Failing {
        since: Timestamp,
    },
    /// It answers, and has brought nothing new for much longer than is usual for it.
    Silent {
        since: Timestamp,
    },
    /// It answers slowly or not wholly, or asks for more than a day's work.
    Slow,
    /// Not visited yet.
    New,
    Well,
    /// Nothing of it is asked any more.
    Ended,
}

/// A source's state, and what it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Health<'a> {
    pub state: State,
    pub cause: Cause<'a>,
    /// What is followed in place of a listing that fails: the broken one, and its stand-in.
    pub healed: Option<(&'a ListingState, &'a ListingState)>,
}

/// Why a source is not simply well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause<'a> {
    Nothing,
    Listing(&'a ListingState),
    /// The pages of its entries can't be had.
    Pages,
    /// The day's budget of requests is used up.
    Budget,
}

/// What mends it, as one thing that a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    Nothing,
    /// Ask again now; it will be asked by itself as well.
    Fetch,
    /// Look for another listing in its place.
    Heal,
    /// Look at what the site offers now, and choose.
    Add,
    /// Permit the private address in the configuration.
    Allow,
    /// Raise the day's budget in the configuration.
    Budget,
}

/// Returns how a source does.
pub fn of(source: &Source, now: Timestamp) -> Health<'_> {
    let told = |state, cause| Health { state, cause, healed: healed(source, now) };
    let main = || source.listings.iter().filter(|listing| listing.role == Role::Main);
    let is_replaced = |listing: &ListingState| {
        main().any(|other| other.stands_in == Some(listing.id) && other.is_well())
    };
    if let Some(failing) = main().find(|listing| listing.is_failing() && !is_replaced(listing)) {
        let since = failing.failing_since.unwrap_or(now);
        return told(State::Failing { since }, Cause::Listing(failing));
    }
    let pages = &source.pages;
    if pages.asked >= PAGES_LEAST && pages.failing == pages.asked {
        let since = source.latest.unwrap_or(source.added);
        return told(State::Failing { since }, Cause::Pages);
    }
    let Some(liveliest) = main().filter(|listing| !listing.ended).max_by_key(|l| l.brought) else {
        let ended = main().next().is_some();
        return told(if ended { State::Ended } else { State::Well }, Cause::Nothing);
    };
    if let Some(since) = silent_since(liveliest, now) {
        return told(State::Silent { since }, Cause::Listing(liveliest));
    }
    if source.days.first().is_some_and(|day| day.held && day.day == day_of(now)) {
        return told(State::Slow, Cause::Budget);
    }
    let slow = |l: &&ListingState| l.took_ms > SLOW_MS || l.is_warned_of();
    if let Some(slow) = main().find(slow) {
        return told(State::Slow, Cause::Listing(slow));
    }
    let is_new = main().all(|listing| listing.visited.is_none());
    told(if is_new { State::New } else { State::Well }, Cause::Nothing)
}

/// Returns since when a listing that answers has brought nothing, if that is unusually long.
pub fn silent_since(listing: &ListingState, now: Timestamp) -> Option<Timestamp> {
    let since = listing.brought.or(listing.well)?;
    let gap = listing.pace.gap_s.unwrap_or(DAY_S);
    let long = gap
        .saturating_mul(SILENT_GAPS)
        .clamp(SILENT_DAYS_LEAST * DAY_S, SILENT_DAYS_MOST * DAY_S)
        .max(gap.saturating_mul(SILENT_GAPS_LEAST));
    (now.duration_since(since).as_secs() > long).then_some(since)
}

impl ListingState {
    /// Tells whether it can't be had, or is nothing.
    pub fn is_failing(&self) -> bool {
        self.failing.is_some() && !self.is_warned_of()
    }

    /// Tells whether it brings news, and something is odd all the same.
    fn is_warned_of(&self) -> bool {
        matches!(self.trouble, Some(Trouble::Flood | Trouble::Partial))
    }

    fn is_well(&self) -> bool {
        self.well.is_some() && !self.is_failing() && !self.ended
    }
}

impl State {
    /// Returns the sign that stands before a source.
    pub fn sign(self) -> &'static str {
        match self {
            State::Failing { .. } => "✕",
            State::Silent { .. } => "◌",
            State::Slow => "◐",
            State::New => "○",
            State::Well => "●",
            State::Ended => "–",
        }
    }
}

impl<'a> Health<'a> {
    /// Returns the listing that the state comes from, if it is one.
    pub fn listing(&self) -> Option<&'a ListingState> {
        match self.cause {
            Cause::Listing(listing) => Some(listing),
            _ => None,
        }
    }

    pub fn fix(&self) -> Fix {
        let trouble = match self.cause {
            Cause::Listing(listing) => listing.trouble,
            Cause::Pages => return Fix::Heal,
            Cause::Budget => return Fix::Budget,
            Cause::Nothing => None,
        };
        match (self.state, trouble) {
            (State::Silent { .. }, _) => Fix::Heal,
            // Something stands in already, and has only to be read.
            (State::Failing { .. }, _) if self.healed.is_some() => Fix::Fetch,
            (State::Failing { .. }, Some(Trouble::Robots)) => Fix::Add,
            (State::Failing { .. }, Some(Trouble::Private)) => Fix::Allow,
            (State::Failing { .. }, Some(trouble)) if trouble.is_lasting() => Fix::Heal,
            (State::Failing { .. }, _) => Fix::Fetch,
            _ => Fix::Nothing,
        }
    }
}

/// Returns the last days of a source up to today, oldest first; a day without a visit is empty.
pub fn bars(source: &Source, now: Timestamp) -> [Day; BARS] {
    let today = day_of(now);
    std::array::from_fn(|i| {
        let day = today - (BARS - 1 - i) as i64;
        let kept = source.days.iter().find(|kept| kept.day == day);
        kept.copied().unwrap_or(Day { day, ..Day::default() })
    })
}

/// Draws what each day brought, in eight heights; the day that brought most is the highest.
pub fn spark(days: &[Day; BARS]) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = days.iter().map(|day| day.entries_new).max().unwrap_or(0).max(1);
    days.iter().map(|day| HEIGHTS[(day.entries_new * 7).div_ceil(most) as usize]).collect()
}

/// Returns the day of a time, in days since 1970 (UTC).
pub fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_S)
}

/// Returns a listing that is broken and the one that stands in for it.
fn healed(source: &Source, now: Timestamp) -> Option<(&ListingState, &ListingState)> {
    source.listings.iter().find_map(|stand_in| {
        let broken = stand_in.stands_in.filter(|_| stand_in.role == Role::Main)?;
        let broken = source.listings.iter().find(|listing| listing.id == broken)?;
        let is_broken = broken.is_failing() || broken.ended || silent_since(broken, now).is_some();
        is_broken.then_some((broken, stand_in))
    })
}

#[cfg(test)]
mod tests;
