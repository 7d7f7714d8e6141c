//! The further documents that a listing goes on in.

use super::undated;
use crate::desk::{Desk, rhythm, trouble};
use archive::ListingState;
use archive::health::Trouble;
use fetch::{Kind, Outcome, Request, Why};
use news::{Address, Capture, Form, Listing, Note, Part, Timestamp};
use std::cmp::Reverse;

/// How many parts of a sitemap index, or further pages of a feed, one visit asks for.
const PARTS_MAX: usize = 4;

/// How many of a feed's entries are looked at to see whether anything of them is known.
const LOOKED_AT: usize = 50;

/// What belongs to a document and lies elsewhere.
#[derive(Default)]
pub struct Parts {
    /// The exchanges, whatever came of them.
    pub captures: Vec<Capture>,
    /// Why something of it could not be had just now.
    pub missing: Option<String>,
    pub notes: Vec<Note>,
    /// How many requests brought no exchange to keep.
    pub unanswered: usize,
}

/// Asks for what belongs to the document and lies elsewhere, and adds its entries.
///
/// Of a sitemap index the newest parts are asked for. A feed that goes on is followed back only
/// when nothing of it is known, though the source is: then more than a document's length has come
/// since the last visit. What can't be had just now is told, so that it is asked for again.
pub async fn gather(
    desk: &Desk,
    state: &ListingState,
    found: &mut Listing,
    capture: &Capture,
) -> anyhow::Result<Parts> {
    let mut parts = Parts::default();
    match found.form {
        Form::SitemapIndex => {
            for address in newest(&found.parts) {
                if let Some(mut part) = parts.get(desk, address).await {
                    parts.notes.extend(undated::pass_over(desk, state, &mut part).await?);
                    found.entries.extend(part.entries);
                }
            }
        }
        _ if state.entries_len > 0 => parts.follow_back(desk, state, found, capture).await?,
        _ => {}
    }
    Ok(parts)
}

impl Parts {
    /// Follows a feed back until something known turns up, or a page that was read already.
    async fn follow_back(
        &mut self,
        desk: &Desk,
        state: &ListingState,
        found: &mut Listing,
        capture: &Capture,
    ) -> anyhow::Result<()> {
        // What the visit brought that missed a page is no sign that the page is known.
        let is_asked_for = |since: &Timestamp| rhythm::retry_part(*since, desk.now()).is_some();
        let before = super::missing_since(state).filter(is_asked_for).unwrap_or(Timestamp::MAX);
        let mut seen = vec![capture.asked().clone(), capture.address.clone()];
        let mut next = found.parts.first().map(|part| part.address.clone());
        for _ in 0..PARTS_MAX {
            let Some(address) = next.filter(|address| !seen.contains(address)) else {
                break;
            };
            if is_known(desk, state, found, before).await? {
                break;
            }
            seen.push(address.clone());
            let Some(page) = self.get(desk, address).await else {
                break;
            };
            found.entries.extend(page.entries);
            next = page.parts.into_iter().next().map(|part| part.address);
        }
        Ok(())
    }

    /// Asks for one further document.
    async fn get(&mut self, desk: &Desk, address: Address) -> Option<Listing> {
        let request = Request { address, kind: Kind::Listing, etag: None, last_modified: None };
        let capture = match desk.client.get(&request).await {
            Outcome::Fresh(capture) => capture,
            Outcome::Failed { why, capture, .. } => {
                self.unanswered += usize::from(capture.is_none() && trouble::of(&why).was_asked());
                self.captures.extend(capture);
                self.miss(&request.address, &why);
                return None;
            }
            Outcome::Gone(capture) | Outcome::Unchanged(capture) => {
                self.captures.push(capture);
                return None;
            }
            Outcome::Refused(_) => return None,
        };
        let (part, capture) = super::understood(desk, capture, None).await?;
        self.captures.push(capture);
        part.found
    }

    /// Notes what could not be had, unless the site says that there is nothing there.
    fn miss(&mut self, address: &Address, why: &Why) {
        if trouble::of(why) != Trouble::Status(404) {
            self.missing = Some(format!("it goes on at {address}, and there: {why}"));
        }
    }
}

/// Tells whether anything of what a listing names was heard of before a time.
pub async fn is_known(
    desk: &Desk,
    state: &ListingState,
    found: &Listing,
    before: Timestamp,
) -> anyhow::Result<bool> {
    let last = found.entries.iter().rev().take(LOOKED_AT);
    let guids: Vec<String> = last.map(|entry| entry.id.clone()).collect();
    Ok(guids.is_empty() || desk.archive.known_len(state.source, &guids, before).await? > 0)
}

/// Returns the parts of a sitemap index that changed last; where it tells no times, those that
/// call themselves news, then the last ones.
fn newest(parts: &[Part]) -> Vec<Address> {
    let mut order: Vec<(usize, &Part)> = parts.iter().enumerate().collect();
    order.sort_by_key(|(place, part)| {
        let time = part.updated.as_ref().map(|stamp| stamp.at);
        let is_news = part.address.as_str().to_ascii_lowercase().contains("news");
        Reverse((time, is_news, *place))
    });
    order.into_iter().take(PARTS_MAX).map(|(_, part)| part.address.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::newest;
    use news::{Address, Part, Stamp, Timestamp};

    fn part(name: &str, day: Option<i64>) -> Part {
        let at = |day| Timestamp::from_second(1_720_000_000 + day * 86_400).unwrap();
        Part {
            address: Address::read(&format!("https://quay.example/{name}.xml")).unwrap(),
            updated: day.map(|day| Stamp::utc(at(day))),
        }
    }

    #[track_caller]
    fn check(parts: &[Part], expected: &[&str]) {
        let found: Vec<String> = newest(parts)
            .iter()
            .map(|address| address.as_url().path().trim_matches('/').replace(".xml", ""))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_newest_parts_of_an_index_are_asked_for() {
        let dated: Vec<Part> =
            [3, 9, 1, 7, 5].iter().map(|day| part(&format!("d{day}"), Some(*day))).collect();
        check(&dated, &["d9", "d7", "d5", "d3"]);
        let undated = ["a", "news", "b", "c", "d"].map(|name| part(name, None));
        check(&undated, &["news", "d", "c", "b"]);
    }
}
