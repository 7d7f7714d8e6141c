//! What listings announce.

use crate::articles::{self, Origin};
use crate::errands;
use crate::error::Error;
use crate::nouns::{KeptEntry, NewEntry, Pages};
use crate::revisions::{pack, unpack};
use crate::sqlite::{Connection, Row};
use crate::times::{ms, time};
use news::{Address, Article, Digest, Stamp, Timestamp};
use sqlx::Row as _;

/// The longest id of a publisher that is kept as it is, in bytes; of a longer one the digest is.
const GUID_BYTES_MAX: usize = 2 * 1024;

/// The longest title that is kept, in characters.
const TITLE_CHARS_MAX: usize = 2 * 1024;

/// The most entries without an article that are told of at once.
const WITHOUT_ARTICLE_MAX: i64 = 10_000;

/// How many of the last entries tell whether a source's pages can be had.
const PAGES_LOOKED_AT: i64 = 10;

const NOT_ASKED: &str = "its page has not been asked for yet";
const NOTHING: &str = "the listing names no page of it and has no words of it";

const SELECT: &str = "SELECT entry.id, entry.source, guid, address, title, entry.published, \
    entry.first_seen, words, article.pressmark, entry.failing FROM entry \
    LEFT JOIN article ON article.id = entry.article";

/// What an announcement brought.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum News {
    New,
    Changed,
    Known,
}

/// An entry as a listing says it at a time.
pub struct Said<'a> {
    /// The id by which it is told from the listing's other entries.
    pub guid: &'a str,
    pub entry: &'a NewEntry,
    pub at: Timestamp,
    /// Whether no other entry of the document has its page.
    pub is_alone: bool,
}

/// What the database has of an entry already.
struct Before {
    id: i64,
    listing: i64,
    address: Option<String>,
    title: String,
    updated: Option<String>,
    words: Option<Vec<u8>>,
}

/// Keeps an entry that a listing names; a new one only when there is `room`.
pub async fn keep(
    connection: &mut Connection,
    source: i64,
    listing: i64,
    said: &Said<'_>,
    room: bool,
) -> Result<Option<(i64, News)>, Error> {
    let Said { entry, at, .. } = *said;
    let guid = own_guid(connection, source, listing, said).await?;
    let title: String = entry.title.chars().take(TITLE_CHARS_MAX).collect();
    let words = entry.article.as_ref().map(pack).transpose()?;
    let words = words.map(|packed| packed.bytes);
    let found = match find(connection, source, &guid).await? {
        None => match elsewhere(connection, source, listing, said).await? {
            Some(id) => return Ok(Some((id, News::Known))),
            None if !room => return Ok(None),
            None => (add(connection, source, listing, &guid, at).await?, News::New),
        },
        Some(before) => {
            let changed = before.title != title
                || before.updated != stamp_text(entry.updated.as_ref())
                || moved(before.address.as_deref(), entry.address.as_ref());
            let news = if changed { News::Changed } else { News::Known };
            if !changed && before.words == words {
                return Ok(Some((before.id, news)));
            }
            (before.id, news)
        }
    };
    say(connection, found.0, entry, &title, words, at).await?;
    follow(connection, source, found, entry, at).await?;
    Ok(Some(found))
}

/// Returns the id by which an entry is known in its source.
///
/// Content systems count from one: where another listing gave this id to another page, ours is a
/// new item that happens to have the same number.
async fn own_guid(
    connection: &mut Connection,
    source: i64,
    listing: i64,
    said: &Said<'_>,
) -> Result<String, Error> {
    let guid = guid(said.guid);
    let Some(before) = find(connection, source, &guid).await? else {
        return Ok(guid);
    };
    let is_another = before.listing != listing
        && before.address.is_some()
        && moved(before.address.as_deref(), said.entry.address.as_ref());
    Ok(if is_another { format!("{listing} {guid}") } else { guid })
}

