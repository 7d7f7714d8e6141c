//! What is SQLite's alone: opening, settings, migrations, its own checks.
//!
//! A second engine gets a file like this one; the SQL of all others is in the common dialect.

use crate::error::{Error, file};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub type Connection = sqlx::SqliteConnection;
pub type Pool = sqlx::SqlitePool;
pub type Row = sqlx::sqlite::SqliteRow;
pub type Engine = sqlx::Sqlite;

/// How long a connection waits for another process.
const BUSY_MS: u64 = 10_000;

/// How large the write-ahead log stays once its content is in the database, in bytes: 64 MiB.
const JOURNAL_BYTES_MAX: &str = "67108864";

/// Every form the database ever had, in order; only ever added to.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/sqlite/0001_library.sql"),
    include_str!("../migrations/sqlite/0002_following.sql"),
    include_str!("../migrations/sqlite/0003_outline.sql"),
    include_str!("../migrations/sqlite/0004_subscription.sql"),
    include_str!("../migrations/sqlite/0005_pictures.sql"),
];

/// The form (from 0) with which entries got the identity of their page, which SQL can't tell.
const IDENTITIES: i64 = 1;

/// The form (from 0) with which pictures got their source, which articles alone tell.
const PICTURE_SOURCES: i64 = 4;

pub fn path(folder: &Path) -> PathBuf {
    folder.join("library.sqlite")
}

/// Opens the one connection that writes, makes the database if there is none, and brings it to
/// the newest form.
pub async fn open_writer(folder: &Path) -> Result<Connection, Error> {
    let mut connection = options(folder)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    migrate(&mut connection, folder).await?;
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(file("sync", folder))?;
    Ok(connection)
}

/// Opens connections that only read, at most `len` of them.
pub async fn open_readers(folder: &Path, len: u32) -> Result<Pool, Error> {
    let pool = SqlitePoolOptions::new()
        .max_connections(len)
        .connect_with(options(folder).read_only(true))
        .await?;
    let found = form(&mut *pool.acquire().await?).await?;
    known(folder, found)?;
    match found < MIGRATIONS.len() as i64 {
        true => Err(Error::Older(folder.to_owned())),
        false => Ok(pool),
    }
}

fn options(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path(folder))
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(BUSY_MS))
        .pragma("cache_size", "-16384")
        .pragma("journal_size_limit", JOURNAL_BYTES_MAX)
        .disable_statement_logging()
}

async fn migrate(connection: &mut Connection, folder: &Path) -> Result<(), Error> {
    sqlx::query("CREATE TABLE IF NOT EXISTS form (version INTEGER NOT NULL)")
        .execute(&mut *connection)
        .await?;
    let found = form(connection).await?;
    known(folder, found)?;
    for (i, migration) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        let mut transaction = connection.begin().await?;
        sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
        if i as i64 == IDENTITIES {
            crate::entries::identify_all(&mut transaction).await?;
        }
        if i as i64 == PICTURE_SOURCES {
            crate::pictures::find_sources(&mut transaction).await?;
        }
        sqlx::query("INSERT INTO form (version) VALUES ($1)")
            .bind(i as i64 + 1)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn form(connection: &mut Connection) -> Result<i64, Error> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT MAX(version) FROM form").fetch_one(connection).await?;
    Ok(found.unwrap_or(0))
}

fn known(folder: &Path, found: i64) -> Result<(), Error> {
    let known = MIGRATIONS.len() as i64;
    if found > known {
        let folder = folder.to_owned();
        return Err(Error::Newer { folder, found, known });
    }
    Ok(())
}

/// Begins a transaction that will write.
pub async fn begin(connection: &mut Connection) -> Result<(), sqlx::Error> {
    run(connection, "BEGIN IMMEDIATE").await
}

pub async fn run(connection: &mut Connection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(|_| ())
}

/// Tells whether the disk itself failed: what was written before may be lost.
pub fn is_disk_failure(error: &sqlx::Error) -> bool {
    const IOERR: i64 = 10;
    let code = error.as_database_error().and_then(|error| error.code());
    code.and_then(|code| code.parse::<i64>().ok()).is_some_and(|code| code & 0xff == IOERR)
}

/// Returns what the engine itself finds wrong, a line each.
pub async fn check(connection: &mut Connection, full: bool) -> Result<Vec<String>, Error> {
    let sql = match full {
        true => "PRAGMA integrity_check",
        false => "PRAGMA quick_check",
    };
    let lines: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// Returns the rows that refer to a row which is not there, as `table row → table`.
pub async fn lost_references(connection: &mut Connection) -> Result<Vec<String>, Error> {
    let rows: Vec<(String, Option<i64>, String)> =
        sqlx::query_as("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")
            .fetch_all(connection)
            .await?;
    let line = |(table, row, parent): (String, Option<i64>, String)| {
        format!("{table} {} → {parent}", row.unwrap_or_default())
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Returns how large the database is, in bytes.
pub async fn bytes_len(connection: &mut Connection) -> Result<i64, Error> {
    let sql = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
}
