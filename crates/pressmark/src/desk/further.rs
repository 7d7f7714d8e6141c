//! The further pages of an article whose publisher cut it into several.

use super::Desk;
use extract::{Hints, Limits, Page};
use fetch::{Kind, Outcome, Request};
use news::{Address, Article, Capture, Note, Reading};
use std::collections::HashSet;

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
    let mut next = next_of(&reading.notes);
    while let Some(address) = next.take().filter(|address| seen.insert(address.identity())) {
        if seen.len() > PAGES_MAX {
            further.missing = Some(format!("the article has more than {PAGES_MAX} pages"));
            break;
        }
        let capture = match ask(desk, &address).await {
            Ok(capture) => capture,
            Err(why) => {
                further.missing = Some(format!("its page {address} could not be had: {why}"));
                break;
            }
        };
        // A publisher may lead whoever asks for one page too many back to the first.
        let is_back = capture.address != address && seen.contains(&capture.address.identity());
        let work = move || (understand(&capture), capture);
        let Some((part, capture)) = desk.shop.cpu(work).await else {
            further.missing = Some(format!("reading its page {address} broke down"));
            break;
        };
        further.captures.push(capture);
        let Some(part_found) = part.found.filter(|_| !is_back) else {
            break;
        };
        extract::join(article, part_found);
        next = next_of(&part.notes);
    }
    reading.notes.extend(further.missing.iter().map(|why| Note::new("part-missing", "", why)));
    further
}

/// Returns where a page says that its article goes on.
fn next_of(notes: &[Note]) -> Option<Address> {
    let note = notes.iter().find(|note| note.kind == "goes-on")?;
    Address::read(&note.place)
}

async fn ask(desk: &Desk, address: &Address) -> Result<Capture, String> {
    let address = address.clone();
    let request = Request { address, kind: Kind::Page, etag: None, last_modified: None };
    match desk.client.get(&request).await {
        Outcome::Fresh(capture) => Ok(capture),
        Outcome::Unchanged(_) => Err("it was said to be unchanged".to_owned()),
        Outcome::Gone(_) => Err("the publisher took it down (410)".to_owned()),
        Outcome::Refused(why) | Outcome::Failed { why, .. } => Err(why.to_string()),
    }
}

fn understand(capture: &Capture) -> Reading<Article> {
    let page = Page {
        address: &capture.address,
        content_type: &capture.content_type,
        body: &capture.body,
    };
    extract::read(&page, &Hints::default(), &Limits::default())
}
