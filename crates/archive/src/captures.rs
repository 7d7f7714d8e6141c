//! Every exchange, as it came: rows in the database, records in WARC files.

use crate::error::{Error, file};
use crate::nouns::{Import, Push};
use crate::sqlite::{Connection, Pool};
use crate::times::{DAY_MS, ms};
use crate::warc::Record;
use news::{Address, Capture, Digest, Timestamp};
use std::path::Path;

mod exchange;
mod shelf;

pub use exchange::Exchange;
pub use shelf::{Serial, Shelf, files, refuse_without_database, sync_folder};

/// The folder of the WARC files.
pub const FOLDER: &str = "captures";

/// The most that is kept of what hubs bring for one listing within 24 hours, in bytes as stored.
const PUSHED_A_DAY_BYTES_MAX: i64 = 64 * 1024 * 1024;

/// An earlier capture that a later one can refer to.
#[derive(Clone)]
pub struct Original {
    pub id: i64,
    pub at: Timestamp,
    pub payload: Option<Digest>,
}

/// Makes a capture and its redirects ready to be kept, in the order in which they happened; gives
/// the capture back, which may be large and is never copied.
pub async fn prepare(
    lookups: &Pool,
    serial: &Serial,
    capture: Capture,
) -> Result<(Vec<Exchange>, Capture), Error> {
    let original = find_original(lookups, &capture).await?;
    let serial = serial.clone();
    // Packing a page takes milliseconds: here it does not hold up the runtime or the writer.
    let packed = tokio::task::spawn_blocking(move || {
        (exchange::all_of(&capture, original, &serial), capture)
    });
    packed.await.map_err(|panic| Error::Unwritten(panic.to_string()))
}

/// Makes the bytes of an imported document ready to be kept, unless they are kept already.
pub async fn prepare_document(
    lookups: &Pool,
    serial: &Serial,
    import: &Import,
) -> Result<Vec<Exchange>, Error> {
    let address = &import.article.address;
    let mut connection = lookups.acquire().await?;
    let digest = Digest::of(&import.document);
    match has(&mut connection, address, &digest).await? {
        true => Ok(Vec::new()),
        false => Ok(vec![exchange::of_document(import, digest, serial)]),
    }
}

/// Makes what a hub brought for the listing at an address ready to be kept, unless the same bytes
/// came from there before, or hubs brought too much within a day; gives it back.
pub async fn prepare_push(
    lookups: &Pool,
    serial: &Serial,
    push: Push,
    address: Address,
) -> Result<(Vec<Exchange>, Push), Error> {
    let mut connection = lookups.acquire().await?;
    let digest = Digest::of(&push.body);
    let since = ms(push.at) - DAY_MS;
    let known = has(&mut connection, &address, &digest).await?;
    if known || pushed_since(&mut connection, &address, since).await? > PUSHED_A_DAY_BYTES_MAX {
        return Ok((Vec::new(), push));
    }
    let serial = serial.clone();
    let packed = tokio::task::spawn_blocking(move || {
        (vec![exchange::of_push(&push, &address, digest, &serial)], push)
    });
    packed.await.map_err(|panic| Error::Unwritten(panic.to_string()))
}

/// Returns how much of what was brought for an address since a time is kept, in bytes as stored.
async fn pushed_since(
    connection: &mut Connection,
    address: &Address,
    since: i64,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "SELECT COALESCE(SUM(finish - start), 0) FROM capture \
         WHERE address = $1 AND at > $2 AND status = 0",
    )
    .bind(address.as_str())
    .bind(since)
    .fetch_one(connection)
    .await?)
}

/// Finds the capture that has the payload of this one: what a 304 stands for, or a repeat of.
async fn find_original(lookups: &Pool, capture: &Capture) -> Result<Option<Original>, Error> {
    let payload = capture.payload();
    if payload.is_empty() && capture.status != 304 {
        return Ok(None);
    }
    let digest = Digest::of(payload);
    let mut connection = lookups.acquire().await?;
    match capture.status {
        304 => find_newest(&mut connection, &capture.address).await,
        _ => find_same(&mut connection, &capture.address, &digest).await,
    }
}

