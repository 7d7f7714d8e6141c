//! How the keeper files what he follows.

mod followed;
mod merge;

pub use followed::names;

use crate::error::Error;
use crate::listings::{parts, visits};
use crate::nouns::{FiledSource, NewListing, NewSource, OutlineImport, OutlineKept};
use crate::sqlite::{Connection, Row};
use crate::{listings, sources};
use followed::Followed;
use merge::{Node, Plan, Under};
use news::{Opml, Outline, Timestamp};
use sqlx::Row as _;
use std::collections::{HashMap, HashSet};

const SELECT: &str = "SELECT outline.id, parent, listing, element, attributes, words, address \
    FROM outline LEFT JOIN listing ON listing.id = outline.listing ORDER BY parent, place";

/// Keeps an outline and the new sources in it, all or nothing; twice is once.
pub async fn keep(
    connection: &mut Connection,
    import: &OutlineImport,
    now: Timestamp,
) -> Result<OutlineKept, Error> {
    let nodes = nodes(connection).await?;
    let mut followed = Followed::read(connection, &nodes).await?;
    let sources = follow(connection, &import.sources, &mut followed, now).await?;
    let foreign = keep_namespaces(connection, &import.opml).await?;
    let plan = merge::plan(nodes, &import.opml.outlines, &followed);
    let outlines_new = plan.new.len();
    carry_out(connection, plan, &foreign).await?;
    follow_filed(connection, now).await?;
    keep_head(connection, &import.opml).await?;
    Ok(OutlineKept { sources, outlines_new })
}

/// Returns everything that is filed; a feed's outline names the address at which it is followed.
pub async fn tree(connection: &mut Connection) -> Result<Opml, Error> {
    let mut folders: HashMap<Option<i64>, Vec<(i64, Outline)>> = HashMap::new();
    for row in sqlx::query(SELECT).fetch_all(&mut *connection).await? {
        let Node { id, parent, mut outline, .. } = from_row(&row)?;
        if let Some(address) = row.try_get::<Option<String>, _>(6)? {
            outline.follow(&crate::entries::address(&address)?);
        }
        folders.entry(parent).or_default().push((id, outline));
    }
    Ok(Opml {
        head: pairs(connection, "SELECT name, value FROM outline_head ORDER BY place").await?,
        namespaces: pairs(connection, "SELECT name, value FROM outline_namespace ORDER BY place")
            .await?,
        outlines: within(None, &mut folders),
    })
}

fn within(
    parent: Option<i64>,
    folders: &mut HashMap<Option<i64>, Vec<(i64, Outline)>>,
) -> Vec<Outline> {
    let outlines = folders.remove(&parent).unwrap_or_default();
    let whole = |(id, outline)| Outline { children: within(Some(id), folders), ..outline };
    outlines.into_iter().map(whole).collect()
}

/// Follows the sources that are not followed yet; returns the names that they were given.
async fn follow(
    connection: &mut Connection,
    wanted: &[FiledSource],
    followed: &mut Followed,
    now: Timestamp,
) -> Result<Vec<Option<String>>, Error> {
    let mut taken = sources::names(connection).await?;
    let mut names = Vec::with_capacity(wanted.len());
    for FiledSource { source, failing } in wanted {
        let known = |listing: &NewListing| followed.find(&listing.address).is_some();
        if source.listings.iter().any(known) {
            names.push(None);
            continue;
        }
        let name = free(&source.name, &taken);
        taken.insert(name.clone());
        let new = NewSource { name: name.clone(), ..source.clone() };
        let id = sources::add(connection, &new, now).await?;
        for listing in listings::of_source(connection, id).await? {
            followed.add(&listing.address, listing.id);
            if let Some((trouble, why)) = failing {
                let why = (*trouble, why.as_str());
                visits::failed(connection, listing.id, why, now, false).await?;
            }
        }
        names.push(Some(name));
    }
    Ok(names)
}

/// Follows what is filed for its own sake: it may have been known as a spare alone.
async fn follow_filed(connection: &mut Connection, now: Timestamp) -> Result<(), Error> {
    let listings: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT listing.id FROM outline JOIN listing ON listing.id = outline.listing \
         WHERE role <> 0 OR stands_in IS NOT NULL",
    )
    .fetch_all(&mut *connection)
    .await?;
    for listing in listings {
        parts::promote(connection, listing, now).await?;
    }
    Ok(())
}

