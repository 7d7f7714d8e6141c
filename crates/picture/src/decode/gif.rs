//! GIF: frames drawn one over the other on a canvas.

use super::{Frame, packed};
use crate::error::Error;
use gif::{ColorOutput, DecodeOptions, DisposalMethod, MemoryLimit, Repeat};
use std::num::NonZeroU64;
use std::ops::Range;

/// Draws the frames and hands over those that are asked for; returns how often they are shown,
/// 0 for without end.
pub(crate) fn each(
    bytes: &[u8],
    pages: Range<u32>,
    pixels_max: u64,
    visit: &mut dyn FnMut(Frame) -> Result<(), Error>,
) -> Result<u16, Error> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let memory = NonZeroU64::new(pixels_max.saturating_mul(4)).unwrap_or(NonZeroU64::MIN);
    options.set_memory_limit(MemoryLimit::Bytes(memory));
    let mut decoder = options.read_info(bytes).map_err(Error::unreadable)?;
    let mut canvas = Canvas::new(decoder.width().into(), decoder.height().into());
    for page in 0..pages.end {
        // Damage ends the animation; what was drawn before it is shown.
        let frame = match decoder.read_next_frame() {
            Ok(Some(frame)) => frame,
            Ok(None) => break,
            Err(_) if page > pages.start => break,
            Err(error) => return Err(Error::unreadable(error)),
        };
        let area = Area::of(frame, &canvas);
        let before = (frame.dispose == DisposalMethod::Previous).then(|| canvas.pixels.clone());
        canvas.draw(&area, &frame.buffer);
        if pages.contains(&page) {
            let channels = packed::apart(&canvas.pixels, 4, canvas.width, canvas.height);
            visit(Frame { channels, delay_ms: u32::from(frame.delay) * 10 })?;
        }
        match (frame.dispose, before) {
            (DisposalMethod::Background, _) => canvas.clear(&area),
            (_, Some(before)) => canvas.pixels = before,
            _ => {}
        }
    }
    Ok(match decoder.repeat() {
        Repeat::Infinite => 0,
        // The file says how often again, not how often.
        Repeat::Finite(again) => again.saturating_add(1),
    })
}

/// RGBA, all of it seen through at first.
struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// What of a frame lies on the canvas.
struct Area {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    /// Pixels in a row of the frame, those beside the canvas too.
    row: usize,
}

impl Area {
    fn of(frame: &gif::Frame, canvas: &Canvas) -> Area {
        let left = usize::from(frame.left).min(canvas.width);
        let top = usize::from(frame.top).min(canvas.height);
        Area {
            left,
            top,
            width: usize::from(frame.width).min(canvas.width - left),
            height: usize::from(frame.height).min(canvas.height - top),
            row: usize::from(frame.width),
        }
    }
}

impl Canvas {
    fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, pixels: vec![0; width * height * 4] }
    }

    fn draw(&mut self, area: &Area, frame: &[u8]) {
        if area.row == 0 {
            return;
        }
        for (y, from) in frame.chunks_exact(area.row * 4).take(area.height).enumerate() {
            let into = self.row(area, y).chunks_exact_mut(4);
            for (into, from) in into.zip(from.chunks_exact(4)) {
                if from[3] != 0 {
                    into.copy_from_slice(from);
                }
            }
        }
    }

    fn clear(&mut self, area: &Area) {
        for y in 0..area.height {
            self.row(area, y).fill(0);
        }
    }

    fn row(&mut self, area: &Area, y: usize) -> &mut [u8] {
        let start = ((area.top + y) * self.width + area.left) * 4;
        &mut self.pixels[start..start + area.width * 4]
    }
}
