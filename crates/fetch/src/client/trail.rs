//! The way that a request went.

use crate::Why;
use crate::policy::redirect;
use crate::wire::{Answer, Received};
use http::header::{CONTENT_TYPE, LOCATION};
use news::{Address, Capture, Hop};
use std::time::Duration;

/// The addresses of a request, first to last, and what is left of its time.
pub(super) struct Trail {
    addresses: Vec<Address>,
    hops: Vec<Hop>,
    /// Whether the request itself was for a trusted place: only then may it be sent to one.
    pub(super) began_trusted: bool,
    /// Who answered last; empty when a proxy was asked.
    pub(super) peer: String,
    pub(super) time_left: Duration,
}

impl Trail {
    pub(super) fn new(address: &Address, began_trusted: bool, time: Duration) -> Trail {
        Trail {
            began_trusted,
            addresses: vec![address.without_fragment()],
            hops: Vec::new(),
            peer: String::new(),
            time_left: time,
        }
    }

    pub(super) fn here(&self) -> &Address {
        self.addresses.last().expect("a trail begins with an address")
    }

    /// Goes where a redirect leads.
    pub(super) fn turn(&mut self, answer: Answer, hops_max: usize) -> Result<(), Why> {
        let location = answer.headers.get(LOCATION).map(|value| value.as_bytes());
        let next = redirect::next(&self.addresses, answer.status, location, hops_max)?;
        self.hops.push(Hop {
            address: self.here().clone(),
            at: answer.at,
            status: answer.status,
            request_head: answer.request_head,
            response_head: answer.response_head,
            peer: std::mem::take(&mut self.peer),
        });
        self.addresses.push(next);
        Ok(())
    }

    /// Returns the exchange at the end of the trail, and why its body is missing, if it is.
    pub(super) fn capture(self, answer: Answer) -> (Capture, Option<Why>) {
        let content_type = answer.headers.get(CONTENT_TYPE).map(|value| value.as_bytes());
        let (Received { payload, body }, broken) = match answer.received {
            Ok(received) => (received, None),
            Err(why) => (Received::default(), Some(why)),
        };
        let capture = Capture {
            address: self.here().clone(),
            at: answer.at,
            took_ms: u32::try_from(answer.took.as_millis()).unwrap_or(u32::MAX),
            status: answer.status,
            request_head: answer.request_head,
            response_head: answer.response_head,
            content_type: String::from_utf8_lossy(content_type.unwrap_or_default()).into_owned(),
            payload,
            body,
            peer: self.peer,
            hops: self.hops,
        };
        (capture, broken)
    }
}
