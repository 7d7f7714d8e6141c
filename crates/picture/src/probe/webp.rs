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
fn frames_len(bytes: &[u8]) -> u32 {
    let mut at = 12;
    let mut frames = 0;
    while let (Some(name), Some(length)) = (bytes.get(at..at + 4), u32_le(bytes, at + 4)) {
        frames += u32::from(name == b"ANMF");
        if frames > FRAMES_MAX {
            break;
        }
        // Chunks are padded to even lengths.
        at = at.saturating_add(8 + length as usize + (length as usize & 1));
        if at > bytes.len() {
            break;
        }
    }
    frames.max(1)
}
