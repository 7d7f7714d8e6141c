//! When to come back: pure decisions, told the time.

use jiff::SignedDuration;
use news::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The shortest and the longest time between two visits to a listing that does well, in seconds.
const LISTING_LEAST_S: i64 = 15 * MINUTE;
const LISTING_MOST_S: i64 = 12 * HOUR;

/// How many failures in a row a server may call us back sooner than we would come by ourselves.
/// Without an end, a listing that always answers "in a second" would never let a round end.
const SOONER_MAX: u32 = 3;

/// Returns when a listing that was just read is worth asking again: a quarter of the time since
/// its newest entry, never before its own `ttl` (minutes) says.
pub fn next_listing(newest: Option<Timestamp>, ttl: Option<&str>, now: Timestamp) -> Timestamp {
    let silence = newest.map_or(DAY, |at| now.duration_since(at).as_secs().max(0));
    let ttl = ttl.and_then(|minutes| minutes.trim().parse::<i64>().ok()).unwrap_or(0);
    let least = (ttl.clamp(0, DAY / MINUTE) * MINUTE).max(LISTING_LEAST_S);
    after(now, (silence / 4).clamp(LISTING_LEAST_S, LISTING_MOST_S).max(least))
}

/// Returns when to ask a failing listing again: doubling from five minutes to a day, and not
/// before the server said; sooner than that, because the server said, only a few times.
pub fn retry_listing(failures: u32, asked_s: Option<u64>, now: Timestamp) -> Timestamp {
    let own = ((5 * MINUTE) << failures.min(9)).min(DAY);
    let asked = asked_or(own, asked_s);
    let sooner = failures < SOONER_MAX;
    after(now, if sooner { asked } else { asked.max(own) })
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
/// Most corrections come within hours, nearly all within two weeks.
pub fn recheck(published: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let age = now.duration_since(published).as_secs();
    let wait = match age {
        _ if age < 6 * HOUR => HOUR / 2,
        _ if age < DAY => 2 * HOUR,
        _ if age < 3 * DAY => 8 * HOUR,
        _ if age < 14 * DAY => 2 * DAY,
        _ if age < 60 * DAY => 10 * DAY,
        _ => return None,
    };
    Some(after(now, wait))
}

/// What the server asked for, if it asked; it may shorten our own wait as well.
fn asked_or(own: i64, asked_s: Option<u64>) -> i64 {
    asked_s.map_or(own, |asked| i64::try_from(asked).unwrap_or(DAY).clamp(1, DAY))
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

    #[test]
    fn a_lively_listing_is_visited_more_often_than_a_silent_one() {
        let newest = |ago: i64| Some(after(now(), -ago));
        assert_eq!(wait(next_listing(newest(60), None, now())), LISTING_LEAST_S);
        assert_eq!(wait(next_listing(newest(8 * HOUR), None, now())), 2 * HOUR);
        assert_eq!(wait(next_listing(newest(300 * DAY), None, now())), LISTING_MOST_S);
        assert_eq!(wait(next_listing(newest(-DAY), None, now())), LISTING_LEAST_S);
    }

    #[test]
    fn a_ttl_is_respected_and_not_feared() {
        assert_eq!(wait(next_listing(Some(now()), Some("60"), now())), HOUR);
        assert_eq!(wait(next_listing(Some(now()), Some("99999999999"), now())), DAY);
        assert_eq!(wait(next_listing(Some(now()), Some("soon"), now())), LISTING_LEAST_S);
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
    fn a_page_is_given_up_in_the_end() {
        assert_eq!(retry_page(0, Some(3), now()).map(wait), Some(3));
        assert!(retry_page(5, None, now()).is_some());
        assert_eq!(retry_page(6, Some(3), now()), None);
    }

    #[test]
    fn an_old_article_is_left_in_peace() {
        assert_eq!(recheck(now(), now()).map(wait), Some(HOUR / 2));
        assert_eq!(recheck(after(now(), -100 * DAY), now()), None);
    }
}
