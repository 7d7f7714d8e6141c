//! The stack of open elements and the list of formatting elements (HTML §13.2.4.2 and .3).

use super::{Builder, Token};
use crate::parse::tag::Tag;
use crate::tree::{Kind, Namespace, NodeId, Piece};

#[derive(Clone, Copy)]
pub struct Open {
    pub id: NodeId,
    pub tag: Tag,
    pub namespace: Namespace,
    /// HTML may stand in it though it is none.
    pub holds_html: bool,
}

/// An entry of the list of formatting elements.
#[derive(Clone, Copy)]
pub enum Format {
    Marker,
    Element { id: NodeId, token: Token },
}

impl Format {
    pub fn id(&self) -> Option<NodeId> {
        match self {
            Format::Marker => None,
            Format::Element { id, .. } => Some(*id),
        }
    }
}

/// Which elements end a search for an open one (§13.2.4.2).
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    Default,
    ListItem,
    Button,
    Table,
}

impl Open {
    fn is_html(&self, tag: Tag) -> bool {
        self.namespace == Namespace::Html && self.tag == tag
    }

    fn ends(&self, scope: Scope) -> bool {
        if self.namespace != Namespace::Html {
            let is_text = self.namespace == Namespace::Math
                && matches!(self.tag, Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext);
            let is_point = self.namespace == Namespace::Svg
                && matches!(self.tag, Tag::ForeignObject | Tag::Desc | Tag::Title);
            return scope != Scope::Table
                && (is_text || is_point || self.holds_html && self.namespace == Namespace::Math);
        }
        match self.tag {
            Tag::Html | Tag::Table | Tag::Template => true,
            Tag::Applet
            | Tag::Caption
            | Tag::Td
            | Tag::Th
            | Tag::Marquee
            | Tag::Object
            | Tag::Select => scope != Scope::Table,
            Tag::Ol | Tag::Ul => scope == Scope::ListItem,
            Tag::Button => scope == Scope::Button,
            _ => false,
        }
    }
}

impl Builder {
    pub fn current(&self) -> Option<&Open> {
        self.open.last()
    }

    pub fn is_current(&self, tag: Tag) -> bool {
        self.open.last().is_some_and(|open| open.is_html(tag))
    }

    pub fn is_open(&self, tag: Tag) -> bool {
        self.open.iter().any(|open| open.is_html(tag))
    }

    pub fn in_scope(&self, scope: Scope, tag: Tag) -> bool {
        self.in_scope_any(scope, |own| own == tag)
    }

    pub fn in_scope_any(&self, scope: Scope, is_it: impl Fn(Tag) -> bool) -> bool {
        for open in self.open.iter().rev() {
            if open.namespace == Namespace::Html && is_it(open.tag) {
                return true;
            }
            if open.ends(scope) {
                return false;
            }
        }
        false
    }

    pub fn node_in_scope(&self, id: NodeId) -> bool {
        for open in self.open.iter().rev() {
            if open.id == id {
                return true;
            }
            if open.ends(Scope::Default) {
                return false;
            }
        }
        false
    }

    pub fn pop_until(&mut self, tag: Tag) {
        self.pop_until_any(|own| own == tag);
    }

    pub fn pop_until_any(&mut self, is_it: impl Fn(Tag) -> bool) {
        // The root stays, whatever is looked for.
        while self.open.len() > 1
            && let Some(open) = self.open.pop()
        {
            if open.namespace == Namespace::Html && is_it(open.tag) {
                break;
            }
        }
    }

    /// Closes what closes by itself: paragraphs, items.
    pub fn close_implied(&mut self, but: Option<Tag>) {
        while let Some(open) = self.open.last() {
            let closes = matches!(
                open.tag,
                Tag::Dd
                    | Tag::Dt
                    | Tag::Li
                    | Tag::Option
                    | Tag::Optgroup
                    | Tag::P
                    | Tag::Rb
                    | Tag::Rp
                    | Tag::Rt
                    | Tag::Rtc
            );
            if open.namespace != Namespace::Html || !closes || Some(open.tag) == but {
                break;
            }
            self.open.pop();
        }
    }

    /// Closes what a template's end closes by itself.
    pub fn close_all_implied(&mut self) {
        while let Some(open) = self.open.last() {
            let closes = matches!(
                open.tag,
                Tag::Dd
                    | Tag::Dt
                    | Tag::Li
                    | Tag::Option
                    | Tag::Optgroup
                    | Tag::P
                    | Tag::Rb
                    | Tag::Rp
                    | Tag::Rt
                    | Tag::Rtc
                    | Tag::Caption
                    | Tag::Colgroup
                    | Tag::Tbody
                    | Tag::Td
                    | Tag::Tfoot
                    | Tag::Th
                    | Tag::Thead
                    | Tag::Tr
            );
            if open.namespace != Namespace::Html || !closes {
                break;
            }
            self.open.pop();
        }
    }

    pub fn close_paragraph(&mut self) {
        if self.in_scope(Scope::Button, Tag::P) {
            self.close_implied(Some(Tag::P));
            self.pop_until(Tag::P);
        }
    }

