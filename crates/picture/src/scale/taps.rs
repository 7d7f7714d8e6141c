//! Which samples of a row make one sample of a smaller or larger row, and by what share.

use std::f64::consts::PI;

/// Horizontal sums are made sixteen weights at a time.
pub(crate) const LANES: usize = 16;

/// How one row of samples is laid over another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    /// Samples there are; none is asked for past them.
    pub from_len: usize,
    /// Where the first new sample begins, in old samples.
    pub start: f64,
    /// Old samples to a new one: above 1 the row becomes shorter, below 0 it is mirrored.
    pub step: f64,
    /// New samples wanted.
    pub to_len: usize,
}

/// The weights of every new sample, in whole numbers.
pub(crate) struct Taps {
    /// The first old sample of each new one.
    pub starts: Vec<usize>,
    /// How many old samples each new one takes.
    pub counts: Vec<usize>,
    /// `stride` weights for each new sample; those past its count are 0.
    pub weights: Vec<i16>,
    /// A multiple of [`LANES`].
    pub stride: usize,
    /// A share of 1 is `1 << bits`.
    pub bits: u32,
}

impl Taps {
    /// Returns Lanczos weights (three lobes, widened by the step when a row becomes shorter, so
    /// that nothing finer than the new samples is left to flicker), each times `gain`.
    pub fn new(axis: &Axis, gain: f64, bits_max: u32) -> Taps {
        let mut shares = Vec::new();
        let mut starts = Vec::with_capacity(axis.to_len);
        let mut ends = Vec::with_capacity(axis.to_len);
        for i in 0..axis.to_len {
            starts.push(axis.shares(i, gain, &mut shares));
            ends.push(shares.len());
        }
        let largest = shares.iter().fold(0.0_f64, |max, share| max.max(share.abs()));
        // As many bits as the largest weight leaves room for in 16, with its sign.
        let room = (f64::from(i16::MAX) / largest.max(1e-6)).log2().floor() as u32;
        let mut taps = Taps {
            starts,
            counts: vec![0; axis.to_len],
            weights: Vec::new(),
            stride: (axis.reach_max() + 1).next_multiple_of(LANES),
            bits: room.min(bits_max),
        };
        taps.weights = vec![0; taps.stride * axis.to_len];
        let mut first = 0;
        for (i, end) in ends.into_iter().enumerate() {
            taps.put(i, &shares[first..end]);
            first = end;
        }
        taps
    }

    /// Rounds the running sum of weights, not each: then the whole is exact, what is left over
    /// never piles up, and thousands of weights that are each less than a half still count.
    ///
    /// Weights of 0 at the ends are left out: a row that keeps its size has one weight a sample.
    fn put(&mut self, i: usize, shares: &[f64]) {
        let one = f64::from(1_u32 << self.bits);
        let weights = &mut self.weights[i * self.stride..][..self.stride];
        let (mut sum, mut told) = (0.0, 0.0);
        let mut skipped = 0;
        let mut count = 0;
        for (at, share) in shares.iter().enumerate() {
            sum += share * one;
            let weight = nearest(sum) - told;
            told += weight;
            if weight == 0.0 && count == 0 {
                skipped = at + 1;
                continue;
            }
            weights[at - skipped] = weight as i16;
            if weight != 0.0 {
                count = at - skipped + 1;
            }
        }
        if count > 0 {
            self.starts[i] += skipped;
        }
        self.counts[i] = count.max(1);
    }

    /// Returns the old samples that are of use at all, from the first to past the last.
    pub fn reach(&self) -> (usize, usize) {
        let first = self.starts.iter().copied().min().unwrap_or(0);
        let last = self.starts.iter().zip(&self.counts).map(|(start, count)| start + count).max();
        (first, last.unwrap_or(first))
    }

    pub fn weights_of(&self, i: usize) -> &[i16] {
        &self.weights[i * self.stride..][..self.counts[i]]
    }
}

impl Axis {
    /// How much wider the filter is than where a row keeps its size.
    fn widened(&self) -> f64 {
        self.step.abs().max(1.0)
    }

    /// The most old samples that a new one takes.
    fn reach_max(&self) -> usize {
        ((6.0 * self.widened()).floor() as usize + 1).min(self.from_len)
    }

    /// Adds the weights of one new sample, which sum to `gain`, and returns where they begin.
    pub fn shares(&self, i: usize, gain: f64, into: &mut Vec<f64>) -> usize {
        let widened = self.widened();
        let last = self.from_len as f64 - 1.0;
        // Centres are counted from the middle of the first sample.
        let centre = (self.start + (i as f64 + 0.5) * self.step - 0.5).clamp(0.0, last);
        let first = (centre - 3.0 * widened).ceil().max(0.0) as usize;
        let end = ((centre + 3.0 * widened).floor() + 1.0).min(self.from_len as f64) as usize;

        // Sines at even distances follow from the first one and the distance.
        let distance = 1.0 / widened;
        let (turn_sine, turn_cosine) = (PI / 3.0 * distance).sin_cos();
        let mut x = (first as f64 - centre) / widened;
        let (mut sine, mut cosine) = (PI / 3.0 * x).sin_cos();
        let from = into.len();
        for _ in first..end {
            into.push(lanczos3(x, sine));
            (sine, cosine) =
                (sine * turn_cosine + cosine * turn_sine, cosine * turn_cosine - sine * turn_sine);
            x += distance;
        }
        let sum: f64 = into[from..].iter().sum();
        into[from..].iter_mut().for_each(|share| *share *= gain / sum);
        first
    }
}

/// Rounds to the nearest whole number: beside so large a number there is no room for a fraction.
/// (`f64::round` is a call into the C library where SSE4.1 is not asked for.)
fn nearest(value: f64) -> f64 {
    const LARGE: f64 = 3.0 * (1_u64 << 51) as f64;
    value + LARGE - LARGE
}

/// Returns sinc(x) · sinc(x / 3), given the sine of a third of π·x: that of the whole follows.
fn lanczos3(x: f64, sine: f64) -> f64 {
    if x.abs() < 1e-9 {
        return 1.0;
    }
    3.0 * (3.0 - 4.0 * sine * sine) * sine * sine / (PI * PI * x * x)
}
