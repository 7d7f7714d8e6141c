//! What hubs were asked for, and what they agreed to (WebSub).

use crate::entries::address;
use crate::error::Error;
use crate::nouns::{Asking, Subscription, SubscriptionState};
use crate::sqlite::{Connection, Row};
use crate::times::{ms, time};
use news::{Address, Timestamp};
use sqlx::Row as _;

const ENDED: i64 = 3;

/// The longest reason of a hub that is kept, in characters.
const REASON_CHARS_MAX: usize = 500;

const SELECT: &str = "SELECT subscription.id, listing, hub, hubs, topic, callback, token, \
    secret, state, asked, lease_until, subscription.failures, reason, due, \
    COALESCE(listing.ended = 0 AND listing.role = 0, FALSE) FROM subscription \
    LEFT JOIN listing ON listing.id = subscription.listing";

/// Notes the hubs that a listing names and the topic that they know it by; returns whether that
/// is news. What was agreed on another topic or with another hub is ended.
pub async fn name(
    connection: &mut Connection,
    listing: i64,
    hubs: &[Address],
    topic: &str,
    words: (&str, &str),
    now: Timestamp,
) -> Result<bool, Error> {
    let [first, ..] = hubs else {
        return Ok(false);
    };
    if let Some(known) = of_listing(connection, listing).await? {
        if known.topic == topic && hubs.contains(&known.hub) {
            return rename(connection, &known, hubs).await;
        }
        end(connection, known.id, now).await?;
    }
    sqlx::query(
        "INSERT INTO subscription (listing, hub, hubs, topic, token, secret, due) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(listing)
    .bind(first.as_str())
    .bind(as_json(hubs))
    .bind(topic)
    .bind(words.0)
    .bind(words.1)
    .bind(ms(now))
    .execute(connection)
    .await?;
    Ok(true)
}

async fn rename(
    connection: &mut Connection,
    known: &Subscription,
    hubs: &[Address],
) -> Result<bool, Error> {
    if known.hubs != hubs {
        sqlx::query("UPDATE subscription SET hubs = $2 WHERE id = $1")
            .bind(known.id)
            .bind(as_json(hubs))
            .execute(connection)
            .await?;
    }
    Ok(false)
}

/// Returns all that are not ended.
pub async fn all(connection: &mut Connection) -> Result<Vec<Subscription>, Error> {
    let sql = format!("{SELECT} WHERE state <> {ENDED} ORDER BY subscription.id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Returns the one of a listing that is not ended.
pub async fn of_listing(
    connection: &mut Connection,
    listing: i64,
) -> Result<Option<Subscription>, Error> {
    let sql = format!("{SELECT} WHERE listing = $1 AND state <> {ENDED}");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(listing);
    query.fetch_optional(connection).await?.as_ref().map(from_row).transpose()
}

pub async fn find(connection: &mut Connection, token: &str) -> Result<Option<Subscription>, Error> {
    let sql = format!("{SELECT} WHERE token = $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(token);
    query.fetch_optional(connection).await?.as_ref().map(from_row).transpose()
}

/// Returns those that something is to be done about, and those whose listing is followed no more.
pub async fn due(
    connection: &mut Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Subscription>, Error> {
    let sql = format!(
        "{SELECT} WHERE due <= $1 OR (state <> {ENDED} AND (listing IS NULL \
         OR listing.ended <> 0 OR listing.role <> 0)) ORDER BY due, subscription.id LIMIT $2"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(ms(now)).bind(i64::from(limit));
    query.fetch_all(connection).await?.iter().map(from_row).collect()
}

pub async fn next_due(connection: &mut Connection) -> Result<Option<Timestamp>, Error> {
    let due: Option<i64> =
        sqlx::query_scalar("SELECT MIN(due) FROM subscription").fetch_one(connection).await?;
    Ok(due.map(time))
}

/// Notes that a hub is about to be asked: to begin, to go on, or to end.
pub async fn ask(connection: &mut Connection, id: i64, asking: &Asking) -> Result<(), Error> {
    sqlx::query(
        "UPDATE subscription SET hub = $2, callback = $3, token = $4, secret = $5, asked = $6, \
         due = $7, failures = failures + 1, state = CASE WHEN state = 3 THEN 3 \
         WHEN state = 1 AND lease_until > $6 THEN 1 ELSE 0 END WHERE id = $1",
    )
    .bind(id)
    .bind(asking.hub.as_str())
    .bind(asking.callback.as_str())
    .bind(&asking.token)
    .bind(&asking.secret)
    .bind(ms(asking.at))
    .bind(ms(asking.due))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes why a hub could not be asked, unless it has agreed in the meantime.
pub async fn fail(
    connection: &mut Connection,
    id: i64,
    asked: Timestamp,
    why: &str,
    due: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE subscription SET reason = $3, due = $4 \
         WHERE id = $1 AND asked = $2 AND failures > 0",
    )
    .bind(id)
    .bind(ms(asked))
    .bind(short(why))
    .bind(ms(due))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a hub has agreed, and until when.
pub async fn hold(
    connection: &mut Connection,
    id: i64,
    until: Timestamp,
    renew: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE subscription SET state = 1, lease_until = $2, due = $3, failures = 0, \
         reason = NULL WHERE id = $1 AND state IN (0, 1)",
    )
    .bind(id)
    .bind(ms(until))
    .bind(ms(renew))
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a hub has refused, or takes back what it agreed to.
pub async fn refuse(
    connection: &mut Connection,
    id: i64,
    why: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE subscription SET state = 2, lease_until = NULL, reason = $2, due = $3 \
         WHERE id = $1 AND state IN (0, 1)",
    )
    .bind(id)
    .bind(short(why))
    .bind(ms(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Leaves one alone until a time.
pub async fn rest(connection: &mut Connection, id: i64, until: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE subscription SET due = $2 WHERE id = $1")
        .bind(id)
        .bind(ms(until))
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends one; its hub is still to be told.
pub async fn end(connection: &mut Connection, id: i64, now: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE subscription SET state = 3, failures = 0, due = $2 WHERE id = $1")
        .bind(id)
        .bind(ms(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a hub knows of the end; the token is known until `due`, should it ask again.
pub async fn let_go(connection: &mut Connection, id: i64, due: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE subscription SET lease_until = NULL, due = $2 WHERE id = $1 AND state = 3")
        .bind(id)
        .bind(ms(due))
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn forget(connection: &mut Connection, id: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM subscription WHERE id = $1").bind(id).execute(connection).await?;
    Ok(())
}

/// Makes due what was agreed under another address of ours than `base`: no hub reaches that now.
pub async fn recall(connection: &mut Connection, base: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "UPDATE subscription SET state = 0, lease_until = NULL, callback = NULL, failures = 0, \
         due = $2 WHERE state <> 3 AND substr(callback, 1, length($1)) <> $1",
    )
    .bind(base)
    .bind(ms(now))
    .execute(connection)
    .await?;
    Ok(())
}

fn as_json(hubs: &[Address]) -> String {
    serde_json::to_string(hubs).expect("addresses are text")
}

fn short(why: &str) -> String {
    why.chars().take(REASON_CHARS_MAX).collect()
}

fn from_row(row: &Row) -> Result<Subscription, Error> {
    let hubs: &str = row.try_get(3)?;
    let when = |column: usize| -> Result<Option<Timestamp>, Error> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(time))
    };
    Ok(Subscription {
        id: row.try_get(0)?,
        listing: row.try_get(1)?,
        hub: address(row.try_get(2)?)?,
        hubs: serde_json::from_str(hubs).unwrap_or_default(),
        topic: row.try_get(4)?,
        callback: row.try_get::<Option<&str>, _>(5)?.and_then(Address::read),
        token: row.try_get(6)?,
        secret: row.try_get(7)?,
        state: state(row.try_get(8)?),
        asked: when(9)?,
        lease_until: when(10)?,
        failures: row.try_get(11)?,
        reason: row.try_get(12)?,
        due: time(row.try_get(13)?),
        wanted: row.try_get(14)?,
    })
}

fn state(number: i64) -> SubscriptionState {
    match number {
        0 => SubscriptionState::Asked,
        1 => SubscriptionState::Held,
        2 => SubscriptionState::Refused,
        _ => SubscriptionState::Ended,
    }
}
