//! The first look at bytes that say they are a picture.

mod avif;
pub(crate) mod exif;
pub(crate) mod gif;
pub(crate) mod jpeg;
mod png;
mod stranger;
pub(crate) mod webp;

use std::fmt;

/// The most pixels a picture may have: 50 million, a little more than the largest press photo.
pub const PIXELS_MAX: u64 = 50_000_000;

/// The longest side a picture may have, in pixels; WebP's own limit.
pub const SIDE_MAX: u32 = 16_384;

/// The most frames an animation may have.
pub const FRAMES_MAX: u32 = 2_000;

/// The most pixels all frames of an animation may have together, as drawn.
pub const FRAME_PIXELS_MAX: u64 = 500_000_000;

/// The most scans a JPEG may have; an encoder makes about ten, and each costs a whole pass.
pub const SCANS_MAX: u32 = 256;

/// What a picture turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// `image/jpeg`, `image/png`, `image/gif`, `image/webp` or `image/avif`.
    pub media_type: &'static str,
    /// In pixels, as shown: an orientation that the picture carries is taken into account.
    pub width: u32,
    pub height: u32,
}

/// Why bytes are not kept as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// The bytes are of another kind, named as a person would.
    Kind(&'static str),
    /// The head of this format ends before it tells a size.
    CutOff(&'static str),
    /// The head of this format says what can't be.
    Broken(&'static str),
    Large {
        width: u32,
        height: u32,
    },
    Frames,
    Scans,
}

/// Tells what kind of picture the bytes are and how large, by their magic numbers.
///
/// Looks at heads alone, so a picture whose later part is damaged or cut off passes: what there
/// is of it can still be shown.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    match bytes {
        [] => Err(Refused::Empty),
        [0xFF, 0xD8, 0xFF, ..] => jpeg::probe(bytes),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => png::probe(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::probe(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::probe(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] if avif::is(bytes) => avif::probe(bytes),
        _ => Err(Refused::Kind(stranger::name(bytes))),
    }
}

/// Returns the probe of a picture of this size, unless the size is one to refuse.
fn sized(media_type: &'static str, width: u32, height: u32) -> Result<Probe, Refused> {
    if width == 0 || height == 0 {
        return Err(Refused::Broken(media_type));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE_MAX || height > SIDE_MAX || pixels > PIXELS_MAX {
        return Err(Refused::Large { width, height });
    }
    Ok(Probe { media_type, width, height })
}

/// Refuses an animation that costs more to draw than any picture may.
fn bounded_frames(probe: Probe, frames: u32) -> Result<Probe, Refused> {
    let pixels = u64::from(probe.width) * u64::from(probe.height) * u64::from(frames);
    if frames > FRAMES_MAX || pixels > FRAME_PIXELS_MAX {
        return Err(Refused::Frames);
    }
    Ok(probe)
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..)?.first_chunk::<2>().copied()?))
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..)?.first_chunk::<2>().copied()?))
}

fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = *bytes.get(at..)?.first_chunk::<3>()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk::<4>().copied()?))
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..)?.first_chunk::<4>().copied()?))
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refused::Empty => f.write_str("there are no bytes"),
            Refused::Kind(name) => write!(f, "the bytes are {name}, not a picture that is kept"),
            Refused::CutOff(kind) => write!(f, "the {kind} ends before it tells its size"),
            Refused::Broken(kind) => write!(f, "the head of the {kind} says what can't be"),
            Refused::Large { width, height } => write!(
                f,
                "the picture is {width} × {height} pixels; at most {PIXELS_MAX} pixels and \
                 {SIDE_MAX} a side are kept"
            ),
            Refused::Frames => write!(
                f,
                "the animation has more than {FRAMES_MAX} frames or {FRAME_PIXELS_MAX} pixels in all"
            ),
            Refused::Scans => write!(f, "the JPEG has more than {SCANS_MAX} scans"),
        }
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests;
