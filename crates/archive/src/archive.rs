//! The open library.

mod bell;
mod hubs;

pub use bell::Bell;

use crate::captures::{self, Exchange, Serial, Shelf};
use crate::days::{self, Count};
use crate::error::{Error, file};
use crate::health::Trouble;
use crate::listings::{moves, parts, visits};
use crate::lock::Lock;
use crate::nouns::*;
use crate::pictures::{self, PictureFile};
use crate::sqlite::{self, Connection, Pool};
use crate::writer::{Bytes, Doing, Writer};
use crate::{articles, entries, errands, listings, outlines, revisions, sources, verify};
use news::{Address, Capture, Digest, Form, Opml, Pressmark, Timestamp};
use sqlx::Connection as _;
use sqlx::pool::PoolConnection;
use std::fs::{self, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A library that is open; clones share it.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    readers: Pool,
    /// `None` where the library is open for reading alone.
    writing: Option<Writing>,
    /// Is rung when something is made due at once.
    rope: bell::Rope,
}

struct Writing {
    writer: Writer,
    /// Looks up earlier captures; of its own, so that slow readers never make a keep wait.
    lookups: Pool,
    serial: Serial,
}

/// How many readers work at once.
const READERS_MAX: u32 = 4;

/// Opening and closing.
impl Archive {
    /// Opens the library in a folder for writing, and makes it if there is none.
    ///
    /// What a crash left half written is taken away or, where it may be of use, put aside in
    /// `left/`; nothing of that was ever acknowledged. [`Error::Damaged`] when captures are there
    /// and the database is not.
    /// [`Error::Busy`] while another process has it open for writing, [`Error::Newer`] when a
    /// newer program wrote it.
    pub async fn open(folder: &Path) -> Result<Archive, Error> {
        for part in [captures::FOLDER, pictures::FOLDER] {
            let path = folder.join(part);
            fs::create_dir_all(&path).map_err(file("create", &path))?;
        }
        let lock = lock(folder)?;
        captures::refuse_without_database(folder)?;
        let mut connection = sqlite::open_writer(folder).await?;
        captures::sync_folder(folder)?;
        pictures::sweep(folder)?;
        let shelf = Shelf::open(folder, &mut connection).await?;
        let serial = shelf.serial();
        let readers = sqlite::open_readers(folder, READERS_MAX).await?;
        let lookups = sqlite::open_readers(folder, 1).await?;
        let writer = Writer::start(folder.to_owned(), connection, shelf, lock);
        Ok(Archive::new(folder, readers, Some(Writing { writer, lookups, serial })))
    }

    /// Opens a library that is there for reading alone, also while another process writes it.
    ///
    /// [`Error::Missing`] when there is none, [`Error::Older`] when it has to be opened for writing
    /// once to be brought up to date; every keep answers [`Error::ForReading`].
    pub async fn open_for_reading(folder: &Path) -> Result<Archive, Error> {
        if !sqlite::path(folder).is_file() {
            return Err(Error::Missing(folder.to_owned()));
        }
        let readers = sqlite::open_readers(folder, READERS_MAX).await?;
        Ok(Archive::new(folder, readers, None))
    }

    /// Tells whether the library is open for writing.
    pub fn is_for_writing(&self) -> bool {
        self.inner.writing.is_some()
    }

    /// Closes the library once everything that was handed in is kept; clones of it are closed
    /// with it.
    pub async fn close(self) {
        self.inner.readers.close().await;
        if let Some(writing) = &self.inner.writing {
            writing.lookups.close().await;
            writing.writer.close().await;
        }
    }

    fn new(folder: &Path, readers: Pool, writing: Option<Writing>) -> Archive {
        let folder = folder.to_owned();
        let inner = Inner { folder, readers, writing, rope: bell::Rope::default() };
        Archive { inner: Arc::new(inner) }
    }

    fn writing(&self) -> Result<&Writing, Error> {
        let for_reading = || Error::ForReading(self.inner.folder.clone());
        self.inner.writing.as_ref().ok_or_else(for_reading)
    }

