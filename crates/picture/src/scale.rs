//! A channel made smaller or larger, by Lanczos' filter.
//!
//! Rows are summed first, then what came of it is summed along the row while it is still near:
//! no picture lies in between. Sums are of whole numbers, the same with AVX2 and without.

mod portable;
mod taps;

use crate::native::avx2;
use crate::plane::{Plane, Samples, Window};
use taps::Axis;
pub(crate) use taps::{LANES, Taps};

/// Bits after the point that a sum of rows keeps: 6, so that it fits 16 with what Lanczos'
/// filter overshoots.
pub(crate) const FRACTION_BITS: u32 = 6;

/// The most bits of a row's weight, and of a sample's in a row: sums stay below 31.
const ROW_BITS_MAX: u32 = 20;
const SAMPLE_BITS_MAX: u32 = 15;

/// What is wanted: so many samples, of which the picture covers `extent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Target {
    pub width: usize,
    pub height: usize,
    pub extent: (f64, f64),
}

impl Target {
    pub fn exact(width: usize, height: usize) -> Target {
        Target { width, height, extent: (width as f64, height as f64) }
    }
}

/// How the values of the new channel are: `offset` + `gain` × the value as it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub gain: f64,
    pub offset: f64,
}

impl Range {
    /// As they were, from 0 to 255.
    pub const FULL: Range = Range { gain: 1.0, offset: 0.0 };
    /// Brightness from 16 to 235 (ITU-R BT.601), as WebP has it.
    pub const BRIGHTNESS: Range = Range { gain: 219.0 / 255.0, offset: 16.0 };
    /// Colour from 16 to 240 around 128.
    pub const COLOUR: Range = Range { gain: 224.0 / 255.0, offset: 128.0 - 128.0 * 224.0 / 255.0 };
}

/// Scales channels of one kind; the weights are made once.
pub(crate) struct Scaler {
    like: (usize, usize, (f64, f64)),
    window: Window,
    target: Target,
    range: Range,
    columns: Taps,
    rows: Taps,
    /// What is added to a sum: the offset, and a half for rounding.
    bias: i32,
}

impl Scaler {
    /// Returns what scales the window of channels `like` this one to the target.
    pub fn new(like: &Plane, window: Window, target: Target, range: Range) -> Scaler {
        let (across, down) = axes(like, window, target);
        let columns = Taps::new(&across, range.gain, SAMPLE_BITS_MAX);
        let rows = Taps::new(&down, 1.0, ROW_BITS_MAX);
        let one = f64::from(1_u32 << (columns.bits + FRACTION_BITS));
        let bias = ((range.offset + 0.5) * one) as i32;
        let like = (like.width, like.height, like.extent);
        Scaler { like, window, target, range, columns, rows, bias }
    }

    /// Tells whether this is made for channels like this one, and for this target.
    pub fn fits(&self, plane: &Plane, target: Target, range: Range) -> bool {
        self.like == (plane.width, plane.height, plane.extent)
            && self.target == target
            && self.range == range
    }

    /// Scales a channel that [`Scaler::fits`].
    pub fn run(&self, from: &Plane) -> Plane {
        let Target { width, height, extent } = self.target;
        if self.keeps() {
            return from.clone();
        }
        let (first, end) = self.columns.reach();
        // The sums across read whole groups of weights, and so may look past the last sample.
        let mut line = vec![0_i16; end + self.columns.stride];
        let mut samples = Samples::filled(width * height, 0);
        let mut lines = Vec::with_capacity(self.rows.stride);
        let fast = avx2::is_here().then(|| avx2::Columns::new(&self.columns));
        for (y, into) in samples.chunks_exact_mut(width).enumerate() {
            let (start, weights) = (self.rows.starts[y], self.rows.weights_of(y));
            lines.clear();
            lines.extend((start..start + weights.len()).map(|y| &from.row(y)[first..end]));
            let sums = &mut line[first..end];
            if let Some(fast) = &fast {
                avx2::vertical(&lines, weights, self.rows.bits, sums);
                fast.sum(&line, self.bias, into);
            } else {
                portable::vertical(&lines, weights, self.rows.bits, sums);
                portable::horizontal(&line, &self.columns, self.bias, into);
            }
        }
        Plane { width, height, extent, samples }
    }

    /// Tells whether channels are already what is wanted.
    fn keeps(&self) -> bool {
        let Target { width, height, extent } = self.target;
        self.window == Window::WHOLE
            && self.range == Range::FULL
            && self.like == (width, height, extent)
    }
}

fn axes(from: &Plane, window: Window, target: Target) -> (Axis, Axis) {
    let axis = |len: usize, extent: f64, start: f64, share: f64, to_len, to_extent: f64| Axis {
        // A last sample that the picture covers in part counts whole.
        from_len: (extent.ceil() as usize).clamp(1, len),
        start: start * extent,
        step: share * extent / to_extent,
        to_len,
    };
    let (width, height) = from.extent;
    let (to_width, to_height) = target.extent;
    (
        axis(from.width, width, window.left, window.width, target.width, to_width),
        axis(from.height, height, window.top, window.height, target.height, to_height),
    )
}

#[cfg(test)]
mod tests;
