//! The adoption agency (HTML §13.2.6.4.7): what an end tag does to formatting elements that nest
//! otherwise than their tags.

use super::stack::{Format, Open};
use super::{Builder, Token};
use crate::parse::tag::Tag;
use crate::tree::{Namespace, NodeId};

/// How often the outer loop runs, and from which turn on the inner one forgets elements.
const OUTER_MAX: usize = 8;
const INNER_MAX: usize = 3;

impl Builder {
    /// Closes a formatting element.
    pub fn adopt(&mut self, token: &Token) {
        if let Some(open) = self.open.last()
            && open.namespace == Namespace::Html
            && self.is_named(open, token)
            && self.format_of(open.id).is_none()
        {
            self.open.pop();
            return;
        }
        for _ in 0..OUTER_MAX {
            if !self.adopt_once(token) {
                return;
            }
        }
    }

    fn format_of(&self, id: NodeId) -> Option<usize> {
        self.formats.iter().rposition(|entry| entry.id() == Some(id))
    }

    fn place_of(&self, id: NodeId) -> Option<usize> {
        self.open.iter().rposition(|open| open.id == id)
    }

    fn adopt_once(&mut self, token: &Token) -> bool {
        let after_marker = self.formats.iter().rposition(|entry| entry.id().is_none());
        let from = after_marker.map_or(0, |at| at + 1);
        let found = self.formats[from..].iter().rposition(
            |entry| matches!(entry, Format::Element { token: own, .. } if own.tag == token.tag),
        );
        let Some(format_at) = found.map(|at| at + from) else {
            self.end_other(token);
            return false;
        };
        let Format::Element { id, token: format } = self.formats[format_at] else {
            return false;
        };
        let Some(open_at) = self.place_of(id) else {
            self.formats.remove(format_at);
            return false;
        };
        if !self.node_in_scope(id) {
            return false;
        }
        let is_special = |open: &Open| match open.namespace {
            Namespace::Html => open.tag.is_special(),
            _ => open.is_point(),
        };
        let furthest = (open_at + 1..self.open.len()).find(|at| is_special(&self.open[*at]));
        let Some(furthest_at) = furthest else {
            self.open.truncate(open_at);
            self.formats.remove(format_at);
            return false;
        };
        self.move_out(id, &format, open_at, furthest_at);
        true
    }

    /// Moves the furthest block out of the formatting element, and a copy of that into the block.
    fn move_out(&mut self, id: NodeId, format: &Token, open_at: usize, furthest_at: usize) {
        let ancestor = self.open[open_at - 1];
        let furthest = self.open[furthest_at];
        let mut bookmark = self.format_of(id).unwrap_or(0);
        let mut last = furthest.id;
        let mut at = furthest_at;
        let mut turn = 0;
        loop {
            turn += 1;
            at -= 1;
            let node = self.open[at];
            if node.id == id {
                break;
            }
            let entry = self.format_of(node.id);
            if turn > INNER_MAX
                && let Some(entry) = entry
            {
                self.formats.remove(entry);
                bookmark -= usize::from(entry < bookmark);
                self.open.remove(at);
                continue;
            }
            let Some(entry) = entry else {
                self.open.remove(at);
                continue;
            };
            let Format::Element { token, .. } = self.formats[entry] else { continue };
            let copy = self.create(&token);
            self.formats[entry] = Format::Element { id: copy, token };
            self.open[at] = Open { id: copy, ..node };
            if last == furthest.id {
                bookmark = entry + 1;
            }
            self.tree.append(copy, last);
            last = copy;
        }
        let is_fostering = ancestor.namespace == Namespace::Html && ancestor.is_of_table();
        let place = self.place_in(ancestor.id, is_fostering);
        self.insert_at(place, last);
        let copy = self.create(format);
        self.move_children(furthest.id, copy);
        let contents = self.contents(furthest.id);
        self.tree.append(contents, copy);
        let old = self.format_of(id);
        self.formats
            .insert(bookmark.min(self.formats.len()), Format::Element { id: copy, token: *format });
        if let Some(old) = old {
            // What was put in before it has moved it on.
            let old = if old >= bookmark { old + 1 } else { old };
            self.formats.remove(old);
        }
        self.forget(id);
        let below = self.place_of(furthest.id).map_or(self.open.len(), |at| at + 1);
        self.open.insert(
            below,
            Open { id: copy, tag: format.tag, namespace: Namespace::Html, holds_html: false },
        );
    }

    fn move_children(&mut self, from: NodeId, to: NodeId) {
        let from = self.contents(from);
        while let Some(child) = self.tree.first_child(from) {
            self.tree.append(to, child);
        }
    }
}

impl Open {
    fn is_point(&self) -> bool {
        match self.namespace {
            Namespace::Html => false,
            Namespace::Svg => matches!(self.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
            Namespace::Math => {
                matches!(
                    self.tag,
                    Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext | Tag::Annotation
                )
            }
        }
    }

    fn is_of_table(&self) -> bool {
        matches!(self.tag, Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr)
    }
}