    async fn reader(&self) -> Result<PoolConnection<sqlite::Engine>, Error> {
        Ok(self.inner.readers.acquire().await?)
    }

    /// Does work that brings no bytes.
    async fn write<T: Send + 'static>(
        &self,
        work: impl for<'a> FnOnce(&'a mut Connection, Option<i64>) -> Doing<'a, T> + Send + 'static,
    ) -> Result<T, Error> {
        self.write_with(Vec::new(), work).await
    }

    /// Does work that follows from an exchange.
    async fn write_with<T: Send + 'static>(
        &self,
        exchanges: Vec<Exchange>,
        work: impl for<'a> FnOnce(&'a mut Connection, Option<i64>) -> Doing<'a, T> + Send + 'static,
    ) -> Result<T, Error> {
        let bytes = Bytes { exchanges, picture: None };
        self.writing()?.writer.write(bytes, work).await
    }

    /// Packs a capture for the WARC files; gives it back.
    async fn pack(&self, capture: Capture) -> Result<(Vec<Exchange>, Capture), Error> {
        let writing = self.writing()?;
        captures::prepare(&writing.lookups, &writing.serial, capture).await
    }

    async fn pack_any(
        &self,
        capture: Option<Capture>,
    ) -> Result<(Vec<Exchange>, Option<Capture>), Error> {
        match capture {
            None => self.writing().map(|_| (Vec::new(), None)),
            Some(capture) => {
                let (exchanges, capture) = self.pack(capture).await?;
                Ok((exchanges, Some(capture)))
            }
        }
    }
}

/// Sources.
impl Archive {
    /// Adds a source; its listings are due at once.
    ///
    /// [`Error::Double`] when its name or one of its listings is here already: then nothing is
    /// added.
    pub async fn add_source(&self, new: &NewSource, now: Timestamp) -> Result<Source, Error> {
        let new = new.clone();
        self.write(move |connection, _| {
            Box::pin(async move {
                let id = sources::add(connection, &new, now).await?;
                sources::get(connection, id).await
            })
        })
        .await
    }

    /// Adds a listing to a source; [`Error::Double`] when it is here already.
    pub async fn add_listing(
        &self,
        source: i64,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), Error> {
        let address = address.clone();
        self.write(move |connection, _| {
            Box::pin(async move {
                sources::get(connection, source).await?;
                listings::add(connection, source, &address, Role::Main, now).await?;
                Ok(())
            })
        })
        .await
    }

    /// Returns every source, the failing ones first, then by title.
    pub async fn sources(&self) -> Result<Vec<Source>, Error> {
        sources::all(&mut *self.reader().await?).await
    }

    /// Finds a source by its name, its host, its site or the address of a listing.
    pub async fn find_source(&self, word: &str) -> Result<Option<Source>, Error> {
        sources::find(&mut *self.reader().await?, word).await
    }

