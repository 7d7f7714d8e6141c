//! What is to be done about a subscription: pure decisions, told the time.

use crate::desk::rhythm::{DAY, after};
use archive::{Asking, Pace, Subscription, SubscriptionState};
use news::{Address, Timestamp};
use std::time::Duration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// How long a hub may take to call back while there are others to ask, in seconds.
const ANSWER_S: i64 = 10 * MINUTE;

/// How long hubs that refused are left alone, in seconds.
const REFUSED_S: i64 = DAY;

/// How often a hub is told that a subscription has ended.
const ENDINGS_MAX: u32 = 3;

/// How many times rarer a listing is visited while a hub tells of it, and how rarely at most, in
/// seconds.
const RARER: i64 = 8;
const RARE_MOST_S: i64 = 12 * HOUR;

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask this hub to begin, or to go on.
    Subscribe(Address),
    /// Tell the hub that it has ended.
    Unsubscribe,
    /// Nobody wants it any more.
    End,
    /// Nobody has to know of it any more.
    Forget,
    /// Nothing until then.
    Rest(Timestamp),
}

/// Returns what is to be done about a subscription that is due.
pub fn next(subscription: &Subscription, now: Timestamp) -> Step {
    let Subscription { state, asked, failures, .. } = subscription;
    match state {
        SubscriptionState::Ended if subscription.lease_until.is_none() => Step::Forget,
        SubscriptionState::Ended if *failures >= ENDINGS_MAX => Step::Forget,
        SubscriptionState::Ended => Step::Unsubscribe,
        _ if !subscription.wanted => Step::End,
        SubscriptionState::Refused if !has_others(subscription) => {
            let rested = asked.map_or(now, |asked| after(asked, REFUSED_S));
            if rested > now { Step::Rest(rested) } else { Step::Subscribe(hub(subscription, now)) }
        }
        _ => Step::Subscribe(hub(subscription, now)),
    }
}

/// Returns the hub to ask: the one that agreed, else one after the other.
fn hub(subscription: &Subscription, now: Timestamp) -> Address {
    let Subscription { hub, hubs, .. } = subscription;
    if subscription.failures == 0 || subscription.is_live(now) {
        return hub.clone();
    }
    let place = hubs.iter().position(|known| known == hub);
    let next = place.map_or(0, |place| (place + 1) % hubs.len());
    hubs.get(next).unwrap_or(hub).clone()
}

/// Tells whether a hub is left that was not asked since one last agreed, or since all were.
fn has_others(subscription: &Subscription) -> bool {
    !subscription.failures.is_multiple_of(hubs_len(subscription))
}

fn hubs_len(subscription: &Subscription) -> u32 {
    u32::try_from(subscription.hubs.len()).unwrap_or(u32::MAX).max(1)
}

/// Returns when to look again at a subscription whose hub is asked now, should it not call back:
/// soon where there are others to ask, else ever later.
pub fn look_again(subscription: &Subscription, now: Timestamp) -> Timestamp {
    let hubs_len = if subscription.is_live(now) { 1 } else { hubs_len(subscription) };
    let asked = subscription.failures + 1;
    if !asked.is_multiple_of(hubs_len) {
        return after(now, ANSWER_S);
    }
    let rounds = asked / hubs_len;
    after(now, (HOUR << (rounds - 1).min(5)).min(DAY))
}

/// Returns when to look again at a subscription whose hub could not be asked: at once where there
/// is another one.
pub fn after_failure(
    subscription: &Subscription,
    asking: &Asking,
    retry_after: Option<Duration>,
    refused: bool,
) -> Timestamp {
    let asked = Subscription { failures: subscription.failures + 1, ..subscription.clone() };
    if asked.state != SubscriptionState::Ended && !asked.is_live(asking.at) && has_others(&asked) {
        return asking.at;
    }
    let told_s = retry_after.map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(DAY));
    let least_s = if refused { REFUSED_S } else { told_s.min(DAY) };
    asking.due.max(after(asking.at, least_s))
}

/// Returns when to visit a listing that a hub tells of and that would be visited `next`: rarely,
/// but always twice before what it names now can have left it.
pub fn unhurried(next: Timestamp, pace: &Pace, now: Timestamp) -> Timestamp {
    let own = next.duration_since(now).as_secs().max(0);
    let rare = own.saturating_mul(RARER).min(RARE_MOST_S).max(own);
    let safe = pace.span_s.map_or(rare, |span| (span / 2).max(own));
    after(now, rare.min(safe))
}

#[cfg(test)]
mod tests;
