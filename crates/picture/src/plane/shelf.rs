//! Memory of pictures that went, kept for the next one.
//!
//! Fresh memory is handed out by the system page by page, each cleared and mapped when it is first
//! touched; for pictures of a few megabytes that came to a tenth of all the time. A thread that
//! makes pictures keeps what it needs for one of the usual size.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// The most memory that a thread keeps, in bytes.
const KEPT_BYTES_MAX: usize = 8 << 20;

/// The least that is worth keeping, in bytes: smaller pieces come fast from the allocator.
const KEPT_BYTES_MIN: usize = 64 << 10;

thread_local! {
    static SHELF: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Samples of a channel.
#[derive(Debug, PartialEq)]
pub(crate) struct Samples(Vec<u8>);

impl Samples {
    /// Returns so many samples of one value: nothing is left of what lay there before.
    pub fn filled(len: usize, value: u8) -> Samples {
        let mut samples = taken(len);
        samples.clear();
        samples.resize(len, value);
        Samples(samples)
    }
}

/// Takes the smallest piece that has room for so many, or a new one.
fn taken(len: usize) -> Vec<u8> {
    if len < KEPT_BYTES_MIN {
        return Vec::new();
    }
    SHELF.with_borrow_mut(|shelf| {
        let fitting = shelf.iter().enumerate().filter(|(_, piece)| piece.capacity() >= len);
        let smallest = fitting.min_by_key(|(_, piece)| piece.capacity()).map(|(at, _)| at);
        smallest.map_or_else(Vec::new, |at| shelf.swap_remove(at))
    })
}

/// Keeps a piece, unless there is enough already.
fn put(piece: Vec<u8>) {
    if piece.capacity() < KEPT_BYTES_MIN {
        return;
    }
    // A thread that is ending has no shelf any more.
    let _ = SHELF.try_with(|shelf| {
        let mut shelf = shelf.borrow_mut();
        let kept: usize = shelf.iter().map(Vec::capacity).sum();
        if kept + piece.capacity() <= KEPT_BYTES_MAX {
            shelf.push(piece);
        }
    });
}

impl Drop for Samples {
    fn drop(&mut self) {
        put(std::mem::take(&mut self.0));
    }
}

impl Clone for Samples {
    fn clone(&self) -> Samples {
        let mut samples = taken(self.len());
        samples.clear();
        samples.extend_from_slice(self);
        Samples(samples)
    }
}

impl From<Vec<u8>> for Samples {
    fn from(samples: Vec<u8>) -> Samples {
        Samples(samples)
    }
}

impl Deref for Samples {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Samples {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}
