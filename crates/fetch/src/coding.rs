//! Content codings undone while they come in, within limits.
//!
//! Each decoder takes coded bytes as they arrive and hands what it makes of them to a [`Sink`],
//! which says when it is enough. So a bomb is cut off at the limit and never unpacked.

mod brotli;
mod gzip;
mod sink;
mod zstd;

pub(crate) use sink::{Bounds, Sink};

use crate::Why;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// What we ask for, and so what we must be able to read.
pub(crate) const ACCEPTED: &str = "gzip, br, zstd";

/// The content coding of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Brotli,
    Zstd,
}

impl Coding {
    /// Reads the one coding of an answer; several on top of one another are refused, because
    /// honest servers use one and each multiplies what a bomb can do.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Option<Coding>, Why> {
        let lines = headers.get_all(CONTENT_ENCODING).iter();
        let text = lines.map(|line| String::from_utf8_lossy(line.as_bytes())).collect::<Vec<_>>();
        let text = text.join(", ").to_ascii_lowercase();
        let mut names =
            text.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "identity");
        let (first, second) = (names.next(), names.next());
        match (first, second) {
            (None, _) => Ok(None),
            (Some("gzip" | "x-gzip"), None) => Ok(Some(Coding::Gzip)),
            (Some("br"), None) => Ok(Some(Coding::Brotli)),
            (Some("zstd"), None) => Ok(Some(Coding::Zstd)),
            _ => Err(Why::Coding(text)),
        }
    }

    /// Returns how much memory the coding itself needs at most, in bytes.
    pub(crate) fn window_bytes_max(self) -> usize {
        match self {
            Coding::Gzip => 32 * 1024,
            Coding::Brotli => 16 * 1024 * 1024,
            Coding::Zstd => 8 * 1024 * 1024,
        }
    }
}

/// A decoder in the middle of a body.
pub(crate) enum Decoder {
    Plain,
    Gzip(gzip::Gzip),
    Brotli(Box<brotli::Brotli>),
    Zstd(zstd::Zstd),
}

impl Decoder {
    pub(crate) fn new(coding: Option<Coding>, window_log_max: u32) -> Result<Decoder, Why> {
        Ok(match coding {
            None => Decoder::Plain,
            Some(Coding::Gzip) => Decoder::Gzip(gzip::Gzip::new()),
            Some(Coding::Brotli) => Decoder::Brotli(Box::new(brotli::Brotli::new())),
            Some(Coding::Zstd) => Decoder::Zstd(zstd::Zstd::new(window_log_max)?),
        })
    }

    /// Decodes into the sink until all bytes are read or the sink has reached its mark; in the
    /// latter case it is to be called again, also if no bytes are left.
    pub(crate) fn push(&mut self, coded: &mut &[u8], sink: &mut Sink) -> Result<(), Why> {
        match self {
            Decoder::Plain => sink.add(std::mem::take(coded)),
            Decoder::Gzip(gzip) => gzip.push(coded, sink),
            Decoder::Brotli(brotli) => brotli.push(coded, sink),
            Decoder::Zstd(zstd) => zstd.push(coded, sink),
        }
    }

    /// Checks, after the last byte, that nothing is missing.
    pub(crate) fn finish(self) -> Result<(), Why> {
        let whole = match self {
            Decoder::Plain => true,
            Decoder::Gzip(gzip) => gzip.is_whole(),
            Decoder::Brotli(brotli) => brotli.is_whole(),
            Decoder::Zstd(zstd) => zstd.is_whole(),
        };
        if whole { Ok(()) } else { Err(Why::Truncated) }
    }
}

#[cfg(test)]
mod tests;
