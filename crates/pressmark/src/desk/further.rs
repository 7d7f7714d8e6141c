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
                further.captures.push(capture);
                if take_whole(article, part.found) {
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
        let (part, capture) = match page(desk, &address).await {
            Ok(page) => page,
            Err(why) => {
                further.missing = Some(why);
                break;
            }
        };
        // A publisher may lead whoever asks for one page too many back to the first.
        let is_back = capture.address != address && seen.contains(&capture.address.identity());
        further.captures.push(capture);
        let Some(found) = part.found.filter(|_| !is_back) else {
            break;
        };
        extract::join(article, found);
        next = place_of("goes-on", &part.notes);
    }
    reading.notes.extend(further.missing.iter().map(|why| Note::new("part-missing", "", why)));
    further
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
