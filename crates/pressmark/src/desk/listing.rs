//! A visit to a listing.

mod announced;
mod pace;
mod parts;
mod pushed;
mod undated;

use super::deed::{Deed, What};
use super::{Desk, heal, hub, request, rhythm, trouble};
use crate::reading;
use anyhow::Context;
use archive::health::Trouble;
use archive::{Errand, Failure, ListingState, ListingVisit, Pace, Role, Task, Validators};
use fetch::{Kind, Outcome};
use news::{Capture, Form, Listing, Note, Reading, Timestamp};
use std::time::Duration;

/// How long a witness is left alone when nobody asks for it, in seconds.
const WITNESS_S: i64 = rhythm::DAY;

/// Visits a listing; where it is broken for good, what may stand in for it is looked for.
pub async fn visit(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
    let Task::Listing { listing } = errand.task else {
        anyhow::bail!("errand {} is no listing", errand.id);
    };
    let state = desk.archive.listing(listing).await?;
    let state = state.with_context(|| format!("listing {listing} is not known"))?;
    if state.ended {
        return rest(desk, errand).await;
    }
    if state.role == Role::Spare {
        // It was dismissed while this errand was on its way.
        return Ok(Deed::Unchanged);
    }
    let pushed = pushed::read(desk, &errand, &state).await?;
    let mut deed = ask(desk, errand, &state).await?;
    if let Deed::Listing { new, .. } = &mut deed {
        *new += pushed;
    }
    let healed = heal::look_after(desk, state.source, listing).await?;
    Ok(healed.unwrap_or(deed))
}

/// Looks after a listing that is not asked any more.
async fn rest(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
    let Task::Listing { listing } = errand.task else {
        return Ok(Deed::Unchanged);
    };
    let source = errand.source;
    desk.archive.rest_listing(errand, rhythm::after(desk.now(), rhythm::DAY)).await?;
    Ok(heal::look_after(desk, source, listing).await?.unwrap_or(Deed::Unchanged))
}

async fn ask(desk: &Desk, errand: Errand, state: &ListingState) -> anyhow::Result<Deed> {
    match desk.client.get(&request(&errand, Kind::Listing)).await {
        Outcome::Fresh(capture) => read(desk, errand, state, capture).await,
        Outcome::Unchanged(capture) => unchanged(desk, errand, state, capture).await,
        Outcome::Gone(capture) => {
            let address = errand.address.clone();
            desk.archive.keep_gone(errand, capture, desk.now()).await?;
            let why = "the site says that this listing is gone for good (410)".to_owned();
            Ok(Deed::Failed { what: What::Listing, address, why })
        }
        Outcome::Refused(why) => fail(desk, errand, Miss::of(&why)).await,
        Outcome::Failed { why, capture, retry_after } => {
            fail(desk, errand, Miss { capture, retry_after, ..Miss::of(&why) }).await
        }
    }
}

async fn unchanged(
    desk: &Desk,
    errand: Errand,
    state: &ListingState,
    capture: Capture,
) -> anyhow::Result<Deed> {
    let source = errand.source;
    let newest = state.pace.newest.or(state.brought);
    let pace = Pace { newest, ..state.pace };
    let next = next_visit(desk, state, &pace, desk.now()).await?;
    desk.archive.keep_unchanged(errand, capture, Some(next)).await?;
    Ok(Deed::Listing { source, new: 0 })
}

async fn read(
    desk: &Desk,
    errand: Errand,
    state: &ListingState,
    capture: Capture,
) -> anyhow::Result<Deed> {
    let (reading, capture) = match understood(desk, capture, state.form).await {
        Some(read) => read,
        None => {
            let why = "reading this listing broke down; please report it".to_owned();
            return fail(desk, errand, Miss::new(why, Trouble::Unreadable)).await;
        }
    };
    let Some(found) = reading.found else {
        let why = reading.notes.iter().find(|note| !note.text.is_empty());
        let why = why.map_or("no feed and no sitemap was found here", |note| note.text.as_str());
        let miss = Miss::new(why.to_owned(), Trouble::NoListing);
        return fail(desk, errand, Miss { capture: Some(capture), ..miss }).await;
    };
    take_in(desk, errand, state, capture, (found, reading.notes)).await
}

