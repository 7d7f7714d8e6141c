//! The heads of an exchange as they really went over the wire.

use crate::Why;
use crate::options::Limits;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A recording of the two heads, which also stops a server that never comes to the body.
#[derive(Clone)]
pub(super) struct Tape(Arc<Mutex<Reels>>);

struct Reels {
    sent: Vec<u8>,
    received: Vec<u8>,
    /// Up to where `received` was searched for the end of the head.
    searched: usize,
    complete: bool,
    lines_len: usize,
    interim_len: usize,
    limits: Limits,
    refusal: Option<Why>,
}

impl Tape {
    pub(super) fn new(limits: &Limits) -> Tape {
        Tape(Arc::new(Mutex::new(Reels {
            sent: Vec::new(),
            received: Vec::new(),
            searched: 0,
            complete: false,
            lines_len: 0,
            interim_len: 0,
            limits: limits.clone(),
            refusal: None,
        })))
    }

    /// Returns the request's and the response's head, each ending in an empty line.
    pub(super) fn heads(&self) -> (Vec<u8>, Vec<u8>) {
        let mut reels = self.reels();
        (std::mem::take(&mut reels.sent), std::mem::take(&mut reels.received))
    }

    pub(super) fn refusal(&self) -> Option<Why> {
        self.reels().refusal.clone()
    }

    /// Notes why the exchange can't go on, if nothing was noted before.
    pub(super) fn refuse(&self, why: Why) {
        self.reels().refusal.get_or_insert(why);
    }

    fn reels(&self) -> MutexGuard<'_, Reels> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Reels {
    fn send(&mut self, bytes: &[u8]) {
        let room = self.limits.head_bytes_max.saturating_sub(self.sent.len());
        self.sent.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn receive(&mut self, bytes: &[u8]) -> Result<(), Why> {
        if self.complete {
            return Ok(());
        }
        self.received.extend_from_slice(bytes);
        self.skip_empty_lines();
        while let Some(end) = self.head_end() {
            self.check_size(end)?;
            if !is_interim(&self.received) {
                self.received.truncate(end);
                self.complete = true;
                return Ok(());
            }
            self.drop_interim(end)?;
        }
        self.check_size(self.received.len())
    }

    fn check_size(&self, head_bytes: usize) -> Result<(), Why> {
        let Limits { head_bytes_max, headers_len_max, .. } = self.limits;
        if head_bytes > head_bytes_max {
            let what = "the head of the answer";
            return Err(Why::TooBig { what, bytes_max: head_bytes_max });
        }
        // The status line and the empty line are no headers.
        if self.lines_len > headers_len_max + 2 {
            return Err(Why::TooMany { what: "headers", max: headers_len_max });
        }
        Ok(())
    }

    fn drop_interim(&mut self, end: usize) -> Result<(), Why> {
        self.received.drain(..end);
        (self.searched, self.lines_len) = (0, 0);
        self.interim_len += 1;
        let max = self.limits.interim_len_max;
        if self.interim_len > max {
            return Err(Why::TooMany { what: "interim answers", max });
        }
        self.skip_empty_lines();
        Ok(())
    }

    /// Drops empty lines before the status line, which some servers send (RFC 9112 §2.2).
    fn skip_empty_lines(&mut self) {
        if self.searched == 0 {
            let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
            let empty = self.received.iter().take_while(|byte| is_end(byte)).count();
            self.received.drain(..empty);
        }
    }

    /// Returns where the head ends, behind its empty line.
    fn head_end(&mut self) -> Option<usize> {
        for at in self.searched..self.received.len() {
            if self.received[at] == b'\n' {
                self.lines_len += 1;
                let before = &self.received[..at];
                if before.ends_with(b"\n") || before.ends_with(b"\n\r") {
                    return Some(at + 1);
                }
            }
        }
        self.searched = self.received.len();
        None
    }
}

/// Tells whether a head is of a 1xx answer; 101 is none, it ends the talk in HTTP.
fn is_interim(head: &[u8]) -> bool {
    let status = head.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    status.starts_with(b"1") && !status.starts_with(b"101")
}

/// A stream that is recorded.
pub(super) struct Taped<S> {
    stream: S,
    tape: Tape,
}

impl<S> Taped<S> {
    pub(super) fn new(stream: S, tape: Tape) -> Taped<S> {
        Taped { stream, tape }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taped<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        buffer: &mut ReadBuf,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = match Pin::new(&mut self.stream).poll_read(context, buffer) {
            // A server that closes without the farewell of TLS: browsers take that for the end,
            // and where the head or the coding tells a length, HTTP still sees what is missing.
            Poll::Ready(Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Poll::Ready(Ok(()))
            }
            read => read,
        };
        let mut reels = self.tape.reels();
        if let Err(why) = reels.receive(&buffer.filled()[before..]) {
            let words = why.to_string();
            reels.refusal = Some(why);
            return Poll::Ready(Err(io::Error::other(words)));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taped<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if let Poll::Ready(Ok(len)) = written {
            self.tape.reels().send(&bytes[..len]);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests;
