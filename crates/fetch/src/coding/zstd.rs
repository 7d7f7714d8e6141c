//! Zstandard (RFC 8878), with the window that RFC 9659 allows on the web.

use super::Sink;
use crate::Why;
use zstd::stream::raw::{DParameter, Decoder, Operation as _};

const BAD: Why = Why::BadCoding("zstd");

/// How much is decoded at a time, in bytes.
const STEP_BYTES: usize = 16 * 1024;

/// The frames of a zstd stream, one after another.
pub(crate) struct Zstd {
    decoder: Decoder<'static>,
    step: Box<[u8; STEP_BYTES]>,
    /// Whether the last byte read was the last one of a frame.
    between: bool,
    frames_len: usize,
}

impl Zstd {
    pub(crate) fn new(window_log_max: u32) -> Result<Zstd, Why> {
        let mut decoder = Decoder::new().map_err(|_| BAD)?;
        decoder.set_parameter(DParameter::WindowLogMax(window_log_max)).map_err(|_| BAD)?;
        let step = Box::new([0; STEP_BYTES]);
        Ok(Zstd { decoder, step, between: true, frames_len: 0 })
    }

    pub(crate) fn push(&mut self, coded: &mut &[u8], sink: &mut Sink) -> Result<(), Why> {
        while !sink.is_at_mark() {
            let status = self.decoder.run_on_buffers(coded, &mut self.step[..]).map_err(|_| BAD)?;
            sink.add(&self.step[..status.bytes_written])?;
            *coded = &coded[status.bytes_read..];
            self.between = status.remaining == 0;
            self.frames_len += usize::from(self.between);
            if coded.is_empty() && (self.between || status.bytes_written < STEP_BYTES) {
                return Ok(());
            }
        }
        Ok(())
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.between && self.frames_len > 0
    }
}
