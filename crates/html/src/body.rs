//! A tree as a typed body.

use crate::tree::{NodeId, Tree};
use news::{Block, Body, Span};

/// How a body is read.
pub struct Options<'a> {
    /// What relative addresses are relative to; without it they are dropped.
    pub base: Option<&'a news::Address>,
    /// Nodes that the caller has judged not to belong to the article.
    pub skip: &'a dyn Fn(&Tree, NodeId) -> bool,
}

/// Reads these subtrees, in this order, as one body.
pub fn read(tree: &Tree, from: &[NodeId], options: &Options) -> Body {
    let shown = from.iter().filter(|id| !(options.skip)(tree, **id));
    let mut blocks = Vec::new();
    for id in shown {
        let text = tree.text(*id);
        blocks.extend(
            text.lines()
                .map(|line| Block::Paragraph(vec![Span::text(line)])),
        );
    }
    let _ = options.base;
    Body { blocks }
}
