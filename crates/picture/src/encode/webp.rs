//! WebP: with loss from brightness and colour, without loss from red, green and blue.

use super::opaque;
use crate::colour;
use crate::decode::{Channels, packed};
use crate::error::Error;
use crate::native::{jpeg::plane_size_420, webp};
use crate::plane::Plane;
use crate::ready::Shaped;
use crate::scale::Range;
use crate::shape::{Shape, shaped_420};

pub(crate) fn lossy(shaped: &Shaped, quality: u8, method: u8) -> Result<Vec<u8>, Error> {
    let ranges = [Range::BRIGHTNESS, Range::COLOUR];
    let Shape { width, height, .. } = shaped.shape;
    let planes = match opaque(&shaped.channels, &shaped.shape, ranges) {
        Some(planes) => with_colour(planes, width, height),
        None => seen_through(shaped.full(), ranges),
    };
    let settings = webp::Settings { quality, method };
    webp::lossy(&planes, width, height, settings).map_err(Error::unwritten("WebP"))
}

pub(crate) fn lossless(shaped: &Shaped) -> Result<Vec<u8>, Error> {
    let Shape { width, height, .. } = shaped.shape;
    webp::lossless(&rgba(shaped.full()), width, height).map_err(Error::unwritten("WebP"))
}

/// Returns pixels of red, green, blue and alpha.
pub(crate) fn rgba(channels: Channels) -> Vec<u8> {
    match channels.colours() {
        Channels::Rgba(planes) => packed::together(planes.each_ref()),
        Channels::Rgb([r, g, b]) | Channels::Ycc([r, g, b]) => {
            packed::together([&r, &g, &b, &Plane::filled(r.width, r.height, 255)])
        }
        Channels::Grey(y) => packed::together([&y, &y, &y, &Plane::filled(y.width, y.height, 255)]),
    }
}

/// Adds the colour of a grey picture: a WebP always has it.
fn with_colour(mut planes: Vec<Plane>, width: u32, height: u32) -> Vec<Plane> {
    let (width, height) = plane_size_420(1, width, height);
    planes.resize_with(3, || Plane::filled(width, height, 128));
    planes
}

fn seen_through(channels: Channels, ranges: [Range; 2]) -> Vec<Plane> {
    let (width, height) = channels.size();
    let Channels::Rgba([r, g, b, alpha]) = channels else {
        return Vec::new();
    };
    let mut planes = shaped_420(&colour::ycc_of(&[r, g, b]), &Shape::same(width, height), ranges);
    planes.push(alpha);
    planes
}
