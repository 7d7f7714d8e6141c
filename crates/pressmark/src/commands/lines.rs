//! Input of the pure tools: a file or standard input, read whole, with a limit.

use anyhow::{Context, bail};
use std::io::Read;
use std::path::Path;

/// The largest document that a pure tool reads, in bytes.
pub const DOCUMENT_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Reads a file, or standard input for `-`; what ends in `.gz` is unpacked.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let told = || format!("read `{}`", path.display());
    if path == Path::new("-") {
        return limited(std::io::stdin().lock()).context("read standard input");
    }
    let file = std::fs::File::open(path).with_context(told)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        return limited(flate2::read::MultiGzDecoder::new(file)).with_context(told);
    }
    limited(file).with_context(told)
}

fn limited(from: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
        bail!("it is larger than {} MiB", DOCUMENT_BYTES_MAX / 1024 / 1024);
    }
    Ok(bytes)
}
