use super::taps::Axis;
use super::{FRACTION_BITS, Range, Scaler, Taps, Target, axes, portable};
use crate::native::avx2;
use crate::plane::{Plane, Window};
use proptest::prelude::*;
use std::f64::consts::PI;

fn scale(from: &Plane, window: Window, target: Target, range: Range) -> Plane {
    Scaler::new(from, window, target, range).run(from)
}

/// Where the weights of a new sample begin, and the weights, by the definition of the filter.
fn shares(axis: &Axis, i: usize) -> (usize, Vec<f64>) {
    let sinc = |x: f64| if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) };
    let lanczos = |x: f64| if x.abs() > 3.0 { 0.0 } else { sinc(x) * sinc(x / 3.0) };
    let last = axis.from_len as f64 - 1.0;
    let centre = (axis.start + (i as f64 + 0.5) * axis.step - 0.5).clamp(0.0, last);
    let widened = axis.step.abs().max(1.0);
    let all = (0..axis.from_len).map(|at| lanczos((at as f64 - centre) / widened));
    let all: Vec<f64> = all.collect();
    let sum: f64 = all.iter().sum();
    (0, all.into_iter().map(|weight| weight / sum).collect())
}

/// What the sums should be, in numbers with a point and without any shortening.
fn oracle(from: &Plane, window: Window, target: Target, range: Range) -> Vec<f64> {
    let (across, down) = axes(from, window, target);
    let all = |axis: &Axis| -> Vec<_> { (0..axis.to_len).map(|i| shares(axis, i)).collect() };
    let (columns, rows) = (all(&across), all(&down));
    let mut made = Vec::new();
    for (top, down) in &rows {
        for (left, across) in &columns {
            let line = |y: usize| -> f64 {
                let row = &from.row(top + y)[*left..];
                across.iter().zip(row).map(|(share, sample)| share * f64::from(*sample)).sum()
            };
            let sum: f64 = down.iter().enumerate().map(|(y, share)| share * line(y)).sum();
            made.push((sum * range.gain + range.offset).clamp(0.0, 255.0));
        }
    }
    made
}

#[track_caller]
fn check(from: &Plane, window: Window, target: Target, range: Range) {
    let made = scale(from, window, target, range);
    let expected = oracle(from, window, target, range);
    for (at, (made, expected)) in made.samples.iter().zip(&expected).enumerate() {
        let off = (f64::from(*made) - expected).abs();
        assert!(off <= 1.0, "sample {at}: {made}, not {expected:.2}, for {window:?} to {target:?}");
    }
}

/// Samples that follow from a number: noise, steps and slopes.
fn plane(width: usize, height: usize, seed: u64) -> Plane {
    let mut state = seed | 1;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 56) as u8
    };
    let sample = |at: usize| match (seed % 4, at % width) {
        (0, _) => noise(),
        (1, x) => {
            if x / 3 % 2 == 0 {
                0
            } else {
                255
            }
        }
        (2, x) => (x * 255 / width) as u8,
        _ => noise() / 128 * 255,
    };
    Plane::new(width, height, (0..width * height).map(sample).collect::<Vec<u8>>())
}

fn windows() -> impl Strategy<Value = Window> {
    let range = (0.0..0.6_f64, 0.05..0.4_f64, any::<bool>());
    let side = prop_oneof![Just((0.0, 1.0, false)), Just((0.0, 1.0, true)), range];
    let read = |(start, share, back): (f64, f64, bool)| {
        if back { (start + share, -share) } else { (start, share) }
    };
    (side.clone(), side).prop_map(move |(across, down)| {
        let ((left, width), (top, height)) = (read(across), read(down));
        Window { left, top, width, height }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_scale_is_the_oracles_within_one(
        (width, height) in (1..150_usize, 1..90_usize),
        (to_width, to_height) in (1..120_usize, 1..120_usize),
        past in (0.0..0.99_f64, 0.0..0.99_f64),
        window in windows(),
        seed: u64,
        range in prop_oneof![Just(Range::FULL), Just(Range::BRIGHTNESS), Just(Range::COLOUR)],
    ) {
        let mut from = plane(width, height, seed);
        from.extent = (width as f64 - past.0, height as f64 - past.1);
        check(&from, window, Target::exact(to_width, to_height), range);
    }

    #[test]
    fn avx2_makes_the_numbers_of_the_plain_loops(
        (len, rows_len) in (1..200_usize, 1..40_usize),
        to_len in 1..100_usize,
        seed: u64,
    ) {
        if !avx2::is_here() {
            eprintln!("SKIPPED: this machine has no AVX2");
            return Ok(());
        }
        let from = plane(len, rows_len, seed);
        let axis = |from_len: usize, to_len: usize| Axis {
            from_len,
            start: 0.0,
            step: from_len as f64 / to_len as f64,
            to_len,
        };
        let rows = Taps::new(&axis(rows_len, 1), 1.0, super::ROW_BITS_MAX);
        let columns = Taps::new(&axis(len, to_len), 1.0, super::SAMPLE_BITS_MAX);
        let lines: Vec<&[u8]> = (0..rows.counts[0]).map(|y| from.row(rows.starts[0] + y)).collect();
        let mut line = [vec![0_i16; len + columns.stride], vec![0_i16; len + columns.stride]];
        avx2::vertical(&lines, rows.weights_of(0), rows.bits, &mut line[0][..len]);
        portable::vertical(&lines, rows.weights_of(0), rows.bits, &mut line[1][..len]);
        prop_assert_eq!(&line[0], &line[1]);
        let bias = 1 << (columns.bits + FRACTION_BITS - 1);
        let mut made = [vec![0_u8; to_len], vec![0_u8; to_len]];
        avx2::Columns::new(&columns).sum(&line[0], bias, &mut made[0]);
        portable::horizontal(&line[1], &columns, bias, &mut made[1]);
        prop_assert_eq!(&made[0], &made[1]);
    }
}

#[test]
fn what_keeps_its_size_keeps_its_samples() {
    let from = plane(37, 23, 4);
    let window = Window { width: 1.0 - 1e-17, ..Window::WHOLE };
    assert_eq!(scale(&from, window, Target::exact(37, 23), Range::FULL).samples, from.samples);
}

#[test]
fn a_row_of_thousands_becomes_one_sample() {
    for seed in 0..4 {
        check(&plane(9_000, 3, seed), Window::WHOLE, Target::exact(1, 1), Range::FULL);
        check(&plane(3, 9_000, seed), Window::WHOLE, Target::exact(2, 5), Range::FULL);
    }
}

#[test]
fn a_plain_area_stays_plain() {
    for value in [0, 1, 127, 254, 255] {
        let made =
            scale(&Plane::filled(97, 61, value), Window::WHOLE, Target::exact(31, 80), Range::FULL);
        assert!(made.samples.iter().all(|sample| *sample == value));
    }
}
