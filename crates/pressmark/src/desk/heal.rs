//! What is done for a source whose listing is broken: the site's other listings are tried, then it
//! is looked for what the site offers now.

mod judge;

use super::deed::Deed;
use super::{Desk, rhythm};
use crate::discover::{self, Choice};
use anyhow::Context;
use archive::health::{self, Cause, Health, State, Trouble};
use archive::{ListingState, Role, Source};
use fetch::Client;
use judge::Patient;
use news::Timestamp;

/// How many failures in a row it takes before something else is looked for.
const FAILURES_LEAST: u32 = 3;

/// How long a trouble that may pass is waited out, in seconds.
const PASSING_S: i64 = 7 * rhythm::DAY;

/// How long a listing may name nothing, in seconds.
const EMPTY_S: i64 = 2 * rhythm::DAY;

/// How long it takes until something is looked for again, in seconds: as long as the trouble has
/// lasted, within these bounds.
const AGAIN_LEAST_S: i64 = rhythm::DAY;
const AGAIN_MOST_S: i64 = 7 * rhythm::DAY;

/// How many known pages of a source another listing is compared with.
const KNOWN_MAX: u32 = 300;

/// How many of a source's spares are tried.
const SPARES_MAX: usize = 8;

/// Looks for what may stand in for a listing, if it is broken and it is time to.
pub async fn look_after(desk: &Desk, source: i64, listing: i64) -> anyhow::Result<Option<Deed>> {
    let found = desk.archive.source(source).await?;
    let source = found.with_context(|| format!("source {source} is not known"))?;
    let mut main = source.listings.iter().filter(|known| known.role == Role::Main);
    match main.find(|known| known.id == listing) {
        Some(state) if is_due(&source, state, desk.now()) => heal(desk, &source, state).await,
        _ => Ok(None),
    }
}

/// Looks for a stand-in now; `None` when nothing is found that may be one.
pub async fn heal(
    desk: &Desk,
    source: &Source,
    broken: &ListingState,
) -> anyhow::Result<Option<Deed>> {
    desk.archive.keep_looked(broken.id, desk.now()).await?;
    let known = desk.archive.known_pages(source.id, KNOWN_MAX).await?;
    let patient = Patient::new(source, broken, &known, desk.now());
    // Looking costs the site as well.
    let scout = desk.client.apart();
    let mut deed = choose(desk, broken, patient.best(spares(desk, &scout, source).await)).await?;
    if deed.is_none() {
        let offers = discover::offers(&scout, &desk.shop, &source.site).await;
        deed = choose(desk, broken, patient.best(offers)).await?;
    }
    desk.count(source.id, scout.sent()).await?;
    Ok(deed)
}

/// Follows the first of the choices that no other source follows.
async fn choose(
    desk: &Desk,
    broken: &ListingState,
    choices: Vec<Choice>,
) -> anyhow::Result<Option<Deed>> {
    for Choice { address, form, .. } in choices {
        match desk.archive.stand_in(broken.id, &address, Some(form), desk.now()).await {
            Ok(()) => {
                let from = broken.address.clone();
                return Ok(Some(Deed::Healed { from, to: address }));
            }
            Err(archive::Error::Double(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(None)
}

/// Returns the listing of a source in whose place something is to be looked for.
pub fn ailing(source: &Source, now: Timestamp) -> Option<&ListingState> {
    let main = || source.listings.iter().find(|listing| listing.role == Role::Main);
    health::of(source, now).listing().or_else(main)
}

/// Tells whether something else is to be looked for now.
fn is_due(source: &Source, state: &ListingState, now: Timestamp) -> bool {
    let stands_in = |other: &ListingState| {
        other.role == Role::Main && other.stands_in == Some(state.id) && !other.is_failing()
    };
    if source.listings.iter().any(stands_in) {
        return false;
    }
    let pages_since = || match health::of(source, now) {
        Health { state: State::Failing { since }, cause: Cause::Pages, .. } => Some(since),
        _ => None,
    };
    let Some(since) = broken_since(state, now).or_else(pages_since) else {
        return false;
    };
    let lasted = now.duration_since(since).as_secs();
    let looked = state.looked.map(|looked| now.duration_since(looked).as_secs());
    looked.is_none_or(|ago| ago >= lasted.clamp(AGAIN_LEAST_S, AGAIN_MOST_S))
}

/// Returns since when a listing has been broken so long that waiting is no use.
fn broken_since(state: &ListingState, now: Timestamp) -> Option<Timestamp> {
    let Some(since) = state.failing_since.filter(|_| state.is_failing()) else {
        return health::silent_since(state, now);
    };
    let lasted = now.duration_since(since).as_secs();
    let trouble = state.trouble?;
    let is_broken = match trouble {
        _ if state.ended => true,
        Trouble::Empty => lasted >= EMPTY_S,
        Trouble::Private => false,
        lasting if lasting.is_lasting() => state.failures >= FAILURES_LEAST,
        _ => lasted >= PASSING_S,
    };
    is_broken.then_some(since)
}

/// Asks the listings of the site that were seen before.
async fn spares(desk: &Desk, scout: &Client, source: &Source) -> Vec<Choice> {
    let spares = source.listings.iter().filter(|listing| listing.role == Role::Spare);
    let mut choices = Vec::new();
    for ListingState { address, form, .. } in spares.take(SPARES_MAX) {
        choices.extend(discover::choice(scout, &desk.shop, address, *form).await);
    }
    choices
}

#[cfg(test)]
mod tests;
