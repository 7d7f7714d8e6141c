//! An HTML document as an arena of nodes.

use crate::characters::Collapse;
use crate::parse::{self, Tag};
use crate::{Limits, select};
use news::Note;
use std::num::NonZeroU32;

/// A node of one [`Tree`]; it means nothing to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// Nodes are fewer than bytes, which are fewer than 2³².
    pub(crate) fn new(index: usize) -> NodeId {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        NodeId(number.expect("a text of 16 MiB makes fewer nodes"))
    }

    /// Returns the number of the node: below [`Tree::nodes_len`], in the order they were made.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A parsed document or fragment.
///
/// Nodes lie in one vector and point to each other by number, so walking and dropping never
/// recurse, however deep a page nests. Texts and attributes are pieces of the source, which the
/// tree owns, or lie apart where character references or capitals had to be read.
pub struct Tree {
    pub(crate) source: String,
    pub(crate) apart: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) notes: Vec<Note>,
}

/// Text of a tree: where it begins, and how long it is; the highest bit says that it lies apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    start: u32,
    len: u32,
}

const APART: u32 = 1 << 31;

impl Piece {
    pub fn source(start: usize, end: usize) -> Piece {
        Piece { start: start as u32, len: (end - start) as u32 }
    }

    pub fn apart(start: usize, len: usize) -> Piece {
        Piece { start: start as u32 | APART, len: len as u32 }
    }

    pub fn is_apart(self) -> bool {
        self.start & APART != 0
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Returns how long it is, in bytes.
    pub fn len(self) -> usize {
        self.len as usize
    }

    pub fn start(self) -> usize {
        (self.start & !APART) as usize
    }

    pub fn end(self) -> usize {
        self.start() + self.len as usize
    }

    /// Returns both as one if the other lies right behind this one.
    pub fn before(self, other: Piece) -> Option<Piece> {
        let is_next = self.start + self.len == other.start;
        is_next.then_some(Piece { start: self.start, len: self.len + other.len })
    }

    /// Returns what is left behind the first bytes.
    pub fn skip(self, bytes: usize) -> Piece {
        Piece { start: self.start + bytes as u32, len: self.len - bytes as u32 }
    }

    pub fn take(self, bytes: usize) -> Piece {
        Piece { start: self.start, len: bytes as u32 }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub name: Piece,
    pub value: Piece,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Namespace {
    Html,
    Svg,
    Math,
}

pub(crate) struct Node {
    pub kind: Kind,
    pub parent: Option<NodeId>,
    pub previous: Option<NodeId>,
    pub next: Option<NodeId>,
    pub first: Option<NodeId>,
    pub last: Option<NodeId>,
}

impl Node {
    pub fn new(kind: Kind) -> Node {
        Node { kind, parent: None, previous: None, next: None, first: None, last: None }
    }
}

pub(crate) enum Kind {
    /// The root, or the contents of a template, which hang nowhere.
    Document,
    Element {
        tag: Tag,
        /// How many attributes it has, and where they begin.
        len: u16,
        from: u32,
        /// The name of an element that isn't known.
        name: Piece,
    },
    Text(Piece),
    Comment(Piece),
}

impl Tree {
    /// Reads a whole page.
    pub fn read(text: impl Into<String>, limits: &Limits) -> Tree {
        parse::page(text.into(), limits)
    }

    /// Reads a piece of HTML as it would stand inside a `<div>`.
    pub fn fragment(text: impl Into<String>, limits: &Limits) -> Tree {
        parse::fragment(text.into(), limits)
    }

    pub fn root(&self) -> NodeId {
        NodeId::new(0)
    }

    /// Returns what had to be left out.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns how many nodes were made, those included that stand outside the tree.
    pub fn nodes_len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the local name of an element, in lower case.
    pub fn name(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Element { tag, name, .. } => {
                Some(tag.name().unwrap_or_else(|| self.piece(*name)))
            }
            _ => None,
        }
    }

    /// Returns which of the known elements a node is; `Other` for texts, comments and the rest.
    pub fn tag(&self, id: NodeId) -> Tag {
        match self.node(id).kind {
            Kind::Element { tag, .. } => tag,
            _ => Tag::Other,
        }
    }

    /// Returns the text of a text node.
    pub fn text_of_node(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Text(text) => Some(self.piece(*text)),
            _ => None,
        }
    }

    pub fn is_comment(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, Kind::Comment(_))
    }

