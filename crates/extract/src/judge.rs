//! Decides which part of a page is the article's text.
//!
//! Every block has a value: prose counts for a part, links and labels count against it. The part
//! with the largest sum is the article, unless a part inside it is named as the text and has
//! nearly as much. Where the page tells the text elsewhere (JSON-LD, the listing), blocks that
//! stand in it count and others don't.

use crate::candidates;
use crate::marks::{Marks, prose};
use crate::outline::{Block, Outline};
use crate::weight::Weight;
use html::Tree;

/// How long a probe must be to be looked for in a told text, in letters.
const PROBE_LETTERS_MIN: usize = 8;
/// How much of a block's start is looked for, in letters.
const PROBE_LETTERS_MAX: usize = 40;
/// How much of a told text must be found in the page to be believed, in percent.
const FOUND_PERCENT_MIN: usize = 50;
/// A part that holds this share of the best part's value stands for it, in percent.
const SAME_PERCENT: i64 = 97;

/// The verdict: where the text stands.
pub struct Verdict {
    /// Nodes of the outline, in the order of the page, none inside another.
    pub parts: Vec<usize>,
    /// How much prose they hold.
    pub prose: usize,
    /// The told text was found in the page.
    pub proven: bool,
    pub values: Values,
}

/// What each block is worth, as sums before each block.
pub struct Values(Vec<i64>);

impl Values {
    pub fn of(&self, outline: &Outline, node: usize) -> i64 {
        let node = &outline.nodes[node];
        self.0[node.block_to] - self.0[node.block_from]
    }
}

pub fn find(tree: &Tree, outline: &Outline, marks: &Marks, told: Option<&str>) -> Verdict {
    let told = told
        .map(|told| Told::new(outline, told))
        .filter(Told::is_believed);
    let values = values(outline, marks, told.as_ref());
    let best = best(outline, &values);
    let named = candidates::within(tree, outline, marks, best);
    let mut parts = candidates::choose(outline, &values, &named, best);
    for part in &mut parts {
        *part = inmost(outline, &values, *part);
    }
    let blocks = parts.iter().flat_map(|part| outline.blocks_of(*part));
    let kept = blocks.filter(|block| !marks.is_left_out(block.node));
    Verdict {
        prose: kept.map(prose).sum(),
        proven: told.is_some(),
        values,
        parts,
    }
}

/// A text that was told elsewhere, as letters.
struct Told {
    /// For each block whether it stands in the text.
    inside: Vec<bool>,
    found: usize,
    all: usize,
}

impl Told {
    fn new(outline: &Outline, text: &str) -> Told {
        let letters = crate::metadata::letters(text);
        let is_inside = |block: &Block| {
            let probe: String = crate::metadata::letters(&block.line);
            let probe: String = probe.chars().take(PROBE_LETTERS_MAX).collect();
            probe.chars().count() >= PROBE_LETTERS_MIN && letters.contains(&probe)
        };
        let inside: Vec<bool> = outline.blocks.iter().map(is_inside).collect();
        let found = outline
            .blocks
            .iter()
            .zip(&inside)
            .filter(|(_, inside)| **inside);
        Told {
            found: found.map(|(block, _)| block.weight.all).sum(),
            all: Weight::of(text).all,
            inside,
        }
    }

    fn is_believed(&self) -> bool {
        self.all > 200 && self.found * 100 >= self.all * FOUND_PERCENT_MIN
    }
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
    let name = outline.nodes[block.node].name;
    if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
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

/// Returns the part with the largest sum, the inmost of equals.
fn best(outline: &Outline, values: &Values) -> usize {
    let all = 0..outline.nodes.len();
    all.max_by_key(|at| (values.of(outline, *at), *at))
        .unwrap_or(0)
}

/// Goes down while one child holds nearly all.
fn inmost(outline: &Outline, values: &Values, from: usize) -> usize {
    let mut at = from;
    loop {
        let all = values.of(outline, at);
        let child = children(outline, at).find(|child| {
            let own = values.of(outline, *child);
            own * 100 >= all * SAME_PERCENT && all > 0
        });
        match child {
            Some(child) if !is_text(outline.nodes[child].name) => at = child,
            _ => return at,
        }
    }
}

fn is_text(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "li"
            | "a"
            | "b"
            | "strong"
            | "em"
            | "i"
            | "span"
            | "font"
            | "tr"
            | "tbody"
    )
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

/// Tells whether a part of a text is nothing but links: a box of other articles.
pub fn is_links(outline: &Outline, at: usize) -> bool {
    let node = &outline.nodes[at];
    if !matches!(
        node.name,
        "div" | "section" | "ul" | "ol" | "table" | "aside" | "dl" | "td"
    ) {
        return false;
    }
    let mut weight = Weight::default();
    for block in outline.blocks_of(at).iter() {
        weight.add(block.weight);
    }
    weight.all > 0 && weight.linked_percent() > 66
}
