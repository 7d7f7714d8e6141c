//! What stands in plain words about the text's beginning: the date and the byline of old pages.

use crate::dateline;
use crate::marks::Marks;
use crate::metadata::{Metadata, hanzi, people};
use crate::outline::Outline;

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
    if meta.authors.is_empty() {
        let lines = |name: fn(&str) -> Vec<String>, lines: &[&str]| {
            lines.iter().map(|line| name(line)).find(|names| !names.is_empty())
        };
        let told = lines(byline, &above).or_else(|| lines(signature, &below));
        meta.authors = told.or_else(|| lines(hanzi::editors, &below)).unwrap_or_default();
    }
}

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
    if authors.is_empty() { people(english(line)) } else { authors }
}

fn english(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("By ").or(line.trim().strip_prefix("by "))?;
    let end = rest.find(['|', '•', '·', '(', '\n']).unwrap_or(rest.len());
    let name = rest[..end].trim();
    let cased = name.chars().next().is_some_and(char::is_uppercase);
    (cased && name.split_whitespace().count() <= 6).then_some(name)
}
