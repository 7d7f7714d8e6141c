//! Which parts of a page are not its article, by their names: menus, comments, advertisements.
//!
//! A name alone is not believed: templates put whole articles into a `<form>` or a `div.sidebar-right`.
//! A part that holds most of the page's prose stays, whatever it is called.

use crate::outline::{Block, Outline};
use html::{NodeId, Tree};

/// A part with a main heading in it counts as no article only up to this share, in percent.
const HEADED_PERCENT: usize = 8;

/// For each node whether it and all below it is left out.
pub struct Marks {
    left_out: Vec<bool>,
    /// Whether a style or an attribute hides it.
    unseen: Vec<bool>,
}

impl Marks {
    pub fn of(tree: &Tree, outline: &Outline) -> Marks {
        let mut marks = Marks {
            left_out: vec![false; outline.nodes.len()],
            unseen: Vec::with_capacity(outline.nodes.len()),
        };
        for (at, node) in outline.nodes.iter().enumerate() {
            let above = node.parent != at && marks.unseen[node.parent];
            marks.unseen.push(above || by_attributes(tree, node.id) > 100);
        }
        // Comments first: a page can have more of them than of its article.
        marks.leave_out(outline, |at| {
            let node = &outline.nodes[at];
            if node.names.comments { 85 } else { 0 }
        });
        marks.leave_out(outline, |at| share_max(tree, outline, at));
        marks
    }

    pub fn is_left_out(&self, node: usize) -> bool {
        self.left_out[node]
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
        seen += usize::from(node.name == "h1");
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
fn share_max(tree: &Tree, outline: &Outline, at: usize) -> usize {
    let node = &outline.nodes[at];
    let by_name = match node.name {
        // Whoever is quoted may be named in a footer, and a quoted post may call itself social.
        "html" | "body" | "main" | "blockquote" => return 0,
        "footer" if is_quoted(tree, node.id) => return 0,
        "nav" | "menu" | "dialog" => 50,
        "footer" | "aside" => 40,
        "form" | "option" | "fieldset" => 20,
        _ => 0,
    };
    let by_words = match node.names {
        names if names.consent => 75,
        names if names.junk && !names.body => 25,
        _ => 0,
    };
    by_name.max(by_words).max(by_attributes(tree, node.id))
}

fn is_quoted(tree: &Tree, id: NodeId) -> bool {
    tree.ancestors(id).take(8).any(|above| tree.name(above) == Some("blockquote"))
}

fn by_attributes(tree: &Tree, id: NodeId) -> usize {
    tree.attrs(id)
        .map(|(name, value)| match name {
            // Such parts are never read, however much they hold: the text behind a paywall.
            "hidden" if value != "until-found" => 101,
            "style" if is_unseen(value) => 101,
            "aria-hidden" if value == "true" => 40,
            "role" => match value {
                "navigation" | "complementary" | "contentinfo" | "search" | "dialog" | "menu"
                | "menubar" | "alertdialog" => 40,
                _ => 0,
            },
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

fn is_unseen(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase().contains("display:none") || style.contains("visibility:hidden")
}
