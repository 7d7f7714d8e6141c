//! Where the parts of a tree lie while it is built: text as pieces of the source, or apart where it
//! had to be changed.

use crate::tree::{Attribute, Kind, Node, NodeId, Piece, Tree};

impl Tree {
    pub(super) fn new(source: String) -> Tree {
        let mut tree = Tree {
            source,
            apart: String::new(),
            nodes: Vec::new(),
            attributes: Vec::new(),
            notes: Vec::new(),
        };
        tree.add(Kind::Document);
        tree
    }

    pub(super) fn add(&mut self, kind: Kind) -> NodeId {
        let id = NodeId::new(self.nodes.len());
        self.nodes.push(Node::new(kind));
        id
    }

    /// Puts text apart from the source.
    pub(super) fn put_apart(&mut self, text: &str) -> Piece {
        let start = self.apart.len();
        self.apart.push_str(text);
        Piece::apart(start, text.len())
    }

    /// Joins a piece to another: they lie side by side, or both go to where text lies apart.
    pub(super) fn joined(&mut self, one: Piece, other: Piece) -> Piece {
        if let Some(whole) = one.before(other) {
            return whole;
        }
        let is_last = one.is_apart() && one.end() == self.apart.len();
        let start = if is_last { one.start() } else { self.apart.len() };
        if !is_last {
            self.copy(one);
        }
        self.copy(other);
        Piece::apart(start, self.apart.len() - start)
    }

    fn copy(&mut self, piece: Piece) {
        if piece.is_apart() {
            self.apart.extend_from_within(piece.start()..piece.end());
        } else {
            let text = &self.source[piece.start()..piece.end()];
            self.apart.push_str(text);
        }
    }

    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.node_mut(parent).last.replace(child);
        let node = self.node_mut(child);
        node.parent = Some(parent);
        node.previous = last;
        match last {
            Some(last) => self.node_mut(last).next = Some(child),
            None => self.node_mut(parent).first = Some(child),
        }
    }

    pub(super) fn put_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let parent = self.node(sibling).parent;
        let previous = self.node_mut(sibling).previous.replace(child);
        let node = self.node_mut(child);
        (node.parent, node.previous, node.next) = (parent, previous, Some(sibling));
        match (previous, parent) {
            (Some(previous), _) => self.node_mut(previous).next = Some(child),
            (None, Some(parent)) => self.node_mut(parent).first = Some(child),
            (None, None) => {}
        }
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let node = self.node_mut(id);
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => self.node_mut(previous).next = next,
            (None, Some(parent)) => self.node_mut(parent).first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.node_mut(next).previous = previous,
            (None, Some(parent)) => self.node_mut(parent).last = previous,
            (None, None) => {}
        }
    }

    /// Adds to the text node that stands there, if one does.
    pub(super) fn add_text(&mut self, at: Option<NodeId>, more: Piece) -> bool {
        let Some(id) = at else { return false };
        let Kind::Text(text) = self.node(id).kind else { return false };
        let whole = self.joined(text, more);
        self.node_mut(id).kind = Kind::Text(whole);
        true
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    pub(crate) fn attributes_of(&self, id: NodeId) -> &[Attribute] {
        match &self.node(id).kind {
            Kind::Element { from, len, .. } => {
                let from = *from as usize;
                &self.attributes[from..from + usize::from(*len)]
            }
            _ => &[],
        }
    }

    /// Gives an element the attributes that it doesn't have yet.
    pub(super) fn add_missing(&mut self, id: NodeId, more: (u32, u16), attributes_max: usize) {
        let (from, len) = (more.0 as usize, usize::from(more.1));
        let own = self.attributes_of(id).to_vec();
        let mut all = own.clone();
        for at in from..from + len {
            let attribute = self.attributes[at];
            let name = self.piece(attribute.name);
            let is_new = own.iter().all(|known| self.piece(known.name) != name);
            if is_new && all.len() < attributes_max {
                all.push(attribute);
            }
        }
        if all.len() == own.len() {
            return;
        }
        let start = self.attributes.len() as u32;
        let count = all.len() as u16;
        self.attributes.extend(all);
        if let Kind::Element { from, len, .. } = &mut self.node_mut(id).kind {
            (*from, *len) = (start, count);
        }
    }
}
