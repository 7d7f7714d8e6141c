//! The desk: the loop that does due work.
//!
//! Work lies in the archive's queue as errands. Errands of one host are done one after the other,
//! hosts side by side. Whatever an errand brings is safe in the archive before the next one
//! starts, so the program may be killed at any moment and goes on from there.

mod deed;
mod further;
pub mod heal;
pub mod hub;
mod listing;
mod originals;
mod page;
mod picture;
mod rhythm;
pub mod trouble;

pub use deed::{Deed, Report, count};
pub use originals::Originals;

use crate::shop::Shop;
use archive::{Archive, Bell, Errand, Task};
use fetch::{Client, Kind, Request, Working};
use news::Timestamp;
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// How many errands of a host are read from the queue at once.
const ERRANDS_AT_ONCE: u32 = 8;

/// How long one round waits for a host that asked to come back in a moment.
const PATIENCE: Duration = Duration::from_secs(30);

/// The loop, and what it needs.
#[derive(Clone)]
pub struct Desk {
    pub shop: Shop,
    pub archive: Archive,
    pub client: Client,
    /// The one source to work for; `None`: all.
    pub only: Option<i64>,
}

impl Desk {
    pub fn now(&self) -> Timestamp {
        self.client.clock().now()
    }

    /// Does what is due until nothing more is, and says each deed as soon as it is safe.
    pub async fn round(&self, mut say: impl FnMut(&Deed)) -> anyhow::Result<Report> {
        let mut shift = Shift::new(self);
        let mut report = Report::default();
        loop {
            shift.start_hosts(self).await?;
            match shift.next(self, self.wait_in_round().await?).await? {
                Event::Deed(deed) => {
                    report.add(&deed);
                    say(&deed);
                }
                Event::Left(left) => left.done?,
                Event::Idle if shift.is_over(self).await? => return Ok(report),
                Event::Idle => {}
            }
        }
    }

    /// Does what falls due for ever; whoever calls drops the future to stop.
    pub async fn follow(&self, mut say: impl FnMut(&Deed)) -> anyhow::Result<()> {
        let mut shift = Shift::new(self);
        loop {
            shift.start_hosts(self).await?;
            let wait = self.until_next().await?.unwrap_or(Duration::MAX);
            match shift.next(self, wait).await? {
                Event::Deed(deed) => say(&deed),
                Event::Left(left) => left.done?,
                Event::Idle => {}
            }
        }
    }

    /// Returns how long a round may sleep: not at all when nothing falls due soon.
    async fn wait_in_round(&self) -> anyhow::Result<Duration> {
        let next = self.until_next().await?.filter(|wait| *wait <= PATIENCE);
        Ok(next.unwrap_or_default())
    }

    async fn until_next(&self) -> anyhow::Result<Option<Duration>> {
        let next = self.archive.next_due(self.only).await?;
        let wait = |due: Timestamp| due.duration_since(self.now());
        Ok(next.map(|due| Duration::try_from(wait(due)).unwrap_or_default()))
    }

    /// Does the due errands of one host, one after the other.
    async fn work_for(&self, host: &str, deeds: &UnboundedSender<Deed>) -> anyhow::Result<()> {
        loop {
            let due = self.archive.errands_due(host, self.only, self.now(), ERRANDS_AT_ONCE);
            let errands = due.await?;
            if errands.is_empty() {
                return Ok(());
            }
            for errand in errands {
                let deed = match self.is_over_budget(&errand).await? {
                    true => self.put_off(&errand).await?,
                    false => self.visit(errand).await?,
                };
                let _ = deeds.send(deed);
            }
        }
    }

    /// Tells whether so much was asked of a source today that its pages wait; its listings, which
    /// tell what there is, never do.
    async fn is_over_budget(&self, errand: &Errand) -> anyhow::Result<bool> {
        if matches!(errand.task, Task::Listing { .. }) {
            return Ok(false);
        }
        let asked = self.archive.requests_on(errand.source, self.now()).await?;
        Ok(asked >= self.shop.config.fetch.requests_a_day)
    }