    pub fn create(&mut self, token: &Token) -> NodeId {
        let Token { tag, name, from, len, .. } = *token;
        self.tree.add(Kind::Element { tag, len, from, name })
    }

    pub fn push(&mut self, id: NodeId, tag: Tag, namespace: Namespace) {
        self.open.push(Open { id, tag, namespace, holds_html: false });
    }

    /// Creates an HTML element where it belongs and opens it.
    pub fn open(&mut self, token: &Token) -> NodeId {
        let id = self.create(token);
        self.insert(id);
        self.push(id, token.tag, Namespace::Html);
        id
    }

    /// Creates an HTML element that holds nothing.
    pub fn put(&mut self, token: &Token) {
        let id = self.create(token);
        self.insert(id);
    }

    /// A tag that the page has not.
    pub fn made(&self, tag: Tag) -> Token {
        Token { tag, name: Piece::source(0, 0), from: 0, len: 0, closes_itself: false }
    }

    /// Where a node belongs: in the current element, or before the table around it (§13.2.6.1).
    fn place(&self) -> Place {
        let current = self.open.last().map_or(self.tree.root(), |open| open.id);
        let is_fostering = self.foster
            && self.open.last().is_some_and(|open| {
                open.namespace == Namespace::Html
                    && matches!(
                        open.tag,
                        Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr
                    )
            });
        self.place_in(current, is_fostering)
    }

    pub fn place_in(&self, target: NodeId, is_fostering: bool) -> Place {
        if !is_fostering {
            return Place::In(self.contents(target));
        }
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.is_html(Tag::Template) {
                return Place::In(self.contents(open.id));
            }
            if open.is_html(Tag::Table) {
                return match self.tree.parent(open.id) {
                    Some(_) => Place::Before(open.id),
                    None => Place::In(self.contents(self.open[at - 1].id)),
                };
            }
        }
        Place::In(self.open[0].id)
    }

    /// Returns what a node's children go into: a template's go apart.
    pub fn contents(&self, id: NodeId) -> NodeId {
        if self.templates.is_empty() {
            return id;
        }
        self.templates.get(&id).copied().unwrap_or(id)
    }

    pub fn insert(&mut self, node: NodeId) {
        self.insert_at(self.place(), node);
    }

    pub fn insert_at(&mut self, place: Place, node: NodeId) {
        match place {
            Place::In(parent) => self.tree.append(parent, node),
            Place::Before(sibling) => self.tree.put_before(sibling, node),
        }
    }

    pub fn insert_text(&mut self, piece: Piece) {
        let place = self.place();
        let beside = match place {
            Place::In(parent) => {
                if parent == self.tree.root() {
                    return;
                }
                self.tree.node(parent).last
            }
            Place::Before(sibling) => self.tree.previous_sibling(sibling),
        };
        if !self.tree.add_text(beside, piece) {
            let node = self.tree.add(Kind::Text(piece));
            self.insert_at(place, node);
        }
    }

    /// Opens anew the formatting elements that were closed by others (§13.2.4.3).
    pub fn reconstruct(&mut self) {
        let is_done = |builder: &Builder, entry: &Format| match entry {
            Format::Marker => true,
            Format::Element { id, .. } => builder.open.iter().rev().any(|open| open.id == *id),
        };
        let Some(last) = self.formats.last() else { return };
        if is_done(self, last) {
            return;
        }
        let mut at = self.formats.len() - 1;
        while at > 0 && !is_done(self, &self.formats[at - 1]) {
            at -= 1;
        }
        for at in at..self.formats.len() {
            if let Format::Element { token, .. } = self.formats[at] {
                let id = self.open(&token);
                self.formats[at] = Format::Element { id, token };
            }
        }
    }

    /// Opens a formatting element; of equal ones no more than three wait (the Noah's Ark clause).
    pub fn open_format(&mut self, token: &Token) {
        let mut same = Vec::new();
        for (at, entry) in self.formats.iter().enumerate().rev() {
            match entry {
                Format::Marker => break,
                Format::Element { token: other, .. } => {
                    if other.tag == token.tag && self.has_same_attributes(other, token) {
                        same.push(at);
                    }
                }
            }
        }
        if same.len() >= 3 {
            self.formats.remove(same[same.len() - 1]);
        }
        let id = self.open(token);
        self.formats.push(Format::Element { id, token: *token });
    }

    fn has_same_attributes(&self, one: &Token, other: &Token) -> bool {
        let of = |token: &Token| {
            let from = token.from as usize;
            &self.tree.attributes[from..from + usize::from(token.len)]
        };
        let (one, other) = (of(one), of(other));
        let text = |piece| self.tree.piece(piece);
        one.len() == other.len()
            && one.iter().all(|own| {
                other.iter().any(|its| {
                    text(own.name) == text(its.name) && text(own.value) == text(its.value)
                })
            })
    }

    pub fn clear_formats(&mut self) {
        while let Some(Format::Element { .. }) = self.formats.pop() {}
    }

    pub fn forget(&mut self, id: NodeId) {
        self.open.retain(|open| open.id != id);
    }
}

#[derive(Clone, Copy)]
pub enum Place {
    In(NodeId),
    Before(NodeId),
}
