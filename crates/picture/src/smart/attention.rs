//! Where people look first, as libvips finds it (its `smartcrop`, after smartcrop.js): where there
//! are edges, the colours of skin, and red, softened by the size of what is to be kept.
//!
//! It is looked for on a grid: the picture shrunk to [`SIDE`] by [`SIDE`].

use crate::plane::Plane;

/// Cells of the grid along each side.
const SIDE: usize = 32;

/// The direction of skin in XYZ, whatever the light.
const SKIN: [f64; 3] = [0.78, 0.57, 0.44];

/// What is darker (Y, of 100) has no colour to look at.
const DARK: f64 = 5.0;

/// How much an edge counts beside a colour.
const EDGE: f64 = 5.0;

/// What weighs less in softening is left out.
const FAINT: f64 = 0.2;

/// The white of sRGB (D65) in XYZ.
const WHITE: [f64; 3] = [95.047, 100.0, 108.883];

type Grid = [[f64; SIDE]; SIDE];

/// Returns left and top of the part of this size that lies round what people look at first.
pub(super) fn place(rgba: &[Plane; 4], (width, height): (u32, u32)) -> (u32, u32) {
    let (whole_width, whole_height) = (rgba[0].width, rgba[0].height);
    let scale = |side: u32, whole: usize| f64::from(side) * SIDE as f64 / whole as f64;
    let kept = scale(width, whole_width).hypot(scale(height, whole_height));
    let scores = softened(&scores(&xyz(rgba)), (kept / 10.0).max(1.0));
    let (mut best, mut x, mut y) = (f64::MIN, 0, 0);
    for (row, line) in scores.iter().enumerate() {
        for (column, score) in line.iter().enumerate() {
            if *score > best {
                (best, x, y) = (*score, column, row);
            }
        }
    }
    let start = |cell: usize, side: u32, whole: usize| {
        let middle = (cell * whole / SIDE) as u32;
        middle.saturating_sub(side / 2).min(whole as u32 - side)
    };
    (start(x, width, whole_width), start(y, height, whole_height))
}

/// Shrinks to the grid; what is seen through is dark.
fn xyz(rgba: &[Plane; 4]) -> [[[f64; 3]; SIDE]; SIDE] {
    let (width, height) = (rgba[0].width, rgba[0].height);
    let cell = |at: usize, side: usize| {
        let start = at * side / SIDE;
        start..((at + 1) * side / SIDE).max(start + 1)
    };
    let mut grid = [[[0.0; 3]; SIDE]; SIDE];
    for (row, line) in grid.iter_mut().enumerate() {
        for (column, mean) in line.iter_mut().enumerate() {
            let (rows, columns) = (cell(row, height), cell(column, width));
            let count = (rows.len() * columns.len()) as f64;
            let mut sums = [0_u64; 3];
            for y in rows {
                let alphas = &rgba[3].row(y)[columns.clone()];
                for (sum, plane) in sums.iter_mut().zip(rgba) {
                    let samples = &plane.row(y)[columns.clone()];
                    let seen =
                        samples.iter().zip(alphas).map(|(s, a)| u64::from(*s) * u64::from(*a));
                    *sum += seen.sum::<u64>();
                }
            }
            *mean = xyz_of(sums.map(|sum| linear(sum as f64 / count / (255.0 * 255.0))));
        }
    }
    grid
}

/// Undoes the curve of sRGB (IEC 61966-2-1).
fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn xyz_of([r, g, b]: [f64; 3]) -> [f64; 3] {
    [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) * 100.0,
        (0.2126 * r + 0.7152 * g + 0.0722 * b) * 100.0,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) * 100.0,
    ]
}

fn scores(xyz: &[[[f64; 3]; SIDE]; SIDE]) -> Grid {
    let mut scores = [[0.0; SIDE]; SIDE];
    let near = |at: usize, step: isize| at.saturating_add_signed(step).min(SIDE - 1);
    let light = |row: usize, column: usize| xyz[row][column][1];
    for (row, line) in scores.iter_mut().enumerate() {
        for (column, score) in line.iter_mut().enumerate() {
            let beside = light(row, near(column, -1)) + light(row, near(column, 1));
            let above_below = light(near(row, -1), column) + light(near(row, 1), column);
            let own = light(row, column);
            *score = EDGE * (4.0 * own - beside - above_below).abs();
            if own > DARK {
                *score += skin(xyz[row][column]) + redness(xyz[row][column]);
            }
        }
    }
    scores
}

/// 100 for the very colour of skin, less the farther from it.
fn skin(xyz: [f64; 3]) -> f64 {
    let length = xyz.iter().map(|part| part * part).sum::<f64>().sqrt();
    let far = xyz.iter().zip(SKIN).map(|(part, skin)| (part / length - skin).powi(2));
    100.0 - 100.0 * far.sum::<f64>().sqrt()
}

/// The `a` of CIE L*a*b*.
fn redness(xyz: [f64; 3]) -> f64 {
    let root = |at: usize| {
        let share = xyz[at] / WHITE[at];
        if share > 0.008856 { share.cbrt() } else { 7.787 * share + 16.0 / 116.0 }
    };
    500.0 * (root(0) - root(1))
}

/// Lays a Gaussian over the grid, along the rows and then along the columns.
fn softened(scores: &Grid, sigma: f64) -> Grid {
    let weight = |step: isize| (-(step * step) as f64 / (2.0 * sigma * sigma)).exp();
    let reach = (0..).take_while(|step| weight(*step) >= FAINT).last().unwrap_or(0);
    let whole: f64 = (-reach..=reach).map(weight).sum();
    let along = |grid: &Grid, across: bool| {
        let mut out = [[0.0; SIDE]; SIDE];
        for (row, line) in out.iter_mut().enumerate() {
            for (column, cell) in line.iter_mut().enumerate() {
                let near = |at: usize, step: isize| at.saturating_add_signed(step).min(SIDE - 1);
                let taken = |step: isize| match across {
                    true => grid[row][near(column, step)],
                    false => grid[near(row, step)][column],
                };
                let sum: f64 = (-reach..=reach).map(|step| weight(step) * taken(step)).sum();
                *cell = sum / whole;
            }
        }
        out
    };
    along(&along(scores, true), false)
}
