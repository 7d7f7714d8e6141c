//! JPEG: decoded as small as it may be, and as the channels that it has.

use super::{Channels, Decoded, packed};
use crate::colour::profile;
use crate::error::Error;
use crate::native::jpeg::{self, Packed, Picture, Shrink};
use crate::plane::Plane;
use crate::probe::jpeg::profile as profile_of;

/// Decodes by the largest shrink that leaves at least `wanted` pixels each way; `size` is the
/// file's.
pub(crate) fn decode(bytes: &[u8], size: (u32, u32), wanted: (f64, f64)) -> Result<Decoded, Error> {
    let shrink = shrink(size, wanted);
    let channels = match jpeg::decode(bytes, size, shrink)? {
        Picture::Planes(planes) => channels(planes)?,
        Picture::Rgb(packed) => Channels::Rgb(apart(&packed)),
        Picture::Cmyk(packed) => {
            let channels = Channels::Rgb(without_ink(&packed, profile_of(bytes).as_deref()));
            return Ok(Decoded { channels, profile: None });
        }
    };
    Ok(Decoded { channels, profile: profile_of(bytes) })
}

fn channels(planes: Vec<Plane>) -> Result<Channels, Error> {
    match <[Plane; 3]>::try_from(planes) {
        Ok(planes) => Ok(Channels::Ycc(planes)),
        Err(mut one) => {
            one.pop().map(Channels::Grey).ok_or_else(|| Error::unreadable("no channel"))
        }
    }
}

fn shrink(size: (u32, u32), wanted: (f64, f64)) -> Shrink {
    let fits = |shrink: &Shrink| {
        let by = f64::from(*shrink as i32);
        f64::from(size.0) / by >= wanted.0 && f64::from(size.1) / by >= wanted.1
    };
    [Shrink::Eight, Shrink::Four, Shrink::Two].into_iter().find(fits).unwrap_or(Shrink::One)
}

/// Takes pixels apart, and keeps what is a fraction of one.
fn apart(packed: &Packed) -> [Plane; 3] {
    with_extent(packed::planes(&packed.samples, 3, packed.width, packed.height), packed)
}

/// Prints the four inks, by their profile or else on white paper: 255 is no ink in the file, as
/// Adobe's programs keep it.
fn without_ink(packed: &Packed, profile: Option<&[u8]>) -> [Plane; 3] {
    let printed = profile.and_then(|profile| {
        let inks: Vec<u8> = packed.samples.iter().map(|sample| 255 - sample).collect();
        profile::without_ink(profile, &inks)
    });
    let samples = printed.unwrap_or_else(|| on_white(&packed.samples));
    with_extent(packed::planes(&samples, 3, packed.width, packed.height), packed)
}

fn on_white(inks: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| ((u32::from(ink) * u32::from(black) + 127) / 255) as u8;
    inks.chunks_exact(4)
        .flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])])
        .collect()
}

fn with_extent(planes: [Plane; 3], packed: &Packed) -> [Plane; 3] {
    planes.map(|plane| Plane { extent: packed.extent, ..plane })
}
