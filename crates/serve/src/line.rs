//! An article as a line of a list.

use crate::language::{Tag, tag};
use crate::pages::picture::{WIDTHS, is_made};
use crate::room::Shelf;
use crate::times::{Hours, When};
use crate::words::Tongue;
use archive::{ArticleLine, Picture, Source};
use news::Timestamp;
use serde::Serialize;

/// How many articles a page lists at most.
pub const LINES_MAX: u32 = 100;

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub href: String,
    pub mark: String,
    pub headline: String,
    pub summary: String,
    pub tag: Tag,
    pub source: SourceName,
    /// Hours and minutes of [`published`].
    pub clock: When,
    pub day: When,
    /// How often it was edited.
    pub edits_len: u32,
    /// Where the newest edit is shown.
    pub changes: String,
    pub gone: bool,
    pub picture: Option<Shown>,
}

/// A source as lists name it.
#[derive(Clone, Debug, Serialize)]
pub struct SourceName {
    pub title: String,
    pub tag: Tag,
    pub href: String,
}

/// A picture whose bytes are kept, as an `<img>` needs it.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub src: String,
    /// Empty where there is one width alone.
    pub srcset: String,
    pub width: u32,
    pub height: u32,
}

impl Line {
    pub fn new(line: ArticleLine, hours: &Hours, shelf: &Shelf, tongue: Tongue) -> Line {
        let source = shelf.sources.iter().find(|source| source.id == line.source);
        let at = published(&line);
        let spoken = line.language.as_deref().or(source.and_then(|s| s.language.as_deref()));
        let href = format!("/a/{}", line.pressmark);
        Line {
            changes: format!("{href}/{}/changes", line.revisions_len),
            href,
            mark: line.pressmark.to_string(),
            tag: tag(spoken, &format!("{} {}", line.headline, line.summary)),
            headline: line.headline,
            summary: line.summary,
            source: source.map_or_else(|| SourceName::unknown(line.source_title), SourceName::of),
            clock: hours.clock(at),
            day: hours.date(hours.day_of(at), tongue),
            edits_len: line.revisions_len.saturating_sub(1),
            gone: line.gone,
            picture: line.lead.as_ref().map(Shown::of),
        }
    }
}

/// Returns the time by which an article is listed.
pub fn published(line: &ArticleLine) -> Timestamp {
    line.published.unwrap_or(line.first_seen)
}

impl SourceName {
    pub fn of(source: &Source) -> SourceName {
        SourceName {
            title: source.title.clone(),
            tag: tag(source.language.as_deref(), &source.title),
            href: source_href(&source.name),
        }
    }

    fn unknown(title: String) -> SourceName {
        SourceName { tag: tag(None, &title), title, href: "/sources".to_owned() }
    }
}

/// Returns the address of a source's page; every byte that is not plain is escaped.
fn source_href(name: &str) -> String {
    name.bytes().fold("/source/".to_owned(), |href, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            href + char::from(byte).encode_utf8(&mut [0; 4])
        }
        _ => format!("{href}%{byte:02X}"),
    })
}

impl Shown {
    pub fn of(picture: &Picture) -> Shown {
        let own = format!("/picture/{}", picture.digest.hex());
        let (width, height) = (picture.width, picture.height);
        if !is_made(picture) {
            return Shown { src: own, srcset: String::new(), width, height };
        }
        // The first that is as wide as the picture is the last that is of use.
        let narrower = WIDTHS.iter().filter(|known| **known < width).count();
        let useful = &WIDTHS[..(narrower + 1).min(WIDTHS.len())];
        let choices: Vec<String> = useful
            .iter()
            .map(|known| format!("{own}/{known}.webp {}w", width.min(*known)))
            .collect();
        let usual = useful.get(1).unwrap_or(&useful[0]);
        let srcset = if choices.len() > 1 { choices.join(", ") } else { String::new() };
        Shown { src: format!("{own}/{usual}.webp"), srcset, width, height }
    }
}

/// The pages of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct Pager {
    /// The address of the list, up to the number of the page.
    pub href: String,
    pub current: u32,
    pub last: u32,
    /// The numbers that are shown; the first, the last and those around the current one.
    pub numbers: Vec<u32>,
}

impl Pager {
    /// Returns the pages of a list of so many articles; `href` ends in `?page=` or `&page=`.
    pub fn new(href: String, current: u32, articles_len: u64) -> Pager {
        let pages = articles_len.div_ceil(u64::from(LINES_MAX)).max(1);
        let last = u32::try_from(pages).unwrap_or(u32::MAX);
        let near = current.saturating_sub(2).max(2)
            ..=current.saturating_add(2).min(last.saturating_sub(1));
        let mut numbers = vec![1];
        numbers.extend(near);
        if last > 1 {
            numbers.push(last);
        }
        Pager { href, current, last, numbers }
    }
}

/// Returns where a page of a list begins.
pub fn offset(page: u32) -> u32 {
    (page - 1).saturating_mul(LINES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_names_its_ends_and_what_is_near() {
        let numbers = |current, len| Pager::new(String::new(), current, len).numbers;
        assert_eq!(numbers(1, 0), [1]);
        assert_eq!(numbers(1, 100), [1]);
        assert_eq!(numbers(1, 101), [1, 2]);
        assert_eq!(numbers(5, 950), [1, 3, 4, 5, 6, 7, 10]);
        assert_eq!(numbers(10, 950), [1, 8, 9, 10]);
    }

    #[test]
    fn a_name_of_a_source_is_one_segment_of_a_path() {
        assert_eq!(source_href("tide-times"), "/source/tide-times");
        assert_eq!(source_href("a/b?c"), "/source/a%2Fb%3Fc");
    }
}
