//! What an outline adds to what is filed already: a pure decision.
//!
//! Nothing that is filed is moved, renamed or taken away. Folders of one path are one folder; a
//! feed is filed once more only where the new outline puts it into another folder. Outlines that
//! are here are given the attributes that they lack.

use super::followed::Followed;
use news::{OUTLINE, Outline};
use std::collections::{BTreeSet, HashMap};

/// An outline that is kept; its children lie apart.
pub struct Node {
    pub id: i64,
    pub parent: Option<i64>,
    pub listing: Option<i64>,
    pub outline: Outline,
}

/// Where an outline stands: at the root, in one that is kept, or in one of the new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Under {
    Root,
    Kept(i64),
    New(usize),
}

/// An outline that is to be kept, without its children.
pub struct New<'a> {
    pub under: Under,
    pub place: usize,
    pub listing: Option<i64>,
    pub outline: &'a Outline,
}

/// What is to be done; whatever a new outline stands in comes before it.
#[derive(Default)]
pub struct Plan<'a> {
    pub new: Vec<New<'a>>,
    pub mended: Vec<Node>,
}

/// What makes two outlines in one place the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Listing(i64),
    /// A feed that is not followed.
    Feed(String),
    Folder(String),
    /// Something else, which is the same where all of it is.
    Other(String, Vec<(String, String)>, String),
}

impl Key {
    fn of(outline: &Outline, listing: Option<i64>) -> Key {
        if let Some(listing) = listing {
            return Key::Listing(listing);
        }
        if let Some(feed) = outline.feed_as_written() {
            return Key::Feed(feed.to_owned());
        }
        let text = outline.text();
        if outline.element == OUTLINE && !text.is_empty() && outline.get("url").is_none() {
            return Key::Folder(text);
        }
        let is_said = |(name, _): &&(String, String)| !name.starts_with("xmlns");
        let said = outline.attributes.iter().filter(is_said).cloned().collect();
        Key::Other(outline.element.clone(), said, outline.words.clone())
    }

    fn is_feed(&self) -> bool {
        matches!(self, Key::Listing(_) | Key::Feed(_))
    }
}

/// Decides what has to be done so that everything of these outlines is filed.
pub fn plan<'a>(nodes: Vec<Node>, outlines: &'a [Outline], followed: &Followed) -> Plan<'a> {
    let mut merge = Merge::new(nodes, followed);
    merge.file(Under::Root, outlines);
    let Merge { nodes, touched, mut plan, .. } = merge;
    let is_touched = |(i, node): (usize, Node)| touched.contains(&i).then_some(node);
    plan.mended = nodes.into_iter().enumerate().filter_map(is_touched).collect();
    plan
}

struct Merge<'a, 'f> {
    followed: &'f Followed,
    nodes: Vec<Node>,
    /// The nodes of each kind in each place, in their order.
    here: HashMap<(Under, Key), Vec<usize>>,
    /// Where each feed is filed first.
    filed: HashMap<Key, usize>,
    lens: HashMap<Under, usize>,
    touched: BTreeSet<usize>,
    plan: Plan<'a>,
}

impl<'a, 'f> Merge<'a, 'f> {
    fn new(nodes: Vec<Node>, followed: &'f Followed) -> Merge<'a, 'f> {
        let mut here: HashMap<(Under, Key), Vec<usize>> = HashMap::new();
        let (mut filed, mut lens) = (HashMap::new(), HashMap::new());
        for (i, node) in nodes.iter().enumerate() {
            let under = node.parent.map_or(Under::Root, Under::Kept);
            let found = || node.outline.feed().and_then(|feed| followed.find(&feed));
            let key = Key::of(&node.outline, node.listing.or_else(found));
            if key.is_feed() {
                filed.entry(key.clone()).or_insert(i);
            }
            here.entry((under, key)).or_default().push(i);
            *lens.entry(under).or_insert(0) += 1;
        }
        let (touched, plan) = (BTreeSet::new(), Plan::default());
        Merge { followed, nodes, here, filed, lens, touched, plan }
    }

    fn file(&mut self, under: Under, outlines: &'a [Outline]) {
        let mut met: HashMap<Key, usize> = HashMap::new();
        for outline in outlines {
            let listing = outline.feed().and_then(|feed| self.followed.find(&feed));
            let key = Key::of(outline, listing);
            let nth = met.entry(key.clone()).or_insert(0);
            let inside = match self.find(under, key, *nth) {
                Some(i) => {
                    self.mend(i, outline, listing);
                    Under::Kept(self.nodes[i].id)
                }
                None => self.add(under, outline, listing),
            };
            *nth += 1;
            self.file(inside, &outline.children);
        }
    }

    /// Finds the outline that is this one already: the first to the first of its kind, the second
    /// to the second, and what is more than that to the last. A feed that is in no folder now is
    /// found in any.
    fn find(&self, under: Under, key: Key, nth: usize) -> Option<usize> {
        let anywhere = self.filed.get(&key).filter(|_| under == Under::Root).copied();
        let alike = self.here.get(&(under, key));
        let here = alike.and_then(|alike| alike.get(nth).or(alike.last())).copied();
        here.or(anywhere)
    }

    fn add(&mut self, under: Under, outline: &'a Outline, listing: Option<i64>) -> Under {
        let place = self.lens.entry(under).or_insert(0);
        self.plan.new.push(New { under, place: *place, listing, outline });
        *place += 1;
        Under::New(self.plan.new.len() - 1)
    }

    /// Gives an outline what it lacks.
    fn mend(&mut self, i: usize, outline: &Outline, listing: Option<i64>) {
        let Node { outline: kept, listing: kept_listing, .. } = &mut self.nodes[i];
        let lacks = |kept: &Outline, name: &str| {
            !kept.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        for (name, value) in &outline.attributes {
            if lacks(kept, name) {
                kept.attributes.push((name.clone(), value.clone()));
                self.touched.insert(i);
            }
        }
        if kept.words.is_empty() && !outline.words.is_empty() {
            kept.words.clone_from(&outline.words);
            self.touched.insert(i);
        }
        if kept_listing.is_none() && listing.is_some() {
            *kept_listing = listing;
            self.touched.insert(i);
        }
    }
}
