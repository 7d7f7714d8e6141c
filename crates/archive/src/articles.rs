//! Articles: which one a page is, and what is newest of it.

use crate::error::Error;
use crate::health::Trouble;
use crate::listings::visits;
use crate::nouns::{ArticleKept, ArticleVisit, Change, Errand, Import, KeptArticle, Task};
use crate::revisions::{self, NewRevision, Packed};
use crate::sqlite::Connection;
use crate::times::{DAY_MS, ms, time};
use crate::{entries, errands, pictures, sources, words};
use news::{Address, Article, Digest, Note, Pressmark, Timestamp};

mod identity;
mod list;

pub use identity::find;
pub use list::{lines, lines_len};

const TOO_MANY: &str = "it changed more than 24 times in a day; the changes beyond are not kept";

/// Where an article was read.
pub enum Origin<'a> {
    Page {
        at: Timestamp,
        /// Where the page lay after all redirects.
        address: &'a Address,
        payload: Digest,
        capture: Option<i64>,
    },
    /// The listing's own words.
    Listing { at: Timestamp },
    /// A document of an older mirror.
    Import { at: Timestamp, as_of: Timestamp, path: &'a str, payload: Digest, capture: Option<i64> },
}

impl Origin<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Origin::Page { at, .. } | Origin::Listing { at } | Origin::Import { at, .. } => *at,
        }
    }

    fn is_listing(&self) -> bool {
        matches!(self, Origin::Listing { .. })
    }
}

/// The row of an article, as far as keeping needs it.
struct Shelved {
    id: i64,
    pressmark: Pressmark,
    first_seen: Timestamp,
    newest: Option<i64>,
    whole: bool,
    revised: Timestamp,
    revisions_len: u32,
}

/// Keeps what a visit to a page brought.
pub async fn keep(
    connection: &mut Connection,
    visit: &ArticleVisit,
    packed: &Packed,
    capture: Option<i64>,
) -> Result<ArticleKept, Error> {
    let entry = entry_of(&visit.errand)?;
    let origin = match (&visit.capture, &visit.failing) {
        (Some(page), None) => Origin::Page {
            at: page.at,
            address: &page.address,
            payload: Digest::of(page.payload()),
            capture,
        },
        _ => Origin::Listing { at: entries::said(connection, entry).await? },
    };
    let found = Found { article: &visit.article, packed, notes: &visit.notes };
    let kept = keep_found(connection, entry, &found, &origin).await?;
    match (&visit.failing, visit.next_visit) {
        (Some(why), retry) => {
            entries::fail(connection, entry, why).await?;
            errands::failed(connection, &visit.errand, why, retry).await?;
        }
        (None, next) => {
            let validators = Some(&visit.validators);
            errands::went_well(connection, &visit.errand, next, validators).await?;
        }
    }
    Ok(kept)
}

/// Keeps an article for an entry without touching the queue's word on its page.
pub async fn keep_entry(
    connection: &mut Connection,
    entry: i64,
    article: &Article,
    origin: &Origin<'_>,
    notes: &[Note],
) -> Result<ArticleKept, Error> {
    let packed = revisions::pack(article)?;
    let found = Found { article, packed: &packed, notes };
    keep_found(connection, entry, &found, origin).await
}

/// An article as it was read, packed and with what was odd.
struct Found<'a> {
    article: &'a Article,
    packed: &'a Packed,
    notes: &'a [Note],
}

async fn keep_found(
    connection: &mut Connection,
    entry: i64,
    found: &Found<'_>,
    origin: &Origin<'_>,
) -> Result<ArticleKept, Error> {
    let entry = identity::Announced::get(connection, entry).await?;
    let shelved = identity::of_entry(connection, &entry, found.article, origin).await?;
    sqlx::query("UPDATE entry SET article = $2, failing = NULL WHERE id = $1")
        .bind(entry.id)
        .bind(shelved.id)
        .execute(&mut *connection)
        .await?;
    seen_at(connection, &shelved, entry.first_seen).await?;
    revise(connection, &shelved, entry.source, found, origin).await
}

/// Keeps a document of an older mirror.
pub async fn keep_import(
    connection: &mut Connection,
    import: &Import,
    source: i64,
    capture: Option<i64>,
) -> Result<ArticleKept, Error> {
    let origin = Origin::Import {
        at: import.first_seen,
        as_of: import.as_of.unwrap_or(import.first_seen),
        path: &import.origin,
        payload: Digest::of(&import.document),
        capture,
    };
    let packed = revisions::pack(&import.article)?;
    let found = Found { article: &import.article, packed: &packed, notes: &import.notes };
    let shelved = identity::of_import(connection, &import.article, source, &origin).await?;
    seen_at(connection, &shelved, import.first_seen).await?;
    revise(connection, &shelved, source, &found, &origin).await
}

