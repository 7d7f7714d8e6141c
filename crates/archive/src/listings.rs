//! The listings of a source, and what became of the visits to them.

use crate::entries::{self, address};
use crate::error::Error;
use crate::nouns::{Errand, ListingKept, ListingState, ListingVisit, NewEntry, Task};
use crate::sqlite::{Connection, Row};
use crate::times::{DAY_MS, ms, time};
use crate::{errands, nouns};
use news::{Address, Timestamp};
use sqlx::Row as _;
use std::collections::{HashMap, HashSet};

/// The most new entries that one visit brings.
const NEW_A_VISIT_MAX: usize = 5_000;

/// The most new entries that a source brings within 24 hours.
const NEW_A_DAY_MAX: usize = 10_000;

pub async fn add(
    connection: &mut Connection,
    source: i64,
    address: &Address,
    now: Timestamp,
) -> Result<(), Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO listing (source, address, added) VALUES ($1, $2, $3) \
         ON CONFLICT (address) DO NOTHING RETURNING id",
    )
    .bind(source)
    .bind(address.as_str())
    .bind(ms(now))
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.ok_or_else(|| Error::Double(format!("the listing `{address}`")))?;
    errands::add_listing(connection, source, id, address, now).await
}

pub async fn of_source(
    connection: &mut Connection,
    source: i64,
) -> Result<Vec<ListingState>, Error> {
    let rows = sqlx::query(
        "SELECT listing.id, listing.address, visited, well, listing.failing, failing_since, \
         failures, (SELECT COUNT(*) FROM entry WHERE entry.listing = listing.id), \
         COALESCE(due, visited, added), listing.ended FROM listing \
         LEFT JOIN errand ON errand.listing = listing.id \
         WHERE listing.source = $1 ORDER BY listing.id",
    )
    .bind(source)
    .fetch_all(connection)
    .await?;
    rows.iter().map(from_row).collect()
}

/// Keeps what a visit brought: entries, their errands, what it names now, its validators.
pub async fn keep(connection: &mut Connection, visit: &ListingVisit) -> Result<ListingKept, Error> {
    let listing = listing_of(&visit.errand)?;
    let source = visit.errand.source;
    let at = visit.capture.at;
    sqlx::query("DELETE FROM standing WHERE listing = $1")
        .bind(listing)
        .execute(&mut *connection)
        .await?;
    let (kept, left_out) = add_entries(connection, &visit.errand, &visit.entries, at).await?;
    let warning = (left_out > 0).then(|| too_many(left_out, &visit.entries));
    well(connection, listing, at, warning).await?;
    learn(connection, source, visit).await?;
    let next = Some(visit.next_visit);
    errands::went_well(connection, &visit.errand, next, Some(&visit.validators)).await?;
    Ok(kept)
}

/// Keeps entries that a listing names at a time, and their errands; returns how many are left out
/// as well.
pub async fn add_entries(
    connection: &mut Connection,
    errand: &Errand,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<(ListingKept, usize), Error> {
    let (listing, source) = (listing_of(errand)?, errand.source);
    let today = new_since(connection, source, ms(at) - DAY_MS).await?;
    let mut room = NEW_A_VISIT_MAX.min(NEW_A_DAY_MAX.saturating_sub(today));
    let mut kept = ListingKept::default();
    let mut left_out = 0;
    for (guid, entry) in told_apart(entries) {
        let guid = &guid;
        let said = entries::Said { guid, entry, at };
        match entries::keep(connection, source, listing, &said, room > 0).await? {
            Some((id, news)) => {
                stand(connection, listing, id).await?;
                room -= usize::from(news == entries::News::New);
                kept.entries_new += usize::from(news == entries::News::New);
                kept.entries_changed += usize::from(news == entries::News::Changed);
            }
            None => left_out += 1,
        }
    }
    Ok((kept, left_out))
}

/// Returns the entries with ids that tell them apart, each once.
///
/// Some feeds give all their entries one id, the address of the site; then id and page together
/// are the id. Without that only the last of them would be kept.
fn told_apart(entries: &[NewEntry]) -> Vec<(String, &NewEntry)> {
    let page = |entry: &NewEntry| entry.address.as_ref().map(Address::identity);
    let mut pages: HashMap<&str, HashSet<Option<String>>> = HashMap::new();
    for entry in entries {
        pages.entry(&entry.guid).or_default().insert(page(entry));
    }
    let mut seen = HashSet::new();
    let mut apart = Vec::with_capacity(entries.len());
    for entry in entries {
        let guid = match page(entry) {
            Some(page) if pages[entry.guid.as_str()].len() > 1 => format!("{} {page}", entry.guid),
            _ => entry.guid.clone(),
        };
        if seen.insert(guid.clone()) {
            apart.push((guid, entry));
        }
    }
    apart
}

fn too_many(left_out: usize, entries: &[NewEntry]) -> String {
    format!(
        "it named {} entries, {left_out} of them new and too many at once; at most \
         {NEW_A_VISIT_MAX} a visit and {NEW_A_DAY_MAX} a day are taken",
        entries.len()
    )
}

async fn new_since(connection: &mut Connection, source: i64, since: i64) -> Result<usize, Error> {
    let len: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM entry WHERE source = $1 AND first_seen > $2")
            .bind(source)
            .bind(since)
            .fetch_one(connection)
            .await?;
    Ok(len as usize)
}

async fn stand(connection: &mut Connection, listing: i64, entry: i64) -> Result<(), Error> {
    sqlx::query("INSERT INTO standing (listing, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(listing)
        .bind(entry)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes title and language from the listing where the source has none.
async fn learn(
    connection: &mut Connection,
    source: i64,
    visit: &ListingVisit,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE source SET title = CASE WHEN title = '' THEN COALESCE($2, '') ELSE title END, \
         language = COALESCE(language, $3) WHERE id = $1",
    )
    .bind(source)
    .bind(&visit.title)
    .bind(&visit.language)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a visit went well; `warning` is what was odd all the same.
pub async fn well(
    connection: &mut Connection,
    listing: i64,
    at: Timestamp,
    warning: Option<String>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE listing SET visited = $2, well = $2, failing = $3, failing_since = \
         CASE WHEN $3 IS NULL THEN NULL ELSE $2 END, failures = 0, ended = 0 WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(at))
    .bind(warning)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn failed(
    connection: &mut Connection,
    listing: i64,
    why: &str,
    now: Timestamp,
    ended: bool,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE listing SET visited = $2, failing = $3, \
         failing_since = COALESCE(failing_since, $2), failures = failures + 1, ended = $4 \
         WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(now))
    .bind(why)
    .bind(i64::from(ended))
    .execute(connection)
    .await?;
    Ok(())
}

fn listing_of(errand: &Errand) -> Result<i64, Error> {
    match errand.task {
        Task::Listing { listing } => Ok(listing),
        _ => Err(Error::Unknown(format!("listing `{}`", errand.address))),
    }
}

fn from_row(row: &Row) -> Result<nouns::ListingState, Error> {
    Ok(ListingState {
        id: row.try_get(0)?,
        address: address(row.try_get(1)?)?,
        visited: row.try_get::<Option<i64>, _>(2)?.map(time),
        well: row.try_get::<Option<i64>, _>(3)?.map(time),
        failing: row.try_get(4)?,
        failing_since: row.try_get::<Option<i64>, _>(5)?.map(time),
        failures: row.try_get(6)?,
        entries_len: row.try_get::<i64, _>(7)? as u64,
        next_visit: time(row.try_get(8)?),
        ended: row.try_get::<i64, _>(9)? != 0,
    })
}