    pub async fn source(&self, id: i64) -> Result<Option<Source>, Error> {
        match sources::get(&mut *self.reader().await?, id).await {
            Ok(source) => Ok(Some(source)),
            Err(Error::Unknown(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    pub async fn listing(&self, id: i64) -> Result<Option<ListingState>, Error> {
        listings::get(&mut *self.reader().await?, id).await
    }

    /// Follows a listing in place of one that fails, until that one brings news again.
    ///
    /// [`Error::Double`] when it is another source's.
    pub async fn stand_in(
        &self,
        broken: i64,
        address: &Address,
        form: Option<Form>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let address = address.clone();
        self.write(move |connection, _| {
            Box::pin(async move { parts::stand_in(connection, broken, &address, form, now).await })
        })
        .await
    }

    /// Makes a listing due at this time: one that has ended is looked after, not asked.
    pub async fn rest_listing(&self, errand: Errand, until: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| {
            Box::pin(async move {
                let Task::Listing { listing } = errand.task else {
                    return Ok(());
                };
                errands::set_listing(connection, listing, &errand.address, Some(until)).await
            })
        })
        .await
    }

    /// Notes that something in a listing's place was looked for.
    pub async fn keep_looked(&self, listing: i64, now: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(parts::looked(connection, listing, now))).await
    }

    /// Makes the witnesses of a source due now: something may have been missed.
    pub async fn ask_witnesses(&self, source: i64, now: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(parts::ask_witnesses(connection, source, now)))
            .await
    }

    /// Returns how many requests a source was asked on the day of this time (UTC).
    pub async fn requests_on(&self, source: i64, now: Timestamp) -> Result<u32, Error> {
        days::requests(&mut *self.reader().await?, source, now).await
    }

    /// Counts requests to a source of which no answer is kept.
    pub async fn count_requests(
        &self,
        source: i64,
        requests: usize,
        now: Timestamp,
    ) -> Result<(), Error> {
        let count = Count { requests, ..Count::default() };
        self.write(move |connection, _| Box::pin(days::add(connection, source, now, count))).await
    }

    /// Puts off a source's pages and pictures, because enough was asked today.
    pub async fn put_off(
        &self,
        source: i64,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), Error> {
        self.write(move |connection, _| {
            Box::pin(async move {
                days::hold(connection, source, now).await?;
                errands::put_off(connection, source, until).await
            })
        })
        .await
    }

    /// Makes one round of a source, or of all, due now: its listings, the page of every entry
    /// that stands in the newest state of a listing, and the pictures that failed.
    pub async fn ask_now(&self, source: Option<i64>, now: Timestamp) -> Result<(), Error> {
        self.write(move |connection, _| Box::pin(errands::ask_now(connection, source, now)))
            .await?;
        self.inner.rope.pull();
        Ok(())
    }
}

/// Filing.
impl Archive {
    /// Files an outline and follows its new sources, in one transaction: all or nothing.
    ///
    /// What is filed already stays as it is and where it is; the same outline twice is once.
    pub async fn keep_outline(
        &self,
        import: OutlineImport,
        now: Timestamp,
    ) -> Result<OutlineKept, Error> {
        self.write(move |connection, _| {
            Box::pin(async move { outlines::keep(connection, &import, now).await })
        })
        .await
    }

    /// Returns everything that is filed; a feed's outline names the address at which it is
    /// followed now.
    pub async fn outline(&self) -> Result<Opml, Error> {
        let mut reader = self.reader().await?;
        let mut moment = reader.begin().await?;
        outlines::tree(&mut moment).await
    }

    /// Returns for each address the name of the source that follows it, also where the listing
    /// has moved since it was filed under this address.
    pub async fn followed(&self, addresses: &[Address]) -> Result<Vec<Option<String>>, Error> {
        outlines::names(&mut *self.reader().await?, addresses).await
    }
}

/// The queue.
impl Archive {
    /// Returns the hosts (with port) that have something due, the longest waiting first.
    ///
    /// Here and below, `source` leaves out what is due for other sources.
    pub async fn hosts_due(
        &self,
        source: Option<i64>,
        now: Timestamp,
    ) -> Result<Vec<String>, Error> {
        errands::hosts_due(&mut *self.reader().await?, source, now).await
    }

    /// Returns what is due at a host: listings, then pages, then pictures, each by its time.
    pub async fn errands_due(
        &self,
        host: &str,
        source: Option<i64>,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Errand>, Error> {
        errands::due(&mut *self.reader().await?, host, source, now, limit).await
    }

    /// Returns when the next errand is due; in the past if one is due already.
    pub async fn next_due(&self, source: Option<i64>) -> Result<Option<Timestamp>, Error> {
        errands::next_due(&mut *self.reader().await?, source).await
    }

    /// Returns a bell that rings whenever something is made due at once, from now on.
    pub fn bell(&self) -> Bell {
        self.inner.rope.bell()
    }

    /// Returns how many errands are due.
    pub async fn errands_len(&self, now: Timestamp) -> Result<u64, Error> {
        errands::len(&mut *self.reader().await?, now).await
    }
}

/// Keeping: each function answers once what it was given is safe on the disk.
impl Archive {
    /// Keeps a listing's document, its entries and their errands, and its validators, in one
    /// transaction.
    pub async fn keep_listing(&self, visit: ListingVisit) -> Result<ListingKept, Error> {
        let mut exchanges = Vec::new();
        let requests = visit.also.iter().map(|also| also.hops.len() + 1).sum::<usize>();
        for also in visit.also {
            exchanges.extend(self.pack(also).await?.0);
        }
        let (packed, capture) = self.pack(visit.capture).await?;
        exchanges.extend(packed);
        let visit = ListingVisit { capture, also: Vec::new(), ..visit };
        self.write_with(exchanges, move |connection, _| {
            Box::pin(async move {
                let kept = listings::keep(connection, &visit).await?;
                let ListingVisit { errand, capture, .. } = &visit;
                let mut count = Count::of(capture);
                count.requests += requests;
                count.entries_new = kept.entries_new;
                days::add(connection, errand.source, capture.at, count).await?;
                Ok(kept)
            })
        })
        .await
    }

