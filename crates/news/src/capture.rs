//! What came over the wire.

use crate::Address;
use jiff::Timestamp;

/// One HTTP exchange at one instant, as it came.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The address that was asked for in this exchange (after redirects: the last hop).
    pub address: Address,
    /// When the request was sent.
    pub at: Timestamp,
    /// From the request to the last byte of the answer, in milliseconds.
    pub took_ms: u32,
    pub status: u16,
    /// The request line and headers as sent, ending in an empty line.
    pub request_head: Vec<u8>,
    /// The status line and headers as received, ending in an empty line; at most 64 KiB.
    pub response_head: Vec<u8>,
    /// The `Content-Type` header, lossily decoded; empty where there was none.
    pub content_type: String,
    /// The body as transferred, chunked framing taken off, content coding (gzip, br, zstd) still
    /// on; empty where there was no content coding, because it would equal `body`.
    pub payload: Vec<u8>,
    /// The body with its content coding undone.
    pub body: Vec<u8>,
    /// The server's address that was dialled; empty when a proxy was asked.
    pub peer: String,
    /// The redirects that led here, first to last.
    pub hops: Vec<Hop>,
}

/// A redirect that was followed: an exchange of its own.
#[derive(Clone, Debug)]
pub struct Hop {
    pub address: Address,
    pub at: Timestamp,
    pub status: u16,
    pub request_head: Vec<u8>,
    pub response_head: Vec<u8>,
    pub peer: String,
}

impl Capture {
    /// Returns the address that was asked for first.
    pub fn asked(&self) -> &Address {
        self.hops.first().map_or(&self.address, |hop| &hop.address)
    }

    /// Returns where the thing lives from now on, if every redirect on the way here was permanent
    /// (RFC 9110 §15.4.2, §15.4.9).
    pub fn moved_for_good(&self) -> Option<&Address> {
        let permanent = self.hops.iter().all(|hop| matches!(hop.status, 301 | 308));
        (permanent && !self.hops.is_empty()).then_some(&self.address)
    }

    /// Returns the body as transferred: what a web archive records.
    pub fn payload(&self) -> &[u8] {
        if self.payload.is_empty() { &self.body } else { &self.payload }
    }

    /// Returns the first value of a response header, lossily decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers(name).into_iter().next()
    }

    /// Returns every value of a response header, lossily decoded.
    pub fn headers(&self, name: &str) -> Vec<String> {
        let head = String::from_utf8_lossy(&self.response_head);
        let value = |line: &str| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        };
        head.split("\r\n").skip(1).filter_map(value).collect()
    }
}
