//! A paper of the month: what it publishes when, and what becomes of it.

use super::DAY;
use archive::{NewListing, Role};
use jiff::SignedDuration;
use news::{Address, Form, Timestamp};
use std::fmt::Write;
use std::time::Duration;

pub const FEED: &str = "/feed.xml";
pub const MOVED: &str = "/rss.xml";
pub const REPLACEMENT: &str = "/atom/news.xml";
pub const SITEMAP: &str = "/news-sitemap.xml";

const HOUR: Duration = Duration::from_secs(60 * 60);

/// How long before the month its first articles appeared.
const BEFORE: Duration = Duration::from_secs(20 * 24 * 60 * 60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Steady,
    /// A dozen articles within the hour, every third day, in a feed of ten; a sitemap names them all.
    Bursts,
    /// It tells no dates, and wants five seconds between requests.
    Undated,
    /// Every third article bears a date of the day before.
    Late,
    /// It answers 503 for two days, then resets connections for a day.
    Fails,
    /// Its feed answers 301 from the eighth day on.
    Moves,
    /// Its feed is gone from the tenth day on, in one of three ways, and another one is named.
    Replaced(Gone),
    /// All of it is gone from the twelfth day on.
    Dies,
    /// It has no feed but a front page.
    Section,
}

/// In which way a feed is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    Missing,
    ForGood,
    APage,
}

/// An article: when it appears, and the time that it tells.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub number: usize,
    /// Since `BEFORE` the month began.
    at: Duration,
    told: Duration,
}

#[derive(Clone, Debug)]
pub struct Paper {
    pub host: String,
    pub fate: Fate,
    items: Vec<Item>,
    /// How many of them its listings name.
    window: usize,
}

const FATES: [Fate; 20] = [
    Fate::Steady,
    Fate::Bursts,
    Fate::Undated,
    Fate::Late,
    Fate::Fails,
    Fate::Moves,
    Fate::Replaced(Gone::Missing),
    Fate::Replaced(Gone::ForGood),
    Fate::Replaced(Gone::APage),
    Fate::Dies,
    Fate::Section,
    Fate::Steady,
    Fate::Steady,
    Fate::Undated,
    Fate::Fails,
    Fate::Steady,
    Fate::Steady,
    Fate::Moves,
    Fate::Steady,
    Fate::Late,
];

impl Paper {
    pub fn new(number: usize) -> Paper {
        let fate = FATES[number % FATES.len()];
        let gap = match fate {
            Fate::Bursts => DAY * 3,
            // From half a day to three days, in a crowd to a week.
            _ if number < FATES.len() => HOUR * (12 + (number * 7 % 60) as u32),
            _ => HOUR * (12 + (number * 7 % 156) as u32),
        };
        Paper {
            host: format!("paper-{number}.example"),
            fate,
            items: items(fate, gap),
            window: if fate == Fate::Bursts { 10 } else { 8 + number % 11 },
        }
    }

    pub fn address(&self, path: &str) -> Address {
        Address::read(&format!("http://{}{path}", self.host)).expect("an address")
    }