    /// Keeps the answer that something is as it was (304).
    pub async fn keep_unchanged(
        &self,
        errand: Errand,
        capture: Capture,
        next_visit: Option<Timestamp>,
    ) -> Result<(), Error> {
        let (exchanges, capture) = self.pack(capture).await?;
        self.write_with(exchanges, move |connection, _| {
            Box::pin(async move {
                match errand.task {
                    Task::Listing { listing } => {
                        visits::unchanged(connection, listing, &capture).await?;
                    }
                    Task::Page { entry } => {
                        articles::unchanged(connection, entry, capture.at).await?;
                    }
                    Task::Picture { .. } => {}
                }
                days::add(connection, errand.source, capture.at, Count::of(&capture)).await?;
                errands::went_well(connection, &errand, next_visit, None).await?;
                match errand.task {
                    Task::Listing { listing } => moves::follow(connection, listing, &capture).await,
                    _ => Ok(()),
                }
            })
        })
        .await
    }

    /// Keeps an article; a revision is added only when it reads otherwise than the newest one.
    pub async fn keep_article(&self, visit: ArticleVisit) -> Result<ArticleKept, Error> {
        let mut exchanges = Vec::new();
        let counts: Vec<_> = visit.also.iter().map(|also| (also.at, Count::of(also))).collect();
        for also in visit.also {
            exchanges.extend(self.pack(also).await?.0);
        }
        let (own, capture) = self.pack_any(visit.capture).await?;
        exchanges.extend(own);
        let visit = ArticleVisit { capture, also: Vec::new(), ..visit };
        let packed = revisions::pack(&visit.article)?;
        self.write_with(exchanges, move |connection, capture| {
            Box::pin(async move {
                let kept = articles::keep(connection, &visit, &packed, capture).await?;
                if let Some(capture) = &visit.capture {
                    let count = Count::of(capture);
                    days::add(connection, visit.errand.source, capture.at, count).await?;
                }
                for (at, count) in counts {
                    days::add(connection, visit.errand.source, at, count).await?;
                }
                Ok(kept)
            })
        })
        .await
    }

    /// Keeps a picture's bytes, and that they were found at the errand's address.
    pub async fn keep_picture(&self, visit: PictureVisit) -> Result<Picture, Error> {
        let (exchanges, mut capture) = self.pack(visit.capture).await?;
        let bytes = std::mem::take(&mut capture.body);
        let visit = PictureVisit { capture, ..visit };
        let picture = Picture {
            digest: Digest::of(&bytes),
            media_type: visit.media_type.clone(),
            width: visit.width,
            height: visit.height,
            bytes_len: bytes.len() as u64,
        };
        let digest = picture.digest;
        let bytes = Bytes { exchanges, picture: Some(PictureFile { digest, bytes }) };
        let writer = &self.writing()?.writer;
        writer
            .write(bytes, move |connection, capture| {
                Box::pin(async move {
                    let (source, at) = (visit.errand.source, visit.capture.at);
                    days::add(connection, source, at, Count::of(&visit.capture)).await?;
                    pictures::keep(connection, &visit, picture, capture).await
                })
            })
            .await
    }

