//! The listings of a source, and what became of the visits to them.

use crate::entries::{self, address};
use crate::error::Error;
use crate::health::Trouble;
use crate::nouns::{
    Errand, ListingKept, ListingState, ListingVisit, Move, NewEntry, NewListing, Pace, Role, Task,
};
use crate::sqlite::{Connection, Row};
use crate::times::{DAY_MS, ms, time};
use crate::{errands, outlines};
use news::{Address, Capture, Form, Timestamp};
use sqlx::Row as _;
use std::collections::{HashMap, HashSet};

/// The most new entries that one visit brings.
const NEW_A_VISIT_MAX: usize = 5_000;

/// The most new entries that a source brings within 24 hours.
const NEW_A_DAY_MAX: usize = 10_000;

/// How long a permanent redirect has to hold before it is believed: three days.
const MOVE_AFTER_MS: i64 = 3 * DAY_MS;

const COLUMNS: &str = "listing.id, listing.source, listing.address, role, form, listing.added, \
    visited, well, brought, listing.failing, failing_since, trouble, failures, \
    (SELECT COUNT(*) FROM entry WHERE entry.listing = listing.id) AS entries_len, \
    COALESCE(due, visited, listing.added) AS next_visit, listing.ended, took, gap, span, wish, \
    newest, moving, moving_since, formerly, stands_in, looked \
    FROM listing LEFT JOIN errand ON errand.listing = listing.id";

/// Adds a listing to a source; one that is followed is due at once, a witness within the day.
pub async fn add(
    connection: &mut Connection,
    source: i64,
    address: &Address,
    role: Role,
    now: Timestamp,
) -> Result<i64, Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO listing (source, address, added, role) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (address) DO NOTHING RETURNING id",
    )
    .bind(source)
    .bind(address.as_str())
    .bind(ms(now))
    .bind(number(role))
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.ok_or_else(|| Error::Double(format!("the listing `{address}`")))?;
    let due = match role {
        Role::Main => Some(now),
        Role::Witness => Some(time(ms(now) + DAY_MS)),
        Role::Spare => None,
    };
    errands::add_listing(connection, source, id, address, due).await?;
    Ok(id)
}

/// Adds a listing of a new source; a witness or a spare that is here already is passed over, and
/// one that is to be followed may have been another source's witness or spare until now.
pub async fn add_new(
    connection: &mut Connection,
    source: i64,
    new: &NewListing,
    now: Timestamp,
) -> Result<(), Error> {
    match add(connection, source, &new.address, new.role, now).await {
        Ok(id) => set_form(connection, id, new.form).await,
        Err(Error::Double(_)) if new.role != Role::Main => Ok(()),
        Err(double @ Error::Double(_)) => take_over(connection, source, new, now, double).await,
        Err(other) => Err(other),
    }
}

/// Makes a listing followed that another source only knew.
async fn take_over(
    connection: &mut Connection,
    source: i64,
    new: &NewListing,
    now: Timestamp,
    double: Error,
) -> Result<(), Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "UPDATE listing SET source = $1, role = $2 WHERE address = $3 AND role <> $2 RETURNING id",
    )
    .bind(source)
    .bind(number(Role::Main))
    .bind(new.address.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.ok_or(double)?;
    sqlx::query("UPDATE errand SET source = $1 WHERE listing = $2")
        .bind(source)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    errands::set_listing(connection, id, &new.address, Some(now)).await?;
    set_form(connection, id, new.form).await
}

