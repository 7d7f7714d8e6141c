//! Documents packed with gzip, as sitemaps are.

use flate2::read::MultiGzDecoder;
use news::Note;
use std::borrow::Cow;
use std::io::Read;

/// Returns the document's own bytes, or a note if there are more than `bytes_max` of them.
pub fn read(bytes: &[u8], bytes_max: usize) -> Result<Cow<'_, [u8]>, Note> {
    if bytes.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    let limit = bytes_max as u64 + 1;
    // An archive that breaks off keeps what came before.
    let _broken = MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut unpacked);
    if unpacked.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    Ok(Cow::Owned(unpacked))
}

fn too_large(bytes_max: usize) -> Note {
    let text = format!("the document is larger than {bytes_max} bytes");
    Note::new("too-large", "", text)
}
