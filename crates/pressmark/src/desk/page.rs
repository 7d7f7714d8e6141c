//! A visit to an article's page.

use super::deed::{Deed, What};
use super::further::{self, Further};
use super::{Desk, request, rhythm, trouble};
use crate::rules;
use archive::health::Trouble;
use archive::{ArticleVisit, Errand, Failure, KeptEntry, Task, Validators};
use extract::{Expected, Hints, Limits, Page};
use fetch::{Kind, Outcome};
use news::{Article, Capture, Evidence, Note, Origin, Reading, Timestamp};
use std::path::Path;
use std::time::Duration;

/// From how many tries in vain on the listing's own words are kept in the page's place.
const TRIES_BEFORE_LISTING: u32 = 2;

/// A page's text shorter than this, in characters, gives way to a listing's text twice as long.
const SHORT_TEXT_CHARS: usize = 400;

pub async fn visit(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
    let Task::Page { entry } = errand.task else {
        anyhow::bail!("errand {} is no page", errand.id);
    };
    let entry = desk.archive.entry(entry).await?;
    match desk.client.get(&request(&errand, Kind::Page)).await {
        Outcome::Fresh(capture) => read(desk, errand, entry, capture).await,
        Outcome::Unchanged(capture) => unchanged(desk, errand, entry, capture).await,
        Outcome::Gone(capture) => gone(desk, errand, entry, capture).await,
        Outcome::Refused(why) => {
            let miss = Miss::new(why.to_string(), trouble::of(&why), true);
            missed(desk, errand, entry, miss).await
        }
        Outcome::Failed { why, capture, retry_after } => {
            let miss = Miss::new(why.to_string(), trouble::of(&why), false);
            let miss = Miss { capture, asked: retry_after, ..miss };
            missed(desk, errand, entry, miss).await
        }
    }
}

async fn read(
    desk: &Desk,
    errand: Errand,
    entry: Option<KeptEntry>,
    capture: Capture,
) -> anyhow::Result<Deed> {
    let library = desk.shop.folder.clone();
    let work = move || {
        let reading = understand(&library, &capture, entry.as_ref());
        (reading, capture, entry)
    };
    let Some((mut reading, capture, entry)) = desk.shop.cpu(work).await else {
        let why = "reading this page broke down; please report it".to_owned();
        let miss = Miss::new(why, Trouble::Unreadable, true);
        return missed(desk, errand, None, miss).await;
    };
    let further = further::get(desk, &capture.address, &mut reading).await;
    let is_kept = entry.as_ref().is_some_and(|entry| entry.pressmark.is_some());
    // Half an article takes the place of a whole one only when waiting was no use.
    if let Some(why) = &further.missing
        && is_kept
        && errand.tries < TRIES_BEFORE_LISTING
    {
        let miss = Miss::new(why.clone(), Trouble::Unreadable, false);
        let miss = Miss { capture: Some(capture), ..miss };
        return missed(desk, errand, entry, miss).await;
    }
    match reading.found {
        Some(article) => {
            let first_seen = entry.map_or_else(|| desk.now(), |entry| entry.first_seen);
            let visited = Visited { capture, further, notes: reading.notes, first_seen };
            keep(desk, errand, visited, article).await
        }
        None => {
            let why = "no article was found on the page".to_owned();
            let miss = Miss::new(why, Trouble::Unreadable, false);
            let miss = Miss { capture: Some(capture), ..miss };
            missed(desk, errand, entry, miss).await
        }
    }
}

/// Reads the page by the rules for its host, with the listing's words as a hint and for what the
/// page does not tell.
fn understand(library: &Path, capture: &Capture, entry: Option<&KeptEntry>) -> Reading<Article> {
    let told = entry.and_then(|entry| entry.article.as_ref());
    let expected = entry.map(|entry| Expected {
        title: Some(entry.title.clone()).filter(|title| !title.is_empty()),
        published: entry.published.clone(),
        text: told.map(|article| article.body.text()).filter(|text| !text.is_empty()),
        language: told.and_then(|article| article.language.clone()),
    });
    let page = Page {
        address: &capture.address,
        content_type: &capture.content_type,
        body: &capture.body,
    };
    let rules = rules::of_host(library, capture.address.host());
    let hints = Hints { entry: expected.as_ref(), rules: rules.found.as_ref() };
    let mut reading = extract::read(&page, &hints, &Limits::default());
    reading.notes.extend(rules.notes);
    if let (Some(article), Some(told)) = (&mut reading.found, told) {
        fill(article, told, &mut reading.notes);
    }
    let empty = |article: &Article| article.body.is_empty() && article.lead.is_none();
    reading.found = reading.found.filter(|article| !empty(article));
    reading
}

/// Takes from the listing what the page did not tell.
fn fill(article: &mut Article, told: &Article, notes: &mut Vec<Note>) {
    if article.headline.is_empty() {
        article.headline = told.headline.clone();
        Evidence::set(&mut article.evidence, "headline", Origin::Listing);
    }
    if article.authors.is_empty() {
        article.authors = told.authors.clone();
        Evidence::set(&mut article.evidence, "authors", Origin::Listing);
    }
    article.published = article.published.take().or_else(|| told.published.clone());
    article.language = article.language.take().or_else(|| told.language.clone());
    let chars = |article: &Article| article.body.text().chars().count();
    let (own, listed) = (chars(article), chars(told));
    if own < SHORT_TEXT_CHARS && listed > 2 * own.max(100) {
        article.body = told.body.clone();
        Evidence::set(&mut article.evidence, "text", Origin::Listing);
        let words = "the page holds less of the text than the listing does";
        notes.push(Note::new("text-from-listing", "", words));
    }
}

