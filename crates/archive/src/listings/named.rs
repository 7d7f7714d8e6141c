//! What a document names: entries, and which of them stand in a listing now.

use super::listing_of;
use crate::entries;
use crate::error::Error;
use crate::nouns::{Errand, ListingKept, NewEntry};
use crate::sqlite::Connection;
use crate::times::{DAY_MS, ms};
use news::{Address, Timestamp};
use std::collections::{HashMap, HashSet};

/// The most new entries that one visit brings.
pub const NEW_A_VISIT_MAX: usize = 5_000;

/// The most new entries that a source brings within 24 hours.
pub const NEW_A_DAY_MAX: usize = 10_000;

/// What became of the entries that a document names.
pub struct Named {
    pub kept: ListingKept,
    /// The rows of those that are kept.
    pub ids: Vec<i64>,
    /// How many were new, and too many.
    pub left_out: usize,
}

/// Keeps entries that a listing names at a time, and their errands.
pub async fn add(
    connection: &mut Connection,
    errand: &Errand,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<Named, Error> {
    let (listing, source) = (listing_of(errand)?, errand.source);
    let today = new_since(connection, source, ms(at) - DAY_MS).await?;
    let mut room = NEW_A_VISIT_MAX.min(NEW_A_DAY_MAX.saturating_sub(today));
    let mut named = Named { kept: ListingKept::default(), ids: Vec::new(), left_out: 0 };
    for (guid, entry, is_alone) in told_apart(entries) {
        let said = entries::Said { guid: &guid, entry, at, is_alone };
        match entries::keep(connection, source, listing, &said, room > 0).await? {
            Some((id, news)) => {
                named.ids.push(id);
                room -= usize::from(news == entries::News::New);
                named.kept.entries_new += usize::from(news == entries::News::New);
                named.kept.entries_changed += usize::from(news == entries::News::Changed);
            }
            None => named.left_out += 1,
        }
    }
    Ok(named)
}

/// Notes which entries a listing names in its newest state; returns how many it did not name
/// before.
pub async fn stand(connection: &mut Connection, listing: i64, ids: &[i64]) -> Result<usize, Error> {
    let before: Vec<i64> = sqlx::query_scalar("SELECT entry FROM standing WHERE listing = $1")
        .bind(listing)
        .fetch_all(&mut *connection)
        .await?;
    let before: HashSet<i64> = before.into_iter().collect();
    let now: HashSet<i64> = ids.iter().copied().collect();
    for gone in before.difference(&now) {
        sqlx::query("DELETE FROM standing WHERE listing = $1 AND entry = $2")
            .bind(listing)
            .bind(gone)
            .execute(&mut *connection)
            .await?;
    }
    for fresh in now.difference(&before) {
        sqlx::query("INSERT INTO standing (listing, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(listing)
            .bind(fresh)
            .execute(&mut *connection)
            .await?;
    }
    Ok(now.difference(&before).count())
}

/// Returns the entries with ids that tell them apart, each once, and whether no other of them has
/// its page.
///
/// Some feeds give all their entries one id, the address of the site; then id and page together
/// are the id. Without that only the last of them would be kept.
fn told_apart(entries: &[NewEntry]) -> Vec<(String, &NewEntry, bool)> {
    let page = |entry: &NewEntry| entry.address.as_ref().map(Address::identity);
    let mut pages: HashMap<&str, HashSet<Option<String>>> = HashMap::new();
    let mut shares: HashMap<Option<String>, HashSet<&str>> = HashMap::new();
    for entry in entries {
        pages.entry(&entry.guid).or_default().insert(page(entry));
        shares.entry(page(entry)).or_default().insert(&entry.guid);
    }
    let mut seen = HashSet::new();
    let mut apart = Vec::with_capacity(entries.len());
    for entry in entries {
        let own = page(entry);
        let is_alone = shares[&own].len() == 1;
        let guid = match own {
            Some(own) if pages[entry.guid.as_str()].len() > 1 => format!("{} {own}", entry.guid),
            _ => entry.guid.clone(),
        };
        if seen.insert(guid.clone()) {
            apart.push((guid, entry, is_alone));
        }
    }
    apart
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
