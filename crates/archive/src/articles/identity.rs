//! Which article a page is.
//!
//! An article has every address under which it was *seen*: the entry's own, and where the page
//! lay after all redirects. The canonical address is what a page *claims*. What was seen decides;
//! a claim is believed unless another page was first to make it, so that a site whose pages all
//! claim one address still has as many articles as pages.

use super::{Origin, Shelved, mark};
use crate::entries::address;
use crate::error::Error;
use crate::sqlite::Connection;
use crate::times::{ms, time};
use news::{Address, Article, Pressmark, Timestamp};

/// How many digits a mark may be longer than usual.
const LONGER_MAX: usize = 22;

/// An entry, as far as it tells which article it is.
pub struct Announced {
    pub id: i64,
    pub source: i64,
    pub first_seen: Timestamp,
    guid: String,
    address: Option<Address>,
    article: Option<i64>,
}

impl Announced {
    pub async fn get(connection: &mut Connection, id: i64) -> Result<Announced, Error> {
        type Columns = (i64, i64, String, Option<String>, Option<i64>);
        let row: Option<Columns> = sqlx::query_as(
            "SELECT source, first_seen, guid, address, article FROM entry WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(connection)
        .await?;
        let (source, first_seen, guid, own, article) =
            row.ok_or_else(|| Error::Unknown(format!("entry {id}")))?;
        Ok(Announced {
            id,
            source,
            first_seen: time(first_seen),
            guid,
            address: own.as_deref().map(address).transpose()?,
            article,
        })
    }
}

/// Returns the article of an entry; a new one if the library has none of it.
pub async fn of_entry(
    connection: &mut Connection,
    entry: &Announced,
    article: &Article,
    origin: &Origin<'_>,
) -> Result<Shelved, Error> {
    let seen = seen(entry, origin);
    if let Some(id) = entry.article {
        add_aliases(connection, id, &seen, true).await?;
        return get(connection, id).await;
    }
    if seen.is_empty() {
        // Without a page of its own the publisher's id is all that tells entries apart: many
        // feeds give them all the site's address.
        let identity = format!("{}#{}", article.address.identity(), entry.guid);
        return add(connection, &identity, &entry.guid, entry.source, entry.first_seen).await;
    }
    let claimed = article.address.identity();
    let mut free = None;
    for identity in [&claimed].into_iter().chain(&seen) {
        match holder(connection, identity).await? {
            None => free = free.or(Some(identity)),
            Some((id, was_seen)) => {
                let here = was_seen && seen.contains(identity);
                if here || belongs(connection, id, &entry.guid).await? {
                    add_aliases(connection, id, &seen, true).await?;
                    return get(connection, id).await;
                }
            }
        }
    }
    let identity = free.unwrap_or(&seen[0]);
    let new = add(connection, identity, &entry.guid, entry.source, entry.first_seen).await?;
    add_aliases(connection, new.id, &seen, true).await?;
    if !seen.contains(&claimed) {
        add_aliases(connection, new.id, &[claimed], false).await?;
    }
    Ok(new)
}

/// Returns the article of a document of an older mirror.
pub async fn of_import(
    connection: &mut Connection,
    article: &Article,
    source: i64,
    origin: &Origin<'_>,
) -> Result<Shelved, Error> {
    let identity = article.address.identity();
    if let Some((id, _)) = holder(connection, &identity).await? {
        return get(connection, id).await;
    }
    let new = add(connection, &identity, &identity, source, origin.at()).await?;
    add_aliases(connection, new.id, &[identity], true).await?;
    Ok(new)
}

/// Finds the article that was seen at an address or claims it.
pub async fn find(
    connection: &mut Connection,
    address: &Address,
) -> Result<Option<Pressmark>, Error> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT pressmark FROM alias JOIN article ON article.id = alias.article \
         WHERE alias.identity = $1",
    )
    .bind(address.identity())
    .fetch_optional(connection)
    .await?;
    found.as_deref().map(mark).transpose()
}

