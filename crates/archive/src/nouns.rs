//! What the archive takes and gives.

use crate::health::Trouble;
use news::{Address, Article, Capture, Digest, Form, Note, Opml, Pressmark, Stamp, Timestamp};

/// A publication that is followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub id: i64,
    /// A short word for the command line, unique in the library: `voachinese`.
    pub name: String,
    pub title: String,
    /// The address of the site itself.
    pub site: Address,
    pub language: Option<String>,
    pub added: Timestamp,
    pub listings: Vec<ListingState>,
    pub articles_len: u64,
    /// When the newest article of it was first seen.
    pub latest: Option<Timestamp>,
    /// The last days on which it was asked, newest first, at most seven.
    pub days: Vec<Day>,
    pub pages: Pages,
}

/// What a day brought of a source, and what it cost the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970, in UTC.
    pub day: i64,
    pub requests: u32,
    pub failures: u32,
    pub entries_new: u32,
    /// Whether work was put off to the next day because enough was asked.
    pub held: bool,
}

/// How the pages of the last ten entries of a source could be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those that were asked for.
    pub asked: u32,
    pub failing: u32,
    /// Why the newest of the failing ones can't be had.
    pub why: Option<String>,
}

/// What part a listing plays for its source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// It is followed.
    #[default]
    Main,
    /// It is asked now and then for what the others leave out: a news sitemap.
    Witness,
    /// It is known, and asked when the others fail.
    Spare,
}

/// The rhythm in which a listing names new entries; what is not known yet is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Seconds between two entries, as a rule.
    pub gap_s: Option<i64>,
    /// Seconds that all entries of the document span, as a rule: what is older has left it.
    pub span_s: Option<i64>,
    /// For how many seconds the site asks not to be asked again.
    pub wish_s: Option<i64>,
    /// The publisher's time of the newest entry.
    pub newest: Option<Timestamp>,
}

/// Where a listing says that it lives from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub to: Address,
    pub since: Timestamp,
}

/// One listing of a source and how its visits went.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingState {
    pub id: i64,
    pub source: i64,
    pub address: Address,
    pub role: Role,
    /// What it was when it was last read.
    pub form: Option<Form>,
    pub added: Timestamp,
    pub visited: Option<Timestamp>,
    /// When a visit last went well.
    pub well: Option<Timestamp>,
    /// When a visit last brought something new.
    pub brought: Option<Timestamp>,
    /// The reason in words of the last failure, while it lasts.
    pub failing: Option<String>,
    pub failing_since: Option<Timestamp>,
    pub trouble: Option<Trouble>,
    pub failures: u32,
    pub entries_len: u64,
    pub next_visit: Timestamp,
    /// It is not asked any more.
    pub ended: bool,
    /// How long its answers take, in milliseconds, smoothed.
    pub took_ms: u32,
    pub pace: Pace,
    pub moving: Option<Move>,
    /// Where it lived before it moved for good.
    pub formerly: Option<Address>,
    /// The listing that it is followed in place of.
    pub stands_in: Option<i64>,
    /// When something in its place was last looked for.
    pub looked: Option<Timestamp>,
}

/// A source as somebody asks for it to be followed.
#[derive(Clone, Debug)]
pub struct NewSource {
    pub name: String,
    pub title: String,
    pub site: Address,
    pub language: Option<String>,
    pub listings: Vec<NewListing>,
}

/// A listing of a new source.
#[derive(Clone, Debug, PartialEq)]
pub struct NewListing {
    pub address: Address,
    pub role: Role,
    /// What it is, where it has been read.
    pub form: Option<Form>,
}

impl NewListing {
    /// Returns a listing that is to be followed.
    pub fn main(address: Address, form: Option<Form>) -> NewListing {
        NewListing { address, role: Role::Main, form }
    }
}

/// An outline that is to be filed, and the sources of it that are to be followed.
#[derive(Debug)]
pub struct OutlineImport {
    pub opml: Opml,
    pub sources: Vec<FiledSource>,
}

/// A source that an outline names.
#[derive(Clone, Debug)]
pub struct FiledSource {
    /// Its name gives way to one like it where it is taken.
    pub source: NewSource,
    /// Why it could not be read when it was looked at; it is followed all the same.
    pub failing: Option<(Trouble, String)>,
}

/// What became of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineKept {
    /// For each source the name that it was given; `None` where it was followed already.
    pub sources: Vec<Option<String>>,
    pub outlines_new: usize,
}

/// What makes a conditional request possible (RFC 9110 §13); each at most 1 KiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// One thing to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Errand {
    pub id: i64,
    pub task: Task,
    pub address: Address,
    /// The [server](Address::server): two errands of one never run at once.
    pub host: String,
    pub source: i64,
    pub due: Timestamp,
    pub tries: u32,
    pub validators: Validators,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    Listing {
        listing: i64,
    },
    /// `entry` is the row of the announcement.
    Page {
        entry: i64,
    },
    /// `also`: other addresses to try when the first has nothing.
    Picture {
        also: Vec<Address>,
    },
}

