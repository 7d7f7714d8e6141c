//! What the paper has in print at this moment: its manuscripts, and what happened to them since.

use super::text::{Correction, Fate, Text};
use jiff::{SignedDuration, Timestamp};
use std::sync::OnceLock;

/// One of the three things that can be followed, as its pages and its feed name it.
#[derive(Debug, PartialEq, Eq)]
pub struct Desk {
    /// Short name, fit for an address.
    pub name: &'static str,
    pub title: &'static str,
    pub motto: &'static str,
    /// BCP 47.
    pub language: &'static str,
    /// Path of its front page.
    pub front: &'static str,
    /// Path of its feed.
    pub feed: &'static str,
    pub feed_type: &'static str,
}

pub static CHINESE: Desk = Desk {
    name: "lantern-zh",
    title: "盐湾灯报",
    motto: "潮来有信，灯下有闻",
    language: "zh-CN",
    front: "/zh/",
    feed: "/zh/feed.xml",
    feed_type: "application/rss+xml",
};

pub static ENGLISH: Desk = Desk {
    name: "lantern-en",
    title: "The Saltmere Lantern",
    motto: "What the tide brought in, by lamplight",
    language: "en-GB",
    front: "/en/",
    feed: "/en/feed.atom",
    feed_type: "application/atom+xml",
};

pub static NOTICES: Desk = Desk {
    name: "harbour-notices",
    title: "Saltmere Harbour Notices",
    motto: "Posted daily at the ferry hut",
    language: "en-GB",
    front: "/notices/",
    feed: "/notices/feed.xml",
    feed_type: "application/rss+xml",
};

pub static DESKS: [&Desk; 3] = [&CHINESE, &ENGLISH, &NOTICES];

/// The manuscripts, and the instants at which something was done to them.
pub struct Newsroom {
    pub origin: String,
    /// When the paper opened, to the second, as HTTP dates have it.
    pub opened: Timestamp,
    pub corrected: OnceLock<Timestamp>,
    pub withdrawn: OnceLock<Timestamp>,
    pub published: OnceLock<Timestamp>,
    pub signed_off: OnceLock<Timestamp>,
    texts: Vec<(&'static Desk, Text)>,
}

/// One article as it stands now.
pub struct Story<'a> {
    pub text: &'a Text,
    pub desk: &'static Desk,
    pub path: String,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub correction: Option<Correction>,
    pub gone: bool,
}

impl Newsroom {
    pub fn open(origin: String, now: Timestamp) -> Newsroom {
        Newsroom {
            origin,
            opened: to_the_second(now),
            corrected: OnceLock::new(),
            withdrawn: OnceLock::new(),
            published: OnceLock::new(),
            signed_off: OnceLock::new(),
            texts: manuscripts(),
        }
    }

    /// Finds what stands, or stood, at a path.
    pub fn find(&self, path: &str) -> Option<Story<'_>> {
        self.every().find(|story| story.path == path)
    }

    /// Returns what a desk has in print, newest first.
    pub fn in_print(&self, desk: &Desk) -> Vec<Story<'_>> {
        let mut stories: Vec<_> =
            self.every().filter(|story| story.desk == desk && !story.gone).collect();
        stories.sort_by_key(|story| std::cmp::Reverse(story.published));
        stories
    }

    /// Returns when a desk's front page and feed last changed.
    pub fn changed(&self, desk: &Desk) -> Timestamp {
        let stories = self.every().filter(|story| story.desk == desk);
        let withdrawn = |story: &Story| story.gone.then(|| self.withdrawn.get().copied()).flatten();
        stories.map(|story| withdrawn(&story).unwrap_or(story.updated)).max().unwrap_or(self.opened)
    }

    fn every(&self) -> impl Iterator<Item = Story<'_>> {
        self.texts.iter().filter_map(|(desk, text)| self.story(desk, text))
    }

    /// Returns the article as it stands; `None` while it waits to be published.
    fn story<'a>(&self, desk: &'static Desk, text: &'a Text) -> Option<Story<'a>> {
        let published = match text.fate {
            Fate::Later => *self.published.get()?,
            // Minutes that differ by article: no newsroom publishes on the hour every time.
            _ => self.opened - SignedDuration::from_secs(text.hours * 3600 + odd_seconds(text)),
        };
        let corrected = text.correction.filter(|_| self.corrected.get().is_some());
        Some(Story {
            text,
            desk,
            path: path(desk, text, published),
            published,
            updated: match (corrected, self.corrected.get()) {
                (Some(_), Some(&at)) => at,
                _ => published,
            },
            correction: corrected,
            gone: text.fate == Fate::Withdrawn && self.withdrawn.get().is_some(),
        })
    }
}

impl Story<'_> {
    pub fn title(&self) -> &str {
        self.correction.map_or(self.text.title, |correction| correction.title)
    }
}

/// Returns the present to the second: feeds, pages and headers then name the same instant.
pub fn now() -> Timestamp {
    to_the_second(Timestamp::now())
}

fn to_the_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).expect("a whole second within the range of timestamps")
}

fn odd_seconds(text: &Text) -> i64 {
    text.slug.bytes().map(i64::from).sum::<i64>() % 3_300
}

/// Two habits of content systems: the day in the address, and the section alone.
fn path(desk: &Desk, text: &Text, published: Timestamp) -> String {
    let (front, section, slug) = (desk.front, text.section.0, text.slug);
    if *desk == CHINESE {
        format!("{front}{section}/{}/{slug}.html", published.strftime("%Y%m%d"))
    } else if *desk == ENGLISH {
        format!("{front}{section}/{slug}")
    } else {
        format!("{front}{slug}")
    }
}

macro_rules! texts {
    ($($desk:ident $file:literal),* $(,)?) => {
        vec![$((&$desk, Text::read(include_str!(concat!("texts/", $file, ".txt"))))),*]
    };
}

fn manuscripts() -> Vec<(&'static Desk, Text)> {
    texts![
        CHINESE "zh/last-boat",
        CHINESE "zh/lamp",
        CHINESE "zh/salt-mill",
        CHINESE "zh/night-reading",
        CHINESE "zh/first-snow",
        CHINESE "zh/market",
        CHINESE "zh/tide-clock",
        ENGLISH "en/last-boat",
        ENGLISH "en/lamp-by-hand",
        ENGLISH "en/quay-steps",
        ENGLISH "en/night-reading",
        ENGLISH "en/indoor-market",
        ENGLISH "en/snow-quay",
        NOTICES "notices/1",
        NOTICES "notices/2",
        NOTICES "notices/3",
        NOTICES "notices/4",
    ]
}
