//! The rhythm that a document shows.

use crate::desk::{Desk, rhythm};
use archive::{ListingState, NewEntry, Pace};
use news::{Capture, Listing, Timestamp};

/// From how many times at most the usual gap is taken, the newest.
const TIMES_MAX: usize = 24;

/// How many entries are remembered where the document tells too few times.
const SEEN_MAX: u32 = 200;

/// Returns the rhythm that a document shows, with what the library remembers where the document
/// tells too few times. `turned_over_s` is how long it took until all in it was new.
pub async fn read(
    desk: &Desk,
    state: &ListingState,
    found: &Listing,
    entries: &[NewEntry],
    (capture, turned_over_s): (&Capture, Option<i64>),
) -> anyhow::Result<Pace> {
    let told: Vec<Timestamp> =
        entries.iter().filter_map(|entry| Some(entry.published.as_ref()?.at)).collect();
    let newest = told.iter().max().copied();
    let gap_s = match gap(told.clone()) {
        Some(gap) => Some(gap),
        None => gap_seen(desk.archive.entry_times(state.id, SEEN_MAX).await?),
    };
    let pace = Pace {
        gap_s,
        span_s: gap_s.map(|gap| span(gap, &told, entries.len())),
        wish_s: wish(found, capture),
        newest: newest.or(state.brought),
    };
    Ok(match turned_over_s {
        Some(passed) => turned_over(pace, entries.len(), passed),
        None => pace,
    })
}

/// Returns the usual number of seconds between entries with these times: the median of the
/// newest. Where many bear one time, or none a time of day, the times between them tell nothing,
/// and it is the mean of all.
fn gap(mut times: Vec<Timestamp>) -> Option<i64> {
    times.sort_unstable_by(|a, b| b.cmp(a));
    let (all_s, len) = (whole(&times), times.len());
    let is_coarse = are_days(&times);
    times.dedup();
    if all_s > 0 && (is_coarse || times.len() * 2 < len) {
        return Some((all_s / (len as i64 - 1)).max(1));
    }
    times.truncate(TIMES_MAX);
    let mut gaps: Vec<i64> =
        times.windows(2).map(|pair| pair[0].duration_since(pair[1]).as_secs()).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().map(|gap| gap.max(1))
}

/// Returns the same for the times at which entries were first seen, newest first. What was seen
/// with the oldest of them came before it, nobody knows when.
fn gap_seen(mut times: Vec<Timestamp>) -> Option<i64> {
    let oldest = times.last().copied()?;
    times.retain(|at| *at > oldest);
    times.push(oldest);
    gap(times)
}

/// Returns for how long an entry stays in a document of so many, by their gap; where all of them
/// tell their times, no longer than the oldest has stayed.
fn span(gap_s: i64, told: &[Timestamp], entries_len: usize) -> i64 {
    let span = gap_s.saturating_mul(entries_len.max(1) as i64);
    let all_told = told.len() == entries_len && told.len() > 1;
    if all_told { span.min(whole(told).saturating_add(gap_s)) } else { span }
}

/// Returns the rhythm of a document in which all was new after so many seconds: an entry stays in
/// it for less than that, whatever the times say, and half of it is as good a guess as any.
fn turned_over(pace: Pace, entries_len: usize, passed_s: i64) -> Pace {
    let span = (passed_s / 2).max(1).min(pace.span_s.unwrap_or(i64::MAX));
    let gap = (span / entries_len.max(1) as i64).max(1);
    let gap_s = Some(pace.gap_s.map_or(gap, |told| told.min(gap)));
    Pace { gap_s, span_s: Some(span), ..pace }
}

/// Returns the seconds from the oldest of these times to the newest.
fn whole(times: &[Timestamp]) -> i64 {
    let ends = times.iter().max().zip(times.iter().min());
    ends.map_or(0, |(newest, oldest)| newest.duration_since(*oldest).as_secs())
}

/// Tells whether these times are days: all are the same time of day.
fn are_days(times: &[Timestamp]) -> bool {
    times.windows(2).all(|pair| whole(pair) % rhythm::DAY == 0)
}

/// Returns for how many seconds the site wants not to be asked again.
fn wish(found: &Listing, capture: &Capture) -> Option<i64> {
    let ttl_s = found.ttl.as_deref().and_then(|ttl| ttl.trim().parse::<i64>().ok());
    let wishes = [
        ttl_s.map(|minutes| minutes.saturating_mul(60)),
        found.period_s.and_then(|seconds| i64::try_from(seconds).ok()),
        capture.header("cache-control").and_then(|header| fresh_s(&header)),
    ];
    wishes.into_iter().flatten().max()
}

/// Returns for how many seconds a `Cache-Control` header lets an answer stand (RFC 9111 §5.2.2).
fn fresh_s(cache_control: &str) -> Option<i64> {
    let mut directives = cache_control.split(',').map(|directive| directive.trim());
    directives.find_map(|directive| {
        let (name, value) = directive.split_once('=')?;
        let seconds = value.trim().trim_matches('"').parse::<i64>().ok()?;
        name.trim().eq_ignore_ascii_case("max-age").then_some(seconds)
    })
}

#[cfg(test)]
mod tests;
