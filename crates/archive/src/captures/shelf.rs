//! The WARC files: appended to, synced, rotated, and cut back after a crash.

use super::{Exchange, FOLDER, digest};
use crate::error::{Error, file};
use crate::sqlite::{self, Connection};
use crate::warc::{self, Draft};
use flate2::Compression;
use news::{Digest, Timestamp};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file this large is left and a new one begun.
const FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// The folder in a library for bytes that were found behind what the database refers to.
const LEFT: &str = "left";

/// The count that parts records which are alike to the last byte.
#[derive(Clone)]
pub struct Serial(Arc<AtomicU64>);

impl Serial {
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// A WARC file as its row tells of it.
#[derive(Clone)]
pub struct FileRow {
    pub id: i64,
    pub name: String,
    pub bytes_len: u64,
    pub info_len: u64,
    pub info_digest: Digest,
}

/// The files that are being filled.
pub struct Shelf {
    folder: PathBuf,
    /// The files that this process wrote to; the last one is open.
    rows: Vec<FileRow>,
    open: Option<File>,
    next_id: i64,
    serial: Serial,
    /// A sync failed, or half a record could not be taken away.
    spoilt: bool,
}

impl Shelf {
    /// Opens the shelf; what no row refers to is put aside.
    pub async fn open(library: &Path, connection: &mut Connection) -> Result<Shelf, Error> {
        let folder = library.join(FOLDER);
        let rows = files(connection).await?;
        let captures: Option<i64> =
            sqlx::query_scalar("SELECT MAX(id) FROM capture").fetch_one(connection).await?;
        cut_back(library, &rows)?;
        let mut shelf = Shelf {
            next_id: rows.last().map_or(1, |row| row.id + 1),
            rows: Vec::new(),
            open: None,
            serial: Serial(Arc::new(AtomicU64::new(captures.unwrap_or(0) as u64))),
            spoilt: false,
            folder,
        };
        if let Some(row) = rows.into_iter().next_back() {
            shelf.reopen(row)?;
        }
        Ok(shelf)
    }

    pub fn serial(&self) -> Serial {
        self.serial.clone()
    }

    /// Returns the rows that the next commit has to write.
    pub fn rows(&self) -> &[FileRow] {
        &self.rows
    }

    /// Tells whether nothing may be appended any more.
    pub fn is_spoilt(&self) -> bool {
        self.spoilt
    }

    /// Appends both records of an exchange and notes their place.
    pub fn append(&mut self, exchange: &mut Exchange) -> Result<(), Error> {
        let full = |row: &FileRow| row.bytes_len >= FILE_BYTES_MAX;
        if self.open.is_none() || self.rows.last().is_none_or(full) {
            self.sync()?;
            self.begin(exchange.at)?;
        }
        let row = self.rows.last_mut().expect("a file was begun");
        let open = self.open.as_mut().expect("a file was begun");
        let path = self.folder.join(&row.name);
        if let Err(error) = open.write_all(&exchange.bytes) {
            self.spoilt = open.set_len(row.bytes_len).is_err();
            return Err(file("write", &path)(error));
        }
        exchange.place = Some((row.id, row.bytes_len));
        row.bytes_len += exchange.bytes.len() as u64;
        Ok(())
    }

    pub fn sync(&mut self) -> Result<(), Error> {
        let (Some(open), Some(row)) = (&self.open, self.rows.last()) else {
            return Ok(());
        };
        let synced = open.sync_all();
        self.spoilt |= synced.is_err();
        synced.map_err(file("sync", &self.folder.join(&row.name)))
    }

    /// Goes on with the newest file, if it is as long as its row says.
    fn reopen(&mut self, row: FileRow) -> Result<(), Error> {
        let path = self.folder.join(&row.name);
        let whole = fs::metadata(&path).is_ok_and(|meta| meta.len() == row.bytes_len);
        if whole && row.bytes_len < FILE_BYTES_MAX {
            let open = OpenOptions::new().append(true).open(&path);
            self.open = Some(open.map_err(file("open", &path))?);
            self.rows.push(row);
        }
        Ok(())
    }

