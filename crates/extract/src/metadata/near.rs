//! What stands in plain words about the text's beginning: headline, date and byline of old pages.

mod headline;
mod writers;

use crate::dateline;
use crate::marks::Marks;
use crate::metadata::Metadata;
use crate::outline::Outline;
use std::ops::Range;

/// How many blocks before the text are looked at.
const BEFORE_MAX: usize = 25;
/// How many of its own blocks are.
const AFTER_MAX: usize = 4;
/// How many blocks about the end of the text are looked at.
const END_MAX: usize = 4;
/// A line heavier than this is text.
const LINE_WEIGHT_MAX: usize = 260;

/// The short lines about a text, the nearest to its beginning and to its end first.
pub struct Lines<'a> {
    above: Vec<&'a str>,
    below: Vec<&'a str>,
    /// The first and the last block of the text.
    first: usize,
    last: usize,
}

impl<'a> Lines<'a> {
    /// `kept` tells of each block whether it is the article's.
    fn of(outline: &'a Outline, marks: &Marks, kept: &[bool]) -> Option<Lines<'a>> {
        let first = kept.iter().position(|kept| *kept)?;
        let last = kept.iter().rposition(|kept| *kept)?;
        let line = |at: usize| {
            let block = outline.blocks.get(at)?;
            let is_seen = !marks.is_unseen(block.node) && !marks.is_comment(block.node);
            (is_seen && block.weight.all <= LINE_WEIGHT_MAX).then_some(block.line.trim())
        };
        let mut lines = Lines { above: Vec::new(), below: Vec::new(), first, last };
        let mut order: Vec<usize> = lines.about_first().collect();
        order.sort_by_key(|at| at.abs_diff(first));
        lines.above = order.into_iter().filter_map(line).collect();
        lines.below = lines.about_last().rev().filter_map(line).collect();
        Some(lines)
    }

    fn about_first(&self) -> Range<usize> {
        self.first.saturating_sub(BEFORE_MAX)..self.first + AFTER_MAX
    }

    fn about_last(&self) -> Range<usize> {
        self.last.saturating_sub(END_MAX - 1)..self.last + END_MAX + 1
    }
}

/// Fills in headline, date of publication and authors where the page's head told none, or less.
pub fn fill(meta: &mut Metadata, outline: &Outline, marks: &Marks, kept: &[bool]) {
    let Some(lines) = Lines::of(outline, marks, kept) else { return };
    if meta.headline_is_title || meta.headline.is_none() {
        let printed = headline::find(meta, outline, lines.first);
        meta.headline = printed.or(meta.headline.take());
    }
    if meta.published.is_none() {
        let whole = lines.above.iter().find_map(|line| date(line));
        let within = || lines.above.iter().find_map(|line| date_within(line));
        meta.published = whole.or_else(within);
    }
    if (meta.authors.is_empty() || meta.authors_are_houses)
        && let Some(found) = writers::find(meta, outline, &lines)
    {
        meta.authors = found;
    }
}

fn date(line: &str) -> Option<news::Stamp> {
    if let Some(part) = dateline::within(line) {
        return news::date::read(part, None);
    }
    dateline::is_date(line).then(|| news::date::read(line, None)).flatten()
}

/// A line heavier than this mentions a date, and is not there to tell it.
const DATED_CHARS_MAX: usize = 90;

fn date_within(line: &str) -> Option<news::Stamp> {
    let is_short = line.chars().count() <= DATED_CHARS_MAX && !line.ends_with(['.', '!', '?']);
    news::date::read(dateline::written_within(line).filter(|_| is_short)?, None)
}
