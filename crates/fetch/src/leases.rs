//! Who may ask a host now.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::{Clock, policy};

/// Something kept for each of many hosts, used by one at a time.
///
/// When there are too many, those that nobody uses at the moment are forgotten: strangers choose
/// the names, and memory has a limit.
pub(crate) struct Shelf<T> {
    places: Mutex<HashMap<String, Arc<Turn<T>>>>,
    len_max: usize,
}

impl<T: Default> Shelf<T> {
    pub(crate) fn new(len_max: usize) -> Shelf<T> {
        Shelf { places: Mutex::default(), len_max }
    }

    /// Waits for one's turn at the place of this name.
    pub(crate) async fn take(&self, name: &str) -> OwnedMutexGuard<T> {
        self.place(name).lock_owned().await
    }

    fn place(&self, name: &str) -> Arc<Turn<T>> {
        let mut places = self.places();
        if places.len() >= self.len_max {
            places.retain(|_, place| Arc::strong_count(place) > 1);
        }
        places.entry(name.to_owned()).or_default().clone()
    }

    /// Forgets every place that nobody uses at the moment.
    pub(crate) fn clear(&self) {
        self.places().retain(|_, place| Arc::strong_count(place) > 1);
    }

    fn places(&self) -> MutexGuard<'_, HashMap<String, Arc<Turn<T>>>> {
        self.places.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// When a host was last asked.
#[derive(Default)]
pub(crate) struct Host {
    /// How long the clock had run by then.
    last: Option<Duration>,
}

/// The right to ask one host, alone, until it is dropped.
pub(crate) struct Lease {
    host: OwnedMutexGuard<Host>,
    clock: Clock,
}

impl Lease {
    /// Waits for one's turn and then until the host has been left alone for `gap`.
    pub(crate) async fn take(
        hosts: &Shelf<Host>,
        server: &str,
        gap: Duration,
        clock: &Clock,
    ) -> Lease {
        let host = clock.idle(hosts.take(server)).await;
        let since_last = host.last.map(|last| clock.running().saturating_sub(last));
        clock.sleep(policy::pause(gap, since_last)).await;
        Lease { host, clock: clock.clone() }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.host.last = Some(self.clock.running());
    }
}
