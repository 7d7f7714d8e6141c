//! At which hosts the originals of pictures can be had: asked for politely, and no more where they
//! can't.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// After so many guesses in a row that were wrong a host is not asked for originals any more,
/// until the program is started again.
const WRONG_MAX: u8 = 3;

/// How many hosts are remembered.
const HOSTS_MAX: usize = 10_000;

/// What became of the guesses; clones share it.
#[derive(Clone, Default)]
pub struct Originals {
    /// How many guesses at a host were wrong since one was right.
    wrong: Arc<Mutex<HashMap<String, u8>>>,
}

impl Originals {
    /// Tells whether a host may be asked for an original.
    pub fn may_ask(&self, host: &str) -> bool {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.get(host).is_none_or(|count| *count < WRONG_MAX)
    }

    /// Notes whether the original was where it was looked for.
    pub fn note(&self, host: &str, was_there: bool) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() >= HOSTS_MAX {
            wrong.clear();
        }
        let count = wrong.entry(host.to_owned()).or_default();
        *count = if was_there { 0 } else { count.saturating_add(1) };
    }
}
