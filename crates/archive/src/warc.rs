//! Records of WARC 1.1 (ISO 28500:2017), one gzip member each.

use flate2::Compression;
use flate2::write::GzEncoder;
use news::{Digest, Timestamp};
use std::io::{Read, Write};

/// The largest record that is read back, head and block, in bytes.
const RECORD_BYTES_MAX: u64 = 1024 * 1024 * 1024;

pub const REVISIT_SAME: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
pub const REVISIT_UNCHANGED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// A record in the making: named fields and a block.
pub struct Draft<'a> {
    pub kind: &'static str,
    pub id: String,
    pub at: Timestamp,
    pub content_type: &'a str,
    /// The further fields, in order.
    pub fields: Vec<(&'static str, String)>,
    pub block: [&'a [u8]; 2],
}

impl Draft<'_> {
    /// Returns the record as a gzip member.
    pub fn member(&self, effort: Compression) -> Vec<u8> {
        let [head, payload] = self.block;
        let mut out = GzEncoder::new(Vec::with_capacity(payload.len() / 3 + 1024), effort);
        let mut text = format!(
            "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {}\r\nWARC-Date: {:.3}\r\n",
            self.kind, self.id, self.at
        );
        for (name, value) in &self.fields {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let len = head.len() + payload.len();
        text.push_str(&format!(
            "WARC-Block-Digest: {}\r\nContent-Type: {}\r\nContent-Length: {len}\r\n\r\n",
            Digest::of(&[head, payload].concat()),
            self.content_type
        ));
        for part in [text.as_bytes(), head, payload, b"\r\n\r\n"] {
            out.write_all(part).expect("writing to memory does not fail");
        }
        out.finish().expect("writing to memory does not fail")
    }
}

/// Returns the id of a record: a UUID of version 8 made of what the record is.
///
/// No chance is in it; `serial` parts two exchanges that are alike to the last byte.
pub fn id(kind: &str, address: &str, at: Timestamp, block: &Digest, serial: u64) -> String {
    let nanoseconds = at.as_nanosecond();
    let text = format!("{kind} {address} {nanoseconds} {block} {serial}");
    let mut bytes = *Digest::of(text.as_bytes()).as_bytes();
    // Version 8, "made in a way of one's own", and the variant (RFC 9562 §5.8).
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = Digest::from(bytes).hex();
    format!(
        "<urn:uuid:{}-{}-{}-{}-{}>",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..32]
    )
}

/// A record as it was read back.
#[derive(Debug)]
pub struct Record {
    pub fields: Vec<(String, String)>,
    pub block: Vec<u8>,
    /// How many bytes of the input the gzip member took.
    pub stored_len: usize,
}

impl Record {
    /// Reads the gzip member at the start of the bytes, or says what is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Record, String> {
        let mut member = flate2::bufread::GzDecoder::new(bytes);
        let mut text = Vec::new();
        let read = Read::by_ref(&mut member).take(RECORD_BYTES_MAX).read_to_end(&mut text);
        read.map_err(|error| format!("it does not unpack ({error})"))?;
        let stored_len = bytes.len() - member.into_inner().len();
        let head_len = head_len(&text).ok_or("its head has no end")?;
        let fields = fields(&text[..head_len])?;
        let mut record = Record { fields, block: Vec::new(), stored_len };
        let block_len: usize = record
            .field("Content-Length")
            .and_then(|len| len.parse().ok())
            .ok_or("it has no length")?;
        let rest = &text[head_len..];
        if rest.len() != block_len.saturating_add(4) || !rest.ends_with(b"\r\n\r\n") {
            return Err("its length is not what its head says".to_owned());
        }
        record.block = rest[..block_len].to_vec();
        Ok(record)
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        let found = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.fields.iter().find(found).map(|(_, value)| &**value)
    }

    /// Returns the HTTP head of the block and the payload behind it.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        let len = head_len(&self.block).unwrap_or(self.block.len());
        self.block.split_at(len)
    }

    /// Says what is wrong with the digests that the record itself carries.
    pub fn damage(&self) -> Option<String> {
        let block = Digest::of(&self.block).to_string();
        if self.field("WARC-Block-Digest").is_some_and(|told| told != block) {
            return Some("its block is not what its digest says".to_owned());
        }
        let payload = Digest::of(self.parts().1).to_string();
        let told = self.field("WARC-Payload-Digest");
        let whole = self.field("WARC-Type") == Some("response");
        (whole && told.is_some_and(|told| told != payload))
            .then(|| "its payload is not what its digest says".to_owned())
    }
}

/// Returns where the payload starts: behind the first empty line.
fn head_len(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(end + 4)
}

fn fields(head: &[u8]) -> Result<Vec<(String, String)>, String> {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.trim_end().split("\r\n");
    if lines.next() != Some("WARC/1.1") {
        return Err("it is no record of WARC 1.1".to_owned());
    }
    let field = |line: &str| -> Result<(String, String), String> {
        let (name, value) = line.split_once(':').ok_or("its head has a broken line")?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    };
    lines.map(field).collect()
}

/// Returns an HTTP head as it is kept: ending in an empty line, without the framing that was
/// taken off, its length true where the payload follows.
///
/// A head without a payload of its own (a revisit, a 304) keeps the length it came with: that
/// is the length of the payload elsewhere.
pub fn true_head(head: &[u8], payload_len: Option<usize>) -> Vec<u8> {
    let end = head_len(head).map_or(head.len(), |len| len - 4);
    let mut kept = Vec::with_capacity(head.len() + 32);
    let mut dropped = false;
    for (i, line) in lines(&head[..end]).enumerate() {
        let framing = i > 0 && is_framing(line, payload_len.is_some());
        // A folded line belongs to the one before it (obs-fold, RFC 9112 §5.2).
        let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        dropped = framing || (dropped && folded);
        if !dropped && !line.is_empty() {
            kept.extend_from_slice(line);
            kept.extend_from_slice(b"\r\n");
        }
    }
    if let Some(len) = payload_len {
        kept.extend_from_slice(format!("Content-Length: {len}\r\n").as_bytes());
    }
    kept.extend_from_slice(b"\r\n");
    kept
}

/// Returns an HTTP head with its first line alone.
pub fn status_line(head: &[u8]) -> Vec<u8> {
    let line = lines(head).next().unwrap_or_default();
    [line, b"\r\n\r\n"].concat()
}

fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn is_framing(line: &[u8], with_length: bool) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let name = name.trim_ascii();
    name.eq_ignore_ascii_case(b"transfer-encoding")
        || (with_length && name.eq_ignore_ascii_case(b"content-length"))
}

#[cfg(test)]
mod tests;
