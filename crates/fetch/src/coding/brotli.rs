//! Brotli (RFC 7932).

use super::Sink;
use crate::Why;
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

/// How much is decoded at a time, in bytes.
const STEP_BYTES: usize = 16 * 1024;

/// A brotli stream; what stands behind its end is passed over.
///
/// The window is at most 16 MiB by the format itself, and its memory is only touched as far as
/// the body has grown.
pub(crate) struct Brotli {
    state: BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    step: [u8; STEP_BYTES],
    ended: bool,
}

impl Brotli {
    pub(crate) fn new() -> Brotli {
        let alloc = StandardAlloc::default;
        let state = BrotliState::new(alloc(), alloc(), alloc());
        Brotli { state, step: [0; STEP_BYTES], ended: false }
    }

    pub(crate) fn push(&mut self, coded: &mut &[u8], sink: &mut Sink) -> Result<(), Why> {
        while !self.ended && !sink.is_at_mark() {
            let (mut unread, mut read) = (coded.len(), 0);
            let (mut room, mut made, mut made_in_all) = (STEP_BYTES, 0, 0);
            let result = BrotliDecompressStream(
                &mut unread,
                &mut read,
                coded,
                &mut room,
                &mut made,
                &mut self.step,
                &mut made_in_all,
                &mut self.state,
            );
            *coded = &coded[read..];
            sink.add(&self.step[..made])?;
            match result {
                BrotliResult::ResultSuccess => self.ended = true,
                BrotliResult::NeedsMoreOutput => {}
                BrotliResult::NeedsMoreInput => return Ok(()),
                BrotliResult::ResultFailure => return Err(Why::BadCoding("brotli")),
            }
        }
        if self.ended {
            *coded = &[];
        }
        Ok(())
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.ended
    }
}
