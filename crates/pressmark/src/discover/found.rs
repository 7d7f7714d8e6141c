//! What was found, in the order in which a reader is likely to want it.

use super::choice::{Choice, Kind};
use listing::section::is_one_site;
use news::Address;

/// How many other feeds of a site are kept, in case that the followed one ends.
const SPARES_MAX: usize = 8;

/// How many sitemaps of a site's news are kept, to see by them what a feed left out.
const WITNESSES_MAX: usize = 4;

/// How much newer another listing is than one that has been given up, in seconds.
const STALE_S: i64 = 180 * 24 * 60 * 60;

/// From how many pages on two listings that agree are believed to be one.
const ALIKE_LEAST: usize = 3;

/// A site, and the listings that can be followed; at least one, the best first.
#[derive(Clone, Debug)]
pub struct Found {
    pub site: Address,
    pub choices: Vec<Choice>,
    /// What a person should know who did not get quite what was asked for.
    pub remark: Option<String>,
    /// Feeds that have what one of the choices has.
    doubles: Vec<Choice>,
    /// Sitemaps that robots.txt says are of the site's news, asked for or not.
    news_sitemaps: Vec<Address>,
}

/// How likely a choice is to be wanted, the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    FeedOfSection,
    FeedWithText,
    Feed,
    Recordings,
    NewsSitemap,
    SectionPage,
    Stale,
    OtherSites,
    AllPages,
    Empty,
    Unread,
    Comments,
}

impl Found {
    /// Puts what was found of a site into order; `pasted` is the page that somebody showed, if
    /// not the site as a whole.
    pub fn new(site: Address, pasted: Option<&Address>, choices: Vec<Choice>) -> Found {
        let rank = |choice: &Choice| match rank(choice, &site, pasted) {
            rank if rank < Rank::Stale && is_stale(choice, &choices) => Rank::Stale,
            rank => rank,
        };
        let mut ranked: Vec<(Rank, Choice)> =
            choices.iter().map(|choice| (rank(choice), choice.clone())).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut found = Found {
            site,
            choices: Vec::new(),
            remark: None,
            doubles: Vec::new(),
            news_sitemaps: Vec::new(),
        };
        for (_, choice) in ranked {
            let is_known = found.choices.iter().any(|known| is_double(known, &choice));
            if is_known { found.doubles.push(choice) } else { found.choices.push(choice) }
        }
        found
    }

    pub fn with_news_sitemaps(self, news_sitemaps: Vec<Address>) -> Found {
        Found { news_sitemaps, ..self }
    }

    pub fn with_remark(self, remark: Option<String>) -> Found {
        Found { remark, ..self }
    }

    /// Returns the other good feeds of the site, those that have the same as this one first.
    pub fn spares(&self, taken: &Choice) -> Vec<&Choice> {
        let (same, other): (Vec<&Choice>, Vec<&Choice>) = self
            .doubles
            .iter()
            .chain(&self.choices)
            .filter(|choice| choice.is_good_feed() && choice.address != taken.address)
            .filter(|choice| is_of_site(choice, &self.site))
            .partition(|choice| has_same(choice, taken));
        same.into_iter().chain(other).take(SPARES_MAX).collect()
    }

    /// Returns the sitemaps of the site's news, those that were seen first.
    pub fn witnesses(&self, taken: &Choice) -> Vec<Address> {
        let seen = self.choices.iter().chain(&self.doubles);
        let seen = seen.filter(|choice| choice.is_news_sitemap());
        let mut witnesses: Vec<Address> = Vec::new();
        for address in seen.map(|choice| &choice.address).chain(&self.news_sitemaps) {
            if *address != taken.address && !witnesses.contains(address) {
                witnesses.push(address.clone());
            }
        }
        witnesses.truncate(WITNESSES_MAX);
        witnesses
    }
}

