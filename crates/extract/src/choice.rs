//! From the blocks that are the article's to the parts of the page that are read.

use crate::marks::Marks;
use crate::outline::{Block, Node, Outline, is_block};
use html::{NodeId, Tag, Tree};

/// A part with this much text that isn't the article's is no picture with its caption.
const CAPTION_WEIGHT_MAX: usize = 400;

/// What of a page is read.
pub struct Choice {
    /// The inmost part that holds all that is the article's.
    pub top: usize,
    /// The blocks beside its pictures that aren't the article's text, in reading order.
    pub captions: Vec<usize>,
    skipped: Vec<bool>,
}

impl Choice {
    /// Leaves out further nodes: what is told for each node of the tree, or for none.
    pub fn leave_out(&mut self, nodes: &[bool]) {
        for (skipped, also) in self.skipped.iter_mut().zip(nodes) {
            *skipped |= also;
        }
    }

    /// Tells whether a node and all below it are left out.
    pub fn is_skipped(&self, id: NodeId) -> bool {
        self.skipped.get(id.index()).copied().unwrap_or(false)
    }
}

/// Chooses what to read; `None` where no block is the article's.
pub fn choose(tree: &Tree, outline: &Outline, marks: &Marks, kept: &[bool]) -> Option<Choice> {
    let first = kept.iter().position(|kept| *kept)?;
    let last = kept.iter().rposition(|kept| *kept)?;
    let holds = |node: &Node| node.block_from <= first && node.block_to > last;
    let from = outline.blocks[first].node;
    let top = outline.with_ancestors(from).find(|at| holds(&outline.nodes[*at]))?;
    let mut choice = Choice { top, captions: Vec::new(), skipped: vec![false; tree.nodes_len()] };
    let sums = sums(kept);
    let end = outline.nodes[top].end;
    let mut at = top + 1;
    while at < end {
        let node = &outline.nodes[at];
        let is_kept = sums[node.block_to] > sums[node.block_from];
        if is_kept || is_within_line(node) {
            at += 1;
        } else {
            match is_picture(outline, marks, at) {
                true => choice.captions.extend(node.block_from..node.block_to),
                false => choice.skipped[node.id.index()] = true,
            }
            at = node.end;
        }
    }
    for (at, block) in outline.blocks.iter().enumerate() {
        let node = &outline.nodes[block.node];
        let stays = sums[node.block_to] > sums[node.block_from];
        if !kept[at] && stays && (top..end).contains(&block.node) {
            choice.skip_run(tree, block.first, block.last);
        }
    }
    Some(choice)
}

impl Choice {
    /// Leaves out the pieces of text from one to another.
    fn skip_run(&mut self, tree: &Tree, first: NodeId, last: NodeId) {
        let mut next = Some(first);
        while let Some(id) = next {
            if tree.text_of_node(id).is_some() {
                self.skipped[id.index()] = true;
            }
            next = (id != last).then(|| tree.next(id)).flatten();
        }
    }
}

fn sums(kept: &[bool]) -> Vec<usize> {
    let mut sum = 0;
    let mut sums = vec![0];
    for kept in kept {
        sum += usize::from(*kept);
        sums.push(sum);
    }
    sums
}

/// Tells whether an element stands in a line of text, whose block says what becomes of it.
fn is_within_line(node: &Node) -> bool {
    let is_media = matches!(
        node.tag,
        Tag::Img | Tag::Picture | Tag::Iframe | Tag::Video | Tag::Audio | Tag::Object
    );
    node.block_from == node.block_to && !is_media && !is_block(node.tag)
}

/// Tells whether a part without text of the article may be a picture of it, with its caption.
fn is_picture(outline: &Outline, marks: &Marks, at: usize) -> bool {
    let node = &outline.nodes[at];
    let weight = outline.weight_of(at).all;
    let is_caption = |block: &Block| {
        outline.with_ancestors(block.node).take(AROUND_MAX).any(|around| {
            let node = &outline.nodes[around];
            matches!(node.tag, Tag::Figcaption | Tag::Figure | Tag::Caption) || node.names.caption
        })
    };
    !marks.is_left_out(at)
        && (weight == 0
            || node.tag == Tag::Figure
            || outline.with_ancestors(at).any(|around| outline.nodes[around].tag == Tag::Figure)
            || (weight <= CAPTION_WEIGHT_MAX && outline.blocks_of(at).iter().all(is_caption)))
}

/// How many elements around a line are asked whether they are a caption's.
const AROUND_MAX: usize = 3;
