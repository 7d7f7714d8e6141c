//! What is asked for, and what came of it.

use crate::Why;
use news::{Address, Capture};
use std::time::Duration;

/// The longest validator that is kept, in bytes.
const VALIDATOR_BYTES_MAX: usize = 1024;

/// What a request is for: it decides what is accepted and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Listing,
    Page,
    Picture,
    Robots,
    /// Something is handed in: [`Client::post`](crate::Client::post).
    Form,
}

/// One thing to be asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub address: Address,
    pub kind: Kind,
    /// The `ETag` of the capture that we have; it makes the request conditional (RFC 9110 §13).
    pub etag: Option<String>,
    /// The `Last-Modified` of the capture that we have.
    pub last_modified: Option<String>,
}

/// Something to be handed in, as a browser sends a form.
#[derive(Clone, Debug)]
pub struct Form {
    pub address: Address,
    /// Who named that address: only a trusted place may send us to one.
    pub named_by: Option<Address>,
    pub fields: Vec<(&'static str, String)>,
}

/// What came of a form.
#[derive(Debug)]
pub enum Posted {
    /// It was taken: any 2xx.
    Taken,
    /// We may not hand it in there; trying again is no use until something is changed.
    Refused(Why),
    /// It may go better another time.
    Failed {
        why: Why,
        /// The first words of the answer, where it is plain text.
        said: Option<String>,
        /// How long the site asks to be left alone, at most `Limits::retry_after_max`.
        retry_after: Option<Duration>,
    },
}

impl From<Why> for Posted {
    fn from(why: Why) -> Posted {
        if why.is_refusal() {
            return Posted::Refused(why);
        }
        Posted::Failed { why, said: None, retry_after: None }
    }
}

/// What came of a request: a fact to be stored, not an exception.
#[derive(Debug)]
pub enum Outcome {
    /// A whole 200 with a body.
    Fresh(Capture),
    /// A 304 to our conditional request.
    Unchanged(Capture),
    /// A 410: the publisher took it away.
    Gone(Capture),
    /// We may not or will not ask; asking again is no use until something is changed.
    Refused(Why),
    /// It may go better another time.
    Failed {
        why: Why,
        /// The answer, where there was one; its body may be missing or cut short.
        capture: Option<Capture>,
        /// How long the site asks to be left alone, at most `Limits::retry_after_max`.
        retry_after: Option<Duration>,
    },
}

impl Outcome {
    /// Returns how many requests it took: one for each redirect, and the last one, unless that was
    /// never sent.
    pub fn requests_len(&self) -> usize {
        match self {
            Outcome::Fresh(capture) | Outcome::Unchanged(capture) | Outcome::Gone(capture) => {
                capture.hops.len() + 1
            }
            Outcome::Failed { capture: Some(capture), .. } => capture.hops.len() + 1,
            Outcome::Failed { capture: None, .. } => 1,
            Outcome::Refused(_) => 0,
        }
    }
}

impl From<Why> for Outcome {
    fn from(why: Why) -> Outcome {
        if why.is_refusal() {
            return Outcome::Refused(why);
        }
        Outcome::Failed { why, capture: None, retry_after: None }
    }
}

/// Returns the ETag and Last-Modified of a capture, as the next request should send them.
///
/// One that is over 1 KiB or holds anything but printable ASCII is `None`: it could not be sent
/// back as it came.
pub fn validators(capture: &Capture) -> (Option<String>, Option<String>) {
    let sound = |name| capture.header(name).filter(|value| is_sound_validator(value));
    (sound("etag"), sound("last-modified"))
}

pub(crate) fn is_sound_validator(value: &str) -> bool {
    let printable = |byte: u8| (b' '..=b'~').contains(&byte);
    !value.is_empty() && value.len() <= VALIDATOR_BYTES_MAX && value.bytes().all(printable)
}
