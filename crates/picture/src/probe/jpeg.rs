//! JPEG: a chain of marker segments (ITU-T T.81, annex B).

use super::{Probe, Refused, SCANS_MAX, exif, sized, u16_be};

const KIND: &str = "image/jpeg";

/// Walks the segments for the frame header, then counts the scans after it.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let mut at = 2;
    let mut turned = false;
    loop {
        let (marker, start) = marker_at(bytes, at).ok_or(Refused::CutOff(KIND))?;
        if marker == 0x01 || (0xD0..=0xD8).contains(&marker) {
            at = start;
            continue;
        }
        if marker == 0xD9 || marker == 0xDA {
            return Err(Refused::CutOff(KIND));
        }
        let length = usize::from(u16_be(bytes, start).ok_or(Refused::CutOff(KIND))?);
        if length < 2 {
            return Err(Refused::Broken(KIND));
        }
        let segment = bytes.get(start..start + length);
        if is_frame(marker) {
            let segment = segment.ok_or(Refused::CutOff(KIND))?;
            let probe = frame(segment, turned)?;
            return bounded_scans(&bytes[start + length..], probe);
        }
        if marker == 0xE1 {
            turned |= segment.is_some_and(exif::is_turned);
        }
        at = start + length;
    }
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
    let scans =
        rest.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).take(SCANS_MAX as usize + 1).count();
    match scans {
        0 => Err(Refused::CutOff(KIND)),
        n if n > SCANS_MAX as usize => Err(Refused::Scans),
        _ => Ok(probe),
    }
}
