//! What this room is given for pictures: somebody who makes them, and somebody who gets them.
//!
//! Strangers' bytes are decoded in another process and fetched through the one guarded client;
//! neither is of this room, so the program hands both in.

use news::Address;
use picture::{Made, Order};
use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

/// Makes pictures of strangers' bytes, where those can do no harm.
pub trait Workshop: Send + Sync {
    /// Makes what is ordered; the bytes are asked for when there is a free hand.
    fn make(&self, bytes: Bytes, order: Order) -> Making;
}

/// Gets a picture where its publisher keeps it, within the limits of the one client.
pub trait Origin: Send + Sync {
    fn get(&self, address: Address) -> Bytes;
}

/// A picture's bytes, once they are there.
pub type Bytes = Pin<Box<dyn Future<Output = Result<Vec<u8>, Refusal>> + Send>>;

/// What was ordered, once it is made.
pub type Making = Pin<Box<dyn Future<Output = Result<Vec<Made>, Refusal>> + Send>>;

/// Why a picture can't be had, as images.weserv.nl tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Of HTTP.
    pub status: u16,
    pub message: String,
}

impl Refusal {
    pub fn new(status: u16, message: impl Into<String>) -> Refusal {
        Refusal { status, message: message.into() }
    }
}

impl From<picture::Error> for Refusal {
    fn from(error: picture::Error) -> Refusal {
        Refusal::new(error.status(), error.to_string())
    }
}

/// How pictures are made and given out.
#[derive(Clone)]
pub struct Pictures {
    pub workshop: Arc<dyn Workshop>,
    pub origin: Arc<dyn Origin>,
    /// The folder of what was made; `None` keeps it in memory alone. It may be deleted at any
    /// time.
    pub folder: Option<PathBuf>,
    /// The most that lies in it, in bytes; what was asked for least goes first.
    pub folder_bytes_max: u64,
    /// The file with the key by which links to the proxy are signed; it need not be there.
    pub key: PathBuf,
    /// Hosts of which the proxy gets any picture, not only those that articles name: `HOST`, or
    /// `*.DOMAIN` for all below it.
    pub hosts: Vec<String>,
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Pictures").field("folder", &self.folder).finish_non_exhaustive()
    }
}
