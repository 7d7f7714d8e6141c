//! GIF: 256 colours, and pixels that are there or not.

use super::webp::rgba;
use crate::decode::Channels;
use crate::error::Error;
use gif::{Encoder, EncodingError, Frame, Repeat};

/// How carefully colours are chosen, 1 (best) to 30.
const SPEED: i32 = 10;

/// Writes one picture.
pub(crate) fn written(channels: &Channels) -> Result<Vec<u8>, Error> {
    animated(&[(channels.clone(), 0)], 1)
}

/// Writes frames of one size, each with the milliseconds it is shown; `loops` is how often all
/// are, 0 for without end.
pub(crate) fn animated(frames: &[(Channels, u32)], loops: u16) -> Result<Vec<u8>, Error> {
    let wrong = |why: String| Error::Unwritten { form: "GIF", why };
    let (width, height) = frames.first().map_or((0, 0), |(channels, _)| channels.size());
    let side =
        |side: u32| u16::try_from(side).map_err(|_| wrong("a side is over 65535".to_owned()));
    let (width, height) = (side(width)?, side(height)?);
    let write = || -> Result<Vec<u8>, EncodingError> {
        let mut encoder = Encoder::new(Vec::new(), width, height, &[])?;
        match loops {
            0 => encoder.set_repeat(Repeat::Infinite)?,
            1 => {}
            times => encoder.set_repeat(Repeat::Finite(times - 1))?,
        }
        for (channels, delay_ms) in frames {
            let mut pixels = rgba(channels.clone());
            let mut frame = Frame::from_rgba_speed(width, height, &mut pixels, SPEED);
            frame.delay = (delay_ms / 10).try_into().unwrap_or(u16::MAX);
            frame.dispose = gif::DisposalMethod::Background;
            encoder.write_frame(&frame)?;
        }
        encoder.into_inner()
    };
    write().map_err(|error| wrong(error.to_string()))
}
