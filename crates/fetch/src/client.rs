//! One request from its first check to its outcome.

mod ask;
mod robots;
mod trail;

use crate::guard::{self, Trust};
use crate::leases::{Host, Lease, Shelf};
use crate::options::Limits;
use crate::outside::Outside;
use crate::policy;
use crate::wire::{self, Answer, Route, Terms};
use crate::{Clock, Error, Form, Options, Outcome, Posted, Request, Why};
use ask::Ask;
use news::Address;
use robots::Kept;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use trail::Trail;

/// The one HTTP client; cheap to clone, and every clone shares the same politeness.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    /// How many requests went out through this client and its clones.
    sent: Arc<AtomicUsize>,
}

/// What all requests share.
struct Shared {
    user_agent: String,
    /// The name by which robots files call us.
    name: String,
    gap: Duration,
    crawl_delay_max: Duration,
    respect_robots: bool,
    limits: Limits,
    clock: Clock,
    trust: Trust,
    route: Route,
    hosts: Shelf<Host>,
    robots: Shelf<Option<Kept>>,
    /// How much memory the kept robots files hold, in bytes.
    robots_bytes: std::sync::atomic::AtomicUsize,
    /// Memory for the bodies of all exchanges at one time, in KiB.
    bodies: Semaphore,
}

impl Client {
    /// Returns a client, or what the operator told wrongly.
    pub fn new(options: Options) -> Result<Client, Error> {
        Client::with_outside(options, Arc::new(Outside::Web))
    }

    /// Returns a client that looks up names and dials through `outside`.
    pub(crate) fn with_outside(options: Options, outside: Arc<Outside>) -> Result<Client, Error> {
        let unnamed = || Error::UserAgent(options.user_agent.clone());
        if !options.user_agent.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(unnamed());
        }
        let name = policy::robots::name_of(&options.user_agent).ok_or_else(unnamed)?.to_owned();
        let shared = Shared {
            name,
            trust: Trust::read(&options.allow)?,
            route: Route::new(&options, outside)?,
            hosts: Shelf::new(options.limits.hosts_len_max),
            robots: Shelf::new(options.limits.hosts_len_max),
            robots_bytes: Default::default(),
            bodies: Semaphore::new(options.limits.bodies_bytes_max / 1024),
            user_agent: options.user_agent,
            gap: options.gap,
            crawl_delay_max: options.crawl_delay_max,
            respect_robots: options.respect_robots,
            limits: options.limits,
            clock: options.clock,
        };
        Ok(Client { shared: Arc::new(shared), sent: Arc::default() })
    }

    /// Returns a client of the same politeness that counts its requests from nothing.
    pub fn apart(&self) -> Client {
        Client { shared: self.shared.clone(), sent: Arc::default() }
    }

    /// Returns how many requests [`get`](Client::get) has sent; robots files are not counted.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Returns the clock by which this client works.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Asks for one thing and follows where it was moved.
    ///
    /// It waits for the host's turn as long as that takes, so a caller asks different hosts at
    /// once and one host once. All the rest keeps to [`Limits`]; dropping the future ends it.
    pub async fn get(&self, request: &Request) -> Outcome {
        let began_trusted = self.shared.trust.holds(&request.address);
        let outcome = self.shared.get(request, began_trusted).await;
        self.sent.fetch_add(outcome.requests_len(), Ordering::Relaxed);
        outcome
    }

    /// Hands a form in, and follows with it where that was moved (307, 308).
    ///
    /// Who names a place to hand forms in wants them handed in, so no robots file is asked: those
    /// speak to whoever walks through a site by himself (RFC 9309 §1). A form may hold a secret,
    /// so no capture of it is made.
    pub async fn post(&self, form: &Form) -> Posted {
        let began_trusted = form.named_by.as_ref().is_some_and(|by| self.shared.trust.holds(by));
        self.shared.post(form, began_trusted).await
    }

    /// Returns the sitemaps that the robots file of a site names, in its order.
    ///
    /// The file is the one that every request keeps to; it is asked for only if it isn't known yet.
    pub async fn sitemaps(&self, site: &Address) -> Vec<Address> {
        self.shared.sitemaps(site).await
    }
}

/// Why a request ended without an answer, and how long the site is left alone, if that is known.
struct Stopped {
    why: Why,
    left_alone: Option<Duration>,
}