    /// Lays an errand aside until somebody asks for a round ([`Archive::ask_now`]).
    pub async fn rest_errand(&self, errand: Errand, why: String) -> Result<(), Error> {
        self.write(move |connection, _| {
            Box::pin(async move { errands::rest(connection, &errand, &why).await })
        })
        .await
    }

    /// Keeps that a visit failed, and why.
    pub async fn keep_failure(&self, failure: Failure, now: Timestamp) -> Result<(), Error> {
        let (exchanges, capture) = self.pack_any(failure.capture).await?;
        let failure = Failure { capture, ..failure };
        self.write_with(exchanges, move |connection, _| {
            Box::pin(async move {
                let Failure { errand, capture, why, trouble, retry } = &failure;
                let count = Count::of_failure(*trouble, capture.as_ref());
                days::add(connection, errand.source, now, count).await?;
                match errand.task {
                    Task::Listing { listing } => {
                        let why = (*trouble, why.as_str());
                        let ended = retry.is_none();
                        visits::failed(connection, listing, why, now, ended).await?;
                    }
                    Task::Page { entry } => {
                        if retry.is_none() {
                            articles::fall_back(connection, entry).await?;
                        }
                        entries::fail(connection, entry, why).await?;
                    }
                    Task::Picture { .. } => {}
                }
                errands::failed(connection, errand, why, *retry).await
            })
        })
        .await
    }

    /// Keeps that the origin has taken something down (410): the text stays, the errand ends.
    pub async fn keep_gone(
        &self,
        errand: Errand,
        capture: Capture,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (exchanges, capture) = self.pack(capture).await?;
        self.write_with(exchanges, move |connection, _| {
            Box::pin(async move {
                let count = Count::of_failure(Trouble::Status(410), Some(&capture));
                days::add(connection, errand.source, now, count).await?;
                articles::gone(connection, &errand, now).await
            })
        })
        .await
    }

    /// Keeps a document of an older mirror as an article of a source; twice is once.
    pub async fn keep_import(&self, import: Import, source: i64) -> Result<ArticleKept, Error> {
        let writing = self.writing()?;
        let document = captures::prepare_document(&writing.lookups, &writing.serial, &import);
        let exchanges = document.await?;
        self.write_with(exchanges, move |connection, capture| {
            Box::pin(
                async move { articles::keep_import(connection, &import, source, capture).await },
            )
        })
        .await
    }
}

/// Reading.
impl Archive {
    pub async fn entry(&self, id: i64) -> Result<Option<KeptEntry>, Error> {
        entries::get(&mut *self.reader().await?, id).await
    }

    /// Returns the identities of the newest entries' pages of a source, at most `limit`.
    pub async fn known_pages(&self, source: i64, limit: u32) -> Result<Vec<String>, Error> {
        entries::identities(&mut *self.reader().await?, source, limit).await
    }

    /// Returns how many of these ids were known of a source before a time.
    pub async fn known_len(
        &self,
        source: i64,
        guids: &[String],
        before: Timestamp,
    ) -> Result<usize, Error> {
        entries::known_len(&mut *self.reader().await?, source, guids, before).await
    }

    /// Returns when the newest entries of a listing were first seen, newest first.
    pub async fn entry_times(&self, listing: i64, limit: u32) -> Result<Vec<Timestamp>, Error> {
        entries::times(&mut *self.reader().await?, listing, limit).await
    }

    /// Returns the entries that no article came of, newest first, at most 10,000; each has
    /// [`failing`](KeptEntry::failing).
    pub async fn entries_without_article(
        &self,
        source: Option<i64>,
    ) -> Result<Vec<KeptEntry>, Error> {
        entries::without_article(&mut *self.reader().await?, source).await
    }

    pub async fn articles(&self, query: &Query) -> Result<Vec<ArticleLine>, Error> {
        articles::lines(&mut *self.reader().await?, query).await
    }

    /// Returns how many articles a query finds, whatever its limit and offset.
    pub async fn articles_len(&self, query: &Query) -> Result<u64, Error> {
        articles::lines_len(&mut *self.reader().await?, query).await
    }

