//! Decides which part of a page is the article's text.
//!
//! Every block has a value: prose counts for a part, links and labels count against it. The part
//! with the largest sum is the article, unless a part inside it is named as the text and has
//! nearly as much. Where the page tells the text elsewhere (JSON-LD, the listing), blocks that
//! stand in it count and others don't.

use crate::candidates;
use crate::ground::is_heading;
use crate::letter::letters_of;
use crate::marks::{Marks, prose};
use crate::metadata::letters;
use crate::outline::{Block, Outline};
use crate::weight::Weight;
use html::Tag;
use memchr::memmem;
use std::collections::HashSet;

/// How long a probe must be to be looked for in a told text, in letters.
const PROBE_LETTERS_MIN: usize = 8;
/// How much of a block's start is looked for, in letters.
const PROBE_LETTERS_MAX: usize = 40;
/// How much of a told text must be found in the page to be believed, in percent.
const FOUND_PERCENT_MIN: usize = 50;
/// A told text lighter than this says too little.
const TOLD_WEIGHT_MIN: usize = 120;
/// A told text is only a beginning where it is less than this part of the text shown, in percent.
const TOLD_PERCENT_MIN: usize = 40;
/// A part that holds this share of the value around it stands for it, in percent.
const SAME_PERCENT: i64 = 97;
/// The same for the best part of the page, round which little prose of other articles may stand.
const MOST_PERCENT: i64 = 90;
/// A part worth less than this has hardly a sentence.
const LITTLE: i64 = 120;

/// The verdict: where the text stands.
pub struct Verdict {
    /// Nodes of the outline, in the order of the page, none inside another.
    pub parts: Vec<usize>,
    /// How much prose they hold.
    pub prose: usize,
    /// The told text where it was found in the page.
    pub told: Option<Told>,
}

/// What each block is worth, as sums before each block.
pub struct Values(Vec<i64>);

impl Values {
    pub fn of(&self, outline: &Outline, node: usize) -> i64 {
        let node = &outline.nodes[node];
        self.0[node.block_to] - self.0[node.block_from]
    }
}

pub fn find(outline: &Outline, marks: &Marks, told: Option<&str>, steps_max: usize) -> Verdict {
    let plain = verdict(outline, marks, None);
    let told = told.map(|told| Told::new(outline, told, steps_max)).filter(Told::is_believed);
    match told {
        // A text much shorter than what the page shows is only its beginning.
        Some(told) if told.found * 100 >= plain.prose * TOLD_PERCENT_MIN => {
            let verdict = verdict(outline, marks, Some(&told));
            Verdict { told: Some(told), ..verdict }
        }
        _ => plain,
    }
}

fn verdict(outline: &Outline, marks: &Marks, told: Option<&Told>) -> Verdict {
    let values = values(outline, marks, told);
    let named = candidates::all(outline, marks);
    let best = inmost(outline, &values, best(outline, &values, &named), MOST_PERCENT);
    let inside: Vec<_> = named
        .iter()
        .copied()
        .filter(|(_, at)| (best..outline.nodes[best].end).contains(at))
        .collect();
    let mut parts = if values.of(outline, best) < LITTLE {
        candidates::largest(outline, marks, &named).map_or(vec![best], |part| vec![part])
    } else {
        candidates::choose(outline, &values, &inside, best)
    };
    for part in &mut parts {
        *part = inmost(outline, &values, *part, SAME_PERCENT);
    }
    let blocks = parts.iter().flat_map(|part| outline.blocks_of(*part));
    let kept = blocks.filter(|block| !marks.is_left_out(block.node));
    Verdict { prose: kept.map(prose).sum(), told: None, parts }
}

/// Returns the one part that holds all parts of a verdict.
pub fn core(outline: &Outline, verdict: &Verdict) -> usize {
    let (Some(first), Some(last)) = (verdict.parts.first(), verdict.parts.last()) else {
        return 0;
    };
    let holds_last = |at: &usize| outline.nodes[*at].end > *last;
    outline.with_ancestors(*first).find(holds_last).unwrap_or(0)
}

/// A text that was told elsewhere, as letters.
pub struct Told {
    /// For each block whether it stands in the text.
    pub inside: Vec<bool>,
    found: usize,
    all: usize,
}

