//! The further pages of an article whose publisher cut it into several.

use super::Desk;
use crate::rules;
use extract::{Hints, Limits, Page};
use fetch::{Kind, Outcome, Request};
use news::{Address, Article, Capture, Note, Reading};
use std::collections::HashSet;
use std::path::Path;

/// Over how many pages an article is followed, the first one counted.
const PAGES_MAX: usize = 30;

/// How large the further pages of an article may be together, in MiB: they are in memory until it
/// is kept.
const PAGES_MIB_MAX: usize = 32;

/// What asking for the further pages brought.
#[derive(Default)]
pub struct Further {
    pub captures: Vec<Capture>,
    /// Why not all of them are here.
    pub missing: Option<String>,
}

/// Gets the pages that an article goes on on, one after the other, and joins them to it.
pub async fn get(desk: &Desk, first: &Address, reading: &mut Reading<Article>) -> Further {
    let mut further = Further::default();
    let Some(article) = &mut reading.found else {
        return further;
    };
    let mut seen = HashSet::from([first.identity()]);
    let mut next = place_of("goes-on", &reading.notes);
    if let Some(whole) = place_of("single-page", &reading.notes) {
        match page(desk, &whole).await {
            Ok((part, capture)) => {
                let elsewhere = elsewhere(article, &whole, &part, &capture);
                further.captures.push(capture);
                if elsewhere.is_some() {
                    further.missing = elsewhere.filter(|_| next.is_none());
                } else if take_whole(article, part.found) {
                    next = None;
                }
            }
            // What is cut into pages can still be had page by page.
            Err(why) if next.is_none() => further.missing = Some(why),
            Err(_) => {}
        }
    }
    while let Some(address) = next.take().filter(|address| seen.insert(address.identity())) {
        if seen.len() > PAGES_MAX {
            further.missing = Some(format!("the article has more than {PAGES_MAX} pages"));
            break;
        }
        if further.captures.iter().map(|page| page.body.len()).sum::<usize>() >= PAGES_MIB_MAX << 20
        {
            further.missing = Some(format!("the article has more than {PAGES_MIB_MAX} MiB"));
            break;
        }
        let (part, capture) = match page(desk, &address).await {
            Ok(page) => page,
            Err(why) => {
                further.missing = Some(why);
                break;
            }
        };
        // A publisher may lead whoever asks for one page too many back to the first.
        let is_back = capture.address != address && seen.contains(&capture.address.identity());
        let elsewhere = elsewhere(article, &address, &part, &capture);
        further.captures.push(capture);
        let is_end = is_back
            || part
                .found
                .as_ref()
                .is_some_and(|found| is_neighbour(article, first, &address, found));
        if is_end {
            break;
        }
        if elsewhere.is_some() {
            further.missing = elsewhere;
            break;
        }
        let Some(found) = part.found else {
            further.missing = Some(format!("nothing was found on its page {address}"));
            break;
        };
        extract::join(article, found);
        next = place_of("goes-on", &part.notes);
        let is_closed = |note: &Note| note.kind == "paywall";
        if !reading.notes.iter().any(is_closed) {
            reading.notes.extend(part.notes.into_iter().find(is_closed));
        }
    }
    reading.notes.extend(further.missing.iter().map(|why| Note::new("part-missing", "", why)));
    further
}

/// Says where a page leads to that is not the one asked for and tells of something else: the
/// publisher's front page, another article, a place to log in.
fn elsewhere(
    article: &Article,
    asked: &Address,
    part: &Reading<Article>,
    capture: &Capture,
) -> Option<String> {
    let led = &capture.address;
    let place = |address: &Address| {
        let (host, url) = (address.host().trim_start_matches("www."), address.as_url());
        let path = url.path().trim_end_matches('/');
        format!("{host}{path}?{}", url.query().unwrap_or_default())
    };
    let is_it = led.identity() == asked.identity() || place(led) == place(asked);
    let is_headed = part.found.as_ref().is_some_and(|found| is_headed_alike(article, found));
    (!is_it && !is_headed).then(|| format!("its page {asked} leads elsewhere, to {led}"))
}

/// Tells whether a page is an article of its own that stands behind this one: where the numbers
/// of two addresses are those of articles or of days, they differ in another than a first page's.
fn is_neighbour(article: &Article, first: &Address, next: &Address, found: &Article) -> bool {
    let numbers = |address: &Address| -> Vec<String> {
        let text =
            format!("{}?{}", address.as_url().path(), address.as_url().query().unwrap_or(""));
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        parts.filter(is_number).map(str::to_owned).collect()
    };
    let next = numbers(next);
    let is_counted =
        numbers(first).iter().any(|own| !matches!(own.as_str(), "0" | "1") && !next.contains(own));
    let is_of_that_day = match (&article.published, &found.published) {
        (Some(own), Some(other)) => own.at == other.at,
        _ => true,
    };
    is_counted && !(is_headed_alike(article, found) && is_of_that_day)
}

/// Tells whether two headlines are one but for what is put before or behind it: `Frost (2/3)`.
fn is_headed_alike(article: &Article, found: &Article) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (own, other) = (letters(&article.headline), letters(&found.headline));
    let (own, other) = (own.to_lowercase(), other.to_lowercase());
    !own.is_empty() && !other.is_empty() && (own.contains(&other) || other.contains(&own))
}

/// Returns the address that a note of this kind names.
fn place_of(kind: &str, notes: &[Note]) -> Option<Address> {
    let note = notes.iter().find(|note| note.kind == kind)?;
    Address::read(&note.place)
}

/// Takes the text of the page that has all of it, if it is more than there was.
fn take_whole(article: &mut Article, whole: Option<Article>) -> bool {
    let is_more = |whole: &Article| whole.body.text().len() > article.body.text().len();
    match whole.filter(is_more) {
        Some(whole) => article.body = whole.body,
        None => return false,
    }
    true
}

/// Gets and reads one page; or says why not.
async fn page(desk: &Desk, address: &Address) -> Result<(Reading<Article>, Capture), String> {
    let capture = ask(desk, address).await?;
    let library = desk.shop.folder.clone();
    let work = move || (understand(&capture, &library), capture);
    let read = desk.shop.cpu(work).await;
    read.ok_or_else(|| format!("reading its page {address} broke down"))
}

async fn ask(desk: &Desk, address: &Address) -> Result<Capture, String> {
    let why = match desk.client.get(&request_of(address)).await {
        Outcome::Fresh(capture) => return Ok(capture),
        Outcome::Unchanged(_) => "it was said to be unchanged".to_owned(),
        Outcome::Gone(_) => "the publisher took it down (410)".to_owned(),
        Outcome::Refused(why) | Outcome::Failed { why, .. } => why.to_string(),
    };
    Err(format!("its page {address} could not be had: {why}"))
}

fn request_of(address: &Address) -> Request {
    Request { address: address.clone(), kind: Kind::Page, etag: None, last_modified: None }
}

fn understand(capture: &Capture, library: &Path) -> Reading<Article> {
    let rules = rules::of_host(library, capture.address.host()).found;
    let page = Page {
        address: &capture.address,
        content_type: &capture.content_type,
        body: &capture.body,
    };
    let hints = Hints { rules: rules.as_ref(), ..Hints::default() };
    extract::read(&page, &hints, &Limits::default())
}
