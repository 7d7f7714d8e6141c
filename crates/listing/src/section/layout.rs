//! A page as one row of its parts, in reading order, each with its place.

use super::place::{Place, told};
use super::words;
use html::{NodeId, Tree};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The elements and texts of a page; what lies below a spot is a range after it.
pub struct Layout<'a> {
    pub tree: &'a Tree,
    pub spots: Vec<Spot>,
}

/// An element or a text.
pub struct Spot {
    pub id: NodeId,
    pub parent: usize,
    /// The spot after all that lies below this one.
    pub end: usize,
    /// What its element and those around it are, as a number: the same for the same role.
    pub path: u64,
    pub place: Place,
    before: Before,
}

/// What stands before a spot.
#[derive(Clone, Copy, Default)]
struct Before {
    /// The weight of all words.
    weight: u32,
    /// The weight of the words in links.
    linked: u32,
    links_len: usize,
}

impl<'a> Layout<'a> {
    pub fn read(tree: &'a Tree) -> Layout<'a> {
        let mut layout = Layout { tree, spots: Vec::new() };
        layout.walk();
        layout.weigh();
        layout.name_places();
        layout
    }

    pub fn name(&self, spot: usize) -> &str {
        self.tree.name(self.spots[spot].id).unwrap_or_default()
    }

    pub fn attr(&self, spot: usize, name: &str) -> Option<&str> {
        self.tree.attr(self.spots[spot].id, name)
    }

    pub fn text(&self, spot: usize) -> String {
        match self.tree.text_of_node(self.spots[spot].id) {
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            None => self.tree.text(self.spots[spot].id),
        }
    }

    /// Returns what lies below a spot, without itself.
    pub fn below(&self, spot: usize) -> Range<usize> {
        spot + 1..self.spots[spot].end
    }

    pub fn children(&self, spot: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.spots[spot].end;
        let first = Some(spot + 1).filter(|first| *first < end);
        std::iter::successors(first, move |at| Some(self.spots[*at].end).filter(|next| *next < end))
    }

    pub fn next_sibling(&self, spot: usize) -> Option<usize> {
        let next = self.spots[spot].end;
        (next < self.spots[self.spots[spot].parent].end).then_some(next)
    }

    /// Returns the spots around one, the nearest first, without the whole document.
    pub fn around(&self, spot: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(self.spots[spot].parent), |at| Some(self.spots[*at].parent))
            .take_while(|at| *at > 0)
    }

    /// Returns the weight of the words below a spot.
    pub fn weight(&self, spot: usize) -> u32 {
        self.after(spot).weight - self.spots[spot].before.weight
    }

    /// Returns the weight of the words below a spot that are not in links.
    pub fn prose(&self, spot: usize) -> u32 {
        self.weight(spot) - (self.after(spot).linked - self.spots[spot].before.linked)
    }

    /// Counts the links at a spot and below it.
    pub fn links_len(&self, spot: usize) -> usize {
        self.after(spot).links_len - self.spots[spot].before.links_len
    }

    fn after(&self, spot: usize) -> Before {
        self.spots[self.spots[spot].end].before
    }

    /// Lays the tree out without recursion, because pages nest as deep as they like.
    fn walk(&mut self) {
        let mut open = vec![0];
        self.push(self.tree.root(), 0);
        let mut next = self.tree.first_child(self.tree.root());
        while let Some(id) = next {
            let at = self.spots.len();
            if self.is_seen(id) {
                self.push(id, *open.last().expect("the root is never closed"));
                if let Some(first) = self.tree.first_child(id) {
                    open.push(at);
                    next = Some(first);
                    continue;
                }
                self.spots[at].end = at + 1;
            }
            next = self.close(id, &mut open);
        }
        // One more at the end, so that what stands before it can be told: everything.
        self.spots[0].end = self.spots.len();
        self.push(self.tree.root(), 0);
    }

    /// Closes what ends with this node; returns the node after it.
    fn close(&mut self, id: NodeId, open: &mut Vec<usize>) -> Option<NodeId> {
        let mut at = id;
        loop {
            if let Some(sibling) = self.tree.next_sibling(at) {
                return Some(sibling);
            }
            if open.len() == 1 {
                return None;
            }
            let closed = open.pop()?;
            self.spots[closed].end = self.spots.len();
            at = self.spots[closed].id;
        }
    }

    fn push(&mut self, id: NodeId, parent: usize) {
        let path = 0;
        let place = Place::Plain;
        self.spots.push(Spot { id, parent, end: 0, path, place, before: Before::default() });
    }

    fn is_seen(&self, id: NodeId) -> bool {
        match self.tree.name(id) {
            Some(name) => !matches!(
                name,
                "head" | "script" | "style" | "template" | "svg" | "select" | "textarea" | "iframe"
            ),
            None => self.tree.text_of_node(id).is_some(),
        }
    }

    fn weigh(&mut self) {
        let mut before = Before::default();
        let mut link_end = 0;
        for at in 0..self.spots.len() {
            let spot = &mut self.spots[at];
            spot.before = before;
            if self.tree.name(spot.id) == Some("a") {
                link_end = link_end.max(spot.end);
                before.links_len += 1;
            }
            let weight = self.tree.text_of_node(spot.id).map_or(0, words::weight);
            before.weight += weight;
            before.linked += if at < link_end { weight } else { 0 };
        }
    }

    /// Gives every spot its path and its place; both come down from the elements around it.
    fn name_places(&mut self) {
        let mut known = HashMap::new();
        for at in 1..self.spots.len() - 1 {
            let parent = self.spots[at].parent;
            let class = self.attr(at, "class").unwrap_or_default();
            let mut hasher = DefaultHasher::new();
            let class = lasting(class).collect::<Vec<_>>();
            (self.spots[parent].path, self.name(at), class).hash(&mut hasher);
            self.spots[at].path = hasher.finish();
            let above = self.spots[parent].place;
            self.spots[at].place = match above.is_final() || self.name(at).is_empty() {
                true => above,
                false => told(self, at, &mut known).unwrap_or(above),
            };
        }
    }
}

/// Returns the first two of an element's classes that say what it is and not which one it is:
/// no number, no state, nothing of its contents.
fn lasting(class: &str) -> impl Iterator<Item = &str> {
    let states = ["first", "last", "odd", "even", "active", "current", "clearfix", "row"];
    let contents = ["category-", "tag-", "post-", "type-", "status-", "format-", "author-"];
    let is_lasting = move |name: &&str| {
        let is_numbered = name.bytes().any(|byte| byte.is_ascii_digit());
        let is_told = contents.iter().any(|start| name.starts_with(start));
        !is_numbered && !is_told && !states.contains(name)
    };
    class.split_ascii_whitespace().filter(is_lasting).take(2)
}
