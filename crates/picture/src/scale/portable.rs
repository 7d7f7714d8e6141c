//! The two sums of a scaled picture in plain loops: for machines without AVX2, and what the
//! AVX2 ones are held against, number by number.

use super::taps::Taps;

/// Sums rows of a picture, each by its weight, to one row with [`super::FRACTION_BITS`].
pub(crate) fn vertical(rows: &[&[u8]], weights: &[i16], bits: u32, into: &mut [i16]) {
    let shift = bits - super::FRACTION_BITS;
    for (x, into) in into.iter_mut().enumerate() {
        let sum: i32 = rows
            .iter()
            .zip(weights)
            .map(|(row, weight)| i32::from(row[x]) * i32::from(*weight))
            .sum();
        *into = ((sum + (1 << (shift - 1))) >> shift) as i16;
    }
}

/// Sums samples of one row, each by its weight, to the samples of the new row.
pub(crate) fn horizontal(row: &[i16], taps: &Taps, bias: i32, into: &mut [u8]) {
    let shift = taps.bits + super::FRACTION_BITS;
    for (i, into) in into.iter_mut().enumerate() {
        let from = &row[taps.starts[i]..];
        let sum: i32 = from
            .iter()
            .zip(taps.weights_of(i))
            .map(|(s, weight)| i32::from(*s) * i32::from(*weight))
            .sum();
        *into = ((sum + bias) >> shift).clamp(0, 255) as u8;
    }
}
