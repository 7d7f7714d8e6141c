//! What stands in plain words about the text's beginning: the date and the byline of old pages.

use crate::dateline;
use crate::marks::Marks;
use crate::metadata::authors::is_full;
use crate::metadata::byline::{is_office, people};
use crate::metadata::{Metadata, hanzi, letters};
use crate::outline::{Block, Outline};

/// How many blocks before the text are looked at.
const BEFORE_MAX: usize = 25;
/// How many of its own blocks are.
const AFTER_MAX: usize = 4;
/// How many blocks about the end of the text are looked at.
const END_MAX: usize = 4;

/// Fills in a date of publication and authors where the page's head told none.
///
/// `kept` tells of each block whether it is the article's.
pub fn fill(meta: &mut Metadata, outline: &Outline, marks: &Marks, kept: &[bool]) {
    let Some(first) = kept.iter().position(|kept| *kept) else {
        return;
    };
    if meta.headline_is_title || meta.headline.is_none() {
        let printed = headline(meta, outline, first);
        meta.headline = printed.or(meta.headline.take());
    }
    let last = kept.iter().rposition(|kept| *kept).unwrap_or(first);
    let line = |at: &usize| {
        let block = outline.blocks.get(*at)?;
        let is_light = block.weight.all <= LINE_WEIGHT_MAX && !marks.is_left_out(block.node);
        is_light.then_some(block.line.as_str())
    };
    let mut order: Vec<usize> = (first.saturating_sub(BEFORE_MAX)..first + AFTER_MAX).collect();
    order.sort_by_key(|at| at.abs_diff(first));
    let above: Vec<&str> = order.iter().filter_map(line).collect();
    let below = last.saturating_sub(END_MAX - 1)..=last + END_MAX;
    let below: Vec<&str> = below.rev().filter_map(|at| line(&at)).collect();
    if meta.published.is_none() {
        meta.published = above.iter().find_map(|line| date(line));
    }
    if !meta.authors.is_empty() && !meta.authors_are_houses {
        return;
    }
    let lines = |name: fn(&str) -> Vec<String>, lines: &[&str]| {
        lines.iter().map(|line| name(line)).find(|names| !names.is_empty())
    };
    let opening = || hanzi::reporters(&outline.blocks[first].line);
    let begins = || {
        let own = outline.blocks[first..].iter().take(ALONE_MAX).map(|block| block.line.trim());
        own.map(hanzi::alone).find(|names| !names.is_empty())
    };
    let told = lines(byline, &above)
        .or_else(|| Some(opening()).filter(|names| !names.is_empty()))
        .or_else(|| linked(meta, first.saturating_sub(BEFORE_MAX)..first + AFTER_MAX))
        .or_else(|| lines(signature, &below))
        .or_else(|| linked(meta, last.saturating_sub(END_MAX - 1)..last + END_MAX + 1));
    let is_believed =
        |names: &Vec<String>| meta.authors.is_empty() || names.iter().all(|name| is_full(name));
    let told = told
        .filter(is_believed)
        .or_else(|| lines(hanzi::editors, &below).filter(|_| meta.authors.is_empty()));
    meta.authors = told.unwrap_or_else(|| std::mem::take(&mut meta.authors));
}

/// How many blocks at the beginning of a text may be its writer's name.
const ALONE_MAX: usize = 3;

/// Returns those whose pages are linked among some of the blocks.
fn linked(meta: &Metadata, blocks: std::ops::Range<usize>) -> Option<Vec<String>> {
    let links = meta.author_links.iter().filter(|(at, _)| blocks.contains(at));
    let mut names = people(links.map(|(_, name)| name.as_str()));
    names.retain(|name| !is_office(name));
    (!names.is_empty() && names.len() <= LINKED_MAX).then_some(names)
}

/// Where more people are linked, they are those of other articles.
const LINKED_MAX: usize = 4;

