//! How much each block of a page speaks for being the article's.

use crate::corrections;
use crate::features::{Features, Said};
use crate::forest;
use crate::judge::{self, Verdict};
use crate::marks::{self, Marks};
use crate::metadata::Metadata;
use crate::outline::{Block, Node, Outline};
use html::Tag;

/// From which log-odds on a block is the article's, in thousandths.
const SCORE_MIN: i32 = 100;
/// What a block gains that stands in the text which the page or its listing tells elsewhere, and
/// what another loses.
const TOLD_GAIN: i32 = 1500;
const TOLD_LOSS: i32 = 900;
const LISTED_LOSS: i32 = 3000;
/// A told text is no mere beginning where it has this share of what is likely the text, in percent.
const WHOLE_PERCENT: usize = 40;
const PARAGRAPH_WEIGHT_MIN: usize = 60;
/// A line of more links than this, and of little else, is an index and no text.
const LINKS_MAX: usize = 500;
/// A block that differs from both its neighbours costs this, in thousandths.
const CHANGE: i32 = 200;

/// Tells of each block whether it is the article's.
///
/// `is_listed` says that the text told elsewhere is the listing's and not the page's own.
pub fn kept(
    outline: &Outline,
    marks: &Marks,
    verdict: &Verdict,
    meta: &Metadata,
    is_listed: bool,
) -> Vec<bool> {
    let said = Said::of(meta, verdict);
    let features = Features::of(outline, marks, judge::core(outline, verdict), &said);
    let score = |at: usize| {
        let block = &outline.blocks[at];
        if marks.is_unseen(block.node) || is_wall(block) {
            return i32::MIN / 4;
        }
        forest::score(&features.row(at)) - SCORE_MIN
    };
    let mut scores: Vec<i32> = (0..outline.blocks.len()).map(score).collect();
    if let Some(told) = said.told {
        believe(outline, told, is_listed, &mut scores);
    }
    let mut kept = smoothed(&scores);
    if !kept.contains(&true) {
        kept = likeliest(outline, marks, verdict);
    }
    keep_whole(outline, &scores, &mut kept);
    keep_between(outline, marks, &scores, &mut kept);
    corrections::keep(outline, marks, &mut kept);
    forget_repeated(outline, &mut kept);
    if meta.kinds.iter().any(|kind| kind == LIVE) {
        keep_moments(outline, &mut kept);
    }
    kept
}

/// The type of a page that is written on while something happens.
const LIVE: &str = "LiveBlogPosting";

/// How heavy a line may be that says when something was written.
const MOMENT_WEIGHT_MAX: usize = 60;

/// Within how many blocks behind it an entry's text begins.
const MOMENT_BLOCKS_MAX: usize = 3;

/// Keeps the times above the entries of a live blog, without which nobody knows what came first.
fn keep_moments(outline: &Outline, kept: &mut [bool]) {
    let first = kept.iter().position(|kept| *kept).unwrap_or(kept.len());
    let moments = outline.nodes.iter().filter(|node| node.tag == Tag::Time || node.names.dated);
    for at in moments.map(|node| node.block_from).filter(|at| *at > first) {
        let until = (at + 1 + MOMENT_BLOCKS_MAX).min(kept.len());
        let is_short = |block: &Block| block.weight.all <= MOMENT_WEIGHT_MAX;
        let is_moment = outline.blocks.get(at).is_some_and(is_short);
        if is_moment && kept[(at + 1).min(until)..until].contains(&true) {
            kept[at] = true;
        }
    }
}

/// An index may be cut where the page has too many nodes, and the rest of it is words without links.
fn is_wall(block: &Block) -> bool {
    block.links > LINKS_MAX && block.weight.linked * 4 > block.weight.all
}

/// Keeps what reads like sentences in the likeliest part, so that no article is empty because it is
/// like no other.
fn likeliest(outline: &Outline, marks: &Marks, verdict: &Verdict) -> Vec<bool> {
    let in_parts = |node: usize| {
        verdict.parts.iter().any(|part| (*part..outline.nodes[*part].end).contains(&node))
    };
    let is_likely = |block: &Block| {
        let is_links = block.weight.linked * 2 > block.weight.all || is_wall(block);
        in_parts(block.node)
            && !is_links
            && !marks.is_left_out(block.node)
            && !marks.is_unseen(block.node)
    };
    let sentences: Vec<bool> =
        outline.blocks.iter().map(|block| is_likely(block) && marks::prose(block) > 0).collect();
    match sentences.contains(&true) {
        true => sentences,
        false => outline.blocks.iter().map(is_likely).collect(),
    }
}

/// Lets a text that was told elsewhere speak, for the blocks that stand in it and against those that
/// don't: a page's own leaves out lists and headings, a listing's is the whole or a beginning.
fn believe(outline: &Outline, told: &[bool], is_listed: bool, scores: &mut [i32]) {
    let weight_of = |is_one: &dyn Fn(usize) -> bool| -> usize {
        let blocks = outline.blocks.iter().enumerate().filter(|(at, _)| is_one(*at));
        blocks.map(|(_, block)| block.weight.all).sum()
    };
    let likely = weight_of(&|at| scores[at] > 0);
    let is_whole = weight_of(&|at| told[at]) * 100 >= likely * WHOLE_PERCENT;
    for (at, block) in outline.blocks.iter().enumerate() {
        if told[at] {
            scores[at] += TOLD_GAIN;
        } else if !is_listed {
            scores[at] -= TOLD_LOSS;
        } else if is_whole && block.weight.all >= PARAGRAPH_WEIGHT_MIN {
            scores[at] -= LISTED_LOSS;
        }
    }
}

