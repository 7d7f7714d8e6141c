//! A body received within limits.

use super::{Terms, trouble};
use crate::Why;
use crate::coding::{Bounds, Coding, Decoder, Sink};
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, timeout_at};

/// A body that is larger waits for its share of the memory that all bodies have together.
const SMALL_BODY_BYTES_MAX: usize = 1024 * 1024;

/// A whole body.
#[derive(Default)]
pub(crate) struct Received {
    /// As transferred; empty where there was no content coding.
    pub(crate) payload: Vec<u8>,
    /// With the content coding undone.
    pub(crate) body: Vec<u8>,
}

/// Receives a body to its end, or tells why it has none.
///
/// Nothing is set aside because of what the head promises; a promise over the limit is refused
/// at once.
pub(super) async fn receive(
    body: Incoming,
    headers: &HeaderMap,
    bounds: Bounds,
    terms: &Terms<'_>,
) -> Result<Received, Why> {
    let coding = Coding::read(headers)?;
    let too_big = Why::TooBig { what: bounds.what, bytes_max: bounds.bytes_max };
    if body.size_hint().lower() > bounds.bytes_max as u64 && !bounds.cut {
        return Err(too_big);
    }
    let mut decoder = Decoder::new(coding, terms.limits.zstd_window_log_max)?;
    let mut sink = Sink::new(bounds, SMALL_BODY_BYTES_MAX);
    let mut payload = Vec::new();
    let mut incoming = Paced::new(body, terms);
    let mut share = None;
    while let Some(bytes) = incoming.next().await? {
        sink.coded_len += bytes.len();
        if sink.coded_len > bounds.bytes_max && !bounds.cut {
            return Err(too_big);
        }
        if coding.is_some() {
            payload.extend_from_slice(&bytes);
        }
        let mut coded = &bytes[..];
        decoder.push(&mut coded, &mut sink)?;
        if share.is_none() && sink.body.len().max(sink.coded_len) > SMALL_BODY_BYTES_MAX {
            share = Some(incoming.wait_for_memory(bounds, coding).await?);
            sink.mark = usize::MAX;
            decoder.push(&mut coded, &mut sink)?;
        }
        if bounds.cut && sink.is_full() {
            return Ok(Received { payload: Vec::new(), body: sink.body });
        }
    }
    if sink.coded_len > 0 {
        decoder.finish()?;
    }
    Ok(Received { payload, body: sink.body })
}

/// A body whose sender must keep up.
struct Paced<'a> {
    body: Incoming,
    terms: &'a Terms<'a>,
    window_end: Instant,
    /// Bytes that came in this window.
    window_len: usize,
}

impl<'a> Paced<'a> {
    fn new(body: Incoming, terms: &'a Terms<'a>) -> Paced<'a> {
        let window_end = Instant::now() + terms.limits.rate_window;
        Paced { body, terms, window_end, window_len: 0 }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Why> {
        loop {
            let until = self.window_end.min(self.terms.until);
            match timeout_at(until, self.body.frame()).await {
                Err(_) => self.turn_window()?,
                Ok(None) => return Ok(None),
                Ok(Some(Err(error))) => {
                    return Err(trouble::of_exchange(&error, self.terms.host));
                }
                // What is not data are trailers, which nobody reads.
                Ok(Some(Ok(frame))) => {
                    if let Ok(bytes) = frame.into_data() {
                        self.window_len += bytes.len();
                        return Ok(Some(bytes));
                    }
                }
            }
        }
    }

    /// Begins another window, unless too little came in this one.
    fn turn_window(&mut self) -> Result<(), Why> {
        if Instant::now() >= self.terms.until {
            return Err(Why::Timeout("the whole answer"));
        }
        if self.window_len < self.terms.limits.rate_bytes_min {
            return Err(Why::TooSlow);
        }
        self.window_len = 0;
        self.window_end = Instant::now() + self.terms.limits.rate_window;
        Ok(())
    }

    /// Waits until there is memory for the largest body that may come of this.
    ///
    /// Whoever waits holds little, and whoever has his share never needs more, so nobody waits
    /// for ever; the server is not blamed for the time.
    async fn wait_for_memory(
        &mut self,
        bounds: Bounds,
        coding: Option<Coding>,
    ) -> Result<SemaphorePermit<'a>, Why> {
        let coded = coding.map_or(0, |coding| bounds.bytes_max + coding.window_bytes_max());
        let share = (bounds.bytes_max + coded).min(self.terms.limits.bodies_bytes_max) / 1024;
        let share = self.terms.bodies.acquire_many(u32::try_from(share).unwrap_or(u32::MAX));
        let permit = timeout_at(self.terms.until, share).await;
        self.window_end = Instant::now() + self.terms.limits.rate_window;
        match permit {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Why::Timeout("waiting for memory")),
        }
    }
}