/// Returns where an entry was seen: the end of all redirects, then its own address.
fn seen(entry: &Announced, origin: &Origin<'_>) -> Vec<String> {
    let last = match origin {
        Origin::Page { address, .. } => Some(address.identity()),
        _ => None,
    };
    let own = entry.address.as_ref().map(Address::identity);
    let mut seen: Vec<String> = last.into_iter().chain(own).collect();
    seen.dedup();
    seen
}

/// Returns the article that an identity leads to, and whether it was seen there.
async fn holder(connection: &mut Connection, identity: &str) -> Result<Option<(i64, bool)>, Error> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT article, seen FROM alias WHERE identity = $1")
            .bind(identity)
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|(article, seen)| (article, seen != 0)))
}

/// Tells whether an article has this id of the publisher, or was never announced (an import).
async fn belongs(connection: &mut Connection, article: i64, guid: &str) -> Result<bool, Error> {
    let (entries, same): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN guid = $2 THEN 1 ELSE 0 END), 0) FROM entry \
         WHERE article = $1",
    )
    .bind(article)
    .bind(guid)
    .fetch_one(connection)
    .await?;
    Ok(entries == 0 || same > 0)
}

/// Writes down that an article has these identities; what was seen displaces what was claimed.
async fn add_aliases(
    connection: &mut Connection,
    article: i64,
    identities: &[String],
    seen: bool,
) -> Result<(), Error> {
    for identity in identities {
        sqlx::query(
            "INSERT INTO alias (identity, article, seen) VALUES ($1, $2, $3) \
             ON CONFLICT (identity) DO UPDATE SET article = excluded.article, \
             seen = excluded.seen WHERE alias.seen < excluded.seen",
        )
        .bind(identity)
        .bind(article)
        .bind(i64::from(seen))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn add(
    connection: &mut Connection,
    identity: &str,
    guid: &str,
    source: i64,
    first_seen: Timestamp,
) -> Result<Shelved, Error> {
    let pressmark = free_mark(connection, identity, guid).await?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO article (pressmark, identity, source, first_seen, checked, place) \
         VALUES ($1, $2, $3, $4, $4, $4) RETURNING id",
    )
    .bind(pressmark.as_str())
    .bind(identity)
    .bind(source)
    .bind(ms(first_seen))
    .fetch_one(connection)
    .await?;
    Ok(Shelved {
        id,
        pressmark,
        first_seen,
        newest: None,
        whole: false,
        revised: Timestamp::UNIX_EPOCH,
        revisions_len: 0,
    })
}

/// Returns the shortest mark of an identity that no other article has.
async fn free_mark(
    connection: &mut Connection,
    identity: &str,
    guid: &str,
) -> Result<Pressmark, Error> {
    // Two pages with one identity are a rarity (one only claimed it); then the id helps.
    let second = format!("{identity}#{guid}");
    for text in [identity, &second] {
        for more in 0..=LONGER_MAX {
            let mark = Pressmark::longer(text, more);
            let taken: Option<i64> =
                sqlx::query_scalar("SELECT id FROM article WHERE pressmark = $1")
                    .bind(mark.as_str())
                    .fetch_optional(&mut *connection)
                    .await?;
            if taken.is_none() {
                return Ok(mark);
            }
        }
    }
    Err(Error::Double(format!("every pressmark of `{identity}`")))
}

async fn get(connection: &mut Connection, id: i64) -> Result<Shelved, Error> {
    type Columns = (String, i64, Option<i64>, i64, i64, u32);
    let (pressmark, first_seen, newest, whole, revised, revisions_len): Columns = sqlx::query_as(
        "SELECT pressmark, first_seen, newest, whole, revised, revisions_len FROM article \
         WHERE id = $1",
    )
    .bind(id)
    .fetch_one(connection)
    .await?;
    Ok(Shelved {
        id,
        pressmark: mark(&pressmark)?,
        first_seen: time(first_seen),
        newest,
        whole: whole != 0,
        revised: time(revised),
        revisions_len,
    })
}
