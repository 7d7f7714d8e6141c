//! The publications that are followed.

use crate::entries::address;
use crate::error::Error;
use crate::nouns::{ListingState, NewSource, Source};
use crate::sqlite::{Connection, Row};
use crate::times::{ms, time};
use crate::{days, entries, listings};
use news::{Address, Timestamp};
use sqlx::Row as _;
use std::collections::HashSet;

const SELECT: &str = "SELECT id, name, title, site, language, added, \
    (SELECT COUNT(*) FROM article WHERE article.source = source.id), \
    (SELECT MAX(first_seen) FROM article WHERE article.source = source.id) FROM source";

/// Adds a source and its listings, which are due at once.
pub async fn add(
    connection: &mut Connection,
    new: &NewSource,
    now: Timestamp,
) -> Result<i64, Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO source (name, title, site, language, added) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (name) DO NOTHING RETURNING id",
    )
    .bind(&new.name)
    .bind(&new.title)
    .bind(new.site.as_str())
    .bind(&new.language)
    .bind(ms(now))
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.ok_or_else(|| Error::Double(format!("a source `{}`", new.name)))?;
    for listing in &new.listings {
        listings::add_new(connection, id, listing, now).await?;
    }
    Ok(id)
}

/// Returns every source by title, those with a failing listing first.
pub async fn all(connection: &mut Connection) -> Result<Vec<Source>, Error> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(SELECT)).fetch_all(&mut *connection).await?;
    let mut sources = Vec::with_capacity(rows.len());
    for row in &rows {
        sources.push(from_row(connection, row).await?);
    }
    sources.sort_by_key(|source| {
        let failing = source.listings.iter().any(ListingState::is_failing);
        (!failing, source.title.to_lowercase(), source.id)
    });
    Ok(sources)
}

/// Returns every name that is taken.
pub async fn names(connection: &mut Connection) -> Result<HashSet<String>, Error> {
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM source").fetch_all(connection).await?;
    Ok(names.into_iter().collect())
}

pub async fn get(connection: &mut Connection, id: i64) -> Result<Source, Error> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{SELECT} WHERE id = $1")))
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?
        .ok_or_else(|| Error::Unknown(format!("source {id}")))?;
    from_row(connection, &row).await
}

/// Finds a source by its name, its host, its site or the address of a listing.
pub async fn find(connection: &mut Connection, word: &str) -> Result<Option<Source>, Error> {
    let word = word.trim();
    let identity = Address::read(word).map(|address| address.identity());
    let host = word.to_ascii_lowercase();
    let sources = all(connection).await?;
    let by_name = |source: &Source| source.name == word;
    let by_address = |source: &Source| {
        let listings = source.listings.iter().map(|listing| &listing.address);
        let mut addresses = listings.chain([&source.site]);
        identity.is_some() && addresses.any(|address| Some(address.identity()) == identity)
    };
    let by_host = |source: &Source| bare(source.site.host()) == bare(&host);
    let tests: [&dyn Fn(&Source) -> bool; 3] = [&by_name, &by_address, &by_host];
    let found = tests.iter().find_map(|test| sources.iter().find(|source| test(source)));
    Ok(found.cloned())
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

async fn from_row(connection: &mut Connection, row: &Row) -> Result<Source, Error> {
    let id = row.try_get(0)?;
    Ok(Source {
        id,
        name: row.try_get(1)?,
        title: row.try_get(2)?,
        site: address(row.try_get(3)?)?,
        language: row.try_get(4)?,
        added: time(row.try_get(5)?),
        listings: listings::of_source(connection, id).await?,
        articles_len: row.try_get::<i64, _>(6)? as u64,
        latest: row.try_get::<Option<i64>, _>(7)?.map(time),
        days: days::of_source(connection, id).await?,
        pages: entries::pages(connection, id).await?,
    })
}
