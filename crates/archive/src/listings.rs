//! The listings of a source, and what became of the visits to them.

pub mod moves;
pub mod named;
pub mod parts;
pub mod visits;

use crate::entries::address;
use crate::errands;
use crate::error::Error;
use crate::nouns::{
    Errand, ListingKept, ListingState, ListingVisit, Move, NewListing, Pace, Role, Task, Validators,
};
use crate::sqlite::{Connection, Row};
use crate::times::{DAY_MS, ms, time};
use news::{Address, Form, Timestamp};
use sqlx::Row as _;
use visits::Went;

const COLUMNS: &str = "listing.id, listing.source, listing.address, role, form, listing.added, \
    visited, well, brought, listing.failing, failing_since, trouble, failures, \
    listing.entries_len, \
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
        Err(double @ Error::Double(_)) => {
            let id = parts::take_over(connection, source, &new.address, now).await?;
            set_form(connection, id.ok_or(double)?, new.form).await
        }
        Err(other) => Err(other),
    }
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
    let at = visit.capture.at;
    let named = named::add(connection, &visit.errand, &visit.entries, at).await?;
    let went = Went {
        at,
        took_ms: visit.capture.took_ms,
        fresh: named::stand(connection, listing, &named.ids).await? > 0,
        warning: visits::warning(connection, listing, visit, named.left_out).await?,
    };
    visits::well(connection, listing, &went).await?;
    visits::learn(connection, listing, visit).await?;
    let next = Some(visit.next_visit);
    // What was left out comes with the next visit, so that one has to bring the document again.
    let none = Validators::default();
    let validators = if named.left_out == 0 { &visit.validators } else { &none };
    errands::went_well(connection, &visit.errand, next, Some(validators)).await?;
    moves::follow(connection, listing, &visit.capture).await?;
    Ok(named.kept)
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
