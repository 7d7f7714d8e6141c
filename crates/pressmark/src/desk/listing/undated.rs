//! Which pages of a sitemap are news where it tells no times.

use crate::desk::Desk;
use archive::ListingState;
use news::{Entry, Form, Listing, Note};
use std::collections::HashSet;

/// How many pages at each end of a sitemap are looked at whatever is known of them.
const END: usize = 50;

/// How many pages that are not known are taken wherever they stand.
const FEW_MAX: usize = 2 * END;

/// How many pages that are not known are taken at each end, the outermost.
const RUN_MAX: usize = 500;

/// How many pages of a source are known again.
const KNOWN_MAX: u32 = 20_000;

/// Leaves out of a sitemap the undated pages that are no news, and tells how many those are.
pub async fn pass_over(
    desk: &Desk,
    state: &ListingState,
    listing: &mut Listing,
) -> anyhow::Result<Option<Note>> {
    let is_sitemap = matches!(listing.form, Form::Sitemap | Form::SitemapIndex);
    let undated = listing.entries.iter().filter(|entry| is_undated(entry));
    if !is_sitemap || undated.clone().count() <= FEW_MAX {
        return Ok(None);
    }
    let known: HashSet<String> =
        desk.archive.known_pages(state.source, KNOWN_MAX).await?.into_iter().collect();
    let is_known =
        |entry: &Entry| entry.address().is_some_and(|address| known.contains(&address.identity()));
    let known: Vec<bool> = undated.map(is_known).collect();
    let mut taken = taken(&known).into_iter();
    let len = listing.entries.len();
    listing.entries.retain(|entry| !is_undated(entry) || taken.next().unwrap_or(true));
    let left = len - listing.entries.len();
    let words = format!("{left} pages without a time were passed over: they are no news by place");
    Ok((left > 0).then(|| Note::new("undated-passed-over", "", words)))
}

fn is_undated(entry: &Entry) -> bool {
    entry.published.is_none() && entry.updated.is_none()
}

/// Tells which of a sitemap's undated pages to take, by whether each is known.
///
/// Where no time is told, the place tells what is new: whoever writes a sitemap adds a page at its
/// end or at its front. So both ends are taken when it is met first, and later what stands before
/// the first known page or after the last one. What stands in between is the archive that was
/// passed over in the beginning: to know it again, all of it would have to be kept.
///
/// While few are unknown, nothing has to be told apart, and a small sitemap may be in any order;
/// a large one without times that is in the order of the alphabet is not followed well.
///
/// A sitemap that drops old pages at one end loses its known ones there in time, and the archive
/// looks like a long run of news. Of such a run the outermost pages are taken, and by them that
/// end is known again: the archive is not crawled.
fn taken(known: &[bool]) -> Vec<bool> {
    let len = known.len();
    let few = known.iter().filter(|known| !**known).count() <= FEW_MAX;
    let before = known.iter().position(|known| *known).unwrap_or(0);
    let after = known.iter().rev().position(|known| *known).unwrap_or(0);
    let within = |i: usize, front: usize, back: usize| i < front || i + back >= len;
    let is_news = |i| few || within(i, before.min(RUN_MAX), after.min(RUN_MAX));
    (0..len).map(|i| within(i, END, END) || (!known[i] && is_news(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    fn row(pages: Range<i32>) -> Vec<i32> {
        pages.collect()
    }

    /// Checks what is new to a second visit, after the sitemap has become another one.
    #[track_caller]
    fn check(first: Range<i32>, then: Vec<i32>, expected: Vec<i32>) {
        let ends = news(&row(first), &HashSet::new());
        let known: HashSet<i32> = ends.into_iter().collect();
        assert_eq!(news(&then, &known), expected);
        let known = known.into_iter().chain(expected).collect();
        assert!(news(&then, &known).len() <= FEW_MAX, "the archive is not crawled");
    }

    fn news(pages: &[i32], known: &HashSet<i32>) -> Vec<i32> {
        let told: Vec<bool> = pages.iter().map(|page| known.contains(page)).collect();
        let taken = taken(&told);
        let news =
            pages.iter().zip(&taken).filter(|(page, taken)| **taken && !known.contains(page));
        news.map(|(page, _)| *page).collect()
    }

    #[test]
    fn what_is_added_at_either_end_is_news() {
        check(0..1000, row(0..1000), Vec::new());
        check(0..1000, row(0..1003), row(1000..1003));
        check(0..1000, row(-3..1000), row(-3..0));
        check(0..1000, row(-300..1000), row(-300..0));
    }

    #[test]
    fn the_ends_of_a_large_sitemap_are_taken_first() {
        let taken = news(&row(0..1000), &HashSet::new());
        assert_eq!(taken, [row(0..50), row(950..1000)].concat());
    }

    #[test]
    fn a_small_sitemap_may_be_in_any_order() {
        check(0..90, [row(0..30), row(1000..1005), row(30..90)].concat(), row(1000..1005));
        check(0..150, row(0..150), row(50..100));
    }

    #[test]
    fn an_end_that_was_dropped_is_known_again() {
        check(0..5000, row(60..5010), [row(60..560), row(5000..5010)].concat());
        check(0..5000, row(9000..10_000), [row(9000..9050), row(9950..10_000)].concat());
    }
}
