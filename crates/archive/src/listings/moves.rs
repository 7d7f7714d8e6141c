//! Where a listing lives: what a permanent redirect changes.

use super::{get, parts};
use crate::error::Error;
use crate::sqlite::Connection;
use crate::times::{DAY_MS, ms};
use crate::{errands, outlines};
use news::{Address, Capture, Timestamp};

/// How long a permanent redirect has to hold before it is believed: three days.
const MOVE_AFTER_MS: i64 = 3 * DAY_MS;

/// Notes where a listing says that it lives from now on, and follows it there once it has said so
/// for [`MOVE_AFTER_MS`]: a redirect that is permanent for an afternoon was a mistake.
pub async fn follow(
    connection: &mut Connection,
    listing: i64,
    capture: &Capture,
) -> Result<(), Error> {
    let Some(state) = get(connection, listing).await? else {
        return Ok(());
    };
    let to = capture.moved_for_good().filter(|to| **to != state.address);
    let known = state.moving.filter(|known| Some(&known.to) == to);
    let since = known.map_or(capture.at, |known| known.since);
    match to {
        Some(to) if ms(capture.at) - ms(since) >= MOVE_AFTER_MS => {
            settle(connection, (listing, state.source), to, state.next_visit).await
        }
        to => note(connection, listing, to.map(|to| (to, since))).await,
    }
}

async fn note(
    connection: &mut Connection,
    listing: i64,
    moving: Option<(&Address, Timestamp)>,
) -> Result<(), Error> {
    let (to, since) = moving.unzip();
    sqlx::query("UPDATE listing SET moving = $2, moving_since = $3 WHERE id = $1")
        .bind(listing)
        .bind(to.map(Address::as_str))
        .bind(since.map(ms))
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a listing its new address; where another one lives there already, that one is followed
/// and this one ends.
async fn settle(
    connection: &mut Connection,
    (listing, source): (i64, i64),
    to: &Address,
    next_visit: Timestamp,
) -> Result<(), Error> {
    note(connection, listing, None).await?;
    let taken: Option<i64> = sqlx::query_scalar("SELECT id FROM listing WHERE address = $1")
        .bind(to.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(taken) = taken {
        end(connection, listing).await?;
        outlines::refile(connection, listing, taken).await?;
        // Where it was only known, to whichever source, it is ours now.
        parts::take_over(connection, source, to, next_visit).await?;
        return parts::forget_broken(connection, taken).await;
    }
    sqlx::query("UPDATE listing SET formerly = address, address = $2 WHERE id = $1")
        .bind(listing)
        .bind(to.as_str())
        .execute(&mut *connection)
        .await?;
    errands::set_listing(connection, listing, to, Some(next_visit)).await
}

async fn end(connection: &mut Connection, listing: i64) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET ended = 1 WHERE id = $1")
        .bind(listing)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE errand SET due = NULL, ended = 1 WHERE listing = $1")
        .bind(listing)
        .execute(connection)
        .await?;
    Ok(())
}