/// Returns the newest capture of an address that has a payload of its own.
async fn find_newest(
    connection: &mut Connection,
    address: &Address,
) -> Result<Option<Original>, Error> {
    let row: Option<(i64, i64, Option<Vec<u8>>)> = sqlx::query_as(
        "SELECT id, at, payload FROM capture WHERE address = $1 AND payload IS NOT NULL \
         AND original IS NULL AND status = 200 ORDER BY at DESC LIMIT 1",
    )
    .bind(address.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(original).transpose()
}

/// Tells whether exactly these bytes are kept of an address, whoever brought them.
async fn has(
    connection: &mut Connection,
    address: &Address,
    payload: &Digest,
) -> Result<bool, Error> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM capture WHERE address = $1 AND payload = $2 LIMIT 1")
            .bind(address.as_str())
            .bind(payload.as_bytes().as_slice())
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Returns the capture of an address that was fetched and holds exactly this payload.
async fn find_same(
    connection: &mut Connection,
    address: &Address,
    payload: &Digest,
) -> Result<Option<Original>, Error> {
    let row: Option<(i64, i64, Option<Vec<u8>>)> = sqlx::query_as(
        "SELECT id, at, payload FROM capture WHERE address = $1 AND payload = $2 \
         AND original IS NULL AND status <> 0 ORDER BY at LIMIT 1",
    )
    .bind(address.as_str())
    .bind(payload.as_bytes().as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(original).transpose()
}

fn original((id, at, payload): (i64, i64, Option<Vec<u8>>)) -> Result<Original, Error> {
    Ok(Original {
        id,
        at: crate::times::time(at),
        payload: payload.as_deref().map(digest).transpose()?,
    })
}

/// Reads a digest as a row holds it.
pub fn digest(bytes: &[u8]) -> Result<Digest, Error> {
    let bytes: [u8; 32] = bytes
        .try_into()
        .map_err(|_| Error::Damaged("a digest in the database has not 32 bytes".to_owned()))?;
    Ok(Digest::from(bytes))
}

/// Writes the rows of the WARC files that are being filled.
pub async fn keep_files(connection: &mut Connection, shelf: &Shelf) -> Result<(), Error> {
    for row in shelf.rows() {
        sqlx::query(
            "INSERT INTO capture_file (id, name, bytes_len, info_len, info_digest) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET bytes_len = excluded.bytes_len",
        )
        .bind(row.id)
        .bind(&row.name)
        .bind(row.bytes_len as i64)
        .bind(row.info_len as i64)
        .bind(row.info_digest.as_bytes().as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Writes the rows of exchanges whose bytes are safe; returns the row of the last one.
pub async fn keep(
    connection: &mut Connection,
    exchanges: &[Exchange],
) -> Result<Option<i64>, Error> {
    let mut last = None;
    for exchange in exchanges {
        let (file, start) = exchange.place.expect("only what was appended gets a row");
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO capture (file, start, response, finish, stored, address, at, status, \
             payload, original) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        )
        .bind(file)
        .bind(start as i64)
        .bind((start + exchange.request_len as u64) as i64)
        .bind((start + exchange.bytes.len() as u64) as i64)
        .bind(exchange.stored.as_bytes().as_slice())
        .bind(exchange.address.as_str())
        .bind(ms(exchange.at))
        .bind(i64::from(exchange.status))
        .bind(exchange.payload.map(|digest| digest.as_bytes().to_vec()))
        .bind(exchange.original)
        .fetch_one(&mut *connection)
        .await?;
        last = Some(id);
    }
    Ok(last)
}

/// Returns the HTTP block of a kept response; a revisit's payload is that of its original.
pub async fn block(
    connection: &mut Connection,
    folder: &Path,
    id: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let Some((record, original)) = read(connection, folder, id).await? else {
        return Ok(None);
    };
    let Some(original) = original else {
        return Ok(Some(record.block));
    };
    let Some((whole, _)) = read(connection, folder, original).await? else {
        return Err(Error::Damaged(format!("capture {original} has no row")));
    };
    Ok(Some([record.parts().0, whole.parts().1].concat()))
}

/// Returns a document that was not fetched: its media type and its bytes.
pub async fn document(
    connection: &mut Connection,
    folder: &Path,
    id: i64,
) -> Result<(String, Vec<u8>), Error> {
    let Some((record, _)) = read(connection, folder, id).await? else {
        return Err(Error::Damaged(format!("capture {id} has no row")));
    };
    Ok((record.field("Content-Type").unwrap_or_default().to_owned(), record.block))
}

/// Returns the response record of a capture and the row that its payload is kept in.
async fn read(
    connection: &mut Connection,
    folder: &Path,
    id: i64,
) -> Result<Option<(Record, Option<i64>)>, Error> {
    let row: Option<(String, i64, i64, Option<i64>)> = sqlx::query_as(
        "SELECT capture_file.name, response, finish, original FROM capture \
         JOIN capture_file ON capture_file.id = capture.file WHERE capture.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    let Some((name, start, finish, original)) = row else {
        return Ok(None);
    };
    let path = folder.join(FOLDER).join(name);
    let bytes = read_range(&path, start as u64, finish as u64)?;
    let record = Record::read(&bytes)
        .and_then(|record| record.damage().map_or(Ok(record), Err))
        .map_err(|why| Error::Damaged(format!("capture {id} in `{}`: {why}", path.display())))?;
    Ok(Some((record, original)))
}

/// Reads a part of a file; fewer bytes come back when the file is too short.
pub fn read_range(path: &Path, start: u64, finish: u64) -> Result<Vec<u8>, Error> {
    use std::io::{Read, Seek, SeekFrom};
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut open = std::fs::File::open(path)?;
        open.seek(SeekFrom::Start(start))?;
        open.take(finish.saturating_sub(start)).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(file("read", path))
}