/// Notes that an article was seen at a time, if that is earlier than was known.
async fn seen_at(
    connection: &mut Connection,
    shelved: &Shelved,
    at: Timestamp,
) -> Result<(), Error> {
    if at < shelved.first_seen {
        sqlx::query(
            "UPDATE article SET first_seen = $2, \
             place = CASE WHEN place < $2 THEN place ELSE $2 END WHERE id = $1",
        )
        .bind(shelved.id)
        .bind(ms(at))
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// What is done with a text of an article.
enum Verdict {
    /// It becomes a revision; `newest` when readers get it from now on.
    Add {
        newest: bool,
    },
    Same,
    TooMany,
}

/// Adds a revision if the article reads otherwise than before.
async fn revise(
    connection: &mut Connection,
    shelved: &Shelved,
    source: i64,
    found: &Found<'_>,
    origin: &Origin<'_>,
) -> Result<ArticleKept, Error> {
    let verdict = judge(connection, shelved, found, origin).await?;
    look(connection, shelved, origin, &verdict).await?;
    let revisions_len = shelved.revisions_len + u32::from(matches!(verdict, Verdict::Add { .. }));
    if let Verdict::Add { newest } = verdict {
        let (id, _) = revisions::add(connection, revision(shelved.id, found, origin)).await?;
        match newest {
            true => show(connection, shelved, id, found.article, origin).await?,
            false => count(connection, shelved.id, revisions_len).await?,
        }
        pictures::ask_for(connection, found.article, source, origin.at()).await?;
    }
    Ok(ArticleKept {
        pressmark: shelved.pressmark.clone(),
        revision: revisions_len,
        change: match verdict {
            Verdict::Add { .. } if shelved.newest.is_none() => Change::New,
            Verdict::Add { .. } => Change::Revised,
            Verdict::Same | Verdict::TooMany => Change::Same,
        },
    })
}

/// Decides whether a text is a revision.
///
/// The listing's words never replace what was read from a page. A document of an older mirror
/// is kept, but readers get it only if nothing newer is here.
async fn judge(
    connection: &mut Connection,
    shelved: &Shelved,
    found: &Found<'_>,
    origin: &Origin<'_>,
) -> Result<Verdict, Error> {
    let Some(newest) = shelved.newest else {
        return Ok(Verdict::Add { newest: true });
    };
    if origin.is_listing() && shelved.whole {
        return Ok(Verdict::Same);
    }
    if revisions::article(connection, newest).await?.reads_the_same(found.article) {
        return Ok(Verdict::Same);
    }
    if let Origin::Import { as_of, .. } = origin {
        if revisions::has(connection, shelved.id, &found.packed.digest).await? {
            return Ok(Verdict::Same);
        }
        let newest = !shelved.whole || *as_of > shelved.revised;
        return Ok(Verdict::Add { newest });
    }
    match revisions::too_many(connection, shelved.id, origin.at()).await? {
        true => Ok(Verdict::TooMany),
        false => Ok(Verdict::Add { newest: true }),
    }
}

fn revision<'a>(article: i64, found: &Found<'a>, origin: &Origin<'a>) -> NewRevision<'a> {
    let (payload, capture, path) = match origin {
        Origin::Page { payload, capture, .. } => (Some(*payload), *capture, None),
        Origin::Listing { .. } => (None, None, None),
        Origin::Import { payload, capture, path, .. } => (Some(*payload), *capture, Some(*path)),
    };
    NewRevision {
        article,
        captured: origin.at(),
        whole: !origin.is_listing(),
        packed: found.packed,
        payload,
        capture,
        origin: path,
        headline: &found.article.headline,
        notes: found.notes,
    }
}

/// Notes that a page was looked at and is there.
async fn look(
    connection: &mut Connection,
    shelved: &Shelved,
    origin: &Origin<'_>,
    verdict: &Verdict,
) -> Result<(), Error> {
    let Origin::Page { at, .. } = origin else {
        return Ok(());
    };
    sqlx::query(
        "UPDATE article SET checked = CASE WHEN checked < $2 THEN $2 ELSE checked END, \
         gone = NULL, failing = $3, whole = 1 WHERE id = $1",
    )
    .bind(shelved.id)
    .bind(ms(*at))
    .bind(matches!(verdict, Verdict::TooMany).then_some(TOO_MANY))
    .execute(connection)
    .await?;
    Ok(())
}

async fn count(connection: &mut Connection, id: i64, len: u32) -> Result<(), Error> {
    sqlx::query("UPDATE article SET revisions_len = $2 WHERE id = $1")
        .bind(id)
        .bind(i64::from(len))
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes a revision the one that readers get.
async fn show(
    connection: &mut Connection,
    shelved: &Shelved,
    revision: i64,
    article: &Article,
    origin: &Origin<'_>,
) -> Result<(), Error> {
    // A time later than the article was first seen is wrong, and would stand above all others.
    sqlx::query(
        "UPDATE article SET newest = $2, revised = $3, headline = $4, summary = $5, \
         language = $6, published = $7, lead = $8, whole = $9, revisions_len = $10, \
         place = CASE WHEN $7 < first_seen THEN $7 ELSE first_seen END WHERE id = $1",
    )
    .bind(shelved.id)
    .bind(revision)
    .bind(ms(origin.at()))
    .bind(&article.headline)
    .bind(words::summary(article))
    .bind(&article.language)
    .bind(article.published.as_ref().map(|stamp| ms(stamp.at)))
    .bind(article.lead.as_ref().map(|lead| lead.address.identity()))
    .bind(i64::from(!origin.is_listing()))
    .bind(i64::from(shelved.revisions_len) + 1)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO words (article, text) VALUES ($1, $2) \
         ON CONFLICT (article) DO UPDATE SET text = excluded.text",
    )
    .bind(shelved.id)
    .bind(words::of(article))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the origin has taken something down; what is kept of it stays.
///
/// An entry that nothing was kept of yet becomes an article of the listing's words: nothing
/// better will come.
pub async fn gone(
    connection: &mut Connection,
    errand: &Errand,
    now: Timestamp,
) -> Result<(), Error> {
    const WHY: &str = "the origin has taken it down (410)";
    errands::failed(connection, errand, WHY, None).await?;
    match errand.task {
        Task::Listing { listing } => {
            let why = (Trouble::Status(410), WHY);
            visits::failed(connection, listing, why, now, true).await?;
            // It is asked no more; but something may be found to stand in for it.
            let tomorrow = time(ms(now) + DAY_MS);
            errands::set_listing(connection, listing, &errand.address, Some(tomorrow)).await
        }
        Task::Picture { .. } => Ok(()),
        Task::Page { entry } => {
            fall_back(connection, entry).await?;
            entries::fail(connection, entry, WHY).await?;
            sqlx::query(
                "UPDATE article SET checked = $2, gone = COALESCE(gone, $2) \
                 WHERE id = (SELECT article FROM entry WHERE entry.id = $1)",
            )
            .bind(entry)
            .bind(ms(now))
            .execute(connection)
            .await?;
            Ok(())
        }
    }
}

/// Makes an article of the listing's words where an entry has none yet.
pub async fn fall_back(connection: &mut Connection, entry: i64) -> Result<(), Error> {
    let kept = entries::get(connection, entry).await?;
    let Some(article) = kept.filter(|kept| kept.pressmark.is_none()).and_then(|kept| kept.article)
    else {
        return Ok(());
    };
    let at = entries::said(connection, entry).await?;
    keep_entry(connection, entry, &article, &Origin::Listing { at }, &[]).await?;
    Ok(())
}

/// Notes that a page is as it was (304).
pub async fn unchanged(
    connection: &mut Connection,
    entry: i64,
    at: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE article SET checked = $2, gone = NULL, failing = NULL \
         WHERE id = (SELECT article FROM entry WHERE entry.id = $1)",
    )
    .bind(entry)
    .bind(ms(at))
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE entry SET failing = NULL WHERE id = $1 AND article IS NOT NULL")
        .bind(entry)
        .execute(connection)
        .await?;
    Ok(())
}

/// Returns an article at one of its revisions, or at the newest.
pub async fn get(
    connection: &mut Connection,
    pressmark: &Pressmark,
    number: Option<u32>,
) -> Result<Option<KeptArticle>, Error> {
    type Columns = (i64, i64, i64, i64, Option<i64>, Option<String>, Option<i64>);
    let row: Option<Columns> = sqlx::query_as(
        "SELECT id, source, first_seen, checked, gone, failing, newest FROM article \
         WHERE pressmark = $1",
    )
    .bind(pressmark.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let Some((id, source, first_seen, checked, gone, failing, newest)) = row else {
        return Ok(None);
    };
    let Some(revision) = revisions::get(connection, id, newest, number).await? else {
        return Ok(None);
    };
    Ok(Some(KeptArticle {
        pressmark: pressmark.clone(),
        source: sources::get(connection, source).await?,
        first_seen: time(first_seen),
        checked: time(checked),
        gone: gone.map(time),
        failing,
        revisions: revisions::lines(connection, id).await?,
        pictures: pictures::of_article(connection, &revision.article).await?,
        revision,
    }))
}

/// Reads a pressmark as a row holds it.
pub fn mark(text: &str) -> Result<Pressmark, Error> {
    text.parse().map_err(|_| Error::Damaged(format!("`{text}` is not a pressmark")))
}

pub fn entry_of(errand: &Errand) -> Result<i64, Error> {
    match errand.task {
        Task::Page { entry } => Ok(entry),
        _ => Err(Error::Unknown(format!("entry of `{}`", errand.address))),
    }
}