    /// Returns the path of the listing that it is followed by.
    pub fn listing(&self) -> &'static str {
        if self.fate == Fate::Section { "/" } else { FEED }
    }

    pub fn form(&self) -> Option<Form> {
        (self.fate == Fate::Section).then_some(Form::Section)
    }

    pub fn witness(&self) -> Option<NewListing> {
        let address = self.address(SITEMAP);
        let witness = NewListing { address, role: Role::Witness, form: None };
        (self.fate == Fate::Bursts).then_some(witness)
    }

    /// Returns how long it wants to be left alone between two requests.
    pub fn delay(&self) -> Duration {
        Duration::from_secs(if self.fate == Fate::Undated { 5 } else { 1 })
    }

    /// Returns the headlines of all articles that a reader of this paper is owed, of those that
    /// appeared within so much of the month.
    ///
    /// A paper that dies owes what it had named by then; one that only fails names it later.
    pub fn owed(&self, month: Duration) -> Vec<String> {
        let end = match self.fate {
            Fate::Dies => DAY * 11,
            _ => month,
        };
        let at_first: Vec<usize> =
            self.named(Duration::ZERO, self.window).map(|item| item.number).collect();
        let appeared = self.items.iter().filter(|item| item.at <= BEFORE + end);
        let named = appeared.filter(|item| item.at > BEFORE || at_first.contains(&item.number));
        named.map(|item| self.headline(item)).collect()
    }

    /// Returns what a listing of this length names at a time of the month, newest first.
    pub fn named(&self, passed: Duration, len: usize) -> impl Iterator<Item = &Item> {
        let now = BEFORE + passed;
        let mut named: Vec<&Item> = self.items.iter().filter(|item| item.at <= now).collect();
        named.sort_by_key(|item| std::cmp::Reverse((item.told, item.number)));
        named.truncate(len);
        named.into_iter()
    }

    pub fn headline(&self, item: &Item) -> String {
        format!("{} tells of boat number {}", self.host, item.number)
    }

    pub fn rss(&self, passed: Duration, start: Timestamp) -> String {
        let mut out = format!("<rss version=\"2.0\"><channel><title>{}</title>", self.host);
        let _ = write!(out, "<link>http://{}/</link>", self.host);
        for item in self.named(passed, self.window) {
            let (host, headline) = (&self.host, self.headline(item));
            let _ = write!(out, "<item><title>{headline}</title>");
            let _ = write!(out, "<link>http://{host}/a/{}</link>", item.number);
            let _ = write!(out, "<guid isPermaLink=\"false\">{host}-{}</guid>", item.number);
            if self.fate != Fate::Undated {
                let told = told(item, start).strftime("%a, %d %b %Y %H:%M:%S +0000");
                let _ = write!(out, "<pubDate>{told}</pubDate>");
            }
            out.push_str("</item>");
        }
        out + "</channel></rss>"
    }

    /// Writes the other feed: the same articles under other ids.
    pub fn atom(&self, passed: Duration, start: Timestamp) -> String {
        let host = &self.host;
        let mut out = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{host}</title>");
        for item in self.named(passed, self.window) {
            let _ = write!(
                out,
                "<entry><title>{}</title><id>tag:{host},2026:{}</id>\
                 <link href=\"http://{host}/a/{}\"/><updated>{}</updated></entry>",
                self.headline(item),
                item.number,
                item.number,
                told(item, start)
            );
        }
        out + "</feed>"
    }

    pub fn sitemap(&self, passed: Duration, start: Timestamp) -> String {
        let host = &self.host;
        let mut out = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">"
            .to_owned();
        for item in self.named(passed, 100) {
            let _ = write!(
                out,
                "<url><loc>http://{host}/a/{}</loc><news:news><news:title>{}</news:title>\
                 <news:publication_date>{}</news:publication_date></news:news></url>",
                item.number,
                self.headline(item),
                told(item, start)
            );
        }
        out + "</urlset>"
    }

    pub fn front(&self, passed: Duration, feeds: &[&str]) -> String {
        let mut out = format!("<html lang=en><head><title>{}</title>", self.host);
        for feed in feeds {
            let _ = write!(out, "<link rel=alternate type=application/rss+xml href={feed}>");
        }
        out.push_str(
            "</head><body><nav><a href=/about>About</a> <a href=/help>Help</a></nav><main>",
        );
        for item in self.named(passed, self.window) {
            let _ = write!(
                out,
                "<article><h2><a href=/a/{}>{}</a></h2><p>What the harbour office said of it on the \
                 day, and what the people at the quay made of that.</p></article>",
                item.number,
                self.headline(item)
            );
        }
        out + "</main><footer><a href=/terms>Terms</a></footer></body></html>"
    }

    /// Returns an article's page, if it has appeared.
    pub fn page(&self, number: usize, passed: Duration) -> Option<String> {
        let item = self.items.get(number).filter(|item| item.at <= BEFORE + passed)?;
        let headline = self.headline(item);
        let words = "The boat came in with the tide and was tied up at the north quay, where a \
                     dozen people had been waiting since the morning with barrows and baskets. ";
        let text: String = (1..5).map(|n| format!("<p>{} ({n})</p>", words.repeat(2))).collect();
        Some(format!(
            "<html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1>\
             {text}</article></body></html>"
        ))
    }
}

fn items(fate: Fate, gap: Duration) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = Duration::ZERO;
    while at < BEFORE + super::MONTH {
        let burst = if fate == Fate::Bursts { 12 } else { 1 };
        for i in 0..burst {
            let number = items.len();
            let at = at + HOUR / 12 * i;
            let late = fate == Fate::Late && number % 3 == 2;
            let told = if late { at.saturating_sub(DAY) } else { at };
            items.push(Item { number, at, told });
        }
        // A rhythm that is not a machine's: every gap differs by up to a third.
        at += gap * (70 + (items.len() * 37 % 60) as u32) / 100;
    }
    items
}

fn told(item: &Item, start: Timestamp) -> Timestamp {
    let since = SignedDuration::try_from(item.told).expect("some weeks");
    let before = SignedDuration::try_from(BEFORE).expect("some weeks");
    start.checked_add(since - before).expect("a time of this century")
}
