//! A library to test with, and news to put into it.

use archive::*;
use news::{Address, Article, Block, Body, Capture, PictureUse, Span, Stamp, Timestamp};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// An open library in a folder of its own, which goes when the test ends.
pub struct Library {
    pub archive: Archive,
    pub folder: Folder,
}

impl Library {
    pub async fn new() -> Library {
        let folder = Folder::new();
        let archive = Archive::open(folder.path()).await.expect("a library opens");
        Library { archive, folder }
    }

    /// Closes the library and opens it again.
    pub async fn reopen(self) -> Library {
        let Library { archive, folder } = self;
        archive.close().await;
        let archive = Archive::open(folder.path()).await.expect("it opens again");
        Library { archive, folder }
    }

    /// Follows a source with one listing, `https://HOST/feed`.
    pub async fn follow(&self, name: &str, host: &str) -> Source {
        self.archive.add_source(&source(name, host), at(0)).await.unwrap()
    }

    /// Returns everything that is due.
    pub async fn due(&self, now: Timestamp) -> Vec<Errand> {
        let mut due = Vec::new();
        for host in self.archive.hosts_due(None, now).await.unwrap() {
            due.extend(self.archive.errands_due(&host, None, now, 10_000).await.unwrap());
        }
        due
    }

    pub async fn due_listing(&self, now: Timestamp) -> Errand {
        self.first(now, |task| matches!(task, Task::Listing { .. })).await
    }

    pub async fn due_page(&self, now: Timestamp) -> Errand {
        self.first(now, |task| matches!(task, Task::Page { .. })).await
    }

    pub async fn due_picture(&self, now: Timestamp) -> Errand {
        self.first(now, |task| matches!(task, Task::Picture { .. })).await
    }

    /// Returns what is due at exactly this address.
    pub async fn due_at(&self, now: Timestamp, place: &str) -> Errand {
        let due = self.due(now).await;
        let found = due.iter().find(|errand| errand.address.as_str() == place);
        found.unwrap_or_else(|| panic!("not due: {due:?}")).clone()
    }

    async fn first(&self, now: Timestamp, is: impl Fn(&Task) -> bool) -> Errand {
        let due = self.due(now).await;
        let found = due.iter().find(|errand| is(&errand.task));
        found.unwrap_or_else(|| panic!("not due: {due:?}")).clone()
    }

    /// Visits the one listing that is due; it announces these entries.
    pub async fn announce(&self, now: Timestamp, entries: Vec<NewEntry>) -> ListingKept {
        let errand = self.due_listing(now).await;
        self.archive.keep_listing(listing_visit(errand, now, entries)).await.unwrap()
    }

    /// Announces one entry and keeps its page.
    pub async fn keep(&self, now: Timestamp, entry: NewEntry, article: Article) -> ArticleKept {
        self.announce(now, vec![entry]).await;
        let errand = self.due_page(now).await;
        self.archive.keep_article(article_visit(errand, now, article)).await.unwrap()
    }

    pub async fn lines(&self) -> Vec<ArticleLine> {
        self.archive.articles(&all()).await.unwrap()
    }

    pub async fn verified(&self) {
        let findings = self.archive.verify(Level::Full).await.unwrap();
        assert_eq!(findings, [], "the library is whole");
    }
}

/// A folder under the system's temporary one.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("pressmark-archive-{}-{count}", std::process::id());
        Folder(std::env::temp_dir().join(name))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the WARC files, oldest first.
    pub fn captures(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.0.join("captures")).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Returns a time: so many seconds after eight on a Sunday morning.
pub fn at(seconds: i64) -> Timestamp {
    let eight: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
    Timestamp::from_second(eight.as_second() + seconds).unwrap()
}

pub const HOUR: i64 = 3600;

pub fn address(text: &str) -> Address {
    Address::read(text).expect("an address")
}

pub fn source(name: &str, host: &str) -> NewSource {
    NewSource {
        name: name.to_owned(),
        title: format!("The {name}"),
        site: address(&format!("https://{host}/")),
        language: None,
        listings: vec![NewListing::main(address(&format!("https://{host}/feed")), None)],
    }
}

pub fn all() -> Query {
    Query { limit: 10_000, ..Query::default() }
}

/// An entry whose id is its address.
pub fn entry(page: &str, title: &str) -> NewEntry {
    NewEntry {
        guid: page.to_owned(),
        address: Some(address(page)),
        title: title.to_owned(),
        published: None,
        updated: None,
        article: None,
    }
}

pub fn article(page: &str, headline: &str, text: &str) -> Article {
    Article {
        evidence: Vec::new(),
        address: address(page),
        headline: headline.to_owned(),
        deck: None,
        authors: vec!["Ada Reporter".to_owned()],
        dateline: None,
        published: Some(Stamp::utc(at(-HOUR))),
        updated: None,
        language: Some("en".to_owned()),
        site: None,
        section: None,
        tags: Vec::new(),
        lead: None,
        body: Body { blocks: vec![Block::Paragraph(vec![Span::text(text)])] },
    }
}

pub fn with_lead(mut article: Article, picture: &str) -> Article {
    article.lead = Some(PictureUse::new(address(picture)));
    article
}

/// An answer with this status and body.
pub fn answer(page: &str, now: Timestamp, status: u16, body: &[u8]) -> Capture {
    let head = format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    Capture {
        address: address(page),
        at: now,
        took_ms: 20,
        status,
        request_head: format!("GET {page} HTTP/1.1\r\nHost: a.example\r\n\r\n").into_bytes(),
        response_head: head.into_bytes(),
        content_type: "text/html".to_owned(),
        payload: Vec::new(),
        body: body.to_vec(),
        peer: "192.0.2.7:443".to_owned(),
        hops: Vec::new(),
    }
}

pub fn listing_visit(errand: Errand, now: Timestamp, entries: Vec<NewEntry>) -> ListingVisit {
    let capture = answer(errand.address.as_str(), now, 200, format!("{entries:?}").as_bytes());
    ListingVisit {
        errand,
        capture,
        also: Vec::new(),
        missing: None,
        form: news::Form::Rss,
        title: None,
        language: Some("en".to_owned()),
        entries,
        validators: Validators { etag: Some("\"v1\"".to_owned()), last_modified: None },
        notes: Vec::new(),
        pace: Pace::default(),
        next_visit: now + jiff::SignedDuration::from_hours(1),
    }
}

pub fn article_visit(errand: Errand, now: Timestamp, article: Article) -> ArticleVisit {
    let page = format!("<h1>{}</h1>{}", article.headline, article.body.text());
    ArticleVisit {
        capture: Some(answer(errand.address.as_str(), now, 200, page.as_bytes())),
        errand,
        article,
        also: Vec::new(),
        notes: Vec::new(),
        validators: Validators::default(),
        failing: None,
        next_visit: Some(now + jiff::SignedDuration::from_hours(6)),
    }
}

pub fn picture_visit(errand: Errand, now: Timestamp, bytes: &[u8]) -> PictureVisit {
    PictureVisit {
        capture: answer(errand.address.as_str(), now, 200, bytes),
        errand,
        media_type: "image/png".to_owned(),
        width: 640,
        height: 480,
    }
}
