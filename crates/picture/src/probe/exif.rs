//! The one thing of Exif that counts for how a picture is shown: the orientation.

use super::{u16_be, u16_le, u32_be, u32_le};

/// Returns how an APP1 segment says that the picture is to be turned, 1 to 8 (Exif 2.32, tag 274).
pub fn orientation_of(segment: &[u8]) -> Option<u8> {
    let tiff = segment.get(2..)?.strip_prefix(b"Exif\0\0")?;
    orientation(tiff)
}

/// Reads the tag from the first directory alone: no chain is followed, so none can loop.
pub fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at| {
        if little { u16_le(tiff, at) } else { u16_be(tiff, at) }
    };
    let directory = if little { u32_le(tiff, 4)? } else { u32_be(tiff, 4)? } as usize;
    let entries_len = usize::from(short(directory)?);
    (0..entries_len)
        .map_while(|i| directory.checked_add(2 + 12 * i))
        .take_while(|at| *at < tiff.len())
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (1..=8).contains(value))
}
