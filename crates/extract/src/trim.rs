//! Takes out of a body what is not its text: what stands above it, below it and in between.

mod head;
pub mod phrases;
mod tail;

pub use head::Known;

use news::Body;

/// Trims a body; returns the line of date or place that stood above the text.
pub fn all(body: &mut Body, known: &Known) -> Option<String> {
    let dateline = head::trim(body, known);
    tail::trim(body);
    tail::without_asides(body);
    dateline
}

#[cfg(test)]
mod tests;
