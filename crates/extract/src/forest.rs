//! A small learned scorer: decision trees whose sum says how likely a block is the article's.
//!
//! Gradient-boosted trees (Friedman 2001), taught by `bench/extraction/teach.py` from the
//! development pages; the table is made, the rest is a walk down each tree. Deterministic, because
//! it adds whole numbers.

mod table;

use table::{NODES, ROOTS};

/// A node of a tree.
pub struct Node {
    /// Which number of the row is asked, or [`LEAF`].
    pub number: u8,
    /// Up to this the walk goes on with the next node; of a leaf, what it adds.
    pub most: i16,
    /// Beyond it, as many nodes further.
    pub skip: u8,
}

/// The numbers of a block; those beyond the ones that a block has are never asked.
pub type Row = [i16; 256];

/// Marks a node without a question.
pub const LEAF: u8 = u8::MAX;

/// After so many trees a row is looked at …
const ASKED: usize = 20;
/// … and given up where it has less than this: what the other trees may add doesn't save it.
const HOPELESS: i32 = -2_500;

/// Returns how much a row of numbers speaks for the article: log-odds, in thousandths.
pub fn score(row: &Row) -> i32 {
    let mut sum = 0;
    for roots in ROOTS.chunks(ASKED) {
        sum += roots.iter().map(|root| leaf(row, usize::from(*root))).sum::<i32>();
        if sum < HOPELESS {
            break;
        }
    }
    sum
}

fn leaf(row: &Row, root: usize) -> i32 {
    let mut at = root;
    loop {
        let node = &NODES[at];
        if node.number == LEAF {
            return i32::from(node.most);
        }
        let is_more = row[usize::from(node.number)] > node.most;
        at += if is_more { usize::from(node.skip) } else { 1 };
    }
}
