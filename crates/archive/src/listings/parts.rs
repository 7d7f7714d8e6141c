//! The parts that listings play for their source, and how they change.

use super::{add, get, number, role, set_form};
use crate::entries::address;
use crate::errands;
use crate::error::Error;
use crate::nouns::Role;
use crate::sqlite::Connection;
use crate::times::{DAY_MS, ms, time};
use news::{Address, Form, Timestamp};

/// Follows a listing in place of one that fails; it is due at once, and what stood in before is
/// dismissed.
///
/// It may be new, or be known to a source; [`Error::Double`] when another source follows it. Where
/// the broken one stands in itself, the new one does for the same listing.
pub async fn stand_in(
    connection: &mut Connection,
    broken: i64,
    place: &Address,
    form: Option<Form>,
    now: Timestamp,
) -> Result<(), Error> {
    let unknown = || Error::Unknown(format!("listing {broken}"));
    let state = get(connection, broken).await?.ok_or_else(unknown)?;
    let root = state.stands_in.unwrap_or(broken);
    dismiss_stand_ins(connection, root, now).await?;
    let id = match add(connection, state.source, place, Role::Main, now).await {
        Err(double @ Error::Double(_)) => {
            take_over(connection, state.source, place, now).await?.ok_or(double)?
        }
        added => added?,
    };
    set_form(connection, id, form).await?;
    // Whether it is silent is counted from now on.
    sqlx::query("UPDATE listing SET stands_in = $2, brought = $3, looked = NULL WHERE id = $1")
        .bind(id)
        .bind(root)
        .bind(ms(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Follows a listing for its own sake from now on: a spare, a witness, what only stood in.
pub async fn promote(connection: &mut Connection, id: i64, now: Timestamp) -> Result<(), Error> {
    forget_broken(connection, id).await?;
    let (source, place): (i64, String) =
        sqlx::query_as("SELECT source, address FROM listing WHERE id = $1")
            .bind(id)
            .fetch_one(&mut *connection)
            .await?;
    take_over(connection, source, &address(&place)?, now).await?;
    Ok(())
}

/// Makes a source follow a listing that it or another one only knew, or that had ended; returns
/// its row, or `None` when it is followed already.
pub async fn take_over(
    connection: &mut Connection,
    source: i64,
    place: &Address,
    due: Timestamp,
) -> Result<Option<i64>, Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "UPDATE listing SET source = $1, before = CASE WHEN source = $1 AND role <> $2 THEN role END, role = $2, \
         ended = 0, failing = NULL, failing_since = NULL, trouble = NULL, failures = 0 \
         WHERE address = $3 AND (role <> $2 OR ended = 1) RETURNING id",
    )
    .bind(source)
    .bind(number(Role::Main))
    .bind(place.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = id else {
        return Ok(None);
    };
    sqlx::query("UPDATE errand SET source = $1 WHERE listing = $2")
        .bind(source)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    errands::set_listing(connection, id, place, Some(due)).await?;
    Ok(Some(id))
}

/// Forgets what a listing stands in for: it is followed for its own sake.
pub async fn forget_broken(connection: &mut Connection, id: i64) -> Result<(), Error> {
    sqlx::query("UPDATE listing SET stands_in = NULL WHERE id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives what stands in for a listing the part back that it had before.
pub async fn dismiss_stand_ins(
    connection: &mut Connection,
    broken: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let dismissed: Vec<(i64, String, i64)> = sqlx::query_as(
        "UPDATE listing SET role = COALESCE(before, $3), before = NULL, stands_in = NULL \
         WHERE stands_in = $1 AND role = $2 RETURNING id, address, role",
    )
    .bind(broken)
    .bind(number(Role::Main))
    .bind(number(Role::Spare))
    .fetch_all(&mut *connection)
    .await?;
    for (id, place, part) in dismissed {
        let due = (role(part) == Role::Witness).then(|| time(ms(now) + DAY_MS));
        errands::set_listing(connection, id, &address(&place)?, due).await?;
    }
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