/// One announced item as the archive keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    /// The publisher's id of it.
    pub guid: String,
    pub address: Option<Address>,
    pub title: String,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    /// The article that could be made of the listing alone: what remains when the page can't be
    /// had.
    pub article: Option<Article>,
}

/// An entry as it stands in the archive.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEntry {
    pub id: i64,
    pub source: i64,
    pub guid: String,
    pub address: Option<Address>,
    pub title: String,
    pub published: Option<Stamp>,
    pub first_seen: Timestamp,
    pub article: Option<Article>,
    /// The article that came of it.
    pub pressmark: Option<Pressmark>,
    /// Why there is none, in words.
    pub failing: Option<String>,
}

/// A visit to a listing that brought a document.
#[derive(Debug)]
pub struct ListingVisit {
    pub errand: Errand,
    pub capture: Capture,
    /// Further documents that the entries were taken from, first to last.
    pub also: Vec<Capture>,
    /// Why a further document that is needed could not be had just now.
    pub missing: Option<String>,
    pub form: Form,
    pub title: Option<String>,
    pub language: Option<String>,
    pub entries: Vec<NewEntry>,
    pub validators: Validators,
    pub notes: Vec<Note>,
    pub pace: Pace,
    pub next_visit: Timestamp,
}

/// What a listing's visit brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingKept {
    pub entries_new: usize,
    pub entries_changed: usize,
}

/// A visit to an article's page, or the article made of a listing where the page can't be had.
#[derive(Debug)]
pub struct ArticleVisit {
    pub errand: Errand,
    /// The exchange; `None` when the article is made of the listing's words.
    pub capture: Option<Capture>,
    /// The exchanges for its further pages.
    pub also: Vec<Capture>,
    pub article: Article,
    pub notes: Vec<Note>,
    pub validators: Validators,
    /// Why the page could not be had, when the article is made of the listing's words.
    pub failing: Option<String>,
    /// When to look at the page again; `None` never.
    pub next_visit: Option<Timestamp>,
}

/// What the archive did with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleKept {
    pub pressmark: Pressmark,
    /// The number of its newest revision, from 1.
    pub revision: u32,
    pub change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The library had nothing of it.
    New,
    /// It has one more revision.
    Revised,
    /// It reads as before.
    Same,
}

/// A picture that was fetched and looked at.
#[derive(Debug)]
pub struct PictureVisit {
    pub errand: Errand,
    pub capture: Capture,
    /// From the bytes, never from a header: `image/jpeg`.
    pub media_type: String,
    pub width: u32,
    pub height: u32,
}

/// A visit that brought nothing to keep.
#[derive(Debug)]
pub struct Failure {
    pub errand: Errand,
    /// The exchange, where there was one: it is kept as evidence.
    pub capture: Option<Capture>,
    /// In words that a person understands.
    pub why: String,
    /// The same in a word for programs.
    pub trouble: Trouble,
    /// When to try again; `None`: never (gone, refused).
    pub retry: Option<Timestamp>,
}

/// A listing's standing request to a hub: to be told at once when it changes (WebSub).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    /// `None` once its listing is followed no more.
    pub listing: Option<i64>,
    /// The hub that is asked.
    pub hub: Address,
    /// Every hub that the listing names, in its order.
    pub hubs: Vec<Address>,
    /// What the hub knows the listing by, in the very letters of its publisher.
    pub topic: String,
    /// The address of ours that the hub was told.
    pub callback: Option<Address>,
    /// The word at the end of that address, which nobody can guess.
    pub token: String,
    /// What the hub signs with.
    pub secret: String,
    pub state: SubscriptionState,
    pub asked: Option<Timestamp>,
    pub lease_until: Option<Timestamp>,
    /// How often hubs were asked since one last agreed.
    pub failures: u32,
    /// Why the hub could not be asked, or what it says against it.
    pub reason: Option<String>,
    /// When something is to be done about it.
    pub due: Timestamp,
    /// Whether its listing is still followed: neither ended nor a mere spare.
    pub wanted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionState {
    /// The hub was asked, or is about to be.
    Asked,
    /// The hub has agreed.
    Held,
    Refused,
    /// Nobody wants it any more; the hub is told so.
    Ended,
}

impl Subscription {
    /// Tells whether a hub tells us at once at this time.
    pub fn is_live(&self, now: Timestamp) -> bool {
        let leased = self.lease_until.is_some_and(|until| now < until);
        self.state == SubscriptionState::Held && leased
    }

    /// Tells whether what the hub brings is believed to be the publisher's: not when the publisher
    /// is asked over a secure connection and the hub was told its secret over an open one.
    pub fn is_believed(&self) -> bool {
        let secure = Address::read(&self.topic).is_some_and(|topic| topic.is_https());
        self.hub.is_https() || !secure
    }
}

