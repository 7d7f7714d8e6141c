//! When to come back: pure decisions, told the time.

use archive::Pace;
use jiff::SignedDuration;
use news::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// The shortest and the longest time between two visits to a listing that does well, in seconds.
const LISTING_LEAST_S: i64 = 15 * MINUTE;
const LISTING_MOST_S: i64 = 12 * HOUR;

/// The shortest time where a listing names so few entries that they would leave it unseen.
const LISTING_HURRIED_S: i64 = 5 * MINUTE;

/// For how long a listing is asked sooner because a further document of it is missing, in seconds.
const PART_S: i64 = 5 * HOUR;

/// The shortest and the longest time between two looks at an article, and the age from which on
/// it is left in peace, in seconds.
const RECHECK_LEAST_S: i64 = HOUR / 2;
const RECHECK_MOST_S: i64 = 10 * DAY;
const RECHECK_AGE_MAX_S: i64 = 60 * DAY;

/// How many failures in a row a server may call us back sooner than we would come by ourselves.
/// Without an end, a listing that always answers "in a second" would never let a round end.
const SOONER_MAX: u32 = 3;

/// Returns when a listing that was just read is worth asking again.
///
/// It is visited about twice between two entries, ever less while it stays silent, and never
/// before the site wants it (`ttl`, `Cache-Control`, `sy:`), but always twice before what it names
/// now can have left it: a site's wish for rest does not cost an article.
pub fn next_listing(pace: &Pace, now: Timestamp) -> Timestamp {
    let silence = pace.newest.map_or(DAY, |at| now.duration_since(at).as_secs().max(0));
    let own = match pace.gap_s {
        Some(gap) => (gap / 2).max(silence / 8),
        None => silence / 4,
    };
    let own = own.clamp(LISTING_LEAST_S, LISTING_MOST_S);
    let wished = own.max(pace.wish_s.unwrap_or(0).clamp(0, DAY));
    let safe = pace.span_s.map_or(wished, |span| (span / 2).max(LISTING_HURRIED_S));
    after(now, wished.min(safe))
}

/// Returns when to ask a failing listing again: doubling from five minutes to a day, and not
/// before the server said; sooner than that, because the server said, only a few times.
pub fn retry_listing(failures: u32, asked_s: Option<u64>, now: Timestamp) -> Timestamp {
    let own = ((5 * MINUTE) << failures.min(9)).min(DAY);
    let asked = asked_or(own, asked_s);
    let sooner = failures < SOONER_MAX;
    after(now, if sooner { asked } else { asked.max(own) })
}

/// Returns when to ask again for a further document of a listing that can't be had since a time:
/// after as long as that has lasted; `None` once it has lasted too long to be of the moment.
pub fn retry_part(since: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let lasted = now.duration_since(since).as_secs();
    (lasted < PART_S).then(|| after(now, lasted.max(LISTING_HURRIED_S)))
}

/// Returns when to ask again for a page or a picture that could not be had; `None`: no more.
///
/// A server that told when to come back is believed, for as long as tries are left.
pub fn retry_page(tries: u32, asked_s: Option<u64>, now: Timestamp) -> Option<Timestamp> {
    let own = [10 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY].get(tries as usize)?;
    Some(after(now, asked_or(*own, asked_s)))
}

/// Returns when to look at a kept article again for edits; `None` once it is old.
///
/// Most corrections come within hours, nearly all within two weeks: the next look comes after half
/// the time that has passed since it was written or changed, about twenty in two months. A page
/// that calls itself changed each time does not go on being new: its age in the library counts too.
pub fn recheck(written: Timestamp, first_seen: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let since = |at| now.duration_since(at).as_secs();
    let (age, known) = (since(written), since(first_seen));
    let wait = (age / 2).max(known / 16).clamp(RECHECK_LEAST_S, RECHECK_MOST_S);
    (age < RECHECK_AGE_MAX_S).then(|| after(now, wait))
}

