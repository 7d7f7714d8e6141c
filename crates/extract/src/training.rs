//! What [`crate::forest`] is taught from: the blocks of a page with their numbers.

use crate::features::{self, Features, Said};
use crate::judge;
use crate::marks::Marks;
use crate::metadata;
use crate::outline::Outline;
use crate::{Hints, Limits, Page};
use html::{NodeId, Tree};

/// A block of a page as the trainer sees it.
pub struct Block {
    pub text: String,
    pub row: Vec<i16>,
    /// The element's name, for people who look at what was learned.
    pub name: String,
}

/// Returns the blocks of a page.
pub fn blocks(page: &Page, hints: &Hints, limits: &Limits) -> Vec<Block> {
    let decoded = html::decode(page.body, page.content_type);
    let tree = Tree::read(decoded.text, &limits.html);
    let outline = Outline::of(&tree);
    let meta = metadata::read(&tree, &outline, page.address, hints.entry);
    let marks = Marks::of(&outline);
    let verdict = judge::find(&outline, &marks, meta.text.as_deref(), limits.steps_max);
    let said = Said::of(&meta, &verdict);
    let features = Features::of(&outline, &marks, judge::core(&outline, &verdict), &said);
    let block = |at: usize| {
        let block = &outline.blocks[at];
        let row = features.row(at)[..features::COUNT].to_vec();
        let name = outline.nodes[block.node].tag.name().unwrap_or_default().to_owned();
        Block { text: text(&tree, block.first, block.last), row, name }
    };
    (0..outline.blocks.len()).map(block).collect()
}

fn text(tree: &Tree, first: NodeId, last: NodeId) -> String {
    let all = tree.descendants(tree.root()).skip_while(|id| *id != first);
    let mut text = String::new();
    for id in all {
        text.push_str(tree.text_of_node(id).unwrap_or_default());
        if id == last {
            break;
        }
    }
    text
}
