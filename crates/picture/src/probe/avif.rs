//! AVIF: boxes in boxes (ISO/IEC 14496-12, 23008-12; AV1 Image File Format).

use super::{Probe, Refused, sized, u32_be};

const KIND: &str = "image/avif";

/// The most boxes that are looked at on one level.
const BOXES_MAX: usize = 1_000;

/// Tells whether the file's brands name AVIF; HEIC shares the container and is another kind.
pub fn is(bytes: &[u8]) -> bool {
    let length = u32_be(bytes, 0).unwrap_or(0) as usize;
    let end = length.clamp(12, 256).min(bytes.len());
    let brand = |at: usize| matches!(bytes.get(at..at + 4), Some(b"avif" | b"avis" | b"avio"));
    // The four bytes at 12 are a version, not a brand.
    brand(8) || (16..end.saturating_sub(3)).step_by(4).any(brand)
}

/// Reads the largest size that the item properties tell: of a grid, the whole.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let cut = Refused::CutOff(KIND);
    // `meta` is a full box: four bytes of version and flags come first.
    let meta = find(bytes, b"meta").and_then(|meta| meta.get(4..)).ok_or(cut)?;
    let properties = find(meta, b"iprp").and_then(|iprp| find(iprp, b"ipco")).ok_or(cut)?;
    let sizes = Boxes(properties)
        .take(BOXES_MAX)
        .filter(|(name, _)| name == b"ispe")
        .filter_map(|(_, ispe)| Some((u32_be(ispe, 4)?, u32_be(ispe, 8)?)));
    let (width, height) =
        sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height)).ok_or(cut)?;
    if is_turned(properties) { sized(KIND, height, width) } else { sized(KIND, width, height) }
}

/// Tells whether the picture is to be shown turned by a quarter.
fn is_turned(properties: &[u8]) -> bool {
    find(properties, b"irot").is_some_and(|irot| irot.first().is_some_and(|turn| turn & 1 == 1))
}

fn find<'a>(bytes: &'a [u8], wanted: &[u8; 4]) -> Option<&'a [u8]> {
    Boxes(bytes).take(BOXES_MAX).find_map(|(name, inside)| (&name == wanted).then_some(inside))
}

/// The boxes of one level; the last one may be cut off.
struct Boxes<'a>(&'a [u8]);

impl<'a> Iterator for Boxes<'a> {
    type Item = ([u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let length = u32_be(self.0, 0)? as usize;
        let name = *self.0.get(4..)?.first_chunk()?;
        // A length of 0 means up to the end; a 64-bit one (1) is never needed for a head.
        let end = match length {
            0 => self.0.len(),
            1..8 => return None,
            _ => length.min(self.0.len()),
        };
        let inside = &self.0[8..end];
        self.0 = &self.0[end..];
        Some((name, inside))
    }
}