/// Finds the same page as another listing of the source announced it: a stand-in gives the old
/// items new ids, and a sitemap names them all again.
///
/// Not where several items share a page, as the notices of a day do: then the page tells nothing.
async fn elsewhere(
    connection: &mut Connection,
    source: i64,
    listing: i64,
    said: &Said<'_>,
) -> Result<Option<i64>, Error> {
    let Some(address) = said.entry.address.as_ref().filter(|_| said.is_alone) else {
        return Ok(None);
    };
    let found: Vec<(i64, i64)> =
        sqlx::query_as("SELECT id, listing FROM entry WHERE source = $1 AND identity = $2 LIMIT 2")
            .bind(source)
            .bind(address.identity())
            .fetch_all(connection)
            .await?;
    match found[..] {
        [(id, other)] if other != listing => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// Tells whether an entry has another page now; a new tracking parameter is no other page.
fn moved(before: Option<&str>, now: Option<&Address>) -> bool {
    let before = before.and_then(Address::read);
    before.map(|address| address.identity()) != now.map(Address::identity)
}

/// Sends for the page of an entry, or keeps its words where it has no page.
async fn follow(
    connection: &mut Connection,
    source: i64,
    (id, news): (i64, News),
    entry: &NewEntry,
    at: Timestamp,
) -> Result<(), Error> {
    match (&entry.address, &entry.article) {
        (Some(address), _) if news != News::Known => {
            errands::ask_for_page(connection, source, id, address, at).await
        }
        (Some(_), _) => Ok(()),
        (None, Some(article)) => {
            let origin = Origin::Listing { at };
            articles::keep_entry(connection, id, article, &origin, &[]).await?;
            Ok(())
        }
        (None, None) => fail(connection, id, NOTHING).await,
    }
}

async fn find(
    connection: &mut Connection,
    source: i64,
    guid: &str,
) -> Result<Option<Before>, Error> {
    type Columns = (i64, i64, Option<String>, String, Option<String>, Option<Vec<u8>>);
    let row: Option<Columns> = sqlx::query_as(
        "SELECT id, listing, address, title, updated, words FROM entry \
             WHERE source = $1 AND guid = $2",
    )
    .bind(source)
    .bind(guid)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, listing, address, title, updated, words)| Before {
        id,
        listing,
        address,
        title,
        updated,
        words,
    }))
}

async fn add(
    connection: &mut Connection,
    source: i64,
    listing: i64,
    guid: &str,
    at: Timestamp,
) -> Result<i64, Error> {
    sqlx::query("UPDATE listing SET entries_len = entries_len + 1 WHERE id = $1")
        .bind(listing)
        .execute(&mut *connection)
        .await?;
    Ok(sqlx::query_scalar(
        "INSERT INTO entry (source, listing, guid, title, first_seen, said, failing) \
         VALUES ($1, $2, $3, '', $4, $4, $5) RETURNING id",
    )
    .bind(source)
    .bind(listing)
    .bind(guid)
    .bind(ms(at))
    .bind(NOT_ASKED)
    .fetch_one(connection)
    .await?)
}

/// Writes down what the listing says of an entry now.
async fn say(
    connection: &mut Connection,
    id: i64,
    entry: &NewEntry,
    title: &str,
    words: Option<Vec<u8>>,
    at: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE entry SET address = $2, title = $3, published = $4, updated = $5, said = $6, \
         words = $7, identity = $8 WHERE id = $1",
    )
    .bind(id)
    .bind(entry.address.as_ref().map(Address::as_str))
    .bind(title)
    .bind(stamp_text(entry.published.as_ref()))
    .bind(stamp_text(entry.updated.as_ref()))
    .bind(ms(at))
    .bind(words)
    .bind(entry.address.as_ref().map(Address::identity))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes why there is no article of an entry, and why its page can't be had.