/// A hub that is about to be asked.
#[derive(Clone, Debug)]
pub struct Asking {
    pub hub: Address,
    pub callback: Address,
    pub token: String,
    pub secret: String,
    pub at: Timestamp,
    /// When to look again, should the hub not agree.
    pub due: Timestamp,
}

/// What a hub brought, signed as it should be.
#[derive(Debug)]
pub struct Push {
    pub subscription: Subscription,
    pub at: Timestamp,
    pub content_type: String,
    pub body: Vec<u8>,
}

/// A push that waits to be read; what can't be read back is empty, and `verify` tells of it.
#[derive(Debug)]
pub struct WaitingPush {
    pub id: i64,
    /// Its document, as if it had been fetched from the listing's address; it has no heads.
    pub capture: Capture,
}

/// A push that was read.
#[derive(Debug)]
pub struct PushVisit {
    pub push: i64,
    pub errand: Errand,
    pub at: Timestamp,
    pub entries: Vec<NewEntry>,
}

/// An article as readers find it in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleLine {
    pub pressmark: Pressmark,
    pub source: i64,
    pub source_title: String,
    pub headline: String,
    /// The deck, or the first words of the text: at most 200 characters.
    pub summary: String,
    pub language: Option<String>,
    pub published: Option<Timestamp>,
    pub first_seen: Timestamp,
    pub revisions_len: u32,
    /// When the newest revision was captured.
    pub revised: Timestamp,
    /// Whether the origin has taken it down.
    pub gone: bool,
    /// The lead picture, if its bytes are kept.
    pub lead: Option<Picture>,
}

/// An article with everything that is known of it, at one revision.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptArticle {
    pub pressmark: Pressmark,
    pub source: Source,
    pub first_seen: Timestamp,
    /// When its page was last looked at.
    pub checked: Timestamp,
    pub gone: Option<Timestamp>,
    /// Why the page itself could not be had, if it could not.
    pub failing: Option<String>,
    /// Every revision, oldest first.
    pub revisions: Vec<RevisionLine>,
    /// The one that was asked for.
    pub revision: Revision,
    /// The pictures that are kept, by the address the article names.
    pub pictures: Vec<(Address, Picture)>,
}

/// One line of an article's history.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionLine {
    pub number: u32,
    pub captured: Timestamp,
    pub headline: String,
}

/// An article as it stood at a time; never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its place in the archive's one list of revisions, which only grows.
    pub id: i64,
    pub pressmark: Pressmark,
    pub number: u32,
    pub captured: Timestamp,
    /// The digest of the article as it is stored.
    pub digest: Digest,
    /// The digest of the page it was read from; `None` when made of a listing or imported.
    pub payload: Option<Digest>,
    pub article: Article,
    pub notes: Vec<Note>,
}

/// What is known of the picture at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureAt {
    Kept(Picture),
    /// An article names it, and it is still to be fetched.
    Named,
    /// No article names it, or it was given up.
    Nowhere,
}

/// What is kept of a source's pictures, and what is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureHoldings {
    /// The source's short name.
    pub source: String,
    pub kept: u64,
    /// Of those that are kept.
    pub bytes: u64,
    /// Still to be fetched.
    pub waiting: u64,
    /// Not fetched because the keeper doesn't want them or their room is used up.
    pub left_out: u64,
    /// Given up.
    pub missing: u64,
}

/// A picture that is not kept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPicture {
    pub address: Address,
    /// The source's short name.
    pub source: String,
    pub why: String,
    /// It is not asked for again.
    pub is_given_up: bool,
    /// When it is asked for again.
    pub due: Option<Timestamp>,
    pub tries: u32,
}

/// A picture whose bytes are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub digest: Digest,
    pub media_type: String,
    pub width: u32,
    pub height: u32,
    pub bytes_len: u64,
}

/// Which articles, newest first by the publisher's time (first seen where there is none).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub source: Option<i64>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Words that must all stand in the headline or the text; empty means any.
    pub words: Vec<String>,
    /// Only articles with more than one revision.
    pub edited: bool,
    pub limit: u32,
    pub offset: u32,
}

/// A document of an older mirror, ready to be kept.
#[derive(Debug)]
pub struct Import {
    /// Where it was read from, for the record: a path.
    pub origin: String,
    /// Its bytes, which are kept as they are beside what was read in them.
    pub document: Vec<u8>,
    pub article: Article,
    pub first_seen: Timestamp,
    /// The time that its text is of, as far as it is known: an older text never hides a newer.
    pub as_of: Option<Timestamp>,
    pub notes: Vec<Note>,
}

/// Something that `verify` found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The thing: a file, a row.
    pub object: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What would mend it.
    pub mend: String,
}

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The database's own check, references, and that every file is there with its size.
    Quick,
    /// Quick, and every byte read and hashed again.
    Full,
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    pub sources: u64,
    pub articles: u64,
    pub revisions: u64,
    pub pictures: u64,
    pub captures: u64,
    pub bytes: u64,
}
