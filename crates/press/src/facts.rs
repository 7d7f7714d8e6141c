//! What the library knows of an article beside its words.

use jiff::tz::{Offset, TimeZone};
use news::{Article, Pressmark, Stamp, Timestamp};

/// What stands in no publisher's page: where an article lies in the library, and since when.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// `None` for an article that is not in a library: `pressmark extract FILE`.
    pub pressmark: Option<&'a Pressmark>,
    /// The number of the revision printed, from 1.
    pub revision: u32,
    pub revisions_len: u32,
    pub first_seen: Option<Timestamp>,
    /// When the page was fetched that this revision was read from.
    pub captured: Option<Timestamp>,
    /// The title of the source; empty where there is none.
    pub source: &'a str,
}

/// What a time reads as that nobody told.
const NOT_TOLD: &str = "not told";

/// Returns the lines that stand between the byline and the text, each a name and a value.
///
/// The four times are kept apart: that a publisher told none is a fact too, and said. What only a
/// library knows is left out of an article that is in none, and so is an address that leads
/// nowhere (`.invalid`, RFC 2606).
pub(crate) fn lines(a: &Article, facts: &Facts) -> Vec<(&'static str, String)> {
    let told = |stamp: &Option<Stamp>| stamp.as_ref().map_or(NOT_TOLD.to_owned(), stamp_text);
    let mut lines = vec![("Published", told(&a.published)), ("Updated", told(&a.updated))];
    lines.extend(facts.first_seen.map(|at| ("First seen", utc_text(at))));
    lines.extend(facts.captured.map(|at| ("Captured", utc_text(at))));
    if let Some(source) = source(a, facts) {
        lines.push(("Source", source.to_owned()));
    }
    if !a.address.host().ends_with(".invalid") {
        lines.push(("Address", a.address.to_string()));
    }
    if let Some(pressmark) = facts.pressmark {
        lines.push(("Pressmark", pressmark.to_string()));
        let of = format!("{} of {}", facts.revision, facts.revisions_len);
        lines.push(("Revision", of));
    }
    lines
}

/// Returns the name of the publication: the library's own, or else the one on the page.
pub(crate) fn source<'a>(a: &'a Article, facts: &Facts<'a>) -> Option<&'a str> {
    Some(facts.source).filter(|source| !source.is_empty()).or(a.site.as_deref())
}

/// Returns the byline: `Ann Lee, Bo Chen`, or nothing where nobody is named.
pub(crate) fn byline(a: &Article) -> Option<String> {
    (!a.authors.is_empty()).then(|| a.authors.join(", "))
}

/// Returns a time in the zone it was told in; one told without a zone says so.
fn stamp_text(stamp: &Stamp) -> String {
    let Some(offset) = stamp.offset_s else {
        return format!("{} (no zone told)", utc_text(stamp.at));
    };
    match Offset::from_seconds(offset) {
        Ok(offset) if offset != Offset::UTC => {
            let there = stamp.at.to_zoned(TimeZone::fixed(offset));
            there.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
        }
        _ => utc_text(stamp.at),
    }
}

fn utc_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
