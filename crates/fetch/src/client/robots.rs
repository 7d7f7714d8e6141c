//! Robots files, asked for once a day through the same door as everything.

use super::{Shared, Stopped};
use crate::policy::robots::{Robots, is_absent};
use crate::{Kind, Outcome, Request, Why};
use news::Address;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// How much memory kept robots files may hold together, in bytes.
const KEPT_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What is known of an origin's robots file, and until when.
pub(super) struct Kept {
    robots: Result<Robots, Why>,
    /// How long the clock will have run by then.
    until: Duration,
}

impl Shared {
    /// Returns how long the host wants to be left alone between requests, if the address may be
    /// asked for at all; else why not, and when to ask again if that is known.
    pub(super) async fn gap_by_robots(
        &self,
        address: &Address,
        trusted: bool,
        kind: Kind,
    ) -> Result<Duration, Stopped> {
        if matches!(kind, Kind::Robots | Kind::Form) || !self.respect_robots {
            return Ok(self.gap);
        }
        let place = self.place(&address.origin(), trusted).await;
        let Some(kept) = place.as_ref() else {
            return Ok(self.gap);
        };
        match &kept.robots {
            Ok(robots) if !robots.allows(address) => Err(Why::Robots.into()),
            Ok(robots) => {
                let delay = robots.crawl_delay.unwrap_or_default().min(self.crawl_delay_max);
                Ok(self.gap.max(delay))
            }
            Err(why) => {
                let why = Why::NoRobots(Box::new(why.clone()));
                let left_alone = Some(kept.until.saturating_sub(self.clock.running()));
                Err(Stopped { why, left_alone })
            }
        }
    }

    /// Returns the sitemaps that the robots file of a site names; none where there is no file.
    pub(super) async fn sitemaps(&self, site: &Address) -> Vec<Address> {
        let origin = site.origin();
        let place = self.place(&origin, self.trust.holds(&origin)).await;
        let robots = place.as_ref().and_then(|kept| kept.robots.as_ref().ok());
        let named = robots.map_or(&[][..], |robots| &robots.sitemaps);
        // They ought to be whole addresses, and many are not.
        named.iter().filter_map(|sitemap| origin.join(sitemap)).collect()
    }

    /// Waits for one's turn at the robots file of an origin; asks for it if it isn't known.
    async fn place(&self, origin: &Address, trusted: bool) -> OwnedMutexGuard<Option<Kept>> {
        let mut place = self.clock.idle(self.robots.take(origin.as_str())).await;
        if place.as_ref().is_none_or(|kept| kept.until <= self.clock.running()) {
            *place = Some(Box::pin(self.get_robots(origin, trusted)).await);
        }
        place
    }

    async fn get_robots(&self, origin: &Address, trusted: bool) -> Kept {
        let address = origin.join("/robots.txt").unwrap_or_else(|| origin.clone());
        let request = Request { address, kind: Kind::Robots, etag: None, last_modified: None };
        let outcome = self.get(&request, trusted).await;
        let robots = self.robots_from(&outcome);
        let age_max = match &outcome {
            // Not kept: from elsewhere the same place may be one where we may go.
            Outcome::Refused(_) => Duration::ZERO,
            _ if robots.is_ok() => self.limits.robots_age_max,
            Outcome::Failed { retry_after: Some(asked), .. } => {
                self.limits.robots_pause.max(*asked)
            }
            _ => self.limits.robots_pause,
        };
        self.weigh(robots.as_ref().map_or(0, Robots::bytes_len));
        Kept { robots, until: self.clock.running() + age_max }
    }

    /// Returns what a robots file asks; where there is none, nothing is asked, and where none
    /// could be had though there may be one, all is (RFC 9309 §2.3.1).
    ///
    /// A file whose redirects lead nowhere or where we may not go is none. Whether the site
    /// itself is such a place is judged when its page is asked for.
    fn robots_from(&self, outcome: &Outcome) -> Result<Robots, Why> {
        match outcome {
            Outcome::Fresh(capture) => Ok(Robots::read(&capture.body, &self.name)),
            Outcome::Gone(_) | Outcome::Refused(_) | Outcome::Unchanged(_) => Ok(Robots::default()),
            Outcome::Failed { why, .. } => match why {
                Why::Status(status) if is_absent(*status) => Ok(Robots::default()),
                Why::Empty
                | Why::RedirectLoop
                | Why::RedirectNowhere(_)
                | Why::RedirectUnreadable(_)
                | Why::TooMany { what: "redirects", .. } => Ok(Robots::default()),
                why => Err(why.clone()),
            },
        }
    }

    /// Forgets the robots files of hosts that nobody asks at the moment when there is too much.
    fn weigh(&self, bytes: usize) {
        if self.robots_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_BYTES_MAX {
            self.robots.clear();
            self.robots_bytes.store(0, Ordering::Relaxed);
        }
    }
}
