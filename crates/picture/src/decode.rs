//! Bytes to channels.

mod gif;
mod jpeg;
pub(crate) mod packed;
mod png;
mod webp;

use crate::colour;
use crate::error::Error;
use crate::limits::Limits;
use crate::plane::Plane;
use crate::probe::{self, probe};
use std::ops::Range;

/// What a picture's heads tell; nothing is decoded for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub media_type: &'static str,
    /// As it lies in the file, before it is turned.
    pub width: u32,
    pub height: u32,
    /// How it is to be turned, 1 to 8 as Exif counts it.
    pub orientation: u8,
    /// 1, but for an animation.
    pub frames_len: u32,
}

/// One frame of an animation, as it is seen.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub channels: Channels,
    pub delay_ms: u32,
}

/// Looks at the heads; a picture that is over a limit is refused here.
pub(crate) fn head(bytes: &[u8], limits: &Limits) -> Result<Head, Error> {
    if bytes.len() > limits.input_bytes_max {
        return Err(Error::InputBytes(limits.input_bytes_max));
    }
    let probe = probe(bytes)?;
    let (width, height) = (probe.width, probe.height);
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.input_pixels_max || width.max(height) > limits.side_max {
        return Err(Error::InputPixels {
            width,
            height,
            pixels_max: limits.input_pixels_max,
            side_max: limits.side_max,
        });
    }
    let media_type = probe.media_type;
    let head = Head { media_type, width, height, orientation: 1, frames_len: 1 };
    Ok(match media_type {
        "image/jpeg" => {
            let (width, height) = probe::jpeg::size(bytes).unwrap_or((width, height));
            Head { width, height, orientation: probe::jpeg::orientation(bytes), ..head }
        }
        "image/gif" => Head { frames_len: probe::gif::frames_len(bytes), ..head },
        "image/webp" => Head { frames_len: probe::webp::frames_len(bytes), ..head },
        _ => head,
    })
}

/// Decodes the first frame; of a JPEG no more than the wanted number of pixels each way, and what
/// a step of its scales brings along.
pub(crate) fn first(
    bytes: &[u8],
    head: &Head,
    wanted: (f64, f64),
    limits: &Limits,
) -> Result<Decoded, Error> {
    match head.media_type {
        "image/jpeg" => jpeg::decode(bytes, (head.width, head.height), wanted),
        "image/png" => png::decode(bytes),
        "image/webp" => webp::decode(bytes),
        _ => {
            let mut first = None;
            each(bytes, head, 0..1, limits, &mut |frame| {
                first = Some(frame.channels);
                Ok(())
            })?;
            let channels = first.ok_or_else(|| Error::unreadable("no frame"))?;
            Ok(Decoded { channels, profile: None })
        }
    }
}

/// Decodes frames of an animation, one after the other; returns how often they are shown, 0 for
/// without end.
pub(crate) fn each(
    bytes: &[u8],
    head: &Head,
    pages: Range<u32>,
    limits: &Limits,
    visit: &mut dyn FnMut(Frame) -> Result<(), Error>,
) -> Result<u16, Error> {
    match head.media_type {
        "image/gif" => gif::each(bytes, pages, limits.input_pixels_max, visit),
        "image/webp" => webp::each(bytes, pages, visit),
        other => Err(Error::Kind(format!("{other}, which can't be decoded"))),
    }
}

/// A picture as it lies in its file: not yet turned, its colours as its profile has them.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    pub channels: Channels,
    /// The ICC profile that comes with it.
    pub profile: Option<Vec<u8>>,
}

/// The channels of a picture, 0 to 255 each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Channels {
    Grey(Plane),
    /// Brightness and two of colour (JFIF), which may have fewer samples.
    Ycc([Plane; 3]),
    Rgb([Plane; 3]),
    /// Not multiplied by alpha.
    Rgba([Plane; 4]),
}

impl Channels {
    /// Returns width and height, in samples of the first channel.
    pub fn size(&self) -> (u32, u32) {
        let first = match self {
            Channels::Grey(plane) => plane,
            Channels::Ycc(planes) | Channels::Rgb(planes) => &planes[0],
            Channels::Rgba(planes) => &planes[0],
        };
        (first.width as u32, first.height as u32)
    }

    /// Returns red, green, blue and, if anything is seen through, alpha; all channels are of one
    /// size.
    pub fn colours(self) -> Channels {
        match self {
            Channels::Ycc(planes) => Channels::Rgb(colour::rgb_of(&planes)),
            Channels::Grey(plane) => Channels::Rgb([plane.clone(), plane.clone(), plane]),
            other => other,
        }
    }
}