pub async fn of_source(
    connection: &mut Connection,
    source: i64,
) -> Result<Vec<ListingState>, Error> {
    let sql = format!("SELECT {COLUMNS} WHERE listing.source = $1 ORDER BY listing.id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(source).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

pub async fn get(connection: &mut Connection, id: i64) -> Result<Option<ListingState>, Error> {
    let sql = format!("SELECT {COLUMNS} WHERE listing.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(from_row).transpose()
}

/// Keeps what a visit brought: entries, their errands, what it names now, its validators.
pub async fn keep(connection: &mut Connection, visit: &ListingVisit) -> Result<ListingKept, Error> {
    let listing = listing_of(&visit.errand)?;
    let source = visit.errand.source;
    let at = visit.capture.at;
    sqlx::query("DELETE FROM standing WHERE listing = $1")
        .bind(listing)
        .execute(&mut *connection)
        .await?;
    let (kept, left_out) = add_entries(connection, &visit.errand, &visit.entries, at).await?;
    let warning = warning(connection, visit, left_out).await?;
    let went = Went { at, took_ms: visit.capture.took_ms, new: kept.entries_new, warning };
    well(connection, listing, &went).await?;
    learn(connection, source, visit).await?;
    pace(connection, listing, visit).await?;
    let next = Some(visit.next_visit);
    errands::went_well(connection, &visit.errand, next, Some(&visit.validators)).await?;
    follow_move(connection, listing, &visit.capture).await?;
    Ok(kept)
}

/// Keeps entries that a listing names at a time, and their errands; returns how many are left out
/// as well.
pub async fn add_entries(
    connection: &mut Connection,
    errand: &Errand,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<(ListingKept, usize), Error> {
    let (listing, source) = (listing_of(errand)?, errand.source);
    let today = new_since(connection, source, ms(at) - DAY_MS).await?;
    let mut room = NEW_A_VISIT_MAX.min(NEW_A_DAY_MAX.saturating_sub(today));
    let mut kept = ListingKept::default();
    let mut left_out = 0;
    for (guid, entry) in told_apart(entries) {
        let guid = &guid;
        let said = entries::Said { guid, entry, at };
        match entries::keep(connection, source, listing, &said, room > 0).await? {
            Some((id, news)) => {
                stand(connection, listing, id).await?;
                room -= usize::from(news == entries::News::New);
                kept.entries_new += usize::from(news == entries::News::New);
                kept.entries_changed += usize::from(news == entries::News::Changed);
            }
            None => left_out += 1,
        }
    }
    Ok((kept, left_out))
}

/// Tells what is odd about a document that came whole.
async fn warning(
    connection: &mut Connection,
    visit: &ListingVisit,
    left_out: usize,
) -> Result<Option<(Trouble, String)>, Error> {
    if left_out > 0 {
        return Ok(Some((Trouble::Flood, too_many(left_out, &visit.entries))));
    }
    if let Some(missing) = &visit.missing {
        return Ok(Some((Trouble::Partial, missing.clone())));
    }
    let listing = listing_of(&visit.errand)?;
    if visit.entries.is_empty() && has_entries(connection, listing).await? {
        return Ok(Some((Trouble::Empty, "it names nothing any more".to_owned())));
    }
    Ok(None)
}

async fn has_entries(connection: &mut Connection, listing: i64) -> Result<bool, Error> {
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM entry WHERE listing = $1 LIMIT 1")
        .bind(listing)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Returns the entries with ids that tell them apart, each once.
///
/// Some feeds give all their entries one id, the address of the site; then id and page together
/// are the id. Without that only the last of them would be kept.
fn told_apart(entries: &[NewEntry]) -> Vec<(String, &NewEntry)> {
    let page = |entry: &NewEntry| entry.address.as_ref().map(Address::identity);
    let mut pages: HashMap<&str, HashSet<Option<String>>> = HashMap::new();
    for entry in entries {
        pages.entry(&entry.guid).or_default().insert(page(entry));
    }
    let mut seen = HashSet::new();
    let mut apart = Vec::with_capacity(entries.len());
    for entry in entries {
        let guid = match page(entry) {
            Some(page) if pages[entry.guid.as_str()].len() > 1 => format!("{} {page}", entry.guid),
            _ => entry.guid.clone(),
        };
        if seen.insert(guid.clone()) {
            apart.push((guid, entry));
        }
    }
    apart
}

fn too_many(left_out: usize, entries: &[NewEntry]) -> String {
    format!(
        "it named {} entries, {left_out} of them new and too many at once; at most \
         {NEW_A_VISIT_MAX} a visit and {NEW_A_DAY_MAX} a day are taken",
        entries.len()
    )
}

async fn new_since(connection: &mut Connection, source: i64, since: i64) -> Result<usize, Error> {
    let len: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM entry WHERE source = $1 AND first_seen > $2")
            .bind(source)
            .bind(since)
            .fetch_one(connection)
            .await?;
    Ok(len as usize)
}

async fn stand(connection: &mut Connection, listing: i64, entry: i64) -> Result<(), Error> {
    sqlx::query("INSERT INTO standing (listing, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(listing)
        .bind(entry)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes title and language from the listing where the source has none.
async fn learn(
    connection: &mut Connection,
    source: i64,
    visit: &ListingVisit,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE source SET title = CASE WHEN title = '' THEN COALESCE($2, '') ELSE title END, \
         language = COALESCE(language, $3) WHERE id = $1",
    )
    .bind(source)
    .bind(&visit.title)
    .bind(&visit.language)
    .execute(connection)
    .await?;
    Ok(())
}

/// A visit that went well.
pub struct Went {
    pub at: Timestamp,
    pub took_ms: u32,
    /// How many new entries it brought.
    pub new: usize,
    /// What was odd all the same.
    pub warning: Option<(Trouble, String)>,
}

/// Notes that a visit went well; what stood in for a listing that brings news again is a spare.
pub async fn well(connection: &mut Connection, listing: i64, went: &Went) -> Result<(), Error> {
    let (trouble, words) = went.warning.clone().unzip();
    let is_back: bool = sqlx::query_scalar(
        "SELECT $2 IS NULL AND ($3 > 0 OR trouble IS NOT NULL) FROM listing WHERE id = $1",
    )
    .bind(listing)
    .bind(&words)
    .bind(went.new as i64)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE listing SET visited = $2, well = $2, failing = $3, failing_since = \
         CASE WHEN $3 IS NULL THEN NULL WHEN trouble = $4 THEN failing_since ELSE $2 END, \
         trouble = $4, failures = 0, ended = 0, \
         brought = CASE WHEN $5 > 0 THEN $2 ELSE brought END, \
         took = CASE WHEN took = 0 THEN $6 ELSE (took * 3 + $6) / 4 END WHERE id = $1",
    )
    .bind(listing)
    .bind(ms(went.at))
    .bind(words)
    .bind(trouble.map(|trouble| trouble.to_string()))
    .bind(went.new as i64)
    .bind(i64::from(went.took_ms))
    .execute(&mut *connection)
    .await?;
    if is_back {
        dismiss_stand_ins(connection, listing).await?;
    }
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

/// Keeps the rhythm that a document showed.
async fn pace(
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
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes where a listing says that it lives from now on, and follows it there once it has said so
/// for [`MOVE_AFTER_MS`]: a redirect that is permanent for an afternoon was a mistake.
pub async fn follow_move(
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
            settle(connection, listing, to, time(ms(state.next_visit))).await
        }
        to => {
            sqlx::query("UPDATE listing SET moving = $2, moving_since = $3 WHERE id = $1")
                .bind(listing)
                .bind(to.map(Address::as_str))
                .bind(to.map(|_| ms(since)))
                .execute(connection)
                .await?;
            Ok(())
        }
    }
}

/// Gives a listing its new address; where another one lives there already, this one ends.
async fn settle(
    connection: &mut Connection,
    listing: i64,
    to: &Address,
    next_visit: Timestamp,
) -> Result<(), Error> {
    let taken: Option<i64> = sqlx::query_scalar("SELECT id FROM listing WHERE address = $1")
        .bind(to.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(taken) = taken {
        sqlx::query(
            "UPDATE listing SET ended = 1, moving = NULL, moving_since = NULL WHERE id = $1",
        )
        .bind(listing)
        .execute(&mut *connection)
        .await?;
        sqlx::query("UPDATE errand SET due = NULL, ended = 1 WHERE listing = $1")
            .bind(listing)
            .execute(&mut *connection)
            .await?;
        outlines::refile(connection, listing, taken).await?;
        return rest_or_go(connection, taken, Role::Main, None, next_visit).await;
    }
    sqlx::query(
        "UPDATE listing SET formerly = address, address = $2, moving = NULL, \
         moving_since = NULL WHERE id = $1",
    )
    .bind(listing)
    .bind(to.as_str())
    .execute(&mut *connection)
    .await?;
    errands::set_listing(connection, listing, to, Some(next_visit)).await
}

/// Follows a listing in place of one that fails; it is due at once.
///
/// It may be known to the source already, or be new; [`Error::Double`] when it is another
/// source's.
pub async fn stand_in(
    connection: &mut Connection,
    broken: i64,
    address: &Address,
    form: Option<Form>,
    now: Timestamp,
) -> Result<(), Error> {
    let unknown = || Error::Unknown(format!("listing {broken}"));
    let state = get(connection, broken).await?.ok_or_else(unknown)?;
    let known: Option<(i64, i64)> =
        sqlx::query_as("SELECT id, source FROM listing WHERE address = $1")
            .bind(address.as_str())
            .fetch_optional(&mut *connection)
            .await?;
    let id = match known {
        Some((id, source)) if source == state.source => id,
        Some(_) => return Err(Error::Double(format!("the listing `{address}`"))),
        None => add(connection, state.source, address, Role::Main, now).await?,
    };
    set_form(connection, id, form).await?;
    rest_or_go(connection, id, Role::Main, Some(broken), now).await
}

/// Follows a listing for its own sake from now on: a spare, a witness, what only stood in.
pub async fn promote(connection: &mut Connection, id: i64, now: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET stands_in = NULL WHERE id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    rest_or_go(connection, id, Role::Main, None, now).await
}

/// Notes what a listing is known to be before it is read: a page is read as a section only where
/// that was followed.
pub async fn set_form(
    connection: &mut Connection,
    id: i64,
    form: Option<Form>,
) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET form = COALESCE($2, form) WHERE id = $1")
        .bind(id)
        .bind(form.and_then(form_word))
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that something in a listing's place was looked for.
pub async fn looked(connection: &mut Connection, id: i64, now: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET looked = $2 WHERE id = $1")
        .bind(id)
        .bind(ms(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes the witnesses of a source due: something may have been missed.
pub async fn ask_witnesses(
    connection: &mut Connection,
    source: i64,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE errand SET due = $2 WHERE (due IS NULL OR due > $2) AND ended = 0 \
         AND listing IN (SELECT id FROM listing WHERE source = $1 AND role = $3)",
    )
    .bind(source)
    .bind(ms(now))
    .bind(number(Role::Witness))
    .execute(connection)
    .await?;
    Ok(())
}

async fn dismiss_stand_ins(connection: &mut Connection, broken: i64) -> Result<(), Error> {
    let stand_ins: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM listing WHERE stands_in = $1 AND role = $2")
            .bind(broken)
            .bind(number(Role::Main))
            .fetch_all(&mut *connection)
            .await?;
    for id in stand_ins {
        let address: String = sqlx::query_scalar("SELECT address FROM listing WHERE id = $1")
            .bind(id)
            .fetch_one(&mut *connection)
            .await?;
        sqlx::query("UPDATE listing SET role = $2, stands_in = NULL WHERE id = $1")
            .bind(id)
            .bind(number(Role::Spare))
            .execute(&mut *connection)
            .await?;
        errands::set_listing(connection, id, &self::address(&address)?, None).await?;
    }
    Ok(())
}

/// Gives a listing its part and makes it due.
async fn rest_or_go(
    connection: &mut Connection,
    id: i64,
    role: Role,
    stands_in: Option<i64>,
    due: Timestamp,
) -> Result<(), Error> {
    let address: String = sqlx::query_scalar(
        "UPDATE listing SET role = $2, stands_in = COALESCE($3, stands_in), ended = 0 \
         WHERE id = $1 RETURNING address",
    )
    .bind(id)
    .bind(number(role))
    .bind(stands_in)
    .fetch_one(&mut *connection)
    .await?;
    errands::set_listing(connection, id, &self::address(&address)?, Some(due)).await
}

fn number(role: Role) -> i64 {
    match role {
        Role::Main => 0,
        Role::Witness => 1,
        Role::Spare => 2,
    }
}

fn role(number: i64) -> Role {
    match number {
        1 => Role::Witness,
        2 => Role::Spare,
        _ => Role::Main,
    }
}

fn form_word(form: Form) -> Option<String> {
    serde_json::to_value(form).ok()?.as_str().map(str::to_owned)
}

fn form(word: String) -> Option<Form> {
    serde_json::from_value(serde_json::Value::String(word)).ok()
}

fn listing_of(errand: &Errand) -> Result<i64, Error> {
    match errand.task {
        Task::Listing { listing } => Ok(listing),
        _ => Err(Error::Unknown(format!("listing `{}`", errand.address))),
    }
}

fn from_row(row: &Row) -> Result<ListingState, Error> {
    let at = |column| row.try_get::<Option<i64>, _>(column).map(|at| at.map(time));
    let place = |column| {
        let text: Option<&str> = row.try_get(column)?;
        text.map(address).transpose()
    };
    let moving = place("moving")?.zip(at("moving_since")?);
    let trouble: Option<&str> = row.try_get("trouble")?;
    Ok(ListingState {
        id: row.try_get("id")?,
        source: row.try_get("source")?,
        address: address(row.try_get("address")?)?,
        role: role(row.try_get("role")?),
        form: row.try_get::<Option<String>, _>("form")?.and_then(form),
        added: time(row.try_get("added")?),
        visited: at("visited")?,
        well: at("well")?,
        brought: at("brought")?,
        failing: row.try_get("failing")?,
        failing_since: at("failing_since")?,
        trouble: trouble.and_then(|word| word.parse().ok()),
        failures: row.try_get("failures")?,
        entries_len: row.try_get::<i64, _>("entries_len")? as u64,
        next_visit: time(row.try_get("next_visit")?),
        ended: row.try_get::<i64, _>("ended")? != 0,
        took_ms: row.try_get("took")?,
        pace: Pace {
            gap_s: row.try_get("gap")?,
            span_s: row.try_get("span")?,
            wish_s: row.try_get("wish")?,
            newest: at("newest")?,
        },
        moving: moving.map(|(to, since)| Move { to, since }),
        formerly: place("formerly")?,
        stands_in: row.try_get("stands_in")?,
        looked: at("looked")?,
    })
}
