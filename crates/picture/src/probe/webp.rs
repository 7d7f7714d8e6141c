//! WebP: RIFF chunks (RFC 9649).

use super::{FRAMES_MAX, Probe, Refused, bounded_frames, sized, u16_le, u24_le, u32_le};

const KIND: &str = "image/webp";

/// Reads the size from the first chunk, which is one of three kinds.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let cut = Refused::CutOff(KIND);
    let (width, height) = match bytes.get(12..16).ok_or(cut)? {
        b"VP8 " => lossy(bytes).ok_or(cut)?,
        b"VP8L" => lossless(bytes).ok_or(cut)?,
        b"VP8X" => canvas(bytes).ok_or(cut)?,
        _ => return Err(Refused::Broken(KIND)),
    };
    bounded_frames(sized(KIND, width, height)?, frames_len(bytes))
}

/// Reads a VP8 key frame's head (RFC 6386 §9.1): 14 bits a side, after a start code.
fn lossy(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(23..26)? != [0x9D, 0x01, 0x2A] {
        return None;
    }
    let side = |at| Some(u32::from(u16_le(bytes, at)? & 0x3FFF));
    Some((side(26)?, side(28)?))
}

/// Reads a VP8L head: a signature byte, then 14 bits a side, each less one.
fn lossless(bytes: &[u8]) -> Option<(u32, u32)> {
    if *bytes.get(20)? != 0x2F {
        return None;
    }
    let bits = u32_le(bytes, 21)?;
    Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
}

/// Reads an extended head: 24 bits a side, each less one.
fn canvas(bytes: &[u8]) -> Option<(u32, u32)> {
    Some((u24_le(bytes, 24)? + 1, u24_le(bytes, 27)? + 1))
}

/// Counts the frames of an animation; a still picture has one.
pub(crate) fn frames_len(bytes: &[u8]) -> u32 {
    let frames = chunks(bytes, 12).filter(|(name, _)| name == b"ANMF");
    (frames.take(FRAMES_MAX as usize + 1).count() as u32).max(1)
}

/// Tells whether every picture inside says that it is no larger than the whole: a decoder takes
/// memory by what is said inside.
pub(crate) fn is_bounded(bytes: &[u8]) -> bool {
    let Ok(Probe { width, height, .. }) = probe(bytes) else {
        return false;
    };
    let fits = |(name, start): ([u8; 4], usize)| {
        // The heads are read as if the file began 20 bytes before their chunk's inside.
        let Some(head) = start.checked_sub(20).and_then(|at| bytes.get(at..)) else {
            return false;
        };
        let size = match &name {
            b"VP8 " => lossy(head),
            b"VP8L" => lossless(head),
            _ => return true,
        };
        size.is_none_or(|(w, h)| w <= width && h <= height)
    };
    // A frame's own chunks come after 16 bytes of where and how long.
    chunks(bytes, 12).all(|(name, start)| match &name {
        b"ANMF" => chunks(bytes, start + 16).take(3).all(fits),
        _ => fits((name, start)),
    })
}

/// Walks the chunks from a place on: what each is called and where its inside starts.
fn chunks(bytes: &[u8], mut at: usize) -> impl Iterator<Item = ([u8; 4], usize)> {
    std::iter::from_fn(move || {
        let name = *bytes.get(at..)?.first_chunk()?;
        let length = u32_le(bytes, at + 4)? as usize;
        let start = at + 8;
        // Chunks are padded to even lengths.
        at = start.saturating_add(length + (length & 1));
        Some((name, start))
    })
}
