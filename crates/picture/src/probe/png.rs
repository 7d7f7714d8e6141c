//! PNG: a signature, then chunks, the first of them the header (W3C PNG, §11.2.1).

use super::{Probe, Refused, sized, u32_be};

const KIND: &str = "image/png";

/// Reads the header chunk; nothing is inflated.
pub fn probe(bytes: &[u8]) -> Result<Probe, Refused> {
    let cut = Refused::CutOff(KIND);
    if bytes.get(12..16).ok_or(cut)? != b"IHDR" {
        return Err(Refused::Broken(KIND));
    }
    let width = u32_be(bytes, 16).ok_or(cut)?;
    let height = u32_be(bytes, 20).ok_or(cut)?;
    let probe = sized(KIND, width, height)?;
    // The header, its checksum and the head of a next chunk: less is no picture at all.
    bytes.get(..41).map(|_| probe).ok_or(cut)
}