impl From<Why> for Stopped {
    fn from(why: Why) -> Stopped {
        Stopped { why, left_alone: None }
    }
}

impl From<Stopped> for Outcome {
    fn from(Stopped { why, left_alone }: Stopped) -> Outcome {
        match left_alone {
            None => Outcome::from(why),
            retry_after => Outcome::Failed { why, capture: None, retry_after },
        }
    }
}

impl Shared {
    /// Asks for one thing; only what began at a trusted place may be sent to one.
    async fn get(&self, request: &Request, began_trusted: bool) -> Outcome {
        let mut trail = Trail::new(&request.address, began_trusted, self.limits.exchange_max);
        let mut ask = Ask::new(request);
        match self.follow(&mut trail, &mut ask).await {
            Ok(answer) => self.outcome(answer, trail, &ask),
            Err(stopped) => Outcome::from(stopped),
        }
    }

    async fn post(&self, form: &Form, began_trusted: bool) -> Posted {
        let mut trail = Trail::new(&form.address, began_trusted, self.limits.exchange_max);
        match self.follow(&mut trail, &mut Ask::form(form)).await {
            Ok(answer) if (200..300).contains(&answer.status) => Posted::Taken,
            Ok(answer) => Posted::Failed {
                why: Why::Status(answer.status),
                retry_after: self.retry_after(&answer),
                said: answer.said(),
            },
            Err(stopped) => Posted::from(stopped.why),
        }
    }

    /// Asks, and asks elsewhere, until an answer is none that sends us on.
    ///
    /// At any time at most one host's lease is held.
    async fn follow(&self, trail: &mut Trail, ask: &mut Ask) -> Result<Answer, Stopped> {
        loop {
            let address = trail.here().clone();
            let trusted = trail.began_trusted && self.trust.holds(&address);
            if !trusted {
                guard::check_place(&address)?;
            }
            let gap = self.gap_by_robots(&address, trusted, ask.kind).await?;
            let answer = self.ask_once(&address, trusted, gap, trail, ask).await?;
            if ask.is_sent_on(answer.status) {
                trail.turn(answer, self.limits.hops_max)?;
                ask.check_step(&address, trail.here())?;
            } else if answer.status == 304 && !ask.is_conditional() {
                ask.insist()?;
            } else {
                return Ok(answer);
            }
        }
    }

    async fn ask_once(
        &self,
        address: &Address,
        trusted: bool,
        gap: Duration,
        trail: &mut Trail,
        ask: &Ask,
    ) -> Result<Answer, Why> {
        let _lease = Lease::take(&self.hosts, &address.server(), gap, &self.clock).await;
        let begun = Instant::now();
        let done = self.exchange(address, trusted, begun + trail.time_left, ask).await;
        trail.time_left = trail.time_left.saturating_sub(begun.elapsed());
        let (answer, peer) = done?;
        trail.peer = peer;
        Ok(answer)
    }

    async fn exchange(
        &self,
        address: &Address,
        trusted: bool,
        until: Instant,
        ask: &Ask,
    ) -> Result<(Answer, String), Why> {
        let whole = self.route.is_told_whole(address);
        let asked = ask.for_address(address, &self.user_agent, whole)?;
        let reached = self.route.reach(address, trusted, until).await?;
        let terms = Terms {
            host: address.host(),
            limits: &self.limits,
            bodies: &self.bodies,
            clock: &self.clock,
            until,
            bounds: &|status| ask.bounds(status, &self.limits),
        };
        let answer = wire::exchange(reached.stream, asked, &terms).await?;
        Ok((answer, reached.peer))
    }

    fn outcome(&self, answer: Answer, trail: Trail, ask: &Ask) -> Outcome {
        let status = answer.status;
        let retry_after = self.retry_after(&answer);
        let (capture, broken) = trail.capture(answer);
        let why = match (status, broken) {
            (200, Some(why)) => why,
            (200, None) if !capture.body.is_empty() => return Outcome::Fresh(capture),
            (200 | 204, _) => Why::Empty,
            (304, _) if ask.is_conditional() => return Outcome::Unchanged(capture),
            (410, _) => return Outcome::Gone(capture),
            (status, _) => Why::Status(status),
        };
        Outcome::Failed { why, capture: Some(capture), retry_after }
    }

    fn retry_after(&self, answer: &Answer) -> Option<Duration> {
        let header = answer.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?;
        policy::retry_after(header, answer.at, self.limits.retry_after_max)
    }
}
