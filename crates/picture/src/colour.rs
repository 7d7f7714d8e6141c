//! Colours of one kind to those of another (JFIF 1.02, which is ITU-R BT.601 without head-room).

pub(crate) mod profile;

use crate::plane::Plane;

/// Whole numbers stand for shares of this.
const ONE: i32 = 1 << 16;
const HALF: i32 = ONE >> 1;

/// Returns brightness, blueness and redness of a colour.
pub(crate) fn ycc([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [r, g, b].map(i32::from);
    let y = 19_595 * r + 38_470 * g + 7_471 * b;
    let cb = -11_059 * r - 21_709 * g + 32_768 * b + (128 << 16);
    let cr = 32_768 * r - 27_439 * g - 5_329 * b + (128 << 16);
    // The very bluest and reddest come to 255.5 and are cut.
    [y, cb, cr].map(|value| ((value + HALF - 1) >> 16).clamp(0, 255) as u8)
}

/// Returns the colour of brightness, blueness and redness.
pub(crate) fn rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let [y, cb, cr] = [i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128];
    let r = y + 91_881 * cr;
    let g = y - 22_554 * cb - 46_802 * cr;
    let b = y + 116_130 * cb;
    [r, g, b].map(|value| ((value + HALF) >> 16).clamp(0, 255) as u8)
}

/// Returns brightness and colour of red, green and blue, sample by sample.
pub(crate) fn ycc_of([r, g, b]: &[Plane; 3]) -> [Plane; 3] {
    mapped([r, g, b], ycc)
}

/// Returns red, green and blue of brightness and colour that have as many samples.
pub(crate) fn rgb_of([y, cb, cr]: &[Plane; 3]) -> [Plane; 3] {
    mapped([y, cb, cr], rgb)
}

fn mapped(from: [&Plane; 3], colour: impl Fn([u8; 3]) -> [u8; 3]) -> [Plane; 3] {
    let [a, b, c] = from;
    let mut into = [a.clone(), b.clone(), c.clone()];
    let [x, y, z] = &mut into;
    let samples = x.samples.iter_mut().zip(&mut *y.samples).zip(&mut *z.samples);
    for ((x, y), z) in samples {
        [*x, *y, *z] = colour([*x, *y, *z]);
    }
    into
}
