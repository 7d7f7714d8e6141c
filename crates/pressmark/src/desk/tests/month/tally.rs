//! What the papers saw of the one who follows them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The most wrongs that are remembered.
const WRONGS_MAX: usize = 20;

/// Requests counted by their kind, and every rudeness.
#[derive(Default)]
pub struct Tally(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    requests: HashMap<&'static str, usize>,
    hosts: HashMap<String, Host>,
    wrongs: Vec<String>,
}

#[derive(Default)]
struct Host {
    live: usize,
    ended: Option<Duration>,
}

impl Tally {
    pub fn begin(&self, host: &str, kind: &'static str, delay: Duration, now: Duration) {
        let mut seen = self.seen();
        *seen.requests.entry(kind).or_default() += 1;
        let place = seen.hosts.entry(host.to_owned()).or_default();
        place.live += 1;
        let crowded = place.live > 1;
        let gap = place.ended.map(|ended| now.saturating_sub(ended));
        if crowded {
            seen.wrong(format!("{host}: two requests at once"));
        } else if let Some(gap) = gap.filter(|gap| *gap < delay) {
            seen.wrong(format!("{host}: asked again after {gap:?}, not {delay:?}"));
        }
    }

    /// Counts a request to a server that keeps its own books.
    pub fn count(&self, kind: &'static str) {
        *self.seen().requests.entry(kind).or_default() += 1;
    }

    pub fn end(&self, host: &str, now: Duration) {
        if let Some(place) = self.seen().hosts.get_mut(host) {
            place.live -= 1;
            place.ended = Some(now);
        }
    }

    pub fn wrongs(&self) -> Vec<String> {
        self.seen().wrongs.clone()
    }

    pub fn say(&self, papers: usize, articles: usize) {
        let seen = self.seen();
        let mut kinds: Vec<_> = seen.requests.iter().collect();
        kinds.sort();
        let all: usize = kinds.iter().map(|(_, len)| **len).sum();
        let told: Vec<String> = kinds.iter().map(|(kind, len)| format!("{len} {kind}")).collect();
        eprintln!(
            "a month of {papers} papers: {articles} articles, {all} requests ({}): {:.1} an \
             article, {:.2} of them for listings",
            told.join(", "),
            all as f64 / articles as f64,
            *seen.requests.get("listing").unwrap_or(&0) as f64 / articles as f64,
        );
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn wrong(&mut self, words: String) {
        if self.wrongs.len() < WRONGS_MAX {
            self.wrongs.push(words);
        }
    }
}
