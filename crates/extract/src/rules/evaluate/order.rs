//! The nodes of a page in the order of the document: a subtree is a range of them.

use html::{NodeId, Tree};
use std::ops::Range;

pub struct Order {
    nodes: Vec<NodeId>,
    /// For each node its place among them, and where those below it end; nodes that hang nowhere
    /// have an empty range.
    ranges: Vec<(u32, u32)>,
}

impl Order {
    pub fn of(tree: &Tree) -> Order {
        let mut order = Order { nodes: Vec::new(), ranges: vec![(0, 0); tree.nodes_len()] };
        let mut open: Vec<NodeId> = Vec::new();
        for id in std::iter::once(tree.root()).chain(tree.descendants(tree.root())) {
            while let Some(last) = open.pop_if(|last| tree.parent(id) != Some(*last)) {
                order.end(last);
            }
            order.ranges[id.index()].0 = order.nodes.len() as u32;
            order.nodes.push(id);
            open.push(id);
        }
        open.into_iter().for_each(|last| order.end(last));
        order
    }

    fn end(&mut self, id: NodeId) {
        self.ranges[id.index()].1 = self.nodes.len() as u32;
    }

    pub fn all(&self) -> &[NodeId] {
        &self.nodes
    }

    /// Returns the places of a node and of all below it.
    pub fn with_below(&self, id: NodeId) -> Range<usize> {
        let (start, end) = self.ranges[id.index()];
        start as usize..end as usize
    }

    pub fn itself_and_below(&self, id: NodeId) -> &[NodeId] {
        &self.nodes[self.with_below(id)]
    }

    pub fn below(&self, id: NodeId) -> &[NodeId] {
        self.itself_and_below(id).get(1..).unwrap_or_default()
    }

    /// Returns what begins after a node has ended.
    pub fn behind(&self, id: NodeId) -> &[NodeId] {
        &self.nodes[self.with_below(id).end..]
    }

    /// Returns what begins before a node does.
    pub fn before(&self, id: NodeId) -> &[NodeId] {
        &self.nodes[..self.with_below(id).start]
    }
}
