//! One exchange with one server, on a connection of its own.

mod body;
mod connect;
mod tape;
mod tls;
mod trouble;

pub(crate) use body::Received;
pub(crate) use connect::Route;

use crate::coding::Bounds;
use crate::options::Limits;
use crate::outside::Stream;
use crate::why::quoted;
use crate::{Clock, Why};
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tape::{Tape, Taped};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

/// The smallest buffer that hyper reads with, in bytes.
const READ_BYTES_MIN: usize = 8 * 1024;

/// A request ready to be sent.
pub(crate) type Asked = http::Request<Full<Bytes>>;

/// What a server answered, and the exchange as it came.
pub(crate) struct Answer {
    pub(crate) at: Timestamp,
    pub(crate) took: Duration,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) request_head: Vec<u8>,
    pub(crate) response_head: Vec<u8>,
    /// The body, or why there is no whole one.
    pub(crate) received: Result<Received, Why>,
}

impl Answer {
    /// Returns the first words of a plain text, tamed.
    pub(crate) fn said(&self) -> Option<String> {
        let media_type = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let body = &self.received.as_ref().ok()?.body;
        let text = String::from_utf8_lossy(body);
        let line = text.lines().next().map(str::trim).filter(|line| !line.is_empty())?;
        media_type.starts_with("text/plain").then(|| quoted(line))
    }
}

/// What an exchange keeps to.
pub(crate) struct Terms<'a> {
    pub(crate) host: &'a str,
    pub(crate) limits: &'a Limits,
    /// Memory for the bodies of all exchanges at one time, in KiB.
    pub(crate) bodies: &'a Semaphore,
    pub(crate) clock: &'a Clock,
    pub(crate) until: Instant,
    /// What the body is held to, by the answer's status; `None` leaves it unread.
    pub(crate) bounds: &'a (dyn Fn(u16) -> Option<Bounds> + Sync),
}

/// Sends a request and receives the answer; the stream is closed afterwards.
pub(crate) async fn exchange(
    stream: Box<dyn Stream>,
    asked: Asked,
    terms: &Terms<'_>,
) -> Result<Answer, Why> {
    let tape = Tape::new(terms.limits);
    let io = TokioIo::new(Taped::new(stream, tape.clone()));
    let shaken = http1::Builder::new()
        .max_headers(terms.limits.headers_len_max)
        .max_buf_size(terms.limits.head_bytes_max.max(READ_BYTES_MIN))
        .title_case_headers(true)
        .ignore_invalid_headers_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .handshake(io)
        .await;
    let (mut sender, connection) = shaken.map_err(|error| terms.blame(&tape, &error))?;
    let talk = async {
        let (at, begun) = (terms.clock.now(), Instant::now());
        let response = head(&mut sender, asked, terms, &tape).await?;
        let (parts, body) = response.into_parts();
        let (request_head, response_head) = tape.heads();
        let status = parts.status.as_u16();
        let received = match (terms.bounds)(status) {
            Some(bounds) => body::receive(body, &parts.headers, bounds, terms).await,
            None => Ok(Received::default()),
        };
        let headers = parts.headers;
        let took = begun.elapsed();
        Ok(Answer { at, took, status, headers, request_head, response_head, received })
    };
    let connection = async {
        if let Err(error) = connection.await {
            tape.refuse(trouble::of_exchange(&error, terms.host));
        }
    };
    beside(connection, talk).await
}

async fn head(
    sender: &mut http1::SendRequest<Full<Bytes>>,
    asked: Asked,
    terms: &Terms<'_>,
    tape: &Tape,
) -> Result<http::Response<Incoming>, Why> {
    let until = terms.until.min(Instant::now() + terms.limits.head_max);
    let response = timeout_at(until, sender.send_request(asked)).await;
    let response = response.map_err(|_| Why::Timeout("the answer"))?;
    response.map_err(|error| terms.blame(tape, &error))
}

impl Terms<'_> {
    /// Returns what went wrong: what the tape refused, else what the connection tells.
    fn blame(&self, tape: &Tape, error: &hyper::Error) -> Why {
        tape.refusal().unwrap_or_else(|| trouble::of_exchange(error, self.host))
    }
}

/// Drives the connection while the talk goes on; both are dropped together, so that no task
/// outlives its exchange.
async fn beside<T>(connection: impl Future, talk: impl Future<Output = T>) -> T {
    let (mut connection, mut talk) = (pin!(connection), pin!(talk));
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            said = &mut talk => return said,
            _ = &mut connection, if open => open = false,
        }
    }
}