/// Keeps what a document announces, with what belongs to it and lies elsewhere.
async fn take_in(
    desk: &Desk,
    errand: Errand,
    state: &ListingState,
    capture: Capture,
    (mut found, mut notes): (Listing, Vec<Note>),
) -> anyhow::Result<Deed> {
    notes.extend(undated::pass_over(desk, state, &mut found).await?);
    let turned_over_s = turned_over_s(desk, state, &found, &capture).await?;
    let parts = parts::gather(desk, state, &mut found, &capture).await?;
    notes.extend(parts.notes);
    desk.count(errand.source, parts.unanswered).await?;
    let now = desk.now();
    let soon = parts.missing.as_ref().and_then(|_| soon(state, &capture, now));
    let entries = announced::all(&found, state, &capture.address, now);
    let pace = pace::read(desk, state, &found, &entries, (&capture, turned_over_s)).await?;
    let validators = match soon {
        Some(_) => Validators::default(),
        None => validators(&capture, found.form),
    };
    hub::note(desk, state, hub::Named::read(&capture, &found)).await?;
    let next = next_visit(desk, state, &pace, now).await?;
    let visit = ListingVisit {
        capture,
        also: parts.captures,
        missing: parts.missing,
        form: found.form,
        title: found.title.as_ref().map(html::plain).filter(|title| !title.is_empty()),
        language: found.language.clone(),
        validators,
        notes,
        next_visit: soon.map_or(next, |soon| soon.min(next)),
        pace,
        entries,
        errand,
    };
    keep(desk, state, visit).await
}

/// Returns since when something that belongs to a listing can't be had.
fn missing_since(state: &ListingState) -> Option<Timestamp> {
    state.failing_since.filter(|_| state.trouble == Some(Trouble::Partial))
}

/// Returns when to ask for what is missing again, if that is to be soon. Then the document must
/// come again as well, though it be the same: by it the missing is found.
fn soon(state: &ListingState, capture: &Capture, now: Timestamp) -> Option<Timestamp> {
    rhythm::retry_part(missing_since(state).unwrap_or(capture.at), now)
}

/// Returns with what the next visit asks whether anything has changed: with nothing where an index
/// was read, which stays the same while its parts grow.
fn validators(capture: &Capture, form: Form) -> Validators {
    if form == Form::SitemapIndex {
        return Validators::default();
    }
    let (etag, last_modified) = fetch::validators(capture);
    Validators { etag, last_modified }
}

async fn keep(desk: &Desk, state: &ListingState, visit: ListingVisit) -> anyhow::Result<Deed> {
    let (source, named, now) = (visit.errand.source, visit.entries.len(), desk.now());
    let new = desk.archive.keep_listing(visit).await?.entries_new;
    // Nothing of the last visit is left: what came and went in between is known to a sitemap.
    if new > 0 && new == named && state.entries_len > 0 && state.role == Role::Main {
        desk.archive.ask_witnesses(source, now).await?;
    }
    Ok(Deed::Listing { source, new })
}

/// Reads a document on one of the cores.
async fn understood(
    desk: &Desk,
    capture: Capture,
    form: Option<Form>,
) -> Option<(Reading<Listing>, Capture)> {
    desk.shop.cpu(move || (reading::listing(&capture, form), capture)).await
}

/// Returns how long it took until all in a document was new, if all is.
async fn turned_over_s(
    desk: &Desk,
    state: &ListingState,
    found: &Listing,
    capture: &Capture,
) -> anyhow::Result<Option<i64>> {
    let Some(well) = state.well.filter(|_| state.entries_len > 0) else {
        return Ok(None);
    };
    let is_known = parts::is_known(desk, state, found, Timestamp::MAX).await?;
    Ok((!is_known).then(|| capture.at.duration_since(well).as_secs()))
}

async fn next_visit(
    desk: &Desk,
    state: &ListingState,
    pace: &Pace,
    now: Timestamp,
) -> anyhow::Result<Timestamp> {
    match state.role {
        Role::Witness => Ok(rhythm::after(now, WITNESS_S)),
        Role::Main | Role::Spare => {
            hub::next_visit(desk, state, pace, rhythm::next_listing(pace, now)).await
        }
    }
}

/// Why a listing could not be had.
struct Miss {
    why: String,
    trouble: Trouble,
    capture: Option<Capture>,
    retry_after: Option<Duration>,
}

impl Miss {
    fn new(why: String, trouble: Trouble) -> Miss {
        Miss { why, trouble, capture: None, retry_after: None }
    }

    fn of(why: &fetch::Why) -> Miss {
        Miss::new(why.to_string(), trouble::of(why))
    }
}

async fn fail(desk: &Desk, errand: Errand, miss: Miss) -> anyhow::Result<Deed> {
    let Miss { why, trouble, capture, retry_after } = miss;
    let now = desk.now();
    let address = errand.address.clone();
    let asked_s = retry_after.map(|wait| wait.as_secs());
    let retry = Some(rhythm::retry_listing(errand.tries, asked_s, now));
    let failure = Failure { errand, capture, why: why.clone(), trouble, retry };
    desk.archive.keep_failure(failure, now).await?;
    Ok(Deed::Failed { what: What::Listing, address, why })
}