/// What the server asked for, if it asked; it may shorten our own wait as well.
fn asked_or(own: i64, asked_s: Option<u64>) -> i64 {
    asked_s.map_or(own, |asked| i64::try_from(asked).unwrap_or(DAY).clamp(1, DAY))
}

/// Returns when the next day begins (UTC).
pub fn midnight_after(now: Timestamp) -> Timestamp {
    after(now, DAY - now.as_second().rem_euclid(DAY))
}

pub fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_720_000_000).expect("a fixed time")
    }

    fn wait(then: Timestamp) -> i64 {
        then.duration_since(now()).as_secs()
    }

    #[track_caller]
    fn check(gap_s: Option<i64>, silent_s: i64, expected: i64) {
        let newest = Some(after(now(), -silent_s));
        assert_eq!(wait(next_listing(&Pace { gap_s, newest, ..Pace::default() }, now())), expected);
    }

    #[test]
    fn a_lively_listing_is_visited_more_often_than_a_silent_one() {
        check(Some(10), 60, LISTING_LEAST_S);
        check(Some(2 * HOUR), 60, HOUR);
        check(Some(2 * HOUR), 24 * HOUR, 3 * HOUR);
        check(Some(3 * DAY), 60, LISTING_MOST_S);
        check(None, 8 * HOUR, 2 * HOUR);
        check(None, 300 * DAY, LISTING_MOST_S);
        check(None, -DAY, LISTING_LEAST_S);
        assert_eq!(wait(next_listing(&Pace::default(), now())), 6 * HOUR);
    }

    #[test]
    fn a_sites_wish_is_respected_and_not_feared() {
        let wish = |seconds, span_s| {
            let wish_s = Some(seconds);
            let pace = Pace { wish_s, span_s, newest: Some(now()), ..Pace::default() };
            wait(next_listing(&pace, now()))
        };
        assert_eq!(wish(HOUR, None), HOUR);
        assert_eq!(wish(i64::MAX, None), DAY);
        assert_eq!(wish(-5, None), LISTING_LEAST_S);
        assert_eq!(wish(DAY, Some(4 * HOUR)), 2 * HOUR, "else entries would be lost");
        assert_eq!(wish(DAY, Some(60)), LISTING_HURRIED_S);
    }

    #[test]
    fn failures_are_asked_ever_later() {
        let waits: Vec<i64> = (0..12).map(|n| wait(retry_listing(n, None, now()))).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits[0], 5 * MINUTE);
        assert_eq!(waits[11], DAY);
        assert_eq!(wait(retry_listing(1, Some(3), now())), 3);
        assert_eq!(wait(retry_listing(3, Some(u64::MAX), now())), DAY);
    }

    #[test]
    fn a_server_that_always_says_in_a_second_is_not_asked_every_second() {
        let waits = (0..12).map(|failures| wait(retry_listing(failures, Some(1), now())));
        assert_eq!(waits.filter(|wait| *wait == 1).count(), 3);
    }

    #[test]
    fn what_is_missing_is_asked_for_soon_and_then_with_the_rest() {
        let (mut at, mut tries) = (now(), 0);
        while let Some(next) = retry_part(now(), at) {
            (at, tries) = (next, tries + 1);
        }
        assert_eq!((tries, wait(at)), (7, 64 * 5 * MINUTE));
    }

    #[test]
    fn a_page_is_given_up_in_the_end() {
        assert_eq!(retry_page(0, Some(3), now()).map(wait), Some(3));
        assert!(retry_page(5, None, now()).is_some());
        assert_eq!(retry_page(6, Some(3), now()), None);
    }

    #[test]
    fn an_old_article_is_left_in_peace() {
        let old = after(now(), -100 * DAY);
        assert_eq!(recheck(now(), now(), now()).map(wait), Some(HOUR / 2));
        assert_eq!(recheck(old, now(), now()), None);
        assert_eq!(recheck(now(), old, now()).map(wait), Some(100 * DAY / 16), "new each time");
        let (mut at, mut looks) = (now(), 0);
        while let Some(next) = recheck(now(), now(), at) {
            (at, looks) = (next, looks + 1);
        }
        assert_eq!(looks, 22);
    }
}