    /// Counts requests to a source of which no answer is kept.
    async fn count(&self, source: i64, requests: usize) -> anyhow::Result<()> {
        match requests {
            0 => Ok(()),
            _ => Ok(self.archive.count_requests(source, requests, self.now()).await?),
        }
    }

    async fn put_off(&self, errand: &Errand) -> anyhow::Result<Deed> {
        let now = self.now();
        let midnight = rhythm::midnight_after(now);
        self.archive.put_off(errand.source, now, midnight).await?;
        Ok(Deed::PutOff { source: errand.source })
    }

    async fn visit(&self, errand: Errand) -> anyhow::Result<Deed> {
        match &errand.task {
            Task::Listing { .. } => listing::visit(self, errand).await,
            Task::Page { .. } => page::visit(self, errand).await,
            Task::Picture { .. } => picture::visit(self, errand).await,
        }
    }
}

/// Makes the request of an errand, conditional where an earlier answer allows it.
fn request(errand: &Errand, kind: Kind) -> Request {
    Request {
        address: errand.address.clone(),
        kind,
        etag: errand.validators.etag.clone(),
        last_modified: errand.validators.last_modified.clone(),
    }
}

/// The hosts that are being visited, and what comes of it.
struct Shift {
    hosts: JoinSet<Left>,
    busy: HashSet<String>,
    hosts_max: usize,
    deeds: UnboundedReceiver<Deed>,
    sender: UnboundedSender<Deed>,
    /// Rings when a hub makes something due.
    bell: Bell,
}

/// A host that nothing more is due at.
struct Left {
    host: String,
    done: anyhow::Result<()>,
    /// Handed over to the one who takes note of it, so that no time passes in between.
    _working: Working,
}

enum Event {
    Deed(Deed),
    Left(Left),
    Idle,
}

impl Shift {
    fn new(desk: &Desk) -> Shift {
        let (sender, deeds) = unbounded_channel();
        let hosts_max = desk.shop.config.fetch.hosts_at_once;
        let bell = desk.archive.bell();
        Shift { hosts: JoinSet::new(), busy: HashSet::new(), hosts_max, deeds, sender, bell }
    }

    /// Sets out for every host that has due work and is not being visited yet.
    async fn start_hosts(&mut self, desk: &Desk) -> anyhow::Result<()> {
        if self.busy.len() >= self.hosts_max {
            return Ok(());
        }
        for host in desk.archive.hosts_due(desk.only, desk.now()).await? {
            if self.busy.len() < self.hosts_max && self.busy.insert(host.clone()) {
                let (desk, deeds) = (desk.clone(), self.sender.clone());
                let working = desk.client.clock().work();
                self.hosts.spawn(async move {
                    let done = desk.work_for(&host, &deeds).await;
                    Left { host, done, _working: working }
                });
            }
        }
        Ok(())
    }

    /// Waits for the next thing to happen, `wait` at most when nobody is out.
    async fn next(&mut self, desk: &Desk, wait: Duration) -> anyhow::Result<Event> {
        let clock = desk.client.clock();
        let nap = clock.nap_max();
        let wait = if self.hosts.is_empty() { wait.min(nap) } else { nap };
        let happens = async {
            tokio::select! {
                biased;
                Some(deed) = self.deeds.recv() => anyhow::Ok(Event::Deed(deed)),
                Some(left) = self.hosts.join_next() => Ok(Event::Left(left?)),
                () = self.bell.rings() => Ok(Event::Idle),
                () = clock.pass(wait) => Ok(Event::Idle),
            }
        };
        let event = clock.idle(happens).await?;
        if let Event::Left(left) = &event {
            self.busy.remove(&left.host);
        }
        Ok(event)
    }

    /// Tells whether nobody is out and nothing falls due within the round's patience.
    async fn is_over(&self, desk: &Desk) -> anyhow::Result<bool> {
        let soon = desk.until_next().await?.is_some_and(|wait| wait <= PATIENCE);
        Ok(self.hosts.is_empty() && !soon)
    }
}

#[cfg(test)]
mod tests;
