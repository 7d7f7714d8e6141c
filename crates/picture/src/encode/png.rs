//! PNG, eight bits a sample.

use crate::decode::{Channels, packed};
use crate::error::Error;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

/// Writes channels of one size; `level` is 0 (as it is) to 9 (small).
pub(crate) fn written(channels: &Channels, level: u8, adaptive: bool) -> Result<Vec<u8>, Error> {
    let (width, height) = channels.size();
    let (colour, samples) = match channels {
        Channels::Grey(plane) => (ColorType::Grayscale, plane.samples.to_vec()),
        Channels::Rgba(planes) => (ColorType::Rgba, packed::together(planes.each_ref())),
        Channels::Rgb([r, g, b]) => (ColorType::Rgb, packed::together([r, g, b])),
        Channels::Ycc(_) => return written(&channels.clone().colours(), level, adaptive),
    };
    let write = || -> Result<Vec<u8>, EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_deflate_compression(match level {
            0 => DeflateCompression::NoCompression,
            level => DeflateCompression::Level(level.min(9)),
        });
        encoder.set_filter(if adaptive { Filter::Adaptive } else { Filter::NoFilter });
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&samples)?;
        writer.finish()?;
        Ok(bytes)
    };
    write().map_err(|error| Error::Unwritten { form: "PNG", why: error.to_string() })
}
