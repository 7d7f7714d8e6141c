//! What a listing announces, as the archive keeps it.

use super::rhythm;
use archive::{ListingState, NewEntry, Role};
use news::{Address, Entry, Form, Listing, Stamp, Timestamp};

/// How far in the future a publisher's time may lie before it is not believed.
const FUTURE_MAX_S: i64 = 2 * rhythm::DAY;

/// How old an article may have been when its listing was added, where the listing is a sitemap:
/// those name everything that a site ever had.
const SITEMAP_AGE_MAX_S: i64 = 30 * rhythm::DAY;
const WITNESS_AGE_MAX_S: i64 = 2 * rhythm::DAY;

/// Returns what the listing announces.
pub fn all(
    listing: &Listing,
    state: &ListingState,
    base: &Address,
    now: Timestamp,
) -> Vec<NewEntry> {
    let entry = |entry: &Entry| announced(entry, listing, base, now);
    match listing.form {
        Form::Sitemap | Form::SitemapIndex => recent(&listing.entries, state).map(entry).collect(),
        _ => listing.entries.iter().map(entry).collect(),
    }
}

/// Returns the entries of a sitemap that are news by their times, and those that tell none.
fn recent<'a>(
    entries: &'a [Entry],
    state: &ListingState,
) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let age_max = match state.role {
        Role::Witness => WITNESS_AGE_MAX_S,
        Role::Main | Role::Spare => SITEMAP_AGE_MAX_S,
    };
    let oldest = rhythm::after(state.added, -age_max);
    let time = |entry: &Entry| {
        let stamp = entry.published.as_ref().or(entry.updated.as_ref());
        stamp.map(|stamp| stamp.at)
    };
    entries.iter().filter(move |entry| time(entry).is_none_or(|at| at >= oldest))
}

/// Turns one announced item into what the archive keeps of it.
fn announced(entry: &Entry, listing: &Listing, base: &Address, now: Timestamp) -> NewEntry {
    let limit = rhythm::after(now, FUTURE_MAX_S);
    let believable = |stamp: &Stamp| stamp.at <= limit;
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
