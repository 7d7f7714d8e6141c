//! Colours of a whole picture changed, and its edges softened.

use crate::alpha;
use crate::colour;
use crate::decode::Channels;
use crate::plan::{Filter, Sharpen};
use crate::plane::{Plane, Samples};

/// Changes the colours of a picture; what is seen through stays so.
pub(crate) fn filtered(channels: Channels, filter: Filter) -> Channels {
    match (channels.colours(), filter) {
        (Channels::Rgb(planes), Filter::Greyscale) => Channels::Grey(grey(&planes)),
        (Channels::Rgb(mut planes), filter) => {
            recoloured(&mut planes, filter);
            Channels::Rgb(planes)
        }
        (Channels::Rgba([r, g, b, alpha]), Filter::Greyscale) => {
            let grey = grey(&[r, g, b]);
            Channels::Rgba([grey.clone(), grey.clone(), grey, alpha])
        }
        (Channels::Rgba([r, g, b, alpha]), filter) => {
            let mut planes = [r, g, b];
            recoloured(&mut planes, filter);
            let [r, g, b] = planes;
            Channels::Rgba([r, g, b, alpha])
        }
        (other, _) => other,
    }
}

/// Returns the brightness, as the eye weighs colours (ITU-R BT.709).
fn grey(planes: &[Plane; 3]) -> Plane {
    let mut planes = planes.clone();
    let weigh = |[r, g, b]: [u32; 3]| (r * 13_933 + g * 46_871 + b * 4_732 + 32_768) >> 16;
    each_colour(&mut planes, |colour| [weigh(colour); 3]);
    let [grey, ..] = planes;
    grey
}

fn recoloured(planes: &mut [Plane; 3], filter: Filter) {
    match filter {
        Filter::Greyscale => each_colour(planes, |colour| colour),
        Filter::Negate => each_colour(planes, |colour| colour.map(|sample| 255 - sample)),
        Filter::Sepia => each_colour(planes, |[r, g, b]| {
            let mixed = |[x, y, z]: [u32; 3]| (r * x + g * y + b * z) / 10_000;
            [[3_588, 7_044, 1_368], [2_990, 5_870, 1_140], [2_392, 4_696, 912]].map(mixed)
        }),
    }
}

fn each_colour([r, g, b]: &mut [Plane; 3], change: impl Fn([u32; 3]) -> [u32; 3]) {
    let samples = r.samples.iter_mut().zip(&mut *g.samples).zip(&mut *b.samples);
    for ((r, g), b) in samples {
        [*r, *g, *b] = change([*r, *g, *b].map(u32::from)).map(|sample| sample.min(255) as u8);
    }
}

/// Sharpens a picture: where its brightness differs from that of a softened one, the difference is
/// laid on; up to two of 255 it counts as flat, and never more than 20 brighter or 10 darker come
/// of it, for halos are seen sooner when they are dark.
pub(crate) fn sharpened(channels: Channels, sharpen: Sharpen) -> Channels {
    let lay = |mut planes: [Plane; 3]| {
        let [y, ..] = colour::ycc_of(&planes);
        let soft =
            boxes(sharpen.sigma).iter().fold(y.clone(), |soft, radius| boxed(&soft, *radius));
        for plane in &mut planes {
            let samples = plane.samples.iter_mut().zip(y.samples.iter().zip(&*soft.samples));
            for (sample, (y, soft)) in samples {
                let difference = f64::from(*y) - f64::from(*soft);
                let flat = difference.clamp(-2.0, 2.0);
                let edge = flat * sharpen.flat + (difference - flat) * sharpen.jagged;
                *sample = (f64::from(*sample) + edge.clamp(-10.0, 20.0)).round() as u8;
            }
        }
        planes
    };
    match channels.colours() {
        Channels::Rgba([r, g, b, alpha]) => {
            let [r, g, b] = lay([r, g, b]);
            Channels::Rgba([r, g, b, alpha])
        }
        Channels::Rgb(planes) => Channels::Rgb(lay(planes)),
        other => other,
    }
}

/// Softens a picture: by three boxes one after the other, which come near to Gauss' bell, or by
/// one box of three by three if `sigma` is 0.
pub(crate) fn blurred(channels: Channels, sigma: f64) -> Channels {
    let boxes = boxes(sigma);
    let soft =
        |plane: &Plane| boxes.iter().fold(plane.clone(), |plane, radius| boxed(&plane, *radius));
    match channels {
        Channels::Grey(plane) => Channels::Grey(soft(&plane)),
        Channels::Ycc(planes) => Channels::Ycc(planes.each_ref().map(soft)),
        Channels::Rgb(planes) => Channels::Rgb(planes.each_ref().map(soft)),
        Channels::Rgba(planes) => {
            Channels::Rgba(alpha::divided(&alpha::multiplied(&planes).each_ref().map(soft)))
        }
    }
}

/// Returns the radii of the boxes that soften so much.
fn boxes(sigma: f64) -> Vec<usize> {
    if sigma == 0.0 { vec![1] } else { box_radii(sigma).to_vec() }
}

/// Returns the radii of three boxes whose deviations add up to a bell's.
fn box_radii(sigma: f64) -> [usize; 3] {
    let ideal = (12.0 * sigma * sigma / 3.0 + 1.0).sqrt();
    let small = ((ideal as usize).max(1) - 1) / 2;
    let width = (2 * small + 1) as f64;
    // So many of the three are small ones that the sum of the squares is right.
    let small_ones =
        (12.0 * sigma * sigma - 3.0 * width * width - 12.0 * width - 9.0) / (-4.0 * width - 4.0);
    std::array::from_fn(|at| if (at as f64) < small_ones.round() { small } else { small + 1 })
}

fn boxed(plane: &Plane, radius: usize) -> Plane {
    if radius == 0 {
        return plane.clone();
    }
    let mut made = plane.clone();
    for y in 0..plane.height {
        let row = &plane.samples[y * plane.width..][..plane.width];
        running_mean(
            radius,
            plane.width,
            |x| row[x],
            |x, mean| made.samples[y * plane.width + x] = mean,
        );
    }
    let mut into = Samples::filled(plane.samples.len(), 0);
    for x in 0..plane.width {
        let from = |y: usize| made.samples[y * plane.width + x];
        running_mean(radius, plane.height, from, |y, mean| into[y * plane.width + x] = mean);
    }
    Plane { samples: into, ..made }
}

/// Hands over the mean around each sample; beyond the ends lies what lies at the ends.
fn running_mean(
    radius: usize,
    len: usize,
    from: impl Fn(usize) -> u8,
    mut into: impl FnMut(usize, u8),
) {
    let at = |index: isize| u32::from(from(index.clamp(0, len as isize - 1) as usize));
    let (radius, count) = (radius as isize, 2 * radius as u32 + 1);
    let mut sum: u32 = (-radius..=radius).map(at).sum();
    for x in 0..len {
        into(x, ((sum + count / 2) / count) as u8);
        sum += at(x as isize + radius + 1);
        sum -= at(x as isize - radius);
    }
}
