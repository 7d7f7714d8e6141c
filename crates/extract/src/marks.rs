//! Which parts of a page are not its article, by their names: menus, comments, advertisements.
//!
//! A name alone is not believed: templates put whole articles into a `<form>` or a `div.sidebar-right`.
//! A part that holds most of the page's prose stays, whatever it is called.

use crate::outline::{Block, Outline};
use html::{NodeId, Tag};

/// A part with a main heading in it counts as no article only up to this share, in percent.
const HEADED_PERCENT: usize = 8;

/// For each node whether it and all below it is left out.
pub struct Marks {
    left_out: Vec<bool>,
    /// Whether a style or an attribute hides it.
    unseen: Vec<bool>,
    /// Whether it stands among readers' comments.
    comments: Vec<bool>,
}

impl Marks {
    pub fn of(outline: &Outline) -> Marks {
        let mut marks = Marks {
            left_out: vec![false; outline.nodes.len()],
            unseen: Vec::with_capacity(outline.nodes.len()),
            comments: Vec::new(),
        };
        for (at, node) in outline.nodes.iter().enumerate() {
            let above = node.parent != at && marks.unseen[node.parent];
            // Such parts are never read, however much they hold: the text behind a paywall.
            marks.unseen.push(above || node.attributes.is_hidden);
        }
        // Comments first: a page can have more of them than of its article.
        marks.leave_out(outline, |at| {
            let node = &outline.nodes[at];
            if node.names.comments { 85 } else { 0 }
        });
        marks.comments = marks.left_out.clone();
        marks.leave_out(outline, |at| share_max(outline, at));
        marks
    }

    /// Leaves out further nodes, whatever they hold.
    pub fn strip(&mut self, outline: &Outline, is_stripped: impl Fn(NodeId) -> bool) {
        for (at, node) in outline.nodes.iter().enumerate() {
            self.left_out[at] |= is_stripped(node.id);
        }
    }

    pub fn is_left_out(&self, node: usize) -> bool {
        self.left_out[node]
    }

    /// Tells whether a node stands among readers' comments.
    pub fn is_comment(&self, node: usize) -> bool {
        self.comments[node]
    }

    /// Tells whether a page hides a node.
    pub fn is_unseen(&self, node: usize) -> bool {
        self.unseen[node]
    }

    /// Leaves out each node whose share of the prose is below what `share_max` says, in percent.
    fn leave_out(&mut self, outline: &Outline, share_max: impl Fn(usize) -> usize) {
        let sums = self.prose_sums(outline);
        let all = sums.last().copied().unwrap_or(0).max(1);
        let headed = headed_before(outline);
        // Where every teaser has one, it tells nothing.
        let only = headed.last() == Some(&1);
        let mut until = 0;
        for (at, node) in outline.nodes.iter().enumerate() {
            if at < until || self.left_out[at] {
                self.left_out[at] = true;
                continue;
            }
            let prose = sums[node.block_to] - sums[node.block_from];
            let has_headline = only && headed[node.end] > headed[at];
            let most = if has_headline { HEADED_PERCENT } else { 100 };
            if prose * 100 < all * share_max(at).min(most) {
                self.left_out[at] = true;
                until = node.end;
            }
        }
    }

    /// Returns how much prose stands before each block, what is left out not counted.
    fn prose_sums(&self, outline: &Outline) -> Vec<usize> {
        let mut sum = 0;
        let mut sums = vec![0];
        for block in &outline.blocks {
            sum += if self.left_out[block.node] { 0 } else { prose(block) };
            sums.push(sum);
        }
        sums
    }
}

/// Returns how many main headings stand before each node.
fn headed_before(outline: &Outline) -> Vec<usize> {
    let mut seen = 0;
    let mut before = vec![0];
    for node in &outline.nodes {
        seen += usize::from(node.tag == Tag::H1);
        before.push(seen);
    }
    before
}

/// Returns the weight of a block if it reads like sentences.
pub fn prose(block: &Block) -> usize {
    let weight = block.weight;
    let sentences = weight.ends > 0 || weight.commas > 1 || weight.all > 100;
    if sentences && weight.linked_percent() < 50 { weight.all } else { 0 }
}

/// Up to which share of the page's prose a node counts as no article, in percent.
fn share_max(outline: &Outline, at: usize) -> usize {
    let node = &outline.nodes[at];
    let by_name = match node.tag {
        // Whoever is quoted may be named in a footer, and a quoted post may call itself social.
        Tag::Html | Tag::Body | Tag::Main | Tag::Blockquote => return 0,
        Tag::Footer if is_quoted(outline, at) => return 0,
        Tag::Nav | Tag::Menu | Tag::Dialog => 50,
        Tag::Footer | Tag::Aside => 40,
        Tag::Form | Tag::Option | Tag::Fieldset => 20,
        _ => 0,
    };
    let by_words = match node.names {
        names if names.consent => 75,
        names if names.junk && !names.body => 25,
        _ => 0,
    };
    let by_attributes = match node.attributes {
        told if told.is_hidden => 101,
        told if told.is_beside => 40,
        _ => 0,
    };
    by_name.max(by_words).max(by_attributes)
}

fn is_quoted(outline: &Outline, at: usize) -> bool {
    outline.with_ancestors(at).skip(1).take(8).any(|at| outline.nodes[at].tag == Tag::Blockquote)
}
