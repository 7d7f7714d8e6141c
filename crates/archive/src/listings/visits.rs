//! How the visits to a listing went.

use super::named::{NEW_A_DAY_MAX, NEW_A_VISIT_MAX};
use super::{form_word, parts};
use crate::error::Error;
use crate::health::Trouble;
use crate::nouns::{ListingVisit, NewEntry, Pace};
use crate::sqlite::Connection;
use crate::times::ms;
use news::{Capture, Timestamp};

/// A visit that brought a document.
pub struct Went {
    pub at: Timestamp,
    pub took_ms: u32,
    /// Whether the document names something that it did not name before.
    pub fresh: bool,
    /// What was odd all the same.
    pub warning: Option<(Trouble, String)>,
}

/// Notes that a visit brought a document; what stood in for a listing that says something new
/// again is dismissed. One that is merely there again may be a copy that somebody forgot.
pub async fn well(connection: &mut Connection, listing: i64, went: &Went) -> Result<(), Error> {
    let (trouble, words) = went.warning.clone().unzip();
    let is_back = went.fresh && words.is_none();
    sqlx::query(
        "UPDATE listing SET visited = $2, well = $2, failing = $3, failing_since = \
         CASE WHEN $3 IS NULL THEN NULL WHEN trouble = $4 THEN failing_since ELSE $2 END, \
         trouble = $4, failures = 0, ended = 0, \
         took = CASE WHEN took = 0 THEN $5 ELSE (took + $5) / 2 END WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(went.at))
    .bind(words)
    .bind(trouble.map(|trouble| trouble.to_string()))
    .bind(i64::from(went.took_ms))
    .execute(&mut *connection)
    .await?;
    if went.fresh {
        brought(connection, listing, went.at).await?;
    }
    if is_back {
        parts::dismiss_stand_ins(connection, listing, went.at).await?;
    }
    Ok(())
}

/// Notes that a listing said something new.
pub async fn brought(
    connection: &mut Connection,
    listing: i64,
    at: Timestamp,
) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET brought = $2 WHERE id = $1")
        .bind(listing)
        .bind(ms(at))
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a document is as it was (304): what was odd about it is so still.
pub async fn unchanged(
    connection: &mut Connection,
    listing: i64,
    capture: &Capture,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE listing SET visited = $2, well = $2, failures = 0, ended = 0, \
         took = CASE WHEN took = 0 THEN $3 ELSE (took + $3) / 2 END, \
         failing = CASE WHEN trouble IN ($4, $5) THEN failing END, \
         failing_since = CASE WHEN trouble IN ($4, $5) THEN failing_since END, \
         trouble = CASE WHEN trouble IN ($4, $5) THEN trouble END WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(capture.at))
    .bind(i64::from(capture.took_ms))
    .bind(Trouble::Empty.to_string())
    .bind(Trouble::Flood.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn failed(
    connection: &mut Connection,
    listing: i64,
    (trouble, why): (Trouble, &str),
    now: Timestamp,
    ended: bool,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE listing SET visited = $2, failing = $3, trouble = $5, \
         failing_since = COALESCE(failing_since, $2), failures = failures + 1, ended = $4 \
         WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(now))
    .bind(why)
    .bind(i64::from(ended))
    .bind(trouble.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps what a document tells of the listing itself: its form and its rhythm, and for the source
/// title and language where it has none.
pub async fn learn(
    connection: &mut Connection,
    listing: i64,
    visit: &ListingVisit,
) -> Result<(), Error> {
    let Pace { gap_s, span_s, wish_s, newest } = visit.pace;
    sqlx::query(
        "UPDATE listing SET form = $2, gap = $3, span = $4, wish = $5, newest = $6 WHERE id = $1",
    )
    .bind(listing)
    .bind(form_word(visit.form))
    .bind(gap_s)
    .bind(span_s)
    .bind(wish_s)
    .bind(newest.map(ms))
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE source SET title = CASE WHEN title = '' THEN COALESCE($2, '') ELSE title END, \
         language = COALESCE(language, $3) WHERE id = $1",
    )
    .bind(visit.errand.source)
    .bind(&visit.title)
    .bind(&visit.language)
    .execute(connection)
    .await?;
    Ok(())
}

/// Tells what is odd about a document that came whole.
pub async fn warning(
    connection: &mut Connection,
    listing: i64,
    visit: &ListingVisit,
    left_out: usize,
) -> Result<Option<(Trouble, String)>, Error> {
    if left_out > 0 {
        return Ok(Some((Trouble::Flood, too_many(left_out, &visit.entries))));
    }
    if let Some(missing) = &visit.missing {
        return Ok(Some((Trouble::Partial, missing.clone())));
    }
    if !visit.entries.is_empty() {
        return Ok(None);
    }
    let named: i64 = sqlx::query_scalar("SELECT entries_len FROM listing WHERE id = $1")
        .bind(listing)
        .fetch_one(connection)
        .await?;
    Ok((named > 0).then(|| (Trouble::Empty, "it names nothing any more".to_owned())))
}

fn too_many(left_out: usize, entries: &[NewEntry]) -> String {
    format!(
        "it named {} entries, {left_out} of them new and too many at once; at most \
         {NEW_A_VISIT_MAX} a visit and {NEW_A_DAY_MAX} a day are taken",
        entries.len()
    )
}
