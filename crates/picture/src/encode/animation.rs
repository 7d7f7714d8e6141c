//! Animations: every frame a picture of its own, in the chunks of WebP (RFC 9649) or as a GIF.

use super::{gif, webp};
use crate::decode::Channels;
use crate::error::Error;
use crate::form::{Form, Made};
use crate::ready::Shaped;

/// Frames of one size, each with the milliseconds it is shown.
pub(crate) struct Animation {
    pub frames: Vec<(Channels, u32)>,
    /// How often all are shown; 0 for without end.
    pub loops: u16,
}

impl Animation {
    /// Writes the frames as a form that can move: WebP or GIF.
    pub fn written(self, form: Form) -> Result<Made, Error> {
        let (width, height) = self.frames.first().map_or((0, 0), |(channels, _)| channels.size());
        let bytes = match form {
            Form::Gif => gif::animated(&self.frames, self.loops)?,
            _ => self.riff(form, width, height)?,
        };
        Ok(Made { bytes, media_type: form.media_type(), width, height })
    }

    fn riff(self, form: Form, width: u32, height: u32) -> Result<Vec<u8>, Error> {
        const MOVES: u8 = 0b0000_0010;
        const ALPHA: u8 = 0b0001_0000;
        let mut head = vec![MOVES | ALPHA, 0, 0, 0];
        head.extend(u24(width - 1));
        head.extend(u24(height - 1));
        let mut inside = b"WEBP".to_vec();
        chunk(&mut inside, b"VP8X", &head);
        let mut control = vec![0, 0, 0, 0];
        control.extend(self.loops.to_le_bytes());
        chunk(&mut inside, b"ANIM", &control);
        for (channels, delay_ms) in self.frames {
            let shaped = Shaped::done(channels);
            let still = match form {
                Form::Webp { quality, method } => webp::lossy(&shaped, quality, method)?,
                _ => webp::lossless(&shaped)?,
            };
            chunk(&mut inside, b"ANMF", &frame(&still, width, height, delay_ms));
        }
        let mut file = Vec::with_capacity(inside.len() + 8);
        chunk(&mut file, b"RIFF", &inside);
        Ok(file)
    }
}

/// Returns a frame as large as the canvas, which takes the place of the one before.
fn frame(still: &[u8], width: u32, height: u32, delay_ms: u32) -> Vec<u8> {
    const NOT_BLENDED: u8 = 0b10;
    let mut frame = vec![0; 6];
    frame.extend(u24(width - 1));
    frame.extend(u24(height - 1));
    frame.extend(u24(delay_ms.min(0xFF_FFFF)));
    frame.push(NOT_BLENDED);
    frame.extend(pictures(still));
    frame
}

/// Returns the chunks of a still file that are its picture: alpha, and what holds the colours.
fn pictures(still: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut rest = still.get(12..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [name @ .., a, b, c, d] = *head;
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        let padded = (length + (length & 1)).min(after.len());
        if matches!(&name, b"ALPH" | b"VP8 " | b"VP8L") {
            kept.extend(head);
            kept.extend(&after[..padded]);
        }
        rest = &after[padded..];
    }
    kept
}

fn chunk(into: &mut Vec<u8>, name: &[u8; 4], inside: &[u8]) {
    into.extend(name);
    into.extend((inside.len() as u32).to_le_bytes());
    into.extend(inside);
    if inside.len() % 2 == 1 {
        into.push(0);
    }
}

fn u24(value: u32) -> [u8; 3] {
    let [a, b, c, _] = value.to_le_bytes();
    [a, b, c]
}
