//! Whether a listing may stand in for another one.

use crate::discover::Choice;
use archive::{ListingState, Role, Source};
use news::{Address, Form, Timestamp};
use std::cmp::Reverse;
use std::collections::HashSet;

/// How many articles a listing must name when nothing of it is known.
const ENTRIES_LEAST: usize = 3;

/// How old its newest article may be then, in seconds.
const AGE_MAX_S: i64 = 30 * 24 * 60 * 60;

/// How many articles that are not known make a silent listing's silence its own; a listing without
/// dates may just list old ones as well.
const UNKNOWN_LEAST: usize = 2;
const UNKNOWN_UNDATED_LEAST: usize = 5;

/// How much older its newest article may be than the last news of the broken listing, in seconds.
const STALE_S: i64 = 7 * 24 * 60 * 60;

/// A broken listing, and what is known of its source.
pub struct Patient<'a> {
    source: &'a Source,
    broken: &'a ListingState,
    known: HashSet<&'a str>,
    now: Timestamp,
}

impl<'a> Patient<'a> {
    pub fn new(
        source: &'a Source,
        broken: &'a ListingState,
        known: &'a [String],
        now: Timestamp,
    ) -> Patient<'a> {
        Patient { source, broken, known: known.iter().map(String::as_str).collect(), now }
    }

    /// Returns the listings that may stand in, best first.
    ///
    /// One that names articles we know is the same paper's; the more of them the better.
    pub fn best(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        choices.retain(|choice| self.may_stand_in(choice));
        choices.sort_by_key(|choice| {
            let is_feed =
                !matches!(choice.form, Form::Section | Form::Sitemap | Form::SitemapIndex);
            Reverse((is_feed, self.shared(choice), choice.has_text, choice.newest))
        });
        choices
    }

    fn may_stand_in(&self, choice: &Choice) -> bool {
        let is_followed = self.source.listings.iter().any(|listing| {
            let is_the_same = listing.address.identity() == choice.address.identity();
            listing.role == Role::Main && !listing.ended && is_the_same
        });
        if is_followed || choice.is_of_comments() {
            return false;
        }
        let shared = self.shared(choice);
        if shared == 0 && !self.is_of_the_site(choice) {
            return false;
        }
        if self.broken.is_failing() || self.broken.ended {
            return self.is_alive(choice);
        }
        // It answers, and says nothing of use: then another one has to have what it leaves out.
        let unknown = choice.pages.len() - shared;
        match choice.newest {
            Some(newest) => unknown >= UNKNOWN_LEAST && Some(newest) > self.broken.brought,
            None => unknown >= UNKNOWN_UNDATED_LEAST,
        }
    }

    /// Tells whether a listing goes on where the broken one stopped, and did not stop before it.
    fn is_alive(&self, choice: &Choice) -> bool {
        let last = self.broken.pace.newest.or(self.broken.brought);
        let (Some(newest), Some(last)) = (choice.newest, last) else {
            return true;
        };
        last.duration_since(newest).as_secs() <= STALE_S
    }

    fn shared(&self, choice: &Choice) -> usize {
        choice.pages.iter().filter(|page| self.known.contains(page.as_str())).count()
    }

    /// Tells whether a listing of which nothing is known is the site's own, and alive.
    fn is_of_the_site(&self, choice: &Choice) -> bool {
        let is_young = |newest: Timestamp| self.now.duration_since(newest).as_secs() <= AGE_MAX_S;
        choice.entries_len >= ENTRIES_LEAST
            && choice.newest.is_none_or(is_young)
            && is_one_site(&choice.address, &self.source.site)
    }
}

/// Tells whether two addresses are of one site: one host is the other's, or lies below it.
fn is_one_site(one: &Address, other: &Address) -> bool {
    let (one, other) = (bare(one.host()), bare(other.host()));
    let below = |low: &str, high: &str| {
        low.strip_suffix(high).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(one, other) || below(other, one)
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