    /// Returns the text of a comment.
    pub fn comment(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Comment(text) => Some(self.piece(*text)),
            _ => None,
        }
    }

    /// Returns an attribute by its name in lower case.
    pub fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        let is_it = |attribute: &&Attribute| {
            attribute.name.len() == name.len() && self.piece(attribute.name) == name
        };
        self.attributes_of(id).iter().find(is_it).map(|attribute| self.piece(attribute.value))
    }

    /// Returns the attributes of an element in the order of the page.
    pub fn attrs(&self, id: NodeId) -> Attributes<'_> {
        Attributes { tree: self, each: self.attributes_of(id).iter() }
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first
    }

    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).next
    }

    pub fn previous_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).previous
    }

    /// Returns the elements around a node, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, next: self.node(id).first }
    }

    /// Returns everything below a node, in reading order.
    pub fn descendants(&self, id: NodeId) -> Descendants<'_> {
        Descendants { tree: self, top: id, next: self.node(id).first }
    }

    /// Returns the node that follows in reading order.
    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first.or_else(|| self.after(id, self.root()))
    }

    /// Returns the node after this one and everything below it, within `top`.
    pub(crate) fn after(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != top {
            if let Some(next) = self.node(at).next {
                return Some(next);
            }
            at = self.node(at).parent?;
        }
        None
    }

    /// Returns the visible words below a node: blanks collapsed, a line a block.
    ///
    /// Scripts, styles and templates are left out; whether a style hides something isn't asked.
    pub fn text(&self, id: NodeId) -> String {
        let mut words = Collapse::default();
        let mut next = Some(id);
        while let Some(at) = next {
            let mut below = None;
            match &self.node(at).kind {
                Kind::Text(text) => words.add(self.piece(*text)),
                Kind::Element { .. } => {
                    let name = self.name(at).unwrap_or_default();
                    if !is_unseen(name) {
                        words.end_line_if(is_block(name) || name == "br");
                        below = self.node(at).first;
                    }
                }
                Kind::Document => below = self.node(at).first,
                Kind::Comment(_) => {}
            }
            next = below.or_else(|| {
                words.end_line_if(self.leaves_block(at, id));
                self.after(at, id)
            });
        }
        words.finish()
    }

    /// Tells whether a block ends between this node, read to its end, and the node after it.
    fn leaves_block(&self, id: NodeId, top: NodeId) -> bool {
        let mut at = id;
        loop {
            if self.name(at).is_some_and(is_block) {
                return true;
            }
            match self.node(at).parent {
                Some(parent) if at != top && self.node(at).next.is_none() => at = parent,
                _ => return false,
            }
        }
    }

    /// Returns the first element of this name below a node.
    pub fn find(&self, from: NodeId, name: &str) -> Option<NodeId> {
        self.descendants(from).find(|id| self.name(*id) == Some(name))
    }

    /// Returns all elements of this name below a node.
    pub fn find_all<'a>(
        &'a self,
        from: NodeId,
        name: &'a str,
    ) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(from).filter(move |id| self.name(*id) == Some(name))
    }

    /// Returns the element with this `id` attribute.
    pub fn by_id(&self, value: &str) -> Option<NodeId> {
        self.descendants(self.root()).find(|id| self.attr(*id, "id") == Some(value))
    }

    /// Tells whether an element has a class.
    pub fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.attr(id, "class")
            .is_some_and(|known| known.split_ascii_whitespace().any(|word| word == class))
    }

    /// Returns the elements below a node that a CSS selector finds, in reading order.
    ///
    /// Understood are `tag`, `*`, `#id`, `.class`, `[attr]`, `[attr=value]`, `[attr*=value]`,
    /// `[attr^=value]`, `[attr$=value]`, `[attr~=value]`, blanks, `>` and commas; a selector with
    /// anything else finds nothing.
    pub fn select(&self, from: NodeId, selector: &str) -> Vec<NodeId> {
        select::select(self, from, selector)
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub(crate) fn piece(&self, piece: Piece) -> &str {
        let text = if piece.is_apart() { &self.apart } else { &self.source };
        &text[piece.start()..piece.end()]
    }
}

/// The attributes of an element: name and value.
pub struct Attributes<'a> {
    tree: &'a Tree,
    each: std::slice::Iter<'a, Attribute>,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let attribute = self.each.next()?;
        Some((self.tree.piece(attribute.name), self.tree.piece(attribute.value)))
    }
}

/// The children of a node.
pub struct Children<'a> {
    tree: &'a Tree,
    next: Option<NodeId>,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        self.next = self.tree.node(id).next;
        Some(id)
    }
}

/// Everything below a node.
pub struct Descendants<'a> {
    tree: &'a Tree,
    top: NodeId,
    next: Option<NodeId>,
}

impl Iterator for Descendants<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        let below = self.tree.node(id).first;
        self.next = below.or_else(|| self.tree.after(id, self.top));
        Some(id)
    }
}

/// Tells whether an element holds no words for readers.
pub(crate) fn is_unseen(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "head" | "title" | "meta" | "link" | "base")
}

/// Tells whether browsers put an element on lines of its own.
#[rustfmt::skip]
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption"
            | "figure" | "footer" | "form" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "listing" | "main"
            | "marquee" | "menu" | "nav" | "noframes" | "ol" | "optgroup" | "option" | "p"
            | "plaintext" | "pre" | "search" | "section" | "summary" | "table" | "tbody" | "td"
            | "tfoot" | "th" | "thead" | "tr" | "ul" | "xmp"
    )
}

#[cfg(test)]
mod tests;
