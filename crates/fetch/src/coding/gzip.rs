//! gzip (RFC 1952), with what servers add to it.

use super::Sink;
use crate::Why;
use flate2::{Crc, Decompress, FlushDecompress, Status};

const BAD: Why = Why::BadCoding("gzip");

/// A header holds a file name and a comment, whose length nothing bounds.
const HEADER_BYTES_MAX: usize = 8 * 1024;

/// CRC and length after the data of a member, in bytes.
const TRAILER_BYTES: usize = 8;

/// How much is decoded at a time, in bytes.
const STEP_BYTES: usize = 16 * 1024;

/// The members of a gzip stream, one after another; garbage after one of them is passed over,
/// because some servers pad.
pub(crate) struct Gzip {
    state: State,
    /// The bytes of a header or trailer that is not complete.
    held: Vec<u8>,
    inflate: Decompress,
    crc: Crc,
    members_len: usize,
    /// Whether there may be more to make of what was already read.
    pending: bool,
    step: Box<[u8; STEP_BYTES]>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Header,
    Data,
    Trailer,
    Garbage,
}

impl Gzip {
    pub(crate) fn new() -> Gzip {
        Gzip {
            state: State::Header,
            held: Vec::new(),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            members_len: 0,
            pending: false,
            step: Box::new([0; STEP_BYTES]),
        }
    }

    pub(crate) fn push(&mut self, coded: &mut &[u8], sink: &mut Sink) -> Result<(), Why> {
        while (self.pending || !coded.is_empty()) && !sink.is_at_mark() {
            let taken = match self.state {
                State::Header => self.header(coded)?,
                State::Data => self.inflate(coded, sink)?,
                State::Trailer => self.trailer(coded)?,
                State::Garbage => coded.len(),
            };
            *coded = &coded[taken..];
        }
        Ok(())
    }

    /// Tells whether the stream may end here: after a member, whatever was begun behind it.
    pub(crate) fn is_whole(&self) -> bool {
        self.members_len > 0 && matches!(self.state, State::Header | State::Garbage)
    }

    fn header(&mut self, coded: &[u8]) -> Result<usize, Why> {
        let before = self.held.len();
        self.held.extend_from_slice(coded);
        match header_len(&self.held) {
            Header::Whole(len) => {
                self.held.clear();
                self.inflate.reset(false);
                self.crc.reset();
                self.state = State::Data;
                Ok(len - before)
            }
            Header::Part if self.held.len() <= HEADER_BYTES_MAX => Ok(coded.len()),
            _ if self.members_len > 0 => {
                self.state = State::Garbage;
                Ok(coded.len())
            }
            _ => Err(BAD),
        }
    }

    fn inflate(&mut self, coded: &[u8], sink: &mut Sink) -> Result<usize, Why> {
        let (read_before, made_before) = (self.inflate.total_in(), self.inflate.total_out());
        let flush = FlushDecompress::None;
        let status = self.inflate.decompress(coded, &mut self.step[..], flush).map_err(|_| BAD)?;
        let read = usize::try_from(self.inflate.total_in() - read_before).map_err(|_| BAD)?;
        let made = usize::try_from(self.inflate.total_out() - made_before).map_err(|_| BAD)?;
        self.crc.update(&self.step[..made]);
        sink.add(&self.step[..made])?;
        self.pending = made == STEP_BYTES && status != Status::StreamEnd;
        if status == Status::StreamEnd {
            self.state = State::Trailer;
        } else if read == 0 && made == 0 && !coded.is_empty() {
            return Err(BAD);
        }
        Ok(read)
    }

    fn trailer(&mut self, coded: &[u8]) -> Result<usize, Why> {
        let taken = (TRAILER_BYTES - self.held.len()).min(coded.len());
        self.held.extend_from_slice(&coded[..taken]);
        if self.held.len() == TRAILER_BYTES {
            let told = [self.crc.sum().to_le_bytes(), self.crc.amount().to_le_bytes()].concat();
            if self.held != told {
                return Err(BAD);
            }
            self.held.clear();
            self.members_len += 1;
            self.state = State::Header;
        }
        Ok(taken)
    }
}

enum Header {
    Whole(usize),
    Part,
    Wrong,
}

/// Returns how long the header is that these bytes begin with.
fn header_len(bytes: &[u8]) -> Header {
    const BEGINNING: [u8; 3] = [0x1f, 0x8b, 8];
    if !bytes.iter().zip(BEGINNING).all(|(byte, expected)| *byte == expected) {
        return Header::Wrong;
    }
    match fields_end(bytes) {
        Some(end) if end <= bytes.len() => Header::Whole(end),
        _ => Header::Part,
    }
}

/// Returns where the optional fields end, if that can be told yet.
fn fields_end(bytes: &[u8]) -> Option<usize> {
    const CHECK: u8 = 1 << 1;
    const EXTRA: u8 = 1 << 2;
    const NAME: u8 = 1 << 3;
    const COMMENT: u8 = 1 << 4;
    let flags = *bytes.get(3)?;
    let mut end = 10;
    if flags & EXTRA != 0 {
        let len = [*bytes.get(end)?, *bytes.get(end + 1)?];
        end += 2 + usize::from(u16::from_le_bytes(len));
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            end += bytes.get(end..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    Some(if flags & CHECK != 0 { end + 2 } else { end })
}
