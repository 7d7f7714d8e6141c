//! A visit to a listing.

use super::deed::{Deed, What};
use super::{Desk, request, rhythm};
use archive::{Errand, Failure, ListingVisit, NewEntry, Query};
use fetch::{Kind, Outcome};
use listing::{Document, Limits};
use news::{Address, Capture, Entry, Listing, Reading, Timestamp};
use std::time::Duration;

/// How far in the future a publisher's time may lie before it is not believed.
const FUTURE_MAX_S: i64 = 2 * 24 * 60 * 60;

pub async fn visit(desk: &Desk, errand: Errand) -> anyhow::Result<Deed> {
    match desk.client.get(&request(&errand, Kind::Listing)).await {
        Outcome::Fresh(capture) => read(desk, errand, capture).await,
        Outcome::Unchanged(capture) => {
            let source = errand.source;
            let newest = newest(desk, source).await?;
            let next = rhythm::next_listing(newest, None, Timestamp::now());
            desk.archive.keep_unchanged(errand, capture, Some(next)).await?;
            Ok(Deed::Listing { source, new: 0 })
        }
        Outcome::Gone(capture) => {
            let (source, address) = (errand.source, errand.address.clone());
            desk.archive.keep_gone(errand, capture, Timestamp::now()).await?;
            let why = "the site says that this listing is gone for good (410)".to_owned();
            Ok(Deed::Failed { source, what: What::Listing, address, why })
        }
        Outcome::Refused(why) => fail(desk, errand, None, why.to_string(), None).await,
        Outcome::Failed { why, capture, retry_after } => {
            fail(desk, errand, capture, why.to_string(), retry_after).await
        }
    }
}

/// Returns the time of a source's newest article: what an unchanged listing doesn't tell again.
async fn newest(desk: &Desk, source: i64) -> anyhow::Result<Option<Timestamp>> {
    let query = Query { source: Some(source), limit: 1, ..Query::default() };
    let lines = desk.archive.articles(&query).await?;
    Ok(lines.first().map(|line| line.published.unwrap_or(line.first_seen)))
}

async fn read(desk: &Desk, errand: Errand, capture: Capture) -> anyhow::Result<Deed> {
    let now = Timestamp::now();
    let work = move || {
        let reading = understand(&capture, now);
        (reading, capture)
    };
    let Some((reading, capture)) = desk.shop.cpu(work).await else {
        let why = "reading this listing broke down; please report it".to_owned();
        return fail(desk, errand, None, why, None).await;
    };
    let Some(found) = reading.found else {
        let why = reading.notes.iter().find(|note| !note.text.is_empty());
        let why = why.map_or("no feed and no sitemap was found here", |note| note.text.as_str());
        return fail(desk, errand, Some(capture), why.to_owned(), None).await;
    };
    let source = errand.source;
    let (etag, last_modified) = fetch::validators(&capture);
    let visit = ListingVisit {
        errand,
        capture,
        title: found.title,
        language: found.language,
        entries: found.entries,
        validators: archive::Validators { etag, last_modified },
        notes: reading.notes,
        next_visit: found.next_visit,
    };
    let kept = desk.archive.keep_listing(visit).await?;
    Ok(Deed::Listing { source, new: kept.entries_new })
}

/// What the archive is told of a listing.
struct Understood {
    title: Option<String>,
    language: Option<String>,
    entries: Vec<NewEntry>,
    next_visit: Timestamp,
}

fn understand(capture: &Capture, now: Timestamp) -> Reading<Understood> {
    let document = Document {
        bytes: &capture.body,
        content_type: &capture.content_type,
        base: Some(&capture.address),
    };
    let reading = listing::read(&document, &Limits::default());
    let understood = reading.found.map(|found| {
        let entries: Vec<NewEntry> = found
            .entries
            .iter()
            .map(|entry| announced(entry, &found, &capture.address, now))
            .collect();
        let newest = entries.iter().filter_map(|e| Some(e.published.as_ref()?.at)).max();
        Understood {
            title: found.title.as_ref().map(html::plain).filter(|title| !title.is_empty()),
            language: found.language.clone(),
            next_visit: rhythm::next_listing(newest, found.ttl.as_deref(), now),
            entries,
        }
    });
    Reading::new(understood, reading.notes)
}

/// Turns one announced item into what the archive keeps of it.
fn announced(entry: &Entry, listing: &Listing, base: &Address, now: Timestamp) -> NewEntry {
    let limit = rhythm::after(now, FUTURE_MAX_S);
    let believable = |stamp: &news::Stamp| stamp.at <= limit;
    let mut article = extract::from_entry(entry, listing, base);
    if let Some(article) = &mut article {
        article.published = article.published.take().filter(believable);
        article.updated = article.updated.take().filter(believable);
    }
    NewEntry {
        guid: entry.id.clone(),
        address: entry.address(),
        title: entry.title.as_ref().map(html::plain).unwrap_or_default(),
        published: entry.published.clone().filter(believable),
        updated: entry.updated.clone().filter(believable),
        article,
    }
}

async fn fail(
    desk: &Desk,
    errand: Errand,
    capture: Option<Capture>,
    why: String,
    retry_after: Option<Duration>,
) -> anyhow::Result<Deed> {
    let now = Timestamp::now();
    let (source, address) = (errand.source, errand.address.clone());
    let asked_s = retry_after.map(|wait| wait.as_secs());
    let retry = Some(rhythm::retry_listing(errand.tries, asked_s, now));
    let failure = Failure { errand, capture, why: why.clone(), retry };
    desk.archive.keep_failure(failure, now).await?;
    Ok(Deed::Failed { source, what: What::Listing, address, why })
}
