//! Pixels, sample beside sample, to channels and back.

use super::Channels;
use crate::plane::Plane;

/// Takes pixels of one to four samples apart: grey, grey and alpha, RGB, RGBA.
///
/// Alpha that hides nothing is left out.
pub(crate) fn apart(samples: &[u8], per_pixel: usize, width: usize, height: usize) -> Channels {
    match per_pixel {
        1 => Channels::Grey(Plane::new(width, height, samples.to_vec())),
        2 => {
            let [grey, alpha] = planes(samples, 2, width, height);
            if hides_nothing(&alpha) {
                return Channels::Grey(grey);
            }
            Channels::Rgba([grey.clone(), grey.clone(), grey, alpha])
        }
        3 => Channels::Rgb(planes(samples, 3, width, height)),
        _ => {
            let [r, g, b, alpha] = planes(samples, 4, width, height);
            if hides_nothing(&alpha) {
                return Channels::Rgb([r, g, b]);
            }
            Channels::Rgba([r, g, b, alpha])
        }
    }
}

/// Puts channels of one size together, pixel by pixel.
pub(crate) fn together<const N: usize>(planes: [&Plane; N]) -> Vec<u8> {
    let mut samples = vec![0; planes[0].samples.len() * N];
    for (channel, plane) in planes.iter().enumerate() {
        let every = samples.iter_mut().skip(channel).step_by(N);
        for (into, from) in every.zip(&*plane.samples) {
            *into = *from;
        }
    }
    samples
}

/// Takes pixels of `per_pixel` samples apart, as many channels as are asked for.
pub(crate) fn planes<const N: usize>(
    samples: &[u8],
    per_pixel: usize,
    width: usize,
    height: usize,
) -> [Plane; N] {
    std::array::from_fn(|channel| {
        let mut plane = Plane::filled(width, height, 0);
        for (into, pixel) in plane.samples.iter_mut().zip(samples.chunks_exact(per_pixel)) {
            *into = pixel[channel];
        }
        plane
    })
}

fn hides_nothing(alpha: &Plane) -> bool {
    alpha.samples.iter().all(|sample| *sample == 255)
}