pub async fn fail(connection: &mut Connection, id: i64, why: &str) -> Result<(), Error> {
    sqlx::query("UPDATE entry SET failing = $2 WHERE id = $1")
        .bind(id)
        .bind(why)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE article SET failing = $2 \
         WHERE id = (SELECT article FROM entry WHERE entry.id = $1)",
    )
    .bind(id)
    .bind(why)
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns when the listing said the words that stand in an entry.
pub async fn said(connection: &mut Connection, id: i64) -> Result<Timestamp, Error> {
    let said: Option<i64> = sqlx::query_scalar("SELECT said FROM entry WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let said = said.ok_or_else(|| Error::Unknown(format!("entry {id}")))?;
    Ok(time(said))
}

pub async fn get(connection: &mut Connection, id: i64) -> Result<Option<KeptEntry>, Error> {
    let sql = format!("{SELECT} WHERE entry.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(from_row).transpose()
}

/// Returns the newest entries that no article came of, each with the reason.
pub async fn without_article(
    connection: &mut Connection,
    source: Option<i64>,
) -> Result<Vec<KeptEntry>, Error> {
    let sql = format!(
        "{SELECT} WHERE entry.article IS NULL AND ($1 IS NULL OR entry.source = $1) \
         ORDER BY entry.first_seen DESC, entry.id DESC LIMIT $2"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(source)
        .bind(WITHOUT_ARTICLE_MAX)
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Notes the identities of pages that an older program kept without.
pub async fn identify_all(connection: &mut Connection) -> Result<(), Error> {
    let unknown: Vec<(i64, String)> = sqlx::query_as(
        "SELECT id, address FROM entry WHERE identity IS NULL AND address IS NOT NULL",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (id, place) in unknown {
        sqlx::query("UPDATE entry SET identity = $2 WHERE id = $1")
            .bind(id)
            .bind(address(&place)?.identity())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Returns the identities of the newest entries' pages: by them another listing of the same
/// source is known.
pub async fn identities(
    connection: &mut Connection,
    source: i64,
    limit: u32,
) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT identity FROM entry WHERE source = $1 AND identity IS NOT NULL \
         ORDER BY first_seen DESC, id DESC LIMIT $2",
    )
    .bind(source)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?)
}

/// Returns when the newest entries of a listing were first seen, newest first.
pub async fn times(
    connection: &mut Connection,
    listing: i64,
    limit: u32,
) -> Result<Vec<Timestamp>, Error> {
    let times: Vec<i64> = sqlx::query_scalar(
        "SELECT first_seen FROM entry WHERE listing = $1 \
         ORDER BY first_seen DESC LIMIT $2",
    )
    .bind(listing)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    Ok(times.into_iter().map(time).collect())
}

/// Returns how many of these ids a source was known by before a time.
pub async fn known_len(
    connection: &mut Connection,
    source: i64,
    guids: &[String],
    before: Timestamp,
) -> Result<usize, Error> {
    let mut known = 0;
    for guid in guids {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM entry WHERE source = $1 AND guid = $2 AND first_seen < $3",
        )
        .bind(source)
        .bind(self::guid(guid))
        .bind(ms(before))
        .fetch_optional(&mut *connection)
        .await?;
        known += usize::from(found.is_some());
    }
    Ok(known)
}

/// Returns how the pages of a source's last entries could be had.
pub async fn pages(connection: &mut Connection, source: i64) -> Result<Pages, Error> {
    let rows: Vec<Option<String>> = sqlx::query_scalar(
        "SELECT failing FROM entry WHERE source = $1 AND address IS NOT NULL \
         ORDER BY first_seen DESC, id DESC LIMIT $2",
    )
    .bind(source)
    .bind(PAGES_LOOKED_AT)
    .fetch_all(connection)
    .await?;
    let asked = || rows.iter().filter(|why| why.as_deref() != Some(NOT_ASKED));
    Ok(Pages {
        asked: asked().count() as u32,
        failing: asked().flatten().count() as u32,
        why: asked().flatten().next().cloned(),
    })
}

fn guid(guid: &str) -> String {
    match guid.len() <= GUID_BYTES_MAX {
        true => guid.to_owned(),
        false => Digest::of(guid.as_bytes()).to_string(),
    }
}

fn stamp_text(stamp: Option<&Stamp>) -> Option<String> {
    stamp.and_then(|stamp| serde_json::to_string(stamp).ok())
}

/// Reads an address as a row holds it.
pub fn address(text: &str) -> Result<Address, Error> {
    Address::read(text).ok_or_else(|| Error::Damaged(format!("`{text}` is not an address")))
}

fn from_row(row: &Row) -> Result<KeptEntry, Error> {
    let published: Option<String> = row.try_get(5)?;
    let words: Option<&[u8]> = row.try_get(7)?;
    let pressmark: Option<String> = row.try_get(8)?;
    let words: Option<Article> = words.map(unpack).transpose()?;
    Ok(KeptEntry {
        id: row.try_get(0)?,
        source: row.try_get(1)?,
        guid: row.try_get(2)?,
        address: row.try_get::<Option<&str>, _>(3)?.map(address).transpose()?,
        title: row.try_get(4)?,
        published: published.and_then(|text| serde_json::from_str(&text).ok()),
        first_seen: time(row.try_get(6)?),
        article: words,
        pressmark: pressmark.as_deref().map(articles::mark).transpose()?,
        failing: row.try_get(9)?,
    })
}