    /// Returns an article at the revision with this number, or at the newest.
    pub async fn article(
        &self,
        mark: &Pressmark,
        number: Option<u32>,
    ) -> Result<Option<KeptArticle>, Error> {
        // One transaction: article, history and text are of one moment.
        let mut reader = self.reader().await?;
        let mut moment = reader.begin().await?;
        articles::get(&mut moment, mark, number).await
    }

    /// Finds the article that was seen at an address, or says that it lives there.
    pub async fn find_article(&self, address: &Address) -> Result<Option<Pressmark>, Error> {
        articles::find(&mut *self.reader().await?, address).await
    }

    /// Returns a picture with its bytes; [`Error::Damaged`] when they are not what they were.
    pub async fn picture(&self, digest: &Digest) -> Result<Option<(Picture, Vec<u8>)>, Error> {
        let found = pictures::find(&mut *self.reader().await?, digest).await?;
        let Some(picture) = found else {
            return Ok(None);
        };
        let folder = self.inner.folder.clone();
        let read = tokio::task::spawn_blocking(move || {
            pictures::read(&folder, &picture).map(|bytes| Some((picture, bytes)))
        });
        read.await.unwrap_or_else(|panic| Err(Error::Damaged(panic.to_string())))
    }

    /// Returns what is told of a picture, without its bytes.
    pub async fn picture_facts(&self, digest: &Digest) -> Result<Option<Picture>, Error> {
        pictures::find(&mut *self.reader().await?, digest).await
    }

    /// Tells whether the picture at an address leads an article.
    pub async fn is_lead(&self, address: &Address) -> Result<bool, Error> {
        pictures::leads(&mut *self.reader().await?, address).await
    }

    /// Returns how many bytes of pictures are kept: of a source, and in all.
    pub async fn picture_bytes(&self, source: i64) -> Result<(u64, u64), Error> {
        pictures::bytes_len(&mut *self.reader().await?, source).await
    }

    /// Returns what is kept of each source's pictures and what is missing, by the source's name.
    pub async fn pictures_by_source(&self) -> Result<Vec<PictureHoldings>, Error> {
        pictures::by_source(&mut *self.reader().await?).await
    }

    /// Returns the pictures that are not kept and why, those of one source or all, given up first.
    pub async fn missing_pictures(
        &self,
        source: Option<i64>,
        limit: u32,
    ) -> Result<Vec<MissingPicture>, Error> {
        pictures::missing(&mut *self.reader().await?, source, limit).await
    }

    /// Tells what is known of the picture at an address.
    pub async fn picture_at(&self, address: &Address) -> Result<PictureAt, Error> {
        pictures::at(&mut *self.reader().await?, address).await
    }

    /// Returns the revisions after one, in the order in which they were kept: the change feed.
    pub async fn revisions_after(&self, id: i64, limit: u32) -> Result<Vec<Revision>, Error> {
        revisions::after(&mut *self.reader().await?, id, limit).await
    }

    /// Returns the HTTP head and payload that a revision was read from, as they came.
    pub async fn capture_of(&self, revision: &Revision) -> Result<Option<Vec<u8>>, Error> {
        let mut reader = self.reader().await?;
        revisions::capture(&mut reader, &self.inner.folder, revision.id).await
    }

    pub async fn holdings(&self) -> Result<Holdings, Error> {
        verify::holdings(&mut *self.reader().await?).await
    }

    /// Looks for damage, and says what would mend it; a whole library has no findings.
    pub async fn verify(&self, level: Level) -> Result<Vec<Finding>, Error> {
        let mut reader = self.reader().await?;
        verify::verify(&mut reader, &self.inner.folder, level).await
    }
}

/// Takes the lock of a library, which only one process has.
fn lock(folder: &Path) -> Result<Lock, Error> {
    let path = folder.join("library.lock");
    Lock::take(&path).map_err(|why| match why {
        TryLockError::WouldBlock => Error::Busy(folder.to_owned()),
        TryLockError::Error(source) => file("lock", &path)(source),
    })
}
