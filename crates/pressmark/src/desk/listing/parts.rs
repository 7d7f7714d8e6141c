//! The further documents that a listing goes on in.

use crate::desk::Desk;
use archive::ListingState;
use fetch::{Kind, Outcome, Request};
use listing::{Document, Limits};
use news::{Address, Capture, Form, Listing, Part, Timestamp};
use std::cmp::Reverse;

/// How many parts of a sitemap index, or further pages of a feed, one visit asks for.
const PARTS_MAX: usize = 4;

/// How many of a feed's entries are looked at to see whether anything of them is known.
const LOOKED_AT: usize = 50;

/// Asks for what belongs to the document and lies elsewhere, and adds its entries.
///
/// Of a sitemap index the newest parts are asked for. A feed that goes on is followed back only
/// when nothing of it is known, though the source is: then more than a document's length has come
/// since the last visit. What can't be had is passed over: the next visit tries again.
pub async fn gather(
    desk: &Desk,
    state: &ListingState,
    found: &mut Listing,
) -> anyhow::Result<Vec<Capture>> {
    let mut captures = Vec::new();
    if found.form == Form::SitemapIndex {
        for part in newest(&found.parts) {
            add(desk, &part, found, &mut captures).await;
        }
        return Ok(captures);
    }
    let mut next = found.parts.first().map(|part| part.address.clone());
    for _ in 0..PARTS_MAX {
        let Some(address) = next.filter(|_| state.entries_len > 0) else {
            break;
        };
        if is_known(desk, state, found).await? {
            break;
        }
        next = add(desk, &address, found, &mut captures).await;
    }
    Ok(captures)
}

/// Tells whether anything of what a listing names was heard of before.
async fn is_known(desk: &Desk, state: &ListingState, found: &Listing) -> anyhow::Result<bool> {
    let last = found.entries.iter().rev().take(LOOKED_AT);
    let guids: Vec<String> = last.map(|entry| entry.id.clone()).collect();
    Ok(guids.is_empty() || desk.archive.known_len(state.source, &guids, Timestamp::MAX).await? > 0)
}

/// Asks for one further document; returns where it goes on in turn.
async fn add(
    desk: &Desk,
    address: &Address,
    found: &mut Listing,
    captures: &mut Vec<Capture>,
) -> Option<Address> {
    let request =
        Request { address: address.clone(), kind: Kind::Listing, etag: None, last_modified: None };
    let Outcome::Fresh(capture) = desk.client.get(&request).await else {
        return None;
    };
    let read = move || {
        let document = Document {
            bytes: &capture.body,
            content_type: &capture.content_type,
            base: Some(&capture.address),
        };
        (listing::read(&document, &Limits::default()).found, capture)
    };
    let (part, capture) = desk.shop.cpu(read).await?;
    captures.push(capture);
    let part = part?;
    found.entries.extend(part.entries);
    part.parts.into_iter().next().map(|part| part.address)
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
