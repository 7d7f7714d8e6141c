//! What hubs brought: kept beside the listing's own captures, and read once.

use crate::captures;
use crate::days::{self, Count};
use crate::entries::address;
use crate::error::Error;
use crate::listings::{named, visits};
use crate::nouns::{ListingKept, Push, PushVisit, Task, WaitingPush};
use crate::sqlite::Connection;
use crate::times::{ms, time};
use news::{Address, Capture};
use std::path::Path;

/// The least time between two visits to a listing that are made because of pushes, in ms.
const QUIET_MS: i64 = 15_000;

/// Returns the address of the listing that a push is for.
pub async fn listing(connection: &mut Connection, push: &Push) -> Result<Address, Error> {
    let found: Option<String> = sqlx::query_scalar("SELECT address FROM listing WHERE id = $1")
        .bind(push.subscription.listing)
        .fetch_optional(connection)
        .await?;
    address(&found.ok_or_else(|| Error::Unknown("listing that a hub speaks of".to_owned()))?)
}

/// Makes the listing due, and notes where its push is kept, if its bytes are new.
pub async fn keep(
    connection: &mut Connection,
    push: &Push,
    capture: Option<i64>,
) -> Result<(), Error> {
    if let Some(capture) = capture.filter(|_| push.subscription.is_believed()) {
        sqlx::query("INSERT INTO push (listing, capture) VALUES ($1, $2)")
            .bind(push.subscription.listing)
            .bind(capture)
            .execute(&mut *connection)
            .await?;
    }
    let due = due(connection, push).await?;
    sqlx::query(
        "UPDATE errand SET due = $2 WHERE listing = $1 AND ended = 0 AND (due IS NULL OR due > $2)",
    )
    .bind(push.subscription.listing)
    .bind(due)
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns when a push makes its listing due: at once, or when another one did so just now.
async fn due(connection: &mut Connection, push: &Push) -> Result<i64, Error> {
    let at = ms(push.at);
    let quiet: i64 = sqlx::query_scalar("SELECT quiet_until FROM subscription WHERE id = $1")
        .bind(push.subscription.id)
        .fetch_one(&mut *connection)
        .await?;
    if quiet > at {
        return Ok(quiet);
    }
    sqlx::query("UPDATE subscription SET quiet_until = $2 WHERE id = $1")
        .bind(push.subscription.id)
        .bind(at + QUIET_MS)
        .execute(connection)
        .await?;
    Ok(at)
}

/// Returns the oldest push of a listing that waits to be read.
pub async fn waiting(
    connection: &mut Connection,
    library: &Path,
    listing: i64,
) -> Result<Option<WaitingPush>, Error> {
    let row: Option<(i64, i64, String, i64)> = sqlx::query_as(
        "SELECT push.id, capture.id, capture.address, capture.at FROM push \
         JOIN capture ON capture.id = push.capture WHERE push.listing = $1 \
         ORDER BY push.id LIMIT 1",
    )
    .bind(listing)
    .fetch_optional(&mut *connection)
    .await?;
    let Some((id, capture, place, at)) = row else {
        return Ok(None);
    };
    let (content_type, body) = match captures::document(connection, library, capture).await {
        Err(Error::Damaged(_) | Error::File { .. }) => Default::default(),
        read => read?,
    };
    let capture = Capture {
        address: address(&place)?,
        at: time(at),
        took_ms: 0,
        status: 0,
        request_head: Vec::new(),
        response_head: Vec::new(),
        content_type,
        payload: Vec::new(),
        body,
        peer: String::new(),
        hops: Vec::new(),
    };
    Ok(Some(WaitingPush { id, capture }))
}

/// Keeps the entries of a push; what else stands in the listing is not changed by them, for many a
/// hub brings the new ones alone.
pub async fn read(connection: &mut Connection, visit: &PushVisit) -> Result<ListingKept, Error> {
    let named = named::add(connection, &visit.errand, &visit.entries, visit.at).await?;
    if let (Task::Listing { listing }, 1..) = (&visit.errand.task, named.kept.entries_new) {
        visits::brought(connection, *listing, visit.at).await?;
    }
    let count = Count { entries_new: named.kept.entries_new, ..Count::default() };
    days::add(connection, visit.errand.source, visit.at, count).await?;
    sqlx::query("DELETE FROM push WHERE id = $1").bind(visit.push).execute(connection).await?;
    Ok(named.kept)
}
