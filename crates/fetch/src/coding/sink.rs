//! Where decoded bytes gather, and the limits they keep to.

use crate::Why;

/// How much may gather.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// What the bytes are, for the reason given when there are too many.
    pub(crate) what: &'static str,
    pub(crate) bytes_max: usize,
    /// Whether what is over the limit is left out instead of refused.
    pub(crate) cut: bool,
    pub(crate) ratio_max: usize,
    pub(crate) ratio_free_bytes: usize,
}

/// Decoded bytes, within bounds.
pub(crate) struct Sink {
    pub(crate) body: Vec<u8>,
    /// How many coded bytes came in until now.
    pub(crate) coded_len: usize,
    /// Where decoders pause, so that the caller can ask for memory.
    pub(crate) mark: usize,
    pub(crate) bounds: Bounds,
}

impl Sink {
    pub(crate) fn new(bounds: Bounds, mark: usize) -> Sink {
        Sink { body: Vec::new(), coded_len: 0, mark, bounds }
    }

    pub(crate) fn is_at_mark(&self) -> bool {
        self.body.len() > self.mark
    }

    pub(crate) fn add(&mut self, decoded: &[u8]) -> Result<(), Why> {
        let Bounds { what, bytes_max, cut, ratio_max, ratio_free_bytes } = self.bounds;
        let room = bytes_max.saturating_sub(self.body.len());
        if decoded.len() > room {
            if cut {
                self.body.extend_from_slice(&decoded[..room]);
                return Ok(());
            }
            return Err(Why::TooBig { what, bytes_max });
        }
        let len = self.body.len() + decoded.len();
        if len > ratio_free_bytes && len > self.coded_len.saturating_mul(ratio_max) {
            return Err(Why::Bomb { ratio_max });
        }
        self.reserve(decoded.len());
        self.body.extend_from_slice(decoded);
        Ok(())
    }

    pub(crate) fn is_full(&self) -> bool {
        self.body.len() == self.bounds.bytes_max
    }

    /// Doubles the room as a vector does, but never beyond the limit.
    fn reserve(&mut self, more: usize) {
        let len = self.body.len() + more;
        if len > self.body.capacity() {
            let room = (2 * len).min(self.bounds.bytes_max);
            self.body.reserve_exact(room - self.body.len());
        }
    }
}
