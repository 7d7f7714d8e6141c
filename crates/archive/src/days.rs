//! What each day brought of a source, and what it cost the site.

use crate::error::Error;
use crate::health::{BARS, Trouble, day_of};
use crate::nouns::Day;
use crate::sqlite::{Connection, Row};
use news::{Capture, Timestamp};
use sqlx::Row as _;

/// What a visit adds to its day.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub requests: usize,
    pub failures: usize,
    pub entries_new: usize,
}

impl Count {
    /// Returns what an exchange cost: a request for each redirect, and the last one.
    pub fn of(capture: &Capture) -> Count {
        Count { requests: capture.hops.len() + 1, ..Count::default() }
    }

    /// Returns what a failure cost; one that brought no answer was a request all the same, unless
    /// it was never sent.
    pub fn of_failure(trouble: Trouble, capture: Option<&Capture>) -> Count {
        let requests =
            capture.map_or(usize::from(trouble.was_asked()), |capture| capture.hops.len() + 1);
        Count { requests, failures: 1, entries_new: 0 }
    }
}

pub async fn add(
    connection: &mut Connection,
    source: i64,
    at: Timestamp,
    count: Count,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO day (source, day, requests, failures, entries_new) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (source, day) DO UPDATE SET requests = day.requests + excluded.requests, \
         failures = day.failures + excluded.failures, \
         entries_new = day.entries_new + excluded.entries_new",
    )
    .bind(source)
    .bind(day_of(at))
    .bind(count.requests as i64)
    .bind(count.failures as i64)
    .bind(count.entries_new as i64)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that work of a source was put off because enough was asked on this day.
pub async fn hold(connection: &mut Connection, source: i64, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO day (source, day, held) VALUES ($1, $2, 1) \
         ON CONFLICT (source, day) DO UPDATE SET held = 1",
    )
    .bind(source)
    .bind(day_of(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns how many requests a source was asked on the day of this time.
pub async fn requests(
    connection: &mut Connection,
    source: i64,
    now: Timestamp,
) -> Result<u32, Error> {
    let requests = sqlx::query_scalar("SELECT requests FROM day WHERE source = $1 AND day = $2")
        .bind(source)
        .bind(day_of(now))
        .fetch_optional(connection)
        .await?;
    Ok(requests.unwrap_or(0))
}

/// Returns the last days on which a source was asked, newest first.
pub async fn of_source(connection: &mut Connection, source: i64) -> Result<Vec<Day>, Error> {
    let rows = sqlx::query(
        "SELECT day, requests, failures, entries_new, held FROM day WHERE source = $1 \
         ORDER BY day DESC LIMIT $2",
    )
    .bind(source)
    .bind(BARS as i64)
    .fetch_all(connection)
    .await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<Day, Error> {
    Ok(Day {
        day: row.try_get(0)?,
        requests: row.try_get(1)?,
        failures: row.try_get(2)?,
        entries_new: row.try_get(3)?,
        held: row.try_get::<i64, _>(4)? != 0,
    })
}
