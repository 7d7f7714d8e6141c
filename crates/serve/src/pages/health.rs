//! How a source does, as its line shows it: a state, why, and what mends it.

use crate::times::{Hours, When};
use crate::words::Tongue;
use archive::Source;
use archive::health::{self, Cause, Fix, Health, State, Trouble};
use news::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
pub struct HealthView {
    /// The word of the table that says how it is.
    pub state: &'static str,
    pub sign: &'static str,
    /// The class by which it is coloured.
    pub class: &'static str,
    pub spark: String,
    pub week_len: u32,
    pub why: Option<WhyView>,
    pub healed: Option<HealedView>,
    pub fix: Option<FixView>,
}

/// Why a source is not simply well.
#[derive(Serialize)]
pub struct WhyView {
    /// A word of the table, and what fills its slot.
    pub word: &'static str,
    pub slot: String,
    pub since: Option<When>,
    pub failures: u32,
    /// What the program noted, in its own words; and of which listing.
    pub detail: Option<String>,
    pub address: Option<String>,
}

/// What is followed in place of a listing that fails.
#[derive(Serialize)]
pub struct HealedView {
    pub from: String,
    pub to: String,
}

#[derive(Serialize)]
pub struct FixView {
    pub word: &'static str,
    /// What is typed for it, where that is a command.
    pub command: Option<String>,
}

impl HealthView {
    pub fn of(source: &Source, hours: &Hours, now: Timestamp, tongue: Tongue) -> HealthView {
        let told = health::of(source, now);
        let days = health::bars(source, now);
        let (state, class) = match told.state {
            State::Failing { .. } => ("state_failing", "bad"),
            State::Silent { .. } => ("state_silent", "slow"),
            State::Slow => ("state_slow", "slow"),
            State::New => ("state_new", "slow"),
            State::Well => ("state_ok", "ok"),
            State::Ended => ("state_ended", "slow"),
        };
        HealthView {
            state,
            sign: told.state.sign(),
            class,
            spark: health::spark(&days),
            week_len: days.iter().map(|day| day.entries_new).sum(),
            why: why(source, &told, hours, tongue),
            healed: told.healed.map(|(broken, stand_in)| HealedView {
                from: broken.address.to_string(),
                to: stand_in.address.to_string(),
            }),
            fix: fix(source, &told),
        }
    }
}

fn why(source: &Source, told: &Health, hours: &Hours, tongue: Tongue) -> Option<WhyView> {
    let since = match told.state {
        State::Failing { since } | State::Silent { since } => Some(hours.minute(since, tongue)),
        State::Slow => None,
        State::New | State::Well | State::Ended => return None,
    };
    let plain = |word, slot: String| WhyView {
        word,
        slot,
        since,
        failures: 0,
        detail: None,
        address: None,
    };
    Some(match told.cause {
        Cause::Pages => WhyView {
            detail: source.pages.why.clone(),
            ..plain("why_pages", source.pages.asked.to_string())
        },
        Cause::Budget => plain("why_budget", String::new()),
        Cause::Nothing => return None,
        Cause::Listing(listing) => {
            let (word, slot) = match (told.state, listing.trouble) {
                (State::Silent { .. }, _) => ("why_silent", String::new()),
                (_, Some(trouble)) => trouble_words(trouble),
                (State::Slow, None) => {
                    ("why_slow", format!("{:.1}", f64::from(listing.took_ms) / 1000.0))
                }
                (_, None) => ("trouble_connection", String::new()),
            };
            WhyView {
                failures: listing.failures,
                detail: listing.failing.clone(),
                address: Some(listing.address.to_string()),
                ..plain(word, slot)
            }
        }
    })
}

fn trouble_words(trouble: Trouble) -> (&'static str, String) {
    let word = match trouble {
        Trouble::Status(status) => return ("trouble_status", status.to_string()),
        Trouble::Robots => "trouble_robots",
        Trouble::Private => "trouble_private",
        Trouble::Name => "trouble_name",
        Trouble::Connection => "trouble_connection",
        Trouble::Tls => "trouble_tls",
        Trouble::NoListing => "trouble_no_listing",
        Trouble::Empty => "trouble_empty",
        Trouble::Flood => "trouble_flood",
        Trouble::Partial => "trouble_partial",
        Trouble::Unreadable => "trouble_unreadable",
    };
    (word, String::new())
}

fn fix(source: &Source, told: &Health) -> Option<FixView> {
    let name = &source.name;
    let (word, command) = match told.fix() {
        Fix::Nothing => return None,
        Fix::Fetch => ("fix_fetch", Some(format!("pressmark fetch {name}"))),
        Fix::Heal => ("fix_heal", Some(format!("pressmark heal {name}"))),
        Fix::Add => ("fix_add", Some(format!("pressmark add {}", source.site))),
        Fix::Allow => ("fix_allow", None),
        Fix::Budget => ("fix_budget", None),
    };
    Some(FixView { word, command })
}
