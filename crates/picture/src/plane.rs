//! One channel of a picture, and the part of a picture that is wanted.

mod shelf;

pub(crate) use shelf::Samples;

/// One channel: rows of 8-bit samples, one after the other without a gap.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plane {
    /// Samples in a row.
    pub width: usize,
    pub height: usize,
    /// How many samples the picture covers, which may be a fraction: an eighth of 1067 rows is
    /// 133.375, though 134 are there. Samples past it only fill up a block.
    pub extent: (f64, f64),
    /// `width` × `height` of them.
    pub samples: Samples,
}

impl Plane {
    /// Returns a channel of one value.
    pub fn filled(width: usize, height: usize, value: u8) -> Plane {
        Plane::new(width, height, Samples::filled(width * height, value))
    }

    /// Returns a channel that its samples cover exactly; `samples` has `width` × `height`.
    pub fn new(width: usize, height: usize, samples: impl Into<Samples>) -> Plane {
        let samples = samples.into();
        assert_eq!(samples.len(), width * height, "a plane has a sample for each place");
        Plane { width, height, extent: (width as f64, height as f64), samples }
    }

    /// Tells whether there is a sample for each place, as there should be.
    pub fn is_whole(&self) -> bool {
        self.width.checked_mul(self.height) == Some(self.samples.len())
    }

    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..(y + 1) * self.width]
    }
}

/// A part of a picture, in shares of its sides: the whole is from 0 to 1 both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Window {
    pub const WHOLE: Window = Window { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
}
