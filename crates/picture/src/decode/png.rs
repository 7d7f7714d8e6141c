//! PNG, of any depth and order; of an animated one the picture that others see too.

use super::{Decoded, packed};
use crate::error::Error;
use png::{Decoder, DecodingError, Limits, Transformations};
use std::io::Cursor;

/// The most memory that chunks other than the picture may take, in bytes: a profile of
/// 200 MB in 200 kB is none.
const CHUNK_BYTES_MAX: usize = 8 << 20;

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    let mut decoder =
        Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: CHUNK_BYTES_MAX });
    decoder.set_ignore_text_chunk(true);
    // A wrong sum says that something is damaged, not what; what there is can still be shown.
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(Error::unreadable)?;
    let size = reader.output_buffer_size().ok_or_else(|| Error::unreadable("no size"))?;
    let mut samples = vec![0; size];
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let (colour, _) = reader.output_color_type();
    match reader.next_frame(&mut samples) {
        Ok(_) => {}
        // The rows before the damage are there.
        Err(DecodingError::Format(_) | DecodingError::IoError(_))
            if samples.iter().any(|s| *s != 0) => {}
        Err(error) => return Err(Error::unreadable(error)),
    }
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let channels = packed::apart(&samples, colour.samples(), width, height);
    Ok(Decoded { channels, profile })
}
