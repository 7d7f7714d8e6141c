//! Where the pictures of pages and of the proxy are made, found again, and fetched if need be.

use crate::Options;
use crate::cache::{Cache, Stored};
use crate::signature::is_signed;
use crate::workshop::{Bytes, Pictures, Refusal};
use axum::body;
use news::{Address, Digest, Timestamp};
use picture::{Made, Order};
use quick_cache::sync::Cache as Memory;
use std::sync::Arc;

/// How long a fetched picture is given out before it is asked for again, in seconds.
const FETCHED_AGE_MAX_S: i64 = 7 * 24 * 60 * 60;

/// For how long it is remembered that a picture could not be had, in seconds.
const MISSING_AGE_MAX_S: i64 = 10 * 60;

/// For how long it is remembered which picture is kept of an address, in seconds: the catalogue
/// takes longer to say so than a ready picture takes to be given out.
const KEPT_AGE_MAX_S: i64 = 60;

/// For how long it is remembered that a picture can't be made, in seconds: what takes a worker to
/// its deadline must not do so once for each reader.
const REFUSED_AGE_MAX_S: i64 = 10 * 60;

/// How many addresses are remembered with what came of them.
const FETCHED_LEN_MAX: usize = 4096;

/// Goes up when the same order begins to make other bytes.
const MAKING: u32 = 1;

pub struct Darkroom {
    given: Pictures,
    cache: Cache,
    fetched: Memory<Digest, Fetched>,
    kept: Memory<Digest, (i64, Digest)>,
    refused: Arc<Memory<Digest, (i64, Refusal)>>,
}

/// What came of an address, and when.
#[derive(Clone)]
struct Fetched {
    at_s: i64,
    /// The bytes' own digest.
    came: Result<Digest, Refusal>,
}

impl Darkroom {
    pub fn of(options: &Options) -> Option<Arc<Darkroom>> {
        let given = options.pictures.clone()?;
        let cache = Cache::open(given.folder.clone(), given.folder_bytes_max);
        let fetched = Memory::new(FETCHED_LEN_MAX);
        let kept = Memory::new(FETCHED_LEN_MAX);
        let refused = Arc::new(Memory::new(FETCHED_LEN_MAX));
        Some(Arc::new(Darkroom { given, cache, fetched, kept, refused }))
    }

    /// Returns what is ready in memory.
    pub fn at_hand(&self, key: &Digest) -> Option<Stored> {
        self.cache.at_hand(key)
    }

    /// Returns one of the pictures of an order, made now or earlier; the others are put by.
    ///
    /// `keys` are those of the order's pictures, in its order; `bytes` are of what they are made.
    pub async fn made(
        &self,
        keys: Vec<Digest>,
        wanted: usize,
        order: Order,
        bytes: Bytes,
        now: Timestamp,
    ) -> Result<Stored, Refusal> {
        let workshop = self.given.workshop.clone();
        let cache = self.cache.clone();
        let refused = self.refused.clone();
        let (key, now_s) = (keys[wanted], now.as_second());
        let make = async move {
            let mut found = None;
            if let Some((at_s, refusal)) = refused.get(&key)
                && (0..REFUSED_AGE_MAX_S).contains(&(now_s - at_s))
            {
                return Err(refusal);
            }
            let made = workshop.make(bytes, order).await;
            let made = made.inspect_err(|refusal| {
                // What is our own failing may go better the next time.
                if refusal.status < 500 {
                    refused.insert(key, (now_s, refusal.clone()));
                }
            })?;
            for (at, (key, made)) in keys.into_iter().zip(made).enumerate() {
                let stored = stored(made, now);
                match at == wanted {
                    true => found = Some(stored),
                    false => cache.put(key, stored).await,
                }
            }
            found.ok_or_else(lost)
        };
        self.cache.get_or_make(key, make, lost).await
    }

    /// Tells whether the proxy gets this picture for anybody: its host is listed, or the query is
    /// signed.
    pub async fn is_open_for(&self, address: &Address, query: &str) -> bool {
        self.is_listed(address) || is_signed(query, address, &self.given.key).await
    }

    fn is_listed(&self, address: &Address) -> bool {
        let host = address.host();
        self.given.hosts.iter().any(|known| match known.strip_prefix("*.") {
            Some(domain) => host.strip_suffix(domain).is_some_and(|below| below.ends_with('.')),
            None => known.eq_ignore_ascii_case(host),
        })
    }

    /// Returns the picture that was just kept of an address.
    pub fn kept(&self, address: &Address, now: Timestamp) -> Option<Digest> {
        let (at_s, digest) = self.kept.get(&address_key(address))?;
        (0..KEPT_AGE_MAX_S).contains(&(now.as_second() - at_s)).then_some(digest)
    }

    pub fn note_kept(&self, address: &Address, digest: Digest, now: Timestamp) {
        self.kept.insert(address_key(address), (now.as_second(), digest));
    }

    /// Fetches a picture, unless that was done not long ago; returns its bytes' digest.
    ///
    /// Where its publisher has it no more, what came last is still good.
    pub async fn fetched(&self, address: &Address, now: Timestamp) -> Result<Digest, Refusal> {
        let key = address_key(address);
        let now_s = now.as_second();
        if self.fetched.get(&key).is_some_and(|known| known.is_old(now_s)) {
            self.fetched.remove(&key);
        }
        let cache = self.cache.clone();
        let asked = self.given.origin.get(address.clone());
        let fetch = async move {
            let earlier = cache.get(&key).await;
            if let Some(stored) = &earlier
                && now_s - stored.at_s < FETCHED_AGE_MAX_S
            {
                return Fetched { at_s: stored.at_s, came: Ok(Digest::of(&stored.bytes)) };
            }
            let came = match (asked.await, earlier) {
                (Ok(bytes), _) => {
                    let digest = Digest::of(&bytes);
                    let media_type = "application/octet-stream";
                    let bytes = body::Bytes::from(bytes);
                    cache.put(key, Stored { media_type, bytes, at_s: now_s }).await;
                    Ok(digest)
                }
                (Err(_), Some(stored)) => Ok(Digest::of(&stored.bytes)),
                (Err(refusal), None) => Err(refusal),
            };
            Fetched { at_s: now_s, came }
        };
        let spawned = async { tokio::spawn(fetch).await.map_err(|_| lost()) };
        self.fetched.get_or_insert_async(&key, spawned).await?.came
    }

    /// Returns the bytes of a picture that was fetched.
    pub fn fetched_bytes(&self, address: &Address) -> Bytes {
        let (cache, key) = (self.cache.clone(), address_key(address));
        Box::pin(async move {
            let stored = cache.get(&key).await.ok_or_else(lost)?;
            Ok(stored.bytes.to_vec())
        })
    }
}

impl Fetched {
    fn is_old(&self, now_s: i64) -> bool {
        let age_max_s = if self.came.is_ok() { FETCHED_AGE_MAX_S } else { MISSING_AGE_MAX_S };
        !(0..age_max_s).contains(&(now_s - self.at_s))
    }
}

/// Returns the name of what an order makes of a picture.
pub fn key(picture: &Digest, order: &str) -> Digest {
    Digest::of(format!("{picture} {MAKING} {order}").as_bytes())
}

fn address_key(address: &Address) -> Digest {
    Digest::of(format!("at {address}").as_bytes())
}

fn stored(made: Made, now: Timestamp) -> Stored {
    let bytes = body::Bytes::from(made.bytes);
    Stored { media_type: made.media_type, bytes, at_s: now.as_second() }
}

fn lost() -> Refusal {
    Refusal::new(503, "The picture was put away meanwhile. Ask again.")
}
