//! What stands in plain words about the text's beginning: the date and the byline of old pages.

use crate::dateline;
use crate::judge::Verdict;
use crate::marks::Marks;
use crate::metadata::{Metadata, people};
use crate::outline::Outline;

/// How many blocks before the text are looked at.
const BEFORE_MAX: usize = 25;
/// How many of its own blocks are.
const AFTER_MAX: usize = 4;

/// Fills in a date of publication and authors where the page's head told none.
pub fn fill(meta: &mut Metadata, outline: &Outline, marks: &Marks, verdict: &Verdict) {
    let Some(first) = verdict.parts.first().and_then(|part| outline.nodes.get(*part)) else {
        return;
    };
    let from = first.block_from.saturating_sub(BEFORE_MAX);
    let to = (first.block_from + AFTER_MAX).min(first.block_to);
    let mut order: Vec<usize> = (from..to).collect();
    order.sort_by_key(|at| at.abs_diff(first.block_from));
    let blocks = order.into_iter().map(|at| &outline.blocks[at]);
    let lines: Vec<&str> = blocks
        .filter(|block| block.weight.all <= LINE_WEIGHT_MAX && !marks.is_left_out(block.node))
        .map(|block| block.line.as_str())
        .collect();
    if meta.published.is_none() {
        meta.published = lines.iter().find_map(|line| date(line));
    }
    if meta.authors.is_empty() {
        let found = lines.iter().find_map(|line| byline(line));
        meta.authors = people(found);
    }
}

/// A line heavier than this is text.
const LINE_WEIGHT_MAX: usize = 260;

fn date(line: &str) -> Option<news::Stamp> {
    if let Some(part) = dateline::within(line) {
        return news::date::read(part, None);
    }
    dateline::is_date(line).then(|| news::date::read(line, None)).flatten()
}

/// Signs that a name follows, and what ends it.
fn byline(line: &str) -> Option<&str> {
    let signs = ["作者：", "作者:", "作者 ：", "記者：", "记者：", "撰文：", "文/", "文／", "文："];
    if let Some(rest) = signs.iter().find_map(|sign| Some(line.split_once(sign)?.1)) {
        let rest = rest.trim_start();
        let end = rest
            .find([' ', '\u{3000}', '\u{a0}', '来', '來', '发', '發', '(', '（', '|', '2', '1']);
        return Some(&rest[..end.unwrap_or(rest.len())]);
    }
    let rest = line.trim().strip_prefix("By ").or(line.trim().strip_prefix("by "))?;
    let end = rest.find(['|', '•', '·', '(', '\n']).unwrap_or(rest.len());
    let name = rest[..end].trim();
    let cased = name.chars().next().is_some_and(char::is_uppercase);
    (cased && name.split_whitespace().count() <= 6).then_some(name)
}