/// The likeliest run of kept and dropped blocks, where each change costs (Viterbi 1967).
fn smoothed(scores: &[i32]) -> Vec<bool> {
    // The best sums so far that end in a dropped and in a kept block, and where each came from.
    let (mut dropped, mut kept) = (0i64, -i64::from(CHANGE));
    let mut stays: Vec<(bool, bool)> = Vec::with_capacity(scores.len());
    for score in scores {
        let change = i64::from(CHANGE);
        let (from_dropped, from_kept) = (dropped, kept);
        stays.push((from_dropped >= from_kept - change, from_kept >= from_dropped - change));
        dropped = from_dropped.max(from_kept - change);
        kept = from_kept.max(from_dropped - change) + i64::from(*score);
    }
    let mut is_kept = kept - i64::from(CHANGE) > dropped;
    let mut all = vec![false; scores.len()];
    for at in (0..scores.len()).rev() {
        all[at] = is_kept;
        let (dropped_stays, kept_stays) = stays[at];
        is_kept = if is_kept { kept_stays } else { !dropped_stays };
    }
    all
}

/// From which share of it on, in percent, a part is kept whole. A list may be a menu that stands
/// beside its text.
fn whole_from(tag: Tag) -> Option<usize> {
    match tag {
        Tag::P | Tag::Blockquote | Tag::Pre | Tag::Dl => Some(50),
        Tag::Ul | Tag::Ol => Some(75),
        _ => None,
    }
}

/// Keeps quotations, code and lists whole, where most of them is kept.
fn keep_whole(outline: &Outline, scores: &[i32], kept: &mut [bool]) {
    let mut at = 0;
    while at < outline.nodes.len() {
        let node = &outline.nodes[at];
        let range = node.block_from..node.block_to;
        let Some(share_min) = whole_from(node.tag).filter(|_| !range.is_empty()) else {
            at += 1;
            continue;
        };
        let weight = |at: usize| outline.blocks[at].weight.all;
        let all: usize = range.clone().map(weight).sum();
        let most: usize = range.clone().filter(|at| kept[*at]).map(weight).sum();
        if most * 100 > all * share_min {
            range.filter(|at| scores[*at] > i32::MIN / 8).for_each(|at| kept[at] = true);
        }
        at = node.end;
    }
}

/// Of more links than this, in percent, is no list or table of an article's own.
const LINKED_PERCENT_MAX: usize = 25;

/// Keeps lists, tables, code and subheads that stand between two paragraphs of the article as
/// their siblings: short lines alone say too little to be judged by.
fn keep_between(outline: &Outline, marks: &Marks, scores: &[i32], kept: &mut [bool]) {
    for (at, node) in outline.nodes.iter().enumerate() {
        let range = node.block_from..node.block_to;
        let is_one = is_set_apart(node.tag) && !range.is_empty() && !marks.is_left_out(at);
        if !is_one || !node.names.is_plain() || !is_between(outline, node, kept) {
            continue;
        }
        if outline.weight_of(at).linked_percent() <= LINKED_PERCENT_MAX {
            range.filter(|at| scores[*at] > i32::MIN / 8).for_each(|at| kept[at] = true);
        }
    }
}

#[rustfmt::skip]
fn is_set_apart(tag: Tag) -> bool {
    matches!(tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table | Tag::Pre | Tag::H2 | Tag::H3 | Tag::H4
        | Tag::H5 | Tag::H6)
}

/// Tells whether the blocks before and behind an element are kept and are its siblings' own.
fn is_between(outline: &Outline, node: &Node, kept: &[bool]) -> bool {
    let is_sibling = |at: usize| {
        let other = &outline.nodes[outline.blocks[at].node];
        kept[at] && other.parent == node.parent && other.tag == Tag::P
    };
    node.block_from > 0
        && node.block_to < kept.len()
        && is_sibling(node.block_from - 1)
        && is_sibling(node.block_to)
}

/// A text heavier than this that stands twice on a page is read once.
const REPEATED_WEIGHT_MIN: usize = 1_000;

fn forget_repeated(outline: &Outline, kept: &mut [bool]) {
    let mut seen = std::collections::HashSet::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        if kept[at] && block.weight.all >= REPEATED_WEIGHT_MIN && !seen.insert(block.hash) {
            kept[at] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_odd_block_goes_with_its_neighbours() {
        assert_eq!(smoothed(&[900, -150, 900]), [true, true, true]);
        assert_eq!(smoothed(&[-900, 150, -900]), [false, false, false]);
    }

    #[test]
    fn a_block_that_is_sure_stands_alone() {
        assert_eq!(smoothed(&[900, -900, 900]), [true, false, true]);
        assert_eq!(smoothed(&[-900, 900, -900]), [false, true, false]);
        assert_eq!(smoothed(&[]), [false; 0]);
    }
}
