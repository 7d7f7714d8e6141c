//! For how long a hub agrees.

use news::Timestamp;
use std::time::Duration;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// The shortest and the longest lease that is believed, in seconds.
const LEAST_S: u64 = 5 * MINUTE;
const MOST_S: u64 = 90 * DAY;

/// The lease where the hub tells none, in seconds: what the Recommendation advises hubs to give.
const USUAL_S: u64 = 10 * DAY;

/// Until when a hub agrees, and when to ask it to go on.
#[derive(Debug, PartialEq)]
pub struct Lease {
    pub until: Timestamp,
    pub renew: Timestamp,
}

/// Reads `hub.lease_seconds`; it is asked to go on when a third of that is left.
pub fn read(seconds: Option<&str>, now: Timestamp) -> Lease {
    let told = seconds.and_then(|seconds| seconds.trim().parse::<u64>().ok());
    let lease = told.unwrap_or(USUAL_S).clamp(LEAST_S, MOST_S);
    Lease { until: after(now, lease), renew: after(now, lease - lease / 3) }
}

/// Returns until when a subscription that has ended is remembered: a hub may ask twice.
pub fn remembered(now: Timestamp) -> Timestamp {
    after(now, DAY)
}

fn after(now: Timestamp, seconds: u64) -> Timestamp {
    now.checked_add(Duration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(told: Option<&str>, until_s: u64, renew_s: u64) {
        let now: Timestamp = "2031-03-05T10:20:00Z".parse().expect("a time");
        let lease = Lease { until: after(now, until_s), renew: after(now, renew_s) };
        assert_eq!(read(told, now), lease, "{told:?}");
    }

    #[test]
    fn a_lease_is_renewed_when_a_third_is_left() {
        check(Some("864000"), 864_000, 576_000);
        check(Some(" 900 "), 900, 600);
    }

    #[test]
    fn a_lease_is_believed_within_reason() {
        for short in ["0", "1", "299"] {
            check(Some(short), 300, 200);
        }
        check(Some("99999999999"), MOST_S, MOST_S / 3 * 2);
        for untold in [None, Some(""), Some("-1"), Some("forever"), Some("99999999999999999999")] {
            check(untold, USUAL_S, USUAL_S / 3 * 2);
        }
    }
}