impl Told {
    pub fn new(outline: &Outline, text: &str, steps_max: usize) -> Told {
        let letters = letters(text);
        let starts = starts(&letters);
        let is_inside = |block: &Block| {
            let probe: String = letters_of(&block.line).take(PROBE_LETTERS_MAX).collect();
            let may_be = start(probe.as_bytes()).is_some_and(|start| starts.contains(&start));
            may_be
                && probe.chars().count() >= PROBE_LETTERS_MIN
                && memmem::find(letters.as_bytes(), probe.as_bytes()).is_some()
        };
        let looked_max = steps_max / letters.len().max(1);
        let looked = outline.blocks.iter().take(looked_max).map(is_inside);
        let unseen = std::iter::repeat(false);
        let inside: Vec<bool> = looked.chain(unseen).take(outline.blocks.len()).collect();
        let found = outline.blocks.iter().zip(&inside).filter(|(_, inside)| **inside);
        Told {
            found: found.map(|(block, _)| block.weight.all).sum(),
            all: Weight::of(text).all,
            inside,
        }
    }

    fn is_believed(&self) -> bool {
        self.all >= TOLD_WEIGHT_MIN && self.found * 100 >= self.all * FOUND_PERCENT_MIN
    }
}

/// The first bytes of a probe, as a number.
fn start(probe: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(*probe.first_chunk()?))
}

/// All that a probe may begin with: most blocks of a page begin with none of it.
fn starts(letters: &str) -> HashSet<u64, foldhash::fast::RandomState> {
    letters.as_bytes().windows(size_of::<u64>()).filter_map(start).collect()
}

fn values(outline: &Outline, marks: &Marks, told: Option<&Told>) -> Values {
    let mut sum = 0;
    let mut sums = vec![0];
    for (at, block) in outline.blocks.iter().enumerate() {
        if !marks.is_left_out(block.node) {
            let own = value(outline, block);
            sum += match told {
                Some(told) if told.inside[at] => block.weight.all as i64,
                Some(_) => own.min(0) - own.max(0) / 4,
                None => own,
            };
        }
        sums.push(sum);
    }
    Values(sums)
}

/// What a block speaks for (or against) the part it stands in being the article.
fn value(outline: &Outline, block: &Block) -> i64 {
    let weight = block.weight;
    let (all, linked) = (weight.all as i64, weight.linked as i64);
    if is_heading(outline.nodes[block.node].tag) {
        return if linked * 2 > all { -40 } else { 0 };
    }
    if linked * 2 > all {
        return -all.min(80);
    }
    if weight.ends > 0 || all >= 80 {
        return all - 2 * linked;
    }
    -all.min(20) / 4
}

/// Returns the part with the largest sum, the inmost of equals; a name for a text counts in favour.
fn best(outline: &Outline, values: &Values, named: &[(candidates::Name, usize)]) -> usize {
    let plain = (0..outline.nodes.len()).map(|at| (values.of(outline, at) * 10, at));
    let named = named.iter().map(|(name, at)| (values.of(outline, *at) * name.tenfold(), *at));
    plain.chain(named).max().map_or(0, |(_, at)| at)
}

/// Goes down while one child holds nearly all.
fn inmost(outline: &Outline, values: &Values, from: usize, percent: i64) -> usize {
    let mut at = from;
    loop {
        let all = values.of(outline, at);
        let child = children(outline, at).find(|child| {
            let own = values.of(outline, *child);
            own * 100 >= all * percent && all > 0
        });
        match child {
            Some(child) if !is_text(outline.nodes[child].tag) => at = child,
            _ => return at,
        }
    }
}

#[rustfmt::skip]
fn is_text(tag: Tag) -> bool {
    matches!(tag, Tag::P | Tag::H1 | Tag::H2 | Tag::H3 | Tag::Li | Tag::A | Tag::B | Tag::Strong | Tag::Em
        | Tag::I | Tag::Span | Tag::Font | Tag::Tr | Tag::Tbody)
}

fn children<'a>(outline: &'a Outline, at: usize) -> impl Iterator<Item = usize> + 'a {
    let end = outline.nodes[at].end;
    let mut next = at + 1;
    std::iter::from_fn(move || {
        let at = (next < end).then_some(next)?;
        next = outline.nodes[at].end;
        Some(at)
    })
}