/// What a visit brought beside the article.
struct Visited {
    capture: Capture,
    further: Further,
    notes: Vec<Note>,
    first_seen: Timestamp,
}

async fn keep(
    desk: &Desk,
    errand: Errand,
    visited: Visited,
    article: Article,
) -> anyhow::Result<Deed> {
    let Visited { capture, further, notes, first_seen } = visited;
    let now = desk.now();
    let told = article.updated.as_ref().or(article.published.as_ref());
    let written = told.map_or(first_seen, |stamp| stamp.at.min(now));
    let headline = article.headline.clone();
    // A page that is cut short is asked for whole the next time.
    let validators = match further.missing {
        None => fetch::validators(&capture),
        Some(_) => (None, None),
    };
    let (etag, last_modified) = validators;
    let visit = ArticleVisit {
        errand,
        next_visit: rhythm::recheck(written, first_seen, now),
        capture: Some(capture),
        also: further.captures,
        article,
        notes,
        validators: Validators { etag, last_modified },
        failing: None,
    };
    let kept = desk.archive.keep_article(visit).await?;
    Ok(Deed::Article { kept, headline })
}

async fn unchanged(
    desk: &Desk,
    errand: Errand,
    entry: Option<KeptEntry>,
    capture: Capture,
) -> anyhow::Result<Deed> {
    let now = desk.now();
    let first_seen = entry.as_ref().map_or(now, |entry| entry.first_seen);
    let written = entry.and_then(|entry| Some(entry.published?.at)).unwrap_or(first_seen);
    let next = rhythm::recheck(written, first_seen, now);
    desk.archive.keep_unchanged(errand, capture, next).await?;
    Ok(Deed::Unchanged)
}

/// The publisher took the page down: what the listing said is kept first, if nothing else is.
async fn gone(
    desk: &Desk,
    errand: Errand,
    entry: Option<KeptEntry>,
    capture: Capture,
) -> anyhow::Result<Deed> {
    let address = errand.address.clone();
    if let Some(entry) = entry.filter(|entry| entry.pressmark.is_none())
        && entry.article.is_some()
    {
        let why = "the publisher took the page down (410)".to_owned();
        let miss = Miss::new(why, Trouble::Status(410), true);
        missed(desk, errand.clone(), Some(entry), miss).await?;
    }
    desk.archive.keep_gone(errand, capture, desk.now()).await?;
    Ok(Deed::Gone { address })
}

/// Why a page could not be had.
struct Miss {
    why: String,
    trouble: Trouble,
    capture: Option<Capture>,
    asked: Option<Duration>,
    /// Whether asking again is no use.
    last: bool,
}

impl Miss {
    fn new(why: String, trouble: Trouble, last: bool) -> Miss {
        Miss { why, trouble, capture: None, asked: None, last }
    }
}

/// Keeps the listing's own words when the page can't be had for long, or the reason alone.
async fn missed(
    desk: &Desk,
    errand: Errand,
    entry: Option<KeptEntry>,
    miss: Miss,
) -> anyhow::Result<Deed> {
    let now = desk.now();
    let (source, address) = (errand.source, errand.address.clone());
    let asked_s = miss.asked.map(|wait| wait.as_secs());
    let next = rhythm::retry_page(errand.tries, asked_s, now).filter(|_| !miss.last);
    let settled = next.is_none()
        || errand.tries >= TRIES_BEFORE_LISTING
        || miss.capture.as_ref().is_some_and(|capture| is_final(capture.status));
    let told = entry.filter(|entry| entry.pressmark.is_none()).and_then(|entry| entry.article);
    let Some(article) = told.filter(|_| settled) else {
        let why = miss.why.clone();
        let Miss { why: words, trouble, capture, .. } = miss;
        let failure = Failure { errand, capture, why: words, trouble, retry: next };
        desk.archive.keep_failure(failure, now).await?;
        return Ok(Deed::Failed { what: What::Page, address, why });
    };
    // An answer is counted where it is kept; that a page is gone (410) is kept apart.
    let is_counted = miss.capture.is_some() || miss.trouble == Trouble::Status(410);
    desk.count(source, usize::from(!is_counted && miss.trouble.was_asked())).await?;
    let headline = article.headline.clone();
    let words = "only the listing's own words are kept";
    let visit = ArticleVisit {
        errand,
        capture: miss.capture,
        article,
        also: Vec::new(),
        notes: vec![Note::new("from-listing", "", format!("{words}: {}", miss.why))],
        validators: Validators::default(),
        failing: Some(miss.why),
        next_visit: next,
    };
    let kept = desk.archive.keep_article(visit).await?;
    Ok(Deed::Article { kept, headline })
}

/// Tells whether an answer is about this page and not about the moment.
fn is_final(status: u16) -> bool {
    matches!(status, 200..=499) && !matches!(status, 408 | 425 | 429)
}
