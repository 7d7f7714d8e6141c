//! The tree of a page laid flat, with what each part weighs.
//!
//! Nodes stand in the order of the document and know where their subtree ends, so a subtree is a
//! range and any sum over it is one subtraction. Every pass is linear, whatever the nesting.

mod laying;

use crate::weight::Weight;
use crate::words::Names;
use html::{NodeId, Tag, Tree};

pub struct Outline {
    pub nodes: Vec<Node>,
    pub blocks: Vec<Block>,
    /// What stands before each block, and in all.
    sums: Vec<Weight>,
}

/// An element of the page.
pub struct Node {
    pub id: NodeId,
    pub tag: Tag,
    pub parent: usize,
    /// One past the last node of the subtree.
    pub end: usize,
    /// What its class and id call it.
    pub names: Names,
    pub attributes: Attributes,
    /// Of its element's name and its class.
    pub names_hash: u64,
    /// The blocks that begin in the subtree: from this one …
    pub block_from: usize,
    /// … to before this one.
    pub block_to: usize,
}

/// What other attributes say of an element.
#[derive(Clone, Copy, Default)]
pub struct Attributes {
    /// `hidden`, or a style that shows nothing.
    pub is_hidden: bool,
    /// `aria-hidden`, or a role beside the text: a menu, a dialog, an aside.
    pub is_beside: bool,
    /// `role=main`.
    pub is_main: bool,
    /// `itemprop=articleBody`.
    pub is_article_body: bool,
    pub has_property: bool,
    /// `rel=author`.
    pub is_by_author: bool,
}

/// Text that stands on lines of its own.
pub struct Block {
    /// The element whose text it is, as a place in [`Outline::nodes`].
    pub node: usize,
    pub weight: Weight,
    /// The words it begins with; see [`LINE_BYTES_MAX`].
    pub line: String,
    /// The first and the last of its pieces of text.
    pub first: NodeId,
    pub last: NodeId,
    /// Of all its letters and digits in lower case; equal texts have equal ones.
    pub hash: u64,
    /// The last character that is no blank.
    pub end: char,
    /// How much of it stands in bold type, and how much in italics.
    pub bold: usize,
    pub italic: usize,
    /// How many links begin in it.
    pub links: usize,
}

/// How much of a block's words is kept beside it, in bytes.
pub const LINE_BYTES_MAX: usize = 200;

pub use laying::{hash_of, is_block};

impl Outline {
    pub fn of(tree: &Tree) -> Outline {
        laying::lay(tree)
    }

    pub fn blocks_of(&self, node: usize) -> &[Block] {
        let node = &self.nodes[node];
        &self.blocks[node.block_from..node.block_to]
    }

    /// Returns the weight of a subtree.
    pub fn weight_of(&self, node: usize) -> Weight {
        let node = &self.nodes[node];
        self.sums[node.block_to].without(self.sums[node.block_from])
    }

    /// Returns the node and all that it stands in, inmost first.
    pub fn with_ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(node);
        std::iter::from_fn(move || {
            let at = next?;
            let parent = self.nodes[at].parent;
            next = (parent != at).then_some(parent);
            Some(at)
        })
    }
}
