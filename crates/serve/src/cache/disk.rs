//! The part of the cache that outlives the program: a file each, `ab/ab12…`, under its key.
//!
//! A file is a line, `MEDIA-TYPE BYTES SECONDS`, and the bytes.

use super::{PICTURE_BYTES, Stored};
use archive::Lock;
use axum::body::Bytes;
use news::Digest;
use quick_cache::sync::Cache as Index;
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything that may lie here.
const MEDIA_TYPES: [&str; 6] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "application/json",
    "application/octet-stream",
];

/// How the name of a file starts that is not whole yet.
const PART: &str = "part-";

/// The longest first line, in bytes.
const HEAD_BYTES_MAX: usize = 80;

#[derive(Clone)]
pub struct Disk {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    /// How long each file is. What is put out of the index is deleted.
    index: Index<Digest, u64, ByBytes, DefaultHashBuilder, Deleting>,
    /// One process alone deletes what is too much.
    _lock: Lock,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Digest, u64> for ByBytes {
    fn weight(&self, _: &Digest, bytes_len: &u64) -> u64 {
        *bytes_len
    }
}

#[derive(Clone)]
struct Deleting(PathBuf);

impl Lifecycle<Digest, u64> for Deleting {
    type RequestState = ();

    fn on_evict(&self, _: &mut (), key: Digest, _: u64) {
        // That it can't be deleted is found out again when the cache is opened.
        let _ = fs::remove_file(path(&self.0, &key));
    }
}

impl Disk {
    /// Opens the folder and looks at what is there.
    pub fn open(folder: &Path, bytes_max: u64) -> io::Result<Disk> {
        fs::create_dir_all(folder)?;
        let lock = Lock::take(&folder.join("lock"));
        let lock = lock.map_err(|_| io::Error::other("another process works there"))?;
        let len = (bytes_max / PICTURE_BYTES).max(16) as usize;
        let index = Index::with(
            len,
            bytes_max,
            ByBytes,
            DefaultHashBuilder::default(),
            Deleting(folder.to_owned()),
        );
        let inner = Inner { folder: folder.to_owned(), index, _lock: lock };
        inner.look()?;
        Ok(Disk { inner: Arc::new(inner) })
    }

    pub async fn read(&self, key: Digest) -> Option<Stored> {
        self.inner.index.get(&key)?;
        let inner = self.inner.clone();
        let read = tokio::task::spawn_blocking(move || {
            let stored = fs::read(path(&inner.folder, &key)).ok().and_then(unpacked);
            if stored.is_none() {
                inner.index.remove(&key);
            }
            stored
        });
        read.await.ok().flatten()
    }

    pub async fn write(&self, key: Digest, stored: Stored) {
        let inner = self.inner.clone();
        let written = tokio::task::spawn_blocking(move || match inner.write(&key, &stored) {
            Ok(bytes_len) => inner.index.insert(key, bytes_len),
            // A full disk costs time, not pictures.
            Err(error) => tracing::warn!("a made picture could not be kept: {error}"),
        });
        let _ = written.await;
    }
}

impl Inner {
    /// Notes every file that is there, and deletes those that are not whole.
    fn look(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                if entry.file_name().to_string_lossy().starts_with(PART) {
                    fs::remove_file(entry.path())?;
                }
                continue;
            }
            for file in fs::read_dir(entry.path())? {
                let file = file?;
                if let Ok(key) = file.file_name().to_string_lossy().parse() {
                    self.index.insert(key, file.metadata()?.len());
                }
            }
        }
        Ok(())
    }

    /// Returns how long the file is.
    fn write(&self, key: &Digest, stored: &Stored) -> io::Result<u64> {
        let path = path(&self.folder, key);
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))?;
        let part = self.folder.join(format!("{PART}{}", key.hex()));
        let head = format!("{} {} {}\n", stored.media_type, stored.bytes.len(), stored.at_s);
        let mut file = File::create(&part)?;
        file.write_all(head.as_bytes())?;
        file.write_all(&stored.bytes)?;
        fs::rename(&part, &path)?;
        Ok((head.len() + stored.bytes.len()) as u64)
    }
}

fn path(folder: &Path, key: &Digest) -> PathBuf {
    let hex = key.hex();
    folder.join(&hex[..2]).join(hex)
}

/// Reads a file; `None` where it is cut off or something else.
fn unpacked(file: Vec<u8>) -> Option<Stored> {
    let line_len = file.iter().take(HEAD_BYTES_MAX).position(|byte| *byte == b'\n')?;
    let mut words = std::str::from_utf8(&file[..line_len]).ok()?.split(' ');
    let told = words.next()?;
    let media_type = MEDIA_TYPES.into_iter().find(|known| *known == told)?;
    let bytes_len: usize = words.next()?.parse().ok()?;
    let at_s = words.next()?.parse().ok()?;
    let bytes = Bytes::from(file).slice(line_len + 1..);
    (bytes.len() == bytes_len).then_some(Stored { media_type, bytes, at_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(len: usize) -> Stored {
        Stored { media_type: "image/webp", bytes: Bytes::from(vec![7; len]), at_s: 12 }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("pressmark-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[tokio::test]
    async fn what_was_written_is_there_after_a_new_start() {
        let folder = folder("disk");
        let key = Digest::of(b"a");
        let disk = Disk::open(&folder, 1 << 20).unwrap();
        assert!(Disk::open(&folder, 1 << 20).is_err(), "two work in one folder");
        disk.write(key, stored(500)).await;
        drop(disk);
        fs::write(folder.join("part-x"), b"half").unwrap();
        let disk = Disk::open(&folder, 1 << 20).unwrap();
        assert_eq!(disk.read(key).await, Some(stored(500)));
        assert!(!folder.join("part-x").exists());
        // One that is cut off is taken for missing.
        let file = path(&folder, &key);
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(disk.read(key).await, None);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn no_more_lies_there_than_is_granted() {
        let folder = folder("full");
        let disk = Disk::open(&folder, 100_000).unwrap();
        for n in 0..200_u32 {
            disk.write(Digest::of(&n.to_le_bytes()), stored(2_000)).await;
        }
        let files = fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_dir());
        let lens = files.flat_map(|entry| fs::read_dir(entry.path()).unwrap().flatten());
        let bytes: u64 = lens.map(|file| file.metadata().unwrap().len()).sum();
        assert!((20_000..=100_000).contains(&bytes), "{bytes}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
