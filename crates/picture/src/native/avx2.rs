//! The two sums of a scaled picture, sixteen and thirty-two numbers at a time (x86-64, AVX2).
//!
//! Every address that is read or written lies in a slice whose length was looked at just before;
//! the results are those of `scale::portable`, number by number.

use crate::scale::{FRACTION_BITS, LANES, Taps};

/// Tells whether this machine has AVX2; std asks it once.
pub(crate) fn is_here() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx2");
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

/// Sums rows, each by its weight; only where [`is_here`]. All rows are as long as `into`.
pub(crate) fn vertical(rows: &[&[u8]], weights: &[i16], bits: u32, into: &mut [i16]) {
    assert!(is_here(), "the machine has AVX2");
    assert_eq!(rows.len(), weights.len(), "each row has its weight");
    assert!(rows.iter().all(|row| row.len() == into.len()), "rows are of one length");
    #[cfg(target_arch = "x86_64")]
    // SAFETY: AVX2 is here and all rows are as long as `into`, asserted above.
    unsafe {
        x86::vertical(rows, weights, bits - FRACTION_BITS, into)
    }
}

/// Weights whose every address was looked at once, so that it need not be for each row.
pub(crate) struct Columns<'a> {
    taps: &'a Taps,
    /// How long a row has to be: all weights of the last start lie on it, those of 0 too.
    row_len: usize,
}

