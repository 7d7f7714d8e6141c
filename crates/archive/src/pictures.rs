//! Pictures: their bytes once under their digest, and where they were found.

use crate::captures::{digest, sync_folder};
use crate::error::{Error, file};
use crate::nouns::{MissingPicture, Picture, PictureAt, PictureHoldings, PictureVisit};
use crate::sqlite::{Connection, Row};
use crate::{errands, revisions, times};
use news::{Address, Article, Digest};
use sqlx::Row as _;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of the pictures; `ab/ab12…` inside it.
pub const FOLDER: &str = "pictures";

/// How the name of a file starts that is not whole yet.
const PART: &str = "part-";

/// Bytes that are to lie under their digest.
pub struct PictureFile {
    pub digest: Digest,
    pub bytes: Vec<u8>,
}

/// Returns where a picture lies.
pub fn path(library: &Path, digest: &Digest) -> PathBuf {
    let hex = digest.hex();
    library.join(FOLDER).join(&hex[..2]).join(&hex)
}

/// Writes pictures: temporary name, sync, rename, sync of the folder. The error says whether a
/// sync failed, after which nothing may be written.
pub fn write(library: &Path, pictures: &[PictureFile]) -> Result<(), (Error, bool)> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for picture in pictures {
        let path = path(library, &picture.digest);
        // A file that is there but spoilt is written again.
        if fs::read(&path).is_ok_and(|bytes| bytes == picture.bytes) {
            continue;
        }
        let folder = path.parent().expect("a picture lies in a folder").to_owned();
        write_one(library, &folder, &path, picture)?;
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    if !folders.is_empty() {
        folders.push(library.join(FOLDER));
    }
    let mut sync = folders.iter().map(|folder| sync_folder(folder));
    sync.try_for_each(|synced| synced.map_err(|error| (error, true)))
}

fn write_one(
    library: &Path,
    folder: &Path,
    path: &Path,
    picture: &PictureFile,
) -> Result<(), (Error, bool)> {
    let part = library.join(FOLDER).join(format!("{PART}{}", picture.digest.hex()));
    let go_on = |error| (error, false);
    fs::create_dir_all(folder).map_err(|error| go_on(file("create", folder)(error)))?;
    let mut open = File::create(&part).map_err(|error| go_on(file("create", &part)(error)))?;
    let written = open.write_all(&picture.bytes);
    written.map_err(|error| go_on(file("write", &part)(error)))?;
    let synced = open.sync_all();
    synced.map_err(|error| (file("sync", &part)(error), true))?;
    fs::rename(&part, path).map_err(|error| go_on(file("rename", &part)(error)))
}