    /// Begins a file with its `warcinfo` record.
    fn begin(&mut self, at: Timestamp) -> Result<(), Error> {
        let time = at.strftime("%Y%m%d%H%M%S");
        let name = format!("pressmark-{time}-{:05}.warc.gz", self.next_id);
        let path = self.folder.join(&name);
        let info = info(&name, at, self.serial.next());
        // A file of this name is left of a batch that failed: no row refers to it.
        let mut open = File::create(&path).map_err(file("create", &path))?;
        open.write_all(&info).map_err(file("write", &path))?;
        let synced = sync_folder(&self.folder);
        self.spoilt |= synced.is_err();
        synced?;
        self.open = Some(open);
        self.rows.push(FileRow {
            id: self.next_id,
            name,
            bytes_len: info.len() as u64,
            info_len: info.len() as u64,
            info_digest: Digest::of(&info),
        });
        self.next_id += 1;
        Ok(())
    }
}

/// Returns all WARC files, oldest first.
pub async fn files(connection: &mut Connection) -> Result<Vec<FileRow>, Error> {
    let rows: Vec<(i64, String, i64, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT id, name, bytes_len, info_len, info_digest FROM capture_file ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    let row = |(id, name, bytes_len, info_len, info): (i64, String, i64, i64, Vec<u8>)| {
        Ok(FileRow {
            id,
            name,
            bytes_len: bytes_len as u64,
            info_len: info_len as u64,
            info_digest: digest(&info)?,
        })
    };
    rows.into_iter().map(row).collect()
}

fn info(name: &str, at: Timestamp, serial: u64) -> Vec<u8> {
    let text = format!(
        "software: pressmark/{}\r\nformat: WARC File Format 1.1\r\n\
         conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
        env!("CARGO_PKG_VERSION")
    );
    Draft {
        kind: "warcinfo",
        id: warc::id("warcinfo", name, at, &Digest::of(text.as_bytes()), serial),
        at,
        content_type: "application/warc-fields",
        fields: vec![("WARC-Filename", name.to_owned())],
        block: [text.as_bytes(), &[]],
    }
    .member(Compression::new(6))
}

/// Refuses a library whose database has gone: a new one would know nothing of its captures.
pub fn refuse_without_database(library: &Path) -> Result<(), Error> {
    let folder = library.join(FOLDER);
    let mut names = fs::read_dir(&folder).map_err(file("read", &folder))?.flatten();
    let holds = names.any(|entry| is_ours(&entry.file_name().to_string_lossy()));
    if !holds || sqlite::path(library).exists() {
        return Ok(());
    }
    Err(Error::Damaged(format!(
        "`{}` is not there, but captures are: restore it from a backup, or move `{}` away to begin anew",
        sqlite::path(library).display(),
        folder.display()
    )))
}

fn is_ours(name: &str) -> bool {
    name.starts_with("pressmark-") && name.ends_with(".warc.gz")
}

/// Cuts every file back to the end of the last record that the database refers to, and takes
/// away the files that it does not know.
///
/// A crash leaves such bytes, but so does a database that came back from a backup and is older
/// than the files; they may be the only copy, so they are put aside and never destroyed.
fn cut_back(library: &Path, rows: &[FileRow]) -> Result<(), Error> {
    let folder = library.join(FOLDER);
    for entry in fs::read_dir(&folder).map_err(file("read", &folder))? {
        let path = entry.map_err(file("read", &folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !is_ours(&name) {
            continue;
        }
        match rows.iter().find(|row| row.name == name) {
            Some(row) => cut(library, &path, &name, row.bytes_len)?,
            None => cut(library, &path, &name, 0)?,
        }
    }
    sync_folder(&folder)
}

/// Puts aside what lies behind `bytes_len` in a file, and the file itself where nothing is left.
fn cut(library: &Path, path: &Path, name: &str, bytes_len: u64) -> Result<(), Error> {
    let found = fs::metadata(path).map_err(file("read", path))?.len();
    if found > bytes_len {
        let aside = put_aside(library, path, name, bytes_len)?;
        tracing::info!(
            "{} had {} bytes that the library does not know: put aside as {}",
            path.display(),
            found - bytes_len,
            aside.display()
        );
    }
    if bytes_len == 0 {
        return fs::remove_file(path).map_err(file("remove", path));
    }
    if found <= bytes_len {
        return Ok(());
    }
    let open = OpenOptions::new().write(true).open(path).map_err(file("open", path))?;
    open.set_len(bytes_len).and_then(|()| open.sync_all()).map_err(file("cut", path))
}

/// Copies the end of a file to a new one in `left/`, safely, and returns its path.
fn put_aside(library: &Path, path: &Path, name: &str, start: u64) -> Result<PathBuf, Error> {
    let folder = library.join(LEFT);
    fs::create_dir_all(&folder).map_err(file("create", &folder))?;
    let stem = name.trim_end_matches(".warc.gz");
    let free = |n: u64| folder.join(format!("{stem}-from-{start}-{n}.warc.gz"));
    let aside = (1..).map(free).find(|aside| !aside.exists()).expect("numbers do not end");
    let mut from = File::open(path).map_err(file("open", path))?;
    from.seek(SeekFrom::Start(start)).map_err(file("read", path))?;
    let mut to = File::create(&aside).map_err(file("create", &aside))?;
    io::copy(&mut from, &mut to).and_then(|_| to.sync_all()).map_err(file("write", &aside))?;
    sync_folder(&folder)?;
    sync_folder(library)?;
    Ok(aside)
}

/// Makes the names in a folder safe.
pub fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(file("sync", folder))
}
