//! Who signs a text in plain words above or below it, or by a link to a page of theirs.

use super::Lines;
use crate::metadata::authors::is_full;
use crate::metadata::byline::{is_cased, is_office, people};
use crate::metadata::{Metadata, hanzi};
use crate::outline::Outline;

/// How many blocks at the beginning of a text may be its writer's name.
const ALONE_MAX: usize = 3;
/// Where more people are linked, they are those of other articles.
const LINKED_MAX: usize = 4;

/// Returns the writers; where the head told a house, only names that are surely people's.
pub fn find(meta: &Metadata, outline: &Outline, lines: &Lines) -> Option<Vec<String>> {
    let named = |name: fn(&str) -> Vec<String>, lines: &[&str]| {
        lines.iter().map(|line| name(line)).find(|names| !names.is_empty())
    };
    let own = || outline.blocks[lines.first..].iter().map(|block| block.line.trim());
    let opening: Vec<&str> = own().take(1).collect();
    let beginning: Vec<&str> = own().take(ALONE_MAX).collect();
    let is_known = !meta.authors.is_empty();
    named(byline, &lines.above)
        .or_else(|| named(hanzi::reporters, &opening))
        .or_else(|| linked(meta, lines.about_first()))
        .or_else(|| named(signature, &lines.below))
        .or_else(|| linked(meta, lines.about_last()))
        .filter(|names| !is_known || names.iter().all(|name| is_full(name)))
        .or_else(|| named(hanzi::alone, &beginning).filter(|_| !is_known))
        .or_else(|| named(hanzi::editors, &lines.below).filter(|_| !is_known))
}

/// Returns those whose pages are linked among some of the blocks.
fn linked(meta: &Metadata, blocks: std::ops::Range<usize>) -> Option<Vec<String>> {
    let links = meta.author_links.iter().filter(|(at, _)| blocks.contains(at));
    let mut names = people(links.map(|(_, name)| name.as_str()));
    names.retain(|name| !is_office(name));
    (!names.is_empty() && names.len() <= LINKED_MAX).then_some(names)
}

/// Returns who signs below a text.
fn signature(line: &str) -> Vec<String> {
    let authors = hanzi::authors(line);
    if authors.is_empty() { hanzi::in_brackets(line) } else { authors }
}

/// Returns the people whom a line above the text names as its writers.
pub fn byline(line: &str) -> Vec<String> {
    let authors = hanzi::authors(line);
    if authors.is_empty() { people(signed(line)) } else { authors }
}

/// Returns what stands behind `By` and the like, up to the next thing.
fn signed(line: &str) -> Option<&str> {
    let line = line.trim();
    let is_start = |start: &&&str| {
        line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            && line[start.len()..].starts_with([' ', ':', '\u{a0}'])
    };
    let start = STARTS.iter().find(is_start)?;
    let rest = line[start.len()..].trim_start_matches([' ', ':', '\u{a0}']);
    // `Text Size`, `Author Archive` and `By Monday` name nobody.
    let is_label = line[start.len()..].trim_start().starts_with(':');
    if !is_label && (LABELS.contains(start) || !rest.contains(' ')) {
        return None;
    }
    let is_end = |c: char| c.is_ascii_digit() || "|•·(\n—–".contains(c);
    let end = rest.find(is_end).unwrap_or(rest.len());
    let rest = &rest[..end];
    let cuts =
        [" - ", " on ", " in ", " at ", " am ", " le ", " el ", " for ", " Published", " Updated"];
    let end = cuts.iter().filter_map(|cut| rest.find(cut)).min().unwrap_or(rest.len());
    let name = rest[..end].trim();
    let small = name.split_whitespace().filter(|word| !is_cased(word)).count();
    let is_short = name.split_whitespace().count() <= WORDS_MAX;
    (is_cased(name) && is_short && small <= SMALL_WORDS_MAX).then_some(name)
}

/// How many words the names of a line have, and how many of them may be small: `and`, `von`.
const WORDS_MAX: usize = 8;
const SMALL_WORDS_MAX: usize = 2;

/// Starts that tell a name only before a colon.
const LABELS: [&str; 4] = ["text", "author", "autor", "autorin"];

#[rustfmt::skip]
const STARTS: [&str; 22] = [
    "written by", "posted by", "story by", "words by", "text by", "article by", "reported by", "by",
    "verfasst von", "geschrieben von", "text", "von", "écrit par", "par", "escrito por", "por",
    "scritto da", "di", "door", "author", "autor", "autorin",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_above_the_text_names_its_writers() {
        assert_eq!(byline("By Ada Strand and Bo Ek | March 9"), ["Ada Strand", "Bo Ek"]);
        assert_eq!(byline("Von Ada Strand, 9. März 2024"), ["Ada Strand"]);
        assert_eq!(byline("by: Ada Strand on May 4"), ["Ada Strand"]);
        assert!(byline("By the harbour the ferries stood still").is_empty());
        assert!(byline("Bystanders saw it").is_empty());
        assert!(byline("Text Size").is_empty());
        assert!(byline("Author Archive").is_empty());
        assert!(byline("By Monday").is_empty());
        assert_eq!(byline("Text: Ada Strand"), ["Ada Strand"]);
        assert!(byline("Von wegen Frühling").is_empty());
    }
}
