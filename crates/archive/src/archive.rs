//! The open library.

use crate::*;
use news::{Address, Digest, Pressmark, Timestamp};
use std::path::Path;

/// A library that is open; clones share it.
#[derive(Clone)]
pub struct Archive;

#[expect(unused_variables, reason = "the bodies follow in the next commits")]
impl Archive {
    /// Opens the library in a folder for writing, and makes it if there is none.
    pub async fn open(folder: &Path) -> Result<Archive, Error> {
        todo!()
    }

    /// Opens a library that is there for reading alone, also while another process writes it.
    pub async fn open_for_reading(folder: &Path) -> Result<Archive, Error> {
        todo!()
    }

    pub async fn close(self) {
        todo!()
    }

    pub async fn add_source(&self, new: &NewSource, now: Timestamp) -> Result<Source, Error> {
        todo!()
    }

    pub async fn add_listing(
        &self,
        source: i64,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), Error> {
        todo!()
    }

    pub async fn sources(&self) -> Result<Vec<Source>, Error> {
        todo!()
    }

    pub async fn find_source(&self, word: &str) -> Result<Option<Source>, Error> {
        todo!()
    }

    pub async fn ask_now(&self, source: Option<i64>, now: Timestamp) -> Result<(), Error> {
        todo!()
    }

    pub async fn hosts_due(&self, now: Timestamp) -> Result<Vec<String>, Error> {
        todo!()
    }

    pub async fn errands_due(
        &self,
        host: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Errand>, Error> {
        todo!()
    }

    pub async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        todo!()
    }

    pub async fn errands_len(&self, now: Timestamp) -> Result<u64, Error> {
        todo!()
    }

    pub async fn keep_listing(&self, visit: ListingVisit) -> Result<ListingKept, Error> {
        todo!()
    }

    pub async fn keep_unchanged(
        &self,
        errand: Errand,
        capture: news::Capture,
        next_visit: Option<Timestamp>,
    ) -> Result<(), Error> {
        todo!()
    }

    pub async fn keep_article(&self, visit: ArticleVisit) -> Result<ArticleKept, Error> {
        todo!()
    }

    pub async fn keep_picture(&self, visit: PictureVisit) -> Result<Picture, Error> {
        todo!()
    }

    pub async fn keep_failure(&self, failure: Failure, now: Timestamp) -> Result<(), Error> {
        todo!()
    }

    pub async fn keep_gone(
        &self,
        errand: Errand,
        capture: news::Capture,
        now: Timestamp,
    ) -> Result<(), Error> {
        todo!()
    }

    pub async fn keep_import(&self, import: Import, source: i64) -> Result<ArticleKept, Error> {
        todo!()
    }

    pub async fn entry(&self, id: i64) -> Result<Option<KeptEntry>, Error> {
        todo!()
    }

    pub async fn entries_without_article(
        &self,
        source: Option<i64>,
    ) -> Result<Vec<KeptEntry>, Error> {
        todo!()
    }

    pub async fn articles(&self, query: &Query) -> Result<Vec<ArticleLine>, Error> {
        todo!()
    }

    pub async fn articles_len(&self, query: &Query) -> Result<u64, Error> {
        todo!()
    }

    pub async fn article(
        &self,
        mark: &Pressmark,
        number: Option<u32>,
    ) -> Result<Option<KeptArticle>, Error> {
        todo!()
    }

    pub async fn find_article(&self, address: &Address) -> Result<Option<Pressmark>, Error> {
        todo!()
    }

    pub async fn picture(&self, digest: &Digest) -> Result<Option<(Picture, Vec<u8>)>, Error> {
        todo!()
    }

    pub async fn revisions_after(&self, id: i64, limit: u32) -> Result<Vec<Revision>, Error> {
        todo!()
    }

    pub async fn capture_of(&self, revision: &Revision) -> Result<Option<Vec<u8>>, Error> {
        todo!()
    }

    pub async fn holdings(&self) -> Result<Holdings, Error> {
        todo!()
    }

    pub async fn verify(&self, level: Level) -> Result<Vec<Finding>, Error> {
        todo!()
    }
}
