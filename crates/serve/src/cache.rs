//! What was made of pictures, or fetched for them: in memory what is asked for now, on the disk
//! as much as the keeper grants. All of it can be made again, so nothing is synced, and a file
//! that is not whole is taken for missing.

mod disk;

use axum::body::Bytes;
use disk::Disk;
use news::Digest;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Memory;
use std::path::PathBuf;
use std::sync::Arc;

/// Of what is asked for now, in bytes.
const MEMORY_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What a made picture is taken for when the cache is laid out, in bytes.
const PICTURE_BYTES: u64 = 32 * 1024;

/// Something that can be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub media_type: &'static str,
    pub bytes: Bytes,
    /// When it was made or fetched, in seconds since 1970.
    pub at_s: i64,
}

/// Clones share it.
#[derive(Clone)]
pub struct Cache {
    memory: Arc<Memory<Digest, Stored, ByBytes>>,
    disk: Option<Disk>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Digest, Stored> for ByBytes {
    fn weight(&self, _: &Digest, stored: &Stored) -> u64 {
        stored.bytes.len() as u64 + 128
    }
}

impl Cache {
    /// Opens the cache; without a folder, or when another process works in it, it is in memory
    /// alone.
    pub fn open(folder: Option<PathBuf>, folder_bytes_max: u64) -> Cache {
        let len = (MEMORY_BYTES_MAX / PICTURE_BYTES) as usize;
        let memory = Arc::new(Memory::with_weighter(len, MEMORY_BYTES_MAX, ByBytes));
        let disk = folder.and_then(|folder| {
            let opened = Disk::open(&folder, folder_bytes_max);
            opened
                .inspect_err(|error| {
                    tracing::warn!("made pictures are not kept in `{}`: {error}", folder.display());
                })
                .ok()
        });
        Cache { memory, disk }
    }

    /// Returns what lies in memory; costs next to nothing.
    pub fn at_hand(&self, key: &Digest) -> Option<Stored> {
        self.memory.get(key)
    }

    /// Returns what is there.
    pub async fn get(&self, key: &Digest) -> Option<Stored> {
        if let Some(stored) = self.memory.get(key) {
            return Some(stored);
        }
        self.disk.as_ref()?.read(*key).await
    }

    /// Returns what is there, or makes it: once, however many ask, and to the end, also when they
    /// all go away meanwhile.
    pub async fn get_or_make<E: Send + 'static>(
        &self,
        key: Digest,
        make: impl Future<Output = Result<Stored, E>> + Send + 'static,
        lost: impl FnOnce() -> E,
    ) -> Result<Stored, E> {
        let cache = self.clone();
        let made = async move {
            if let Some(disk) = &cache.disk
                && let Some(stored) = disk.read(key).await
            {
                return Ok(stored);
            }
            let stored = make.await?;
            cache.put(key, stored.clone()).await;
            Ok(stored)
        };
        let spawned = async { tokio::spawn(made).await.unwrap_or_else(|_| Err(lost())) };
        self.memory.get_or_insert_async(&key, spawned).await
    }

    /// Keeps something on the disk; in memory where there is none.
    pub async fn put(&self, key: Digest, stored: Stored) {
        match &self.disk {
            Some(disk) => disk.write(key, stored).await,
            None => self.memory.insert(key, stored),
        }
    }
}