/// Takes away what a crash left half written.
pub fn sweep(library: &Path) -> Result<(), Error> {
    let folder = library.join(FOLDER);
    for entry in fs::read_dir(&folder).map_err(file("read", &folder))? {
        let path = entry.map_err(file("read", &folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(PART) {
            fs::remove_file(&path).map_err(file("remove", &path))?;
        }
    }
    Ok(())
}

/// Reads a picture's bytes; spoilt ones are never given out.
pub fn read(library: &Path, picture: &Picture) -> Result<Vec<u8>, Error> {
    let path = path(library, &picture.digest);
    let bytes = fs::read(&path).map_err(file("read", &path))?;
    if Digest::of(&bytes) != picture.digest {
        return Err(Error::Damaged(format!("`{}` is not what its name says", path.display())));
    }
    Ok(bytes)
}

/// Keeps a picture whose bytes are safe, and ends its errand.
pub async fn keep(
    connection: &mut Connection,
    visit: &PictureVisit,
    picture: Picture,
    capture: Option<i64>,
) -> Result<Picture, Error> {
    let digest = picture.digest.as_bytes().to_vec();
    sqlx::query(
        "INSERT INTO picture (digest, media_type, width, height, bytes_len) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO NOTHING",
    )
    .bind(&digest)
    .bind(&picture.media_type)
    .bind(i64::from(picture.width))
    .bind(i64::from(picture.height))
    .bind(picture.bytes_len as i64)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO picture_use (identity, digest, capture, source) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (identity) DO UPDATE SET digest = excluded.digest, \
         capture = excluded.capture",
    )
    .bind(visit.errand.address.identity())
    .bind(&digest)
    .bind(capture)
    .bind(visit.errand.source)
    .execute(&mut *connection)
    .await?;
    errands::end(connection, visit.errand.id).await?;
    Ok(picture)
}

/// Asks for every picture of an article that is not kept yet.
pub async fn ask_for(
    connection: &mut Connection,
    article: &Article,
    source: i64,
    now: news::Timestamp,
) -> Result<(), Error> {
    for picture in article.pictures() {
        let also = serde_json::to_string(&picture.also).unwrap_or_else(|_| "[]".to_owned());
        sqlx::query(
            "INSERT INTO errand (kind, picture, address, also, host, source, due) \
             SELECT 2, $1, $2, $3, $4, $5, $6 \
             WHERE NOT EXISTS (SELECT 1 FROM picture_use WHERE identity = $1) \
             ON CONFLICT (picture) DO NOTHING",
        )
        .bind(picture.address.identity())
        .bind(picture.address.as_str())
        .bind(also)
        .bind(picture.address.server())
        .bind(source)
        .bind(times::ms(now))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub async fn find(connection: &mut Connection, digest: &Digest) -> Result<Option<Picture>, Error> {
    let row = sqlx::query(
        "SELECT digest, media_type, width, height, bytes_len FROM picture WHERE digest = $1",
    )
    .bind(digest.as_bytes().as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(|row| from_row(&row, 0)).transpose()
}

/// Returns the picture that is kept of an address.
async fn kept_at(connection: &mut Connection, address: &Address) -> Result<Option<Picture>, Error> {
    let row = sqlx::query(
        "SELECT picture.digest, media_type, width, height, bytes_len FROM picture_use \
         JOIN picture ON picture.digest = picture_use.digest WHERE identity = $1",
    )
    .bind(address.identity())
    .fetch_optional(connection)
    .await?;
    row.map(|row| from_row(&row, 0)).transpose()
}

/// Tells what is known of the picture at an address.
pub async fn at(connection: &mut Connection, address: &Address) -> Result<PictureAt, Error> {
    if let Some(picture) = kept_at(connection, address).await? {
        return Ok(PictureAt::Kept(picture));
    }
    let named = sqlx::query("SELECT 1 FROM errand WHERE picture = $1 AND due IS NOT NULL")
        .bind(address.identity())
        .fetch_optional(connection)
        .await?;
    Ok(if named.is_some() { PictureAt::Named } else { PictureAt::Nowhere })
}

/// Notes whose pictures those are that were kept before that was noted.
pub async fn find_sources(connection: &mut Connection) -> Result<(), Error> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT source, text FROM article JOIN revision ON revision.id = article.newest",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (source, text) in rows {
        for picture in revisions::unpack(&text)?.pictures() {
            sqlx::query(
                "UPDATE picture_use SET source = $2 WHERE identity = $1 AND source IS NULL",
            )
            .bind(picture.address.identity())
            .bind(source)
            .execute(&mut *connection)
            .await?;
        }
    }
    Ok(())
}

/// Tells whether the picture at an address leads an article.
pub async fn leads(connection: &mut Connection, address: &Address) -> Result<bool, Error> {
    let found = sqlx::query("SELECT 1 FROM article WHERE lead = $1 LIMIT 1")
        .bind(address.identity())
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

/// Returns how many bytes of pictures are kept: of a source, and in all.
pub async fn bytes_len(connection: &mut Connection, source: i64) -> Result<(u64, u64), Error> {
    let of_source: i64 = sqlx::query_scalar(
        "SELECT COALESCE(SUM(bytes_len), 0) FROM picture WHERE digest IN \
         (SELECT digest FROM picture_use WHERE source = $1)",
    )
    .bind(source)
    .fetch_one(&mut *connection)
    .await?;
    let of_all: i64 = sqlx::query_scalar("SELECT COALESCE(SUM(bytes_len), 0) FROM picture")
        .fetch_one(connection)
        .await?;
    Ok((of_source as u64, of_all as u64))
}

/// Returns what is kept of each source's pictures and what is missing, by the source's name.
pub async fn by_source(connection: &mut Connection) -> Result<Vec<PictureHoldings>, Error> {
    let rows: Vec<(String, i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT name, \
         (SELECT COUNT(DISTINCT digest) FROM picture_use WHERE source = source.id), \
         (SELECT COALESCE(SUM(bytes_len), 0) FROM picture WHERE digest IN \
         (SELECT digest FROM picture_use WHERE picture_use.source = source.id)), \
         (SELECT COUNT(*) FROM errand WHERE errand.source = source.id AND kind = 2 \
         AND ended = 0 AND due IS NOT NULL), \
         (SELECT COUNT(*) FROM errand WHERE errand.source = source.id AND kind = 2 \
         AND ended = 0 AND due IS NULL), \
         (SELECT COUNT(*) FROM errand WHERE errand.source = source.id AND kind = 2 AND ended = 1) \
         FROM source ORDER BY name",
    )
    .fetch_all(connection)
    .await?;
    let holdings =
        rows.into_iter().map(|(source, kept, bytes, waiting, left_out, missing)| PictureHoldings {
            source,
            kept: kept as u64,
            bytes: bytes as u64,
            waiting: waiting as u64,
            left_out: left_out as u64,
            missing: missing as u64,
        });
    Ok(holdings.collect())
}

/// Returns the pictures that are not kept and why, those of one source or all, given up first.
pub async fn missing(
    connection: &mut Connection,
    source: Option<i64>,
    limit: u32,
) -> Result<Vec<MissingPicture>, Error> {
    let rows = sqlx::query(
        "SELECT errand.address, source.name, failing, errand.ended, due, tries FROM errand \
         JOIN source ON source.id = errand.source WHERE kind = 2 \
         AND ($1 IS NULL OR errand.source = $1) AND failing IS NOT NULL \
         ORDER BY errand.ended DESC, errand.id DESC LIMIT $2",
    )
    .bind(source)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let missing = rows.iter().map(|row| {
        Ok(MissingPicture {
            address: crate::entries::address(row.try_get(0)?)?,
            source: row.try_get(1)?,
            why: row.try_get(2)?,
            is_given_up: row.try_get::<i64, _>(3)? == 1,
            due: row.try_get::<Option<i64>, _>(4)?.map(times::time),
            tries: row.try_get(5)?,
        })
    });
    missing.collect()
}

/// Returns the pictures of an article that are kept, by the address that it names.
pub async fn of_article(
    connection: &mut Connection,
    article: &Article,
) -> Result<Vec<(Address, Picture)>, Error> {
    let mut found = Vec::new();
    for used in article.pictures() {
        if let Some(picture) = kept_at(connection, &used.address).await? {
            found.push((used.address.clone(), picture));
        }
    }
    Ok(found)
}

/// Reads the five columns of a picture from the `first` on.
pub fn from_row(row: &Row, first: usize) -> Result<Picture, Error> {
    Ok(Picture {
        digest: digest(row.try_get(first)?)?,
        media_type: row.try_get(first + 1)?,
        width: row.try_get(first + 2)?,
        height: row.try_get(first + 3)?,
        bytes_len: row.try_get::<i64, _>(first + 4)? as u64,
    })
}
