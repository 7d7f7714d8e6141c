//! JPEG: a chain of marker segments (ITU-T T.81, annex B).

use super::{Probe, Refused, SCANS_MAX, exif, sized, u16_be};

const KIND: &str = "image/jpeg";

/// Walks the segments for the frame header, then counts the scans after it.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let mut orientation = None;
    for segment in segments(bytes) {
        let Segment { marker, inside, end } = segment?;
        if is_frame(marker) {
            let inside = inside.ok_or(Refused::CutOff(KIND))?;
            let probe = frame(inside, orientation.unwrap_or(1) >= 5)?;
            return bounded_scans(&bytes[end..], probe);
        }
        if marker == APP1 {
            orientation = orientation.or(inside.and_then(exif::orientation_of));
        }
    }
    Err(Refused::CutOff(KIND))
}

/// Returns how the picture is to be turned, 1 to 8 as Exif counts it.
pub(crate) fn orientation(bytes: &[u8]) -> u8 {
    before_scans(bytes)
        .filter(|(marker, _)| *marker == APP1)
        .find_map(|(_, inside)| exif::orientation_of(inside))
        .unwrap_or(1)
}

/// Returns the size as it is kept, before the picture is turned.
pub(crate) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (_, inside) = before_scans(bytes).find(|(marker, _)| is_frame(*marker))?;
    Some((u16_be(inside, 5)?.into(), u16_be(inside, 3)?.into()))
}

/// Tells whether the picture comes in ever finer scans (SOF2).
pub(crate) fn is_progressive(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xD8]) && before_scans(bytes).any(|(marker, _)| marker == 0xC2)
}

/// Returns the ICC profile, put together from its parts (ICC.1:2022, B.4).
pub(crate) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = before_scans(bytes)
        .filter(|(marker, _)| *marker == APP2)
        .filter_map(|(_, inside)| {
            let part = inside.get(2..)?.strip_prefix(b"ICC_PROFILE\0")?;
            Some((*part.first()?, part.get(2..)?))
        })
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = parts.into_iter().flat_map(|(_, part)| part).copied().collect();
    (!profile.is_empty()).then_some(profile)
}

const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;

/// One segment with a length.
struct Segment<'a> {
    marker: u8,
    /// From the length on; absent if the file ends before.
    inside: Option<&'a [u8]>,
    /// Where the next one begins.
    end: usize,
}

/// Returns the whole segments before the first scan.
fn before_scans(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    segments(bytes).map_while(Result::ok).map_while(|s| Some((s.marker, s.inside?)))
}

/// Walks the segments up to the first scan, the end of the picture or of the file.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Result<Segment<'_>, Refused>> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let (marker, start) = loop {
            let (marker, start) = marker_at(bytes, at)?;
            if marker != 0x01 && !(0xD0..=0xD8).contains(&marker) {
                break (marker, start);
            }
            at = start;
        };
        if marker == 0xD9 || marker == 0xDA {
            return None;
        }
        let length = usize::from(u16_be(bytes, start)?);
        if length < 2 {
            return Some(Err(Refused::Broken(KIND)));
        }
        at = start + length;
        Some(Ok(Segment { marker, inside: bytes.get(start..at), end: at }))
    })
}

/// Returns the marker at or after this place and where its segment starts.
///
/// Fill bytes (`FF`) may stand before a marker; stray bytes between segments are jumped over, as
/// every decoder does.
fn marker_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let found =
        rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF))?;
    Some((rest[found + 1], at + found + 2))
}

/// Tells whether the marker starts a frame: SOF0 to SOF15 without DHT, JPG and DAC.
fn is_frame(marker: u8) -> bool {
    (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn frame(segment: &[u8], turned: bool) -> Result<Probe, Refused> {
    let side = |at| u16_be(segment, at).ok_or(Refused::CutOff(KIND));
    let (height, width) = (side(3)?.into(), side(5)?.into());
    if turned { sized(KIND, height, width) } else { sized(KIND, width, height) }
}

fn bounded_scans(rest: &[u8], probe: Probe) -> Result<Probe, Refused> {
    let starts = memchr::memmem::find_iter(rest, &[0xFF, 0xDA]);
    let scans = starts.take(SCANS_MAX as usize + 1).count();
    match scans {
        0 => Err(Refused::CutOff(KIND)),
        n if n > SCANS_MAX as usize => Err(Refused::Scans),
        _ => Ok(probe),
    }
}
