//! The one list of revisions, which only grows.

use crate::captures::{self, digest};
use crate::error::Error;
use crate::nouns::{Revision, RevisionLine};
use crate::sqlite::{Connection, Row};
use crate::times::{DAY_MS, ms, time};
use news::{Article, Digest, Note, Timestamp};
use sqlx::Row as _;
use std::path::Path;

/// The most revisions of one article within 24 hours.
const A_DAY_MAX: i64 = 24;

/// How hard article texts are pressed: as zstd's own default.
const EFFORT: i32 = 3;

/// The largest article that is read back, in bytes of JSON.
const ARTICLE_BYTES_MAX: usize = 256 * 1024 * 1024;

const SELECT: &str = "SELECT revision.id, article.pressmark, number, captured, digest, payload, \
    notes, text FROM revision JOIN article ON article.id = revision.article";

/// An article as it is stored: JSON, compressed.
pub struct Packed {
    pub digest: Digest,
    pub bytes: Vec<u8>,
}

pub fn pack(article: &Article) -> Result<Packed, Error> {
    let json = serde_json::to_vec(article)
        .map_err(|error| Error::Unwritten(format!("the article is not writable: {error}")))?;
    let bytes = zstd::bulk::compress(&json, EFFORT)
        .map_err(|error| Error::Unwritten(format!("the article does not pack: {error}")))?;
    Ok(Packed { digest: Digest::of(&json), bytes })
}

pub fn unpack(bytes: &[u8]) -> Result<Article, Error> {
    serde_json::from_slice(&json(bytes)?)
        .map_err(|error| Error::Damaged(format!("an article does not read: {error}")))
}

/// Returns the JSON of a stored article.
pub fn json(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let unpacked = || -> std::io::Result<Vec<u8>> {
        let mut json = Vec::new();
        zstd::Decoder::new(bytes)?.take(ARTICLE_BYTES_MAX as u64).read_to_end(&mut json)?;
        Ok(json)
    };
    unpacked().map_err(|error| Error::Damaged(format!("an article does not unpack: {error}")))
}

/// A revision that is to be added.
pub struct NewRevision<'a> {
    pub article: i64,
    pub captured: Timestamp,
    /// Read from a page or an import, not made of a listing's words.
    pub whole: bool,
    pub packed: &'a Packed,
    pub payload: Option<Digest>,
    pub capture: Option<i64>,
    pub origin: Option<&'a str>,
    pub headline: &'a str,
    pub notes: &'a [Note],
}

/// Adds a revision; returns its row and its number.
pub async fn add(connection: &mut Connection, new: NewRevision<'_>) -> Result<(i64, u32), Error> {
    let notes = serde_json::to_string(new.notes).unwrap_or_else(|_| "[]".to_owned());
    let (id, number): (i64, u32) = sqlx::query_as(
        "INSERT INTO revision (article, number, captured, whole, digest, payload, capture, \
         origin, headline, notes, text) SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, \
         $5, $6, $7, $8, $9, $10 FROM revision WHERE article = $1 RETURNING id, number",
    )
    .bind(new.article)
    .bind(ms(new.captured))
    .bind(i64::from(new.whole))
    .bind(new.packed.digest.as_bytes().as_slice())
    .bind(new.payload.map(|digest| digest.as_bytes().to_vec()))
    .bind(new.capture)
    .bind(new.origin)
    .bind(new.headline)
    .bind(notes)
    .bind(new.packed.bytes.as_slice())
    .fetch_one(connection)
    .await?;
    Ok((id, number))
}

/// Tells whether an article changes so often that its next revision is not taken.
pub async fn too_many(
    connection: &mut Connection,
    article: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let len: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM revision WHERE article = $1 AND captured > $2 AND captured <= $3",
    )
    .bind(article)
    .bind(ms(now) - DAY_MS)
    .bind(ms(now))
    .fetch_one(connection)
    .await?;
    Ok(len >= A_DAY_MAX)
}

/// Tells whether exactly this text of an article is here, at whatever place in its history.
pub async fn has(
    connection: &mut Connection,
    article: i64,
    digest: &Digest,
) -> Result<bool, Error> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM revision WHERE article = $1 AND digest = $2 LIMIT 1")
            .bind(article)
            .bind(digest.as_bytes().as_slice())
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Returns the text of a revision.
pub async fn article(connection: &mut Connection, id: i64) -> Result<Article, Error> {
    let text: Vec<u8> = sqlx::query_scalar("SELECT text FROM revision WHERE id = $1")
        .bind(id)
        .fetch_one(connection)
        .await?;
    unpack(&text)
}

/// Returns the history of an article, oldest first.
pub async fn lines(connection: &mut Connection, article: i64) -> Result<Vec<RevisionLine>, Error> {
    let rows: Vec<(u32, i64, String)> = sqlx::query_as(
        "SELECT number, captured, headline FROM revision WHERE article = $1 ORDER BY number",
    )
    .bind(article)
    .fetch_all(connection)
    .await?;
    let line =
        |(number, captured, headline)| RevisionLine { number, captured: time(captured), headline };
    Ok(rows.into_iter().map(line).collect())
}

/// Returns one revision of an article, by its row or by its number.
pub async fn get(
    connection: &mut Connection,
    article: i64,
    newest: Option<i64>,
    number: Option<u32>,
) -> Result<Option<Revision>, Error> {
    let (condition, which) = match number {
        Some(number) => ("revision.number = $2", Some(i64::from(number))),
        None => ("revision.id = $2", newest),
    };
    let sql = format!("{SELECT} WHERE revision.article = $1 AND {condition}");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(article)
        .bind(which)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Returns the revisions that came after one, in the order in which they were kept.
pub async fn after(
    connection: &mut Connection,
    id: i64,
    limit: u32,
) -> Result<Vec<Revision>, Error> {
    let sql = format!("{SELECT} WHERE revision.id > $1 ORDER BY revision.id LIMIT $2");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Returns the HTTP block of the page that a revision was read from.
pub async fn capture(
    connection: &mut Connection,
    library: &Path,
    id: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let capture: Option<Option<i64>> =
        sqlx::query_scalar("SELECT capture FROM revision WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *connection)
            .await?;
    match capture.flatten() {
        Some(capture) => captures::block(connection, library, capture).await,
        None => Ok(None),
    }
}

fn from_row(row: &Row) -> Result<Revision, Error> {
    let notes: &str = row.try_get(6)?;
    let payload: Option<&[u8]> = row.try_get(5)?;
    Ok(Revision {
        id: row.try_get(0)?,
        pressmark: crate::articles::mark(row.try_get(1)?)?,
        number: row.try_get(2)?,
        captured: time(row.try_get(3)?),
        digest: digest(row.try_get(4)?)?,
        payload: payload.map(digest).transpose()?,
        article: unpack(row.try_get(7)?)?,
        notes: serde_json::from_str(notes).unwrap_or_default(),
    })
}
