//! The client against servers that are kind, and against servers that are not.
//!
//! Everything listens on loopback. What needs the shared corpora or `python3` says loudly when it
//! is left out.

mod hostile;
mod lint;
mod memory;
mod post;
mod programs;
mod rows;
mod server;
mod story;
mod world;

use fetch::{Client, Kind, Options, Outcome, Request, Why};
use news::{Address, Capture};
use std::time::Duration;

/// Returns options that trust these places of loopback and wait for nothing.
fn options(allow: &[String]) -> Options {
    Options { allow: allow.to_vec(), gap: Duration::ZERO, ..Options::default() }
}

fn request(kind: Kind, address: &str) -> Request {
    let address = Address::read(address).expect("an address");
    Request { address, kind, etag: None, last_modified: None }
}

async fn get(client: &Client, address: &str) -> Outcome {
    client.get(&request(Kind::Page, address)).await
}

#[track_caller]
fn fresh(outcome: Outcome) -> Capture {
    match outcome {
        Outcome::Fresh(capture) => capture,
        other => panic!("not fresh: {other:?}"),
    }
}

#[track_caller]
fn failed(outcome: Outcome) -> Why {
    match outcome {
        Outcome::Failed { why, .. } => why,
        other => panic!("not failed: {other:?}"),
    }
}

#[track_caller]
fn refused(outcome: Outcome) -> Why {
    match outcome {
        Outcome::Refused(why) => why,
        other => panic!("not refused: {other:?}"),
    }
}