fn rank(choice: &Choice, site: &Address, pasted: Option<&Address>) -> Rank {
    match choice.kind {
        Kind::Comments => Rank::Comments,
        _ if choice.form == news::Form::Unknown => Rank::Unread,
        Kind::Pages => Rank::AllPages,
        _ if choice.entries_len == 0 => Rank::Empty,
        _ if !is_of_site(choice, site) => Rank::OtherSites,
        _ if choice.form == news::Form::Section => Rank::SectionPage,
        _ if choice.is_sitemap() => Rank::NewsSitemap,
        _ if pasted.is_some_and(|page| is_of_section(choice, page)) => Rank::FeedOfSection,
        Kind::Recordings => Rank::Recordings,
        Kind::Articles if choice.has_text => Rank::FeedWithText,
        Kind::Articles => Rank::Feed,
    }
}

/// Tells whether a listing has been given up: another one is much newer and has nothing of it.
fn is_stale(choice: &Choice, others: &[Choice]) -> bool {
    others.iter().filter(|other| other.kind == Kind::Articles).any(|other| {
        let ahead_s = match (choice.newest, other.newest) {
            (Some(own), Some(newest)) => newest.as_second() - own.as_second(),
            _ => 0,
        };
        ahead_s > STALE_S && !other.pages.iter().any(|page| choice.pages.contains(page))
    })
}

/// Tells whether a listing is of this site: by its address, by its own word, or by its articles.
pub fn is_of_site(choice: &Choice, site: &Address) -> bool {
    let is_ours = |host: &str| is_one_site(host, site.host());
    let articles = choice.pages.iter().filter(|page| is_ours(host_of(page))).count();
    is_ours(choice.address.host())
        || choice.site.as_ref().is_some_and(|site| is_ours(site.host()))
        || 2 * articles > choice.pages.len()
}

/// Returns the site that a listing is of: its own word counts where its address or its articles
/// are of that site.
pub fn site_of(choice: &Choice) -> Address {
    let by_articles = |site: &Address| {
        let theirs = choice.pages.iter().filter(|page| is_one_site(host_of(page), site.host()));
        2 * theirs.count() > choice.pages.len()
    };
    let told = choice
        .site
        .as_ref()
        .filter(|site| is_one_site(site.host(), choice.address.host()) || by_articles(site));
    told.cloned().unwrap_or_else(|| choice.address.origin())
}

/// Returns the host of what a page is known by.
fn host_of(page: &str) -> &str {
    page.split(['/', ':', '?']).next().unwrap_or_default()
}

/// Tells whether a feed is of a section by its own word or by its address.
pub fn is_of_section(choice: &Choice, page: &Address) -> bool {
    let says_so = choice.site.as_ref().is_some_and(|site| site.identity() == page.identity());
    says_so || is_address_of_section(&choice.address, page)
}

/// Tells whether an address is that of a feed of a section: it lies below the page, or has the
/// section's name in it (`/rss/sport.xml`).
pub fn is_address_of_section(feed: &Address, page: &Address) -> bool {
    let path = page.as_url().path().trim_end_matches('/').to_lowercase();
    let Some(name) = path.rsplit('/').next().filter(|name| name.len() > 1) else {
        return false;
    };
    let name = name.split('.').next().unwrap_or(name);
    let words = &feed.as_str()[feed.origin().as_str().len() - 1..].to_lowercase();
    let below = words.strip_prefix(&path).is_some_and(|rest| rest.starts_with(['/', '.', '?']));
    below || words.split(['/', '.', '?', '&', '=', '_']).any(|word| word == name)
}

fn is_double(known: &Choice, choice: &Choice) -> bool {
    known.address.identity() == choice.address.identity() && known.form == choice.form
        || known.is_feed() && choice.is_feed() && has_same(known, choice)
}

/// Tells whether two listings have the same articles, as far as the shorter one goes.
fn has_same(one: &Choice, other: &Choice) -> bool {
    let len = one.pages.len().min(other.pages.len());
    let is_all = one.pages.len() == other.pages.len() && len > 0;
    let same_pages = (is_all || len >= ALIKE_LEAST) && one.pages[..len] == other.pages[..len];
    // The carriers of feeds replace the addresses, not the headlines.
    let same_words = one.entries_len == other.entries_len
        && one.preview.len() >= ALIKE_LEAST
        && one.preview == other.preview;
    same_pages || same_words
}

#[cfg(test)]
mod tests;
