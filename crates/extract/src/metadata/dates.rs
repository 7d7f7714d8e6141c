//! When an article was published and last changed, as its publisher says.

use super::{jsonld::Ld, page_facts::Facts};
use crate::dateline;
use crate::page::Expected;
use news::{Address, Stamp};

#[derive(Debug, Default)]
pub struct Times {
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
}

pub const PUBLISHED: [&str; 21] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
    "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "citation_date",
];
pub const UPDATED: [&str; 7] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
];

pub fn of(facts: &Facts, ld: &Ld, address: &Address, expected: Option<&Expected>) -> Times {
    let read = |text: &str| news::date::read(text, None);
    let prop = |name: &str| {
        let same = facts.props.iter().find(|(own, _)| own == name);
        same.map(|(_, value)| value.as_str())
    };
    let metas =
        |names: &'static [&'static str]| names.iter().filter_map(|name| facts.meta.first(&[name]));
    let others = facts.meta.named(is_of_publication);
    let published = ld.published.as_deref().into_iter().chain(metas(&PUBLISHED));
    let published = published.chain(prop("datePublished")).chain(others);
    let updated =
        ld.updated.as_deref().into_iter().chain(metas(&UPDATED)).chain(prop("dateModified"));
    let published = published.filter_map(read).next();
    let published = published
        .or_else(|| shown(facts, &read))
        .or_else(|| expected.and_then(|expected| expected.published.clone()))
        .or_else(|| from_address(address));
    Times { updated: updated.filter_map(read).next(), published }
}

/// `w-published-date`, `published_on`: publishers make up names of their own.
fn is_of_publication(name: &str) -> bool {
    let is_time = ["date", "time", "_on", "-on"].iter().any(|word| name.contains(word));
    is_time && name.contains("publi") && !name.contains("update") && !name.contains("modif")
}

/// A `<time>`, or a line of an element that its class calls a date.
fn shown(facts: &Facts, read: &dyn Fn(&str) -> Option<Stamp>) -> Option<Stamp> {
    let is_update = |words: &str| words.contains("update") || words.contains("modified");
    let first = facts.times.iter().filter(|time| !is_update(&time.words));
    first
        .filter_map(|time| read(&time.written))
        .next()
        .or_else(|| facts.dates.iter().find_map(|line| within_line(line)))
}

/// Reads a line as a date, or the date that stands in it.
pub fn within_line(line: &str) -> Option<Stamp> {
    let read = |text: &str| news::date::read(text, None);
    read(line).or_else(|| within(line, &read))
}

/// A date that stands in a line among other words.
fn within(line: &str, read: &dyn Fn(&str) -> Option<Stamp>) -> Option<Stamp> {
    let at = line.char_indices().find(|(_, c)| c.is_ascii_digit())?.0;
    let end =
        line.char_indices().rev().find(|(_, c)| c.is_ascii_digit() || "日号號".contains(*c))?;
    let written = dateline::written_within(line).and_then(read);
    written.or_else(|| read(line.get(at..end.0 + end.1.len_utf8())?))
}

/// `/2024/07/03/`, `-20240703`, `2024-07-03` in the path.
pub fn from_address(address: &Address) -> Option<Stamp> {
    let path = address.as_url().path();
    let digits: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let sane = (1995..=2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
        let written = format!("{y:04}-{m:02}-{d:02}");
        sane.then(|| news::date::read(&written, None)).flatten()
    };
    let parted = digits.windows(3).find_map(|three| match three {
        [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => day(y, m, d),
        _ => None,
    });
    parted.or_else(|| {
        let whole = digits.iter().filter(|part| matches!(part.len(), 8 | 14));
        whole.filter_map(|part| day(&part[..4], &part[4..6], &part[6..8])).next()
    })
}
