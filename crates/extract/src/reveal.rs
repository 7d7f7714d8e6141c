//! The parts that a page hides from readers whom its script has not asked yet, though it says to
//! everybody that they are free.

use crate::judge::Told;
use crate::marks::prose;
use crate::outline::{Node, Outline};
use html::NodeId;

/// How much of a hidden part must stand in the text that the page tells, in percent.
const TOLD_PERCENT_MIN: usize = 70;

/// Unhides the parts that stand in the text which the page itself publishes as free, and returns
/// them.
///
/// For pages alone whose JSON-LD says `isAccessibleForFree: true` and has the text as
/// `articleBody`: whatever a page doesn't give away by itself stays closed.
pub fn free(outline: &mut Outline, text: &str, steps_max: usize) -> Vec<NodeId> {
    let is_large = |node: &Node| node.attributes.is_hidden && prose_of(outline, node) >= PROSE_MIN;
    if !outline.nodes.iter().any(is_large) {
        return Vec::new();
    }
    let told = Told::new(outline, text, steps_max);
    let mut found = Vec::new();
    let mut at = 0;
    while at < outline.nodes.len() {
        if !outline.nodes[at].attributes.is_hidden {
            at += 1;
            continue;
        }
        if is_told(outline, at, &told) {
            outline.nodes[at].attributes.is_hidden = false;
            found.push(outline.nodes[at].id);
        }
        at = outline.nodes[at].end;
    }
    found
}

/// A hidden part with less prose than this is a menu or a question, whatever else is told.
const PROSE_MIN: usize = 150;

fn prose_of(outline: &Outline, node: &Node) -> usize {
    outline.blocks[node.block_from..node.block_to].iter().map(prose).sum()
}

fn is_told(outline: &Outline, at: usize, told: &Told) -> bool {
    let node = &outline.nodes[at];
    let blocks = node.block_from..node.block_to;
    let weight = |at: usize| prose(&outline.blocks[at]);
    let all: usize = blocks.clone().map(weight).sum();
    let inside: usize = blocks.filter(|at| told.inside[*at]).map(weight).sum();
    inside > 0 && inside * 100 >= all * TOLD_PERCENT_MIN
}