/// How many blocks before and after the beginning of the text may be its headline.
const HEADLINE_BEFORE: usize = 12;
const HEADLINE_AFTER: usize = 3;
/// How many letters such a line has, and how heavy it may be.
const HEADLINE_LETTERS_MIN: usize = 4;
const HEADLINE_WEIGHT_MAX: usize = 150;

/// Returns the line about the beginning of the text that is its headline, where the page's title is
/// that and more, or stands nowhere in the page and so is the site's.
fn headline(meta: &Metadata, outline: &Outline, first: usize) -> Option<String> {
    let title = letters(meta.headline.as_deref().unwrap_or_default());
    let host = letters(meta.address.host());
    let site = letters(meta.site.as_deref().unwrap_or_default());
    let from = first.saturating_sub(HEADLINE_BEFORE);
    let to = (first + HEADLINE_AFTER).min(outline.blocks.len());
    let is_light = |block: &&Block| block.weight.all <= HEADLINE_WEIGHT_MAX;
    let lines = || outline.blocks[from..to].iter().filter(is_light);
    let is_within = |block: &&Block| {
        let own = letters(&block.line);
        own.chars().count() >= HEADLINE_LETTERS_MIN
            && own.len() * 100 >= title.len() * HEADLINE_PERCENT
            && title.contains(&own)
            && !host.contains(&own)
            && own != site
            && !block.line.contains(['>', '›', '»', '|'])
    };
    let line = |block: &Block| block.line.trim().to_owned();
    if let Some(block) = lines().filter(is_within).max_by_key(|block| block.weight.all) {
        return Some(line(block));
    }
    let is_shown = lines().any(|block| letters(&block.line).contains(&title));
    let opening = outline.blocks.get(first).filter(is_light)?;
    let is_one = opening.weight.ends == 0
        && opening.weight.commas == 0
        && opening.weight.all >= HEADLINE_LETTERS_MIN * 2
        && !dateline::is_one(opening.line.trim())
        && byline(&opening.line).is_empty()
        && outline.nodes[opening.node].tag != html::Tag::Li;
    (is_one && (title.is_empty() || !is_shown)).then(|| line(opening))
}

/// The least part of a title that is its headline, in percent.
const HEADLINE_PERCENT: usize = 30;

/// Returns who signs below a text.
fn signature(line: &str) -> Vec<String> {
    let authors = hanzi::authors(line);
    if authors.is_empty() { hanzi::in_brackets(line) } else { authors }
}

/// A line heavier than this is text.
const LINE_WEIGHT_MAX: usize = 260;

fn date(line: &str) -> Option<news::Stamp> {
    if let Some(part) = dateline::within(line) {
        return news::date::read(part, None);
    }
    dateline::is_date(line).then(|| news::date::read(line, None)).flatten()
}

/// Returns the people whom a line above the text names as its writers.
fn byline(line: &str) -> Vec<String> {
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
    let is_end = |c: char| c.is_ascii_digit() || "|•·(\n—–".contains(c);
    let end = rest.find(is_end).unwrap_or(rest.len());
    let rest = &rest[..end];
    let cuts =
        [" - ", " on ", " in ", " at ", " am ", " le ", " el ", " for ", " Published", " Updated"];
    let end = cuts.iter().filter_map(|cut| rest.find(cut)).min().unwrap_or(rest.len());
    let name = rest[..end].trim();
    let is_cased = |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let small = name.split_whitespace().filter(|word| !is_cased(word)).count();
    let is_short = name.split_whitespace().count() <= WORDS_MAX;
    (is_cased(name) && is_short && small <= SMALL_WORDS_MAX).then_some(name)
}

/// How many words the names of a line have, and how many of them may be small: `and`, `von`.
const WORDS_MAX: usize = 8;
const SMALL_WORDS_MAX: usize = 2;

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
        assert!(byline("Von wegen Frühling").is_empty());
    }
}