impl Columns<'_> {
    pub fn new(taps: &Taps) -> Columns<'_> {
        assert!(
            taps.stride > 0 && taps.stride.is_multiple_of(LANES),
            "weights come in whole groups"
        );
        assert_eq!(taps.weights.len(), taps.starts.len() * taps.stride, "all have weights");
        let last = taps.starts.iter().copied().max().unwrap_or(0);
        Columns { taps, row_len: last + taps.stride }
    }

    /// Sums samples of one row, each by its weight; only where [`is_here`].
    pub fn sum(&self, row: &[i16], bias: i32, into: &mut [u8]) {
        assert!(is_here(), "the machine has AVX2");
        assert!(row.len() >= self.row_len, "the row is padded");
        assert_eq!(self.taps.starts.len(), into.len(), "each new sample has its weights");
        #[cfg(target_arch = "x86_64")]
        // SAFETY: AVX2 is here, and `stride` samples lie behind every start, as `new` saw and
        // the length of the row says.
        unsafe {
            x86::horizontal(row, self.taps, bias, self.taps.bits + FRACTION_BITS, into)
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{LANES, Taps};
    use std::arch::x86_64::*;

    /// Columns that are summed at a time.
    const COLUMNS: usize = 32;

    /// # Safety
    /// AVX2 is there; every row is as long as `into`; there are as many weights as rows.
    #[target_feature(enable = "avx2")]
    pub unsafe fn vertical(rows: &[&[u8]], weights: &[i16], shift: u32, into: &mut [i16]) {
        let len = into.len();
        let mut x = 0;
        while x + COLUMNS <= len {
            // SAFETY: 32 samples from `x` on lie in each row and in `into`.
            unsafe { columns(rows, weights, shift, x, into) };
            x += COLUMNS;
        }
        if x == len {
            return;
        }
        if len >= COLUMNS {
            // The last columns are summed together with some that were summed before.
            // SAFETY: 32 samples from `len - 32` on lie in each row and in `into`.
            unsafe { columns(rows, weights, shift, len - COLUMNS, into) };
            return;
        }
        for (x, into) in into.iter_mut().enumerate() {
            let products = rows.iter().zip(weights).map(|(r, w)| i32::from(r[x]) * i32::from(*w));
            *into = ((products.sum::<i32>() + (1 << (shift - 1))) >> shift) as i16;
        }
    }

    /// # Safety
    /// AVX2 is there; `x + 32` samples are in every row and in `into`.
    #[target_feature(enable = "avx2")]
    unsafe fn columns(rows: &[&[u8]], weights: &[i16], shift: u32, x: usize, into: &mut [i16]) {
        let zero = _mm256_setzero_si256();
        let mut sums = [_mm256_set1_epi32(1 << (shift - 1)); 4];
        for (pair, weight) in rows.chunks(2).zip(weights.chunks(2)) {
            // SAFETY: the caller says that 32 bytes from `x` on are in every row.
            let load = |row: &[u8]| unsafe { _mm256_loadu_si256(row.as_ptr().add(x).cast()) };
            let a = load(pair[0]);
            let (b, weight_b) = match (pair.get(1), weight.get(1)) {
                (Some(row), Some(weight)) => (load(row), *weight),
                _ => (zero, 0),
            };
            let both = i32::from(weight[0] as u16) | i32::from(weight_b) << 16;
            let both = _mm256_set1_epi32(both);
            let low = _mm256_unpacklo_epi8(a, b);
            let high = _mm256_unpackhi_epi8(a, b);
            let quarters = [
                _mm256_unpacklo_epi8(low, zero),
                _mm256_unpackhi_epi8(low, zero),
                _mm256_unpacklo_epi8(high, zero),
                _mm256_unpackhi_epi8(high, zero),
            ];
            for (sum, quarter) in sums.iter_mut().zip(quarters) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(quarter, both));
            }
        }
        let count = _mm_cvtsi32_si128(shift as i32);
        let [a, b, c, d] = sums.map(|sum| _mm256_sra_epi32(sum, count));
        let low = _mm256_packs_epi32(a, b);
        let high = _mm256_packs_epi32(c, d);
        // The halves of each register are columns 0 and 16 apart.
        let first = _mm256_permute2x128_si256::<0x20>(low, high);
        let second = _mm256_permute2x128_si256::<0x31>(low, high);
        // SAFETY: the caller says that 32 places from `x` on are in `into`.
        unsafe {
            let at = into.as_mut_ptr().add(x);
            _mm256_storeu_si256(at.cast(), first);
            _mm256_storeu_si256(at.add(16).cast(), second);
        }
    }

    /// # Safety
    /// AVX2 is there; `taps.stride` samples lie in `row` behind every start.
    #[target_feature(enable = "avx2")]
    pub unsafe fn horizontal(row: &[i16], taps: &Taps, bias: i32, shift: u32, into: &mut [u8]) {
        let count = _mm_cvtsi32_si128(shift as i32);
        let mut i = 0;
        while i + 8 <= into.len() {
            // SAFETY: the caller's promise holds for each of the eight.
            let v: [__m256i; 8] = std::array::from_fn(|k| unsafe { products(row, taps, i + k) });
            let low =
                _mm256_hadd_epi32(_mm256_hadd_epi32(v[0], v[1]), _mm256_hadd_epi32(v[2], v[3]));
            let high =
                _mm256_hadd_epi32(_mm256_hadd_epi32(v[4], v[5]), _mm256_hadd_epi32(v[6], v[7]));
            let sums = _mm256_add_epi32(
                _mm256_permute2x128_si256::<0x20>(low, high),
                _mm256_permute2x128_si256::<0x31>(low, high),
            );
            let values = _mm256_sra_epi32(_mm256_add_epi32(sums, _mm256_set1_epi32(bias)), count);
            let words = _mm_packs_epi32(
                _mm256_castsi256_si128(values),
                _mm256_extracti128_si256::<1>(values),
            );
            let bytes = _mm_cvtsi128_si64(_mm_packus_epi16(words, words));
            into[i..i + 8].copy_from_slice(&bytes.to_le_bytes());
            i += 8;
        }
        for (i, into) in into.iter_mut().enumerate().skip(i) {
            let from = row[taps.starts[i]..].iter().zip(taps.weights_of(i));
            let sum: i32 = from.map(|(s, w)| i32::from(*s) * i32::from(*w)).sum();
            *into = ((sum + bias) >> shift).clamp(0, 255) as u8;
        }
    }

    /// Returns eight sums that together are the new sample `i`.
    ///
    /// # Safety
    /// AVX2 is there; `taps.stride` samples lie in `row` behind the start of `i`.
    #[target_feature(enable = "avx2")]
    unsafe fn products(row: &[i16], taps: &Taps, i: usize) -> __m256i {
        // SAFETY: `stride` is a multiple of 16 and not 0; that many weights and samples lie behind these.
        unsafe {
            let samples = row.as_ptr().add(*taps.starts.get_unchecked(i));
            let weights = taps.weights.as_ptr().add(i * taps.stride);
            let product = |at: usize| {
                _mm256_madd_epi16(
                    _mm256_loadu_si256(samples.add(at).cast()),
                    _mm256_loadu_si256(weights.add(at).cast()),
                )
            };
            let mut sum = product(0);
            for at in (LANES..taps.stride).step_by(LANES) {
                sum = _mm256_add_epi32(sum, product(at));
            }
            sum
        }
    }
}
