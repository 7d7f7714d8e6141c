//! Where the elements of a page stand: what surrounds each, and in which section of the page.

use crate::kinds::Kinds;
use crate::outline::{Block, Outline};
use html::Tag;

/// What holds more of the page's prose than this says nothing by its name: it is the page.
const WHOLE_PERCENT: usize = 70;

/// What surrounds an element.
#[derive(Clone, Copy, Default)]
pub struct Place {
    pub depth: u32,
    /// What the names of the element and of the smaller parts around it say.
    pub kinds: Kinds,
    /// The same of the element itself and its parent alone.
    pub near: Kinds,
    /// In which elements it stands, a bit each; see [`AROUND`].
    pub around: u32,
    /// The largest part around it that doesn't hold the core.
    pub section: usize,
    /// By how many levels the part that holds both it and the core is outside the core.
    pub apart: u32,
}

/// Elements that say something of what stands in them.
pub const AROUND: [Tag; 16] = [
    Tag::Li,
    Tag::Td,
    Tag::Blockquote,
    Tag::Figure,
    Tag::Aside,
    Tag::Footer,
    Tag::Header,
    Tag::Nav,
    Tag::Form,
    Tag::Section,
    Tag::Article,
    Tag::Main,
    Tag::A,
    Tag::Dl,
    Tag::Details,
    Tag::Figcaption,
];

/// Places of all nodes; `core` is the part that is likely the text.
pub fn places(outline: &Outline, sums: &Sums, core: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(outline.nodes.len());
    let whole = sums.prose.last().copied().unwrap_or(0) * WHOLE_PERCENT / 100;
    let core_end = outline.nodes[core].end;
    for (at, node) in outline.nodes.iter().enumerate() {
        let above = if node.parent == at { Place::default() } else { places[node.parent] };
        let mut place = Place { depth: above.depth + 1, ..above };
        let is_whole =
            matches!(node.tag, Tag::Html | Tag::Body) || sums.prose_of(outline, at) > whole;
        let own = node.names.kinds;
        if !is_whole {
            place.kinds = above.kinds.with(own);
            place.around |= around(node.tag);
        }
        let parent = if node.parent == at {
            Kinds::default()
        } else {
            outline.nodes[node.parent].names.kinds
        };
        place.near = own.with(parent);
        let holds_core = at <= core && node.end >= core_end;
        let in_core = at > core && at < core_end;
        let is_first =
            if in_core { node.parent == core } else { holds(outline, node.parent, core) };
        if holds_core || is_first {
            place.section = at;
        }
        places.push(place);
    }
    set_apart(outline, &mut places, core);
    places
}

/// How far each is from the core: its depth is known only once it has been passed.
fn set_apart(outline: &Outline, places: &mut [Place], core: usize) {
    let depth = places[core].depth;
    for at in 0..places.len() {
        let section = places[at].section;
        let is_near =
            (core..outline.nodes[core].end).contains(&section) || holds(outline, section, core);
        let around = places[outline.nodes[section].parent].depth;
        places[at].apart = if is_near { 0 } else { (depth + 1).saturating_sub(around) };
    }
}

/// Tells whether a node is another or has it below it.
fn holds(outline: &Outline, node: usize, other: usize) -> bool {
    node <= other && outline.nodes[node].end >= outline.nodes[other].end
}

fn around(tag: Tag) -> u32 {
    let tag = match tag {
        Tag::Ul | Tag::Ol => Tag::Li,
        Tag::Table | Tag::Tr | Tag::Th => Tag::Td,
        Tag::Dt | Tag::Dd => Tag::Dl,
        Tag::Menu => Tag::Nav,
        tag => tag,
    };
    AROUND.iter().position(|known| *known == tag).map_or(0, |bit| 1 << bit)
}

/// Counts over the blocks, as sums before each block.
pub struct Sums {
    pub prose: Vec<usize>,
    /// Blocks that are mostly a link.
    pub linked: Vec<usize>,
    pub headings: Vec<usize>,
}

impl Sums {
    pub fn of(outline: &Outline) -> Sums {
        let sums = |count: &dyn Fn(&Block) -> usize| {
            let mut sum = 0;
            let mut sums = Vec::with_capacity(outline.blocks.len() + 1);
            sums.push(0);
            for block in &outline.blocks {
                sum += count(block);
                sums.push(sum);
            }
            sums
        };
        Sums {
            prose: sums(&crate::marks::prose),
            linked: sums(&|block| usize::from(block.weight.linked * 2 > block.weight.all)),
            headings: sums(&|block| usize::from(is_heading(outline.nodes[block.node].tag))),
        }
    }

    pub fn prose_of(&self, outline: &Outline, node: usize) -> usize {
        within(&self.prose, outline, node)
    }
}

/// Returns what one of the [`Sums`] counts in a subtree.
pub fn within(sums: &[usize], outline: &Outline, node: usize) -> usize {
    let node = &outline.nodes[node];
    sums[node.block_to] - sums[node.block_from]
}

pub fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}
