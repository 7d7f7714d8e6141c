//! GIF: a logical screen, then blocks that end in sub-blocks (CompuServe GIF89a).

use super::{FRAMES_MAX, Probe, Refused, bounded_frames, sized, u16_le};

const KIND: &str = "image/gif";

/// Reads the screen's size and counts the frames without unpacking any.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let cut = Refused::CutOff(KIND);
    let width = u16_le(bytes, 6).ok_or(cut)?.into();
    let height = u16_le(bytes, 8).ok_or(cut)?.into();
    let flags = *bytes.get(10).ok_or(cut)?;
    let probe = sized(KIND, width, height)?;
    match counted(bytes, 13 + colours_len(flags)) {
        0 => Err(cut),
        frames => bounded_frames(probe, frames),
    }
}

/// Counts the frames.
pub(crate) fn frames_len(bytes: &[u8]) -> u32 {
    bytes.get(10).map_or(0, |flags| counted(bytes, 13 + colours_len(*flags)))
}

/// Returns how many bytes the colour table takes that these flags tell of.
fn colours_len(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        return 0;
    }
    3 << ((flags & 7) + 1)
}

/// Counts the images up to the trailer, the end or one more than is allowed.
fn counted(bytes: &[u8], mut at: usize) -> u32 {
    let mut frames = 0;
    while frames <= FRAMES_MAX {
        let data = match bytes.get(at) {
            Some(0x2C) => {
                let Some(flags) = bytes.get(at + 9) else {
                    break;
                };
                frames += 1;
                at + 11 + colours_len(*flags)
            }
            Some(0x21) => at + 2,
            _ => break,
        };
        let Some(after) = after_sub_blocks(bytes, data) else {
            break;
        };
        at = after;
    }
    frames
}

fn after_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
