//! Request → Capture: the only room of the house with a door to the outside.
//!
//! [`Client::get`] asks one server for one thing, politely and with a limit on everything, and
//! brings back the exchange as it came. It is the one way out for every address, however it
//! arrived: a listing, a page, a picture, a robots file, a redirect. The address that was checked
//! is the address that is dialled.
//!
//! [`Client::post`] hands a form in, through the same door and with the same care; nothing else is
//! ever told a server.
//!
//! There is no cookie jar, no credential, no cache but that of robots files, and no look at the
//! environment. What a capture means is read elsewhere.
//!
//! Start at [`Client`]; what may be dialled is decided in [`guard`], what is polite in [`policy`].

mod client;
mod clock;
mod coding;
pub mod guard;
mod leases;
mod options;
mod outcome;
mod outside;
pub mod policy;
mod why;
mod wire;

pub use client::Client;
pub use clock::{Clock, Working};
pub use options::{Error, Limits, Options, Proxy};
pub use outcome::{Form, Kind, Outcome, Posted, Request, validators};
pub use why::{TlsFault, Why};
