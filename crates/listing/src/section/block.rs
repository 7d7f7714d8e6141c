//! Blocks: the piece of a page that is about one address, and what else stands in it.

use super::layout::Layout;
use super::links::Target;
use std::collections::HashMap;

/// How many addresses a block has at most: an article, its section, its author, its comments.
pub const TARGETS_MAX: usize = 4;

/// How many elements after a block may belong to it.
const BROTHERS_MAX: usize = 32;

/// A few addresses, by their numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Few {
    numbers: [u32; TARGETS_MAX],
    len: usize,
}

/// More than a few.
const MANY: usize = TARGETS_MAX + 1;

impl Few {
    fn add(&mut self, number: u32) {
        if self.len == MANY || self.numbers[..self.len].contains(&number) {
            return;
        }
        if self.len < TARGETS_MAX {
            self.numbers[self.len] = number;
        }
        self.len += 1;
    }

    fn add_all(&mut self, other: Few) {
        if other.len == MANY {
            self.len = MANY;
        }
        for number in &other.numbers[..other.len.min(TARGETS_MAX)] {
            self.add(*number);
        }
    }
}

/// The blocks of a page.
pub struct Blocks {
    few: Vec<Few>,
    /// Whether a spot has a brother of the same kind that leads elsewhere.
    is_repeated: Vec<bool>,
}

impl Blocks {
    /// Finds the blocks around the links to those addresses.
    pub fn read(layout: &Layout, targets: &[Target]) -> Blocks {
        let mut few = vec![Few::default(); layout.spots.len()];
        for (number, target) in targets.iter().enumerate() {
            target.links.iter().for_each(|link| few[link.spot].add(number as u32));
        }
        // What lies below comes later in the row, so one way back through it is enough.
        for at in (1..few.len() - 1).rev() {
            let here = few[at];
            few[layout.spots[at].parent].add_all(here);
        }
        let is_repeated = repeated(layout, &few);
        Blocks { few, is_repeated }
    }

    /// Returns the block around a link: the outermost element that is one of several alike and
    /// leads to no more addresses than that.
    pub fn around(&self, layout: &Layout, link: usize, targets_max: usize) -> usize {
        let mut block = link;
        for above in layout.around(link) {
            let is_page = matches!(layout.name(above), "body" | "html" | "main");
            if self.is_repeated[block] || self.few[above].len > targets_max || is_page {
                break;
            }
            block = above;
        }
        block
    }

    /// Returns the spot after a block and after what belongs to it without being in it: brothers
    /// without links up to the next block, as in `<h3><a>…</a></h3><p>…</p><h3>`.
    pub fn end(&self, layout: &Layout, block: usize) -> usize {
        let path = layout.spots[block].path;
        let mut last = block;
        for _ in 0..BROTHERS_MAX {
            let Some(next) = layout.next_sibling(last) else {
                break;
            };
            let few = self.few[next];
            if layout.spots[next].path == path || (few.len > 0 && few != self.few[block]) {
                break;
            }
            last = next;
        }
        layout.spots[last].end
    }
}

fn repeated(layout: &Layout, few: &[Few]) -> Vec<bool> {
    let mut is_repeated = vec![false; few.len()];
    let mut first_of: HashMap<(usize, u64), usize> = HashMap::new();
    for at in 1..few.len() - 1 {
        if few[at].len == 0 {
            continue;
        }
        let spot = &layout.spots[at];
        let first = *first_of.entry((spot.parent, spot.path)).or_insert(at);
        if few[first] != few[at] || (few[at].len == MANY && first != at) {
            is_repeated[first] = true;
            is_repeated[at] = true;
        }
    }
    is_repeated
}
