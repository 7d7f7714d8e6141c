//! WebP, still and animated.

use super::{Decoded, Frame, packed};
use crate::error::Error;
use crate::probe;
use image_webp::{LoopCount, WebPDecoder};
use std::io::Cursor;
use std::ops::Range;

/// The most memory that a profile may take, in bytes.
const CHUNK_BYTES_MAX: usize = 8 << 20;

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    let mut decoder = decoder(bytes)?;
    if decoder.is_animated() {
        let mut first = None;
        frames(&mut decoder, 0..1, &mut |frame| {
            first = Some(frame.channels);
            Ok(())
        })?;
        let channels = first.ok_or_else(|| Error::unreadable("no frame"))?;
        return Ok(Decoded { channels, profile: profile(&mut decoder) });
    }
    let mut samples = buffer(&decoder)?;
    decoder.read_image(&mut samples).map_err(Error::unreadable)?;
    let (width, height) = decoder.dimensions();
    let per_pixel = if decoder.has_alpha() { 4 } else { 3 };
    let channels = packed::apart(&samples, per_pixel, width as usize, height as usize);
    Ok(Decoded { channels, profile: profile(&mut decoder) })
}

/// Draws the frames and hands over those that are asked for; returns how often they are shown,
/// 0 for without end.
pub(crate) fn each(
    bytes: &[u8],
    pages: Range<u32>,
    visit: &mut dyn FnMut(Frame) -> Result<(), Error>,
) -> Result<u16, Error> {
    let mut decoder = decoder(bytes)?;
    if !decoder.is_animated() {
        let channels = decode(bytes)?.channels;
        visit(Frame { channels, delay_ms: 0 })?;
        return Ok(0);
    }
    frames(&mut decoder, pages, visit)?;
    Ok(match decoder.loop_count() {
        LoopCount::Forever => 0,
        LoopCount::Times(times) => times.get(),
    })
}

type Decoder<'a> = WebPDecoder<Cursor<&'a [u8]>>;

/// Starts to decode, once every size inside is known to be no larger than the canvas.
fn decoder(bytes: &[u8]) -> Result<Decoder<'_>, Error> {
    if !probe::webp::is_bounded(bytes) {
        return Err(Error::unreadable("a frame is larger than the whole"));
    }
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(Error::unreadable)?;
    decoder.set_memory_limit(CHUNK_BYTES_MAX);
    Ok(decoder)
}

fn frames(
    decoder: &mut Decoder,
    pages: Range<u32>,
    visit: &mut dyn FnMut(Frame) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut samples = buffer(decoder)?;
    let (width, height) = decoder.dimensions();
    let per_pixel = if decoder.has_alpha() { 4 } else { 3 };
    for page in 0..pages.end.min(decoder.num_frames()) {
        let delay_ms = match decoder.read_frame(&mut samples) {
            Ok(delay_ms) => delay_ms,
            Err(_) if page > pages.start => break,
            Err(error) => return Err(Error::unreadable(error)),
        };
        if pages.contains(&page) {
            let channels = packed::apart(&samples, per_pixel, width as usize, height as usize);
            visit(Frame { channels, delay_ms })?;
        }
    }
    Ok(())
}

fn buffer(decoder: &Decoder) -> Result<Vec<u8>, Error> {
    let size = decoder.output_buffer_size().ok_or_else(|| Error::unreadable("no size"))?;
    Ok(vec![0; size])
}

fn profile(decoder: &mut Decoder) -> Option<Vec<u8>> {
    decoder.icc_profile().ok().flatten()
}