/// Files what stands for a listing under another one: the first has become the second.
pub async fn refile(connection: &mut Connection, from: i64, to: i64) -> Result<(), Error> {
    sqlx::query("UPDATE outline SET listing = $2 WHERE listing = $1")
        .bind(from)
        .bind(to)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns the name, or the first like it that is not taken.
fn free(wanted: &str, taken: &HashSet<String>) -> String {
    let like = (2..).map(|number| format!("{wanted}-{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(like);
    names.find(|name| !taken.contains(name)).expect("numbers do not end")
}

async fn carry_out(
    connection: &mut Connection,
    plan: Plan<'_>,
    foreign: &[(String, String)],
) -> Result<(), Error> {
    let mut ids = Vec::with_capacity(plan.new.len());
    for new in &plan.new {
        let (parent, declared) = match new.under {
            Under::Root => (None, foreign),
            Under::Kept(id) => (Some(id), foreign),
            Under::New(number) => (Some(ids[number]), &[][..]),
        };
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO outline (parent, place, listing, element, attributes, words) \
             VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        )
        .bind(parent)
        .bind(new.place as i64)
        .bind(new.listing)
        .bind(&new.outline.element)
        .bind(json(new.outline.attributes.iter().chain(declared)))
        .bind(&new.outline.words)
        .fetch_one(&mut *connection)
        .await?;
        ids.push(id);
    }
    for node in &plan.mended {
        mend(connection, node).await?;
    }
    Ok(())
}

async fn mend(connection: &mut Connection, node: &Node) -> Result<(), Error> {
    sqlx::query("UPDATE outline SET listing = $2, attributes = $3, words = $4 WHERE id = $1")
        .bind(node.id)
        .bind(node.listing)
        .bind(json(node.outline.attributes.iter()))
        .bind(&node.outline.words)
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps the head of the document that came last; one without a head takes nothing away.
async fn keep_head(connection: &mut Connection, opml: &Opml) -> Result<(), Error> {
    if opml.head.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM outline_head").execute(&mut *connection).await?;
    for (name, value) in &opml.head {
        sqlx::query("INSERT INTO outline_head (name, value) VALUES ($1, $2)")
            .bind(name)
            .bind(value)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Keeps the namespaces; returns those that an earlier document gave another meaning, which new
/// outlines must declare themselves.
async fn keep_namespaces(
    connection: &mut Connection,
    opml: &Opml,
) -> Result<Vec<(String, String)>, Error> {
    let mut foreign = Vec::new();
    for (name, value) in &opml.namespaces {
        let kept: String = sqlx::query_scalar(
            "INSERT INTO outline_namespace (name, value) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET value = outline_namespace.value RETURNING value",
        )
        .bind(name)
        .bind(value)
        .fetch_one(&mut *connection)
        .await?;
        if kept != *value {
            foreign.push((name.clone(), value.clone()));
        }
    }
    Ok(foreign)
}

async fn pairs(
    connection: &mut Connection,
    sql: &'static str,
) -> Result<Vec<(String, String)>, Error> {
    Ok(sqlx::query_as(sql).fetch_all(connection).await?)
}

async fn nodes(connection: &mut Connection) -> Result<Vec<Node>, Error> {
    let rows = sqlx::query(SELECT).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<Node, Error> {
    let attributes: &str = row.try_get(4)?;
    let attributes = serde_json::from_str(attributes)
        .map_err(|error| Error::Damaged(format!("an outline does not read: {error}")))?;
    let outline = Outline {
        element: row.try_get(3)?,
        attributes,
        words: row.try_get(5)?,
        children: Vec::new(),
    };
    Ok(Node { id: row.try_get(0)?, parent: row.try_get(1)?, listing: row.try_get(2)?, outline })
}

fn json<'a>(attributes: impl Iterator<Item = &'a (String, String)>) -> String {
    let pairs: Vec<_> = attributes.collect();
    serde_json::to_string(&pairs).expect("pairs of text are JSON")
}
