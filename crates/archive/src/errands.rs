//! The queue: what is to be fetched, and when.

use crate::error::Error;
use crate::nouns::{Errand, Task, Validators};
use crate::sqlite::{Connection, Row};
use crate::times::{ms, time};
use news::{Address, Timestamp};
use sqlx::Row as _;

/// The longest validator that is kept, in bytes; a longer one is not sent back.
const VALIDATOR_BYTES_MAX: usize = 1024;

const COLUMNS: &str = "id, kind, listing, entry, also, address, host, source, due, tries, etag, \
                       last_modified";

/// Adds the errand of a listing; without a time it waits until somebody asks.
pub async fn add_listing(
    connection: &mut Connection,
    source: i64,
    listing: i64,
    address: &Address,
    due: Option<Timestamp>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO errand (kind, listing, address, host, source, due) \
         VALUES (0, $1, $2, $3, $4, $5) ON CONFLICT (listing) DO NOTHING",
    )
    .bind(listing)
    .bind(address.as_str())
    .bind(address.server())
    .bind(source)
    .bind(due.map(ms))
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a listing due at this time, or puts it to rest; where it was moved, at its new address.
pub async fn set_listing(
    connection: &mut Connection,
    listing: i64,
    address: &Address,
    due: Option<Timestamp>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE errand SET address = $2, host = $3, due = $4, ended = 0, \
         etag = CASE WHEN address = $2 THEN etag END, \
         last_modified = CASE WHEN address = $2 THEN last_modified END WHERE listing = $1",
    )
    .bind(listing)
    .bind(address.as_str())
    .bind(address.server())
    .bind(due.map(ms))
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts off what is due of a source's pages and pictures; its listings go on.
pub async fn put_off(
    connection: &mut Connection,
    source: i64,
    until: Timestamp,
) -> Result<(), Error> {
    sqlx::query("UPDATE errand SET due = $2 WHERE source = $1 AND kind <> 0 AND due < $2")
        .bind(source)
        .bind(ms(until))
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes the page of an entry due now, at this address, whatever was planned.
pub async fn ask_for_page(
    connection: &mut Connection,
    source: i64,
    entry: i64,
    address: &Address,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO errand (kind, entry, address, host, source, due) \
         VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT (entry) DO UPDATE SET \
         address = excluded.address, host = excluded.host, due = excluded.due, ended = 0, \
         tries = 0",
    )
    .bind(entry)
    .bind(address.as_str())
    .bind(address.server())
    .bind(source)
    .bind(ms(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes one round of a source, or of all, due now: its listings, the pages that stand in their
/// newest state, the pictures that failed. Witnesses and spares are left alone.
pub async fn ask_now(
    connection: &mut Connection,
    source: Option<i64>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE errand SET due = $1 WHERE (due IS NULL OR due > $1) AND ended = 0 \
         AND ($2 IS NULL OR source = $2) AND (kind <> 1 OR EXISTS \
         (SELECT 1 FROM standing WHERE standing.entry = errand.entry)) AND (kind <> 0 OR EXISTS \
         (SELECT 1 FROM listing WHERE listing.id = errand.listing AND role = 0 \
         AND listing.ended = 0))",
    )
    .bind(ms(now))
    .bind(source)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn hosts_due(
    connection: &mut Connection,
    source: Option<i64>,
    now: Timestamp,
) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        // Grouped by no column of an index, so that what is due is found by its time and not by a
        // walk over all that will ever be.
        "SELECT MAX(host) FROM errand WHERE due <= $1 AND ($2 IS NULL OR source = $2) \
         GROUP BY host || '' ORDER BY MIN(due), 1",
    )
    .bind(ms(now))
    .bind(source)
    .fetch_all(connection)
    .await?)
}

pub async fn due(
    connection: &mut Connection,
    host: &str,
    source: Option<i64>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Errand>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM errand WHERE host = $1 AND due <= $2 \
         AND ($4 IS NULL OR source = $4) ORDER BY kind, due, id LIMIT $3"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(host)
        .bind(ms(now))
        .bind(i64::from(limit))
        .bind(source)
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

pub async fn next_due(
    connection: &mut Connection,
    source: Option<i64>,
) -> Result<Option<Timestamp>, Error> {
    let due: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(due) FROM errand WHERE due IS NOT NULL AND ($1 IS NULL OR source = $1)",
    )
    .bind(source)
    .fetch_one(connection)
    .await?;
    Ok(due.map(time))
}

pub async fn len(connection: &mut Connection, now: Timestamp) -> Result<u64, Error> {
    let len: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM errand WHERE due <= $1")
        .bind(ms(now))
        .fetch_one(connection)
        .await?;
    Ok(len as u64)
}

/// Notes that an errand went well and when the next one is.
///
/// An errand that somebody made due again while it was under way stays due: then its row bears
/// another time than the errand that was handed out.
pub async fn went_well(
    connection: &mut Connection,
    errand: &Errand,
    next: Option<Timestamp>,
    validators: Option<&Validators>,
) -> Result<(), Error> {
    let kept = validators.unwrap_or(&errand.validators);
    sqlx::query(
        "UPDATE errand SET due = CASE WHEN due = $2 OR due IS NULL THEN $3 ELSE due END, \
         tries = 0, failing = NULL, ended = 0, etag = $4, last_modified = $5 WHERE id = $1",
    )
    .bind(errand.id)
    .bind(ms(errand.due))
    .bind(next.map(ms))
    .bind(short(kept.etag.as_deref()))
    .bind(short(kept.last_modified.as_deref()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that an errand failed; without a time to try again it is ended.
pub async fn failed(
    connection: &mut Connection,
    errand: &Errand,
    why: &str,
    retry: Option<Timestamp>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE errand SET due = CASE WHEN due = $2 OR due IS NULL OR $3 IS NULL THEN $3 \
         ELSE due END, tries = tries + 1, failing = $4, ended = $5 WHERE id = $1",
    )
    .bind(errand.id)
    .bind(ms(errand.due))
    .bind(retry.map(ms))
    .bind(why)
    .bind(i64::from(retry.is_none()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Lays an errand aside until somebody asks for a round.
pub async fn rest(connection: &mut Connection, errand: &Errand, why: &str) -> Result<(), Error> {
    sqlx::query("UPDATE errand SET due = NULL, failing = $2 WHERE id = $1")
        .bind(errand.id)
        .bind(why)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes an errand that is done for good out of the queue.
pub async fn end(connection: &mut Connection, id: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM errand WHERE id = $1").bind(id).execute(connection).await?;
    Ok(())
}

fn short(validator: Option<&str>) -> Option<&str> {
    validator.filter(|text| text.len() <= VALIDATOR_BYTES_MAX)
}

fn from_row(row: &Row) -> Result<Errand, Error> {
    let address: String = row.try_get(5)?;
    let also: String = row.try_get(4)?;
    let task = match row.try_get::<i64, _>(1)? {
        0 => Task::Listing { listing: row.try_get(2)? },
        1 => Task::Page { entry: row.try_get(3)? },
        _ => Task::Picture { also: serde_json::from_str(&also).unwrap_or_default() },
    };
    Ok(Errand {
        id: row.try_get(0)?,
        task,
        address: crate::entries::address(&address)?,
        host: row.try_get(6)?,
        source: row.try_get(7)?,
        due: time(row.try_get(8)?),
        tries: row.try_get(9)?,
        validators: Validators { etag: row.try_get(10)?, last_modified: row.try_get(11)? },
    })
}
