//! How a source does, in the words of the command line.

use archive::health::{Fix, Health, State};
use archive::{ListingState, Source};
use news::{Address, Timestamp};

/// Returns the state in a word for programs.
pub fn word(state: State) -> &'static str {
    match state {
        State::Failing { .. } => "failing",
        State::Silent { .. } => "silent",
        State::Slow => "slow",
        State::New => "new",
        State::Well => "well",
        State::Ended => "ended",
    }
}

/// Tells whether a person should look at it.
pub fn wants_a_look(state: State) -> bool {
    matches!(state, State::Failing { .. } | State::Silent { .. } | State::Slow)
}

/// Returns what is wrong in one sentence, if anything is.
pub fn why(source: &Source, told: &Health<'_>) -> Option<String> {
    match told.state {
        State::Failing { since } => {
            Some(format!("failing since {}: {}", minute(since), reason(source, told)))
        }
        State::Silent { since } => Some(format!(
            "silent since {}: it answers, and has named nothing new for unusually long",
            minute(since)
        )),
        State::Slow => Some(format!("slow: {}", slowness(told.listing()))),
        State::Ended => Some("none of its listings is followed any more".to_owned()),
        State::New | State::Well => None,
    }
}

/// Returns why a source that fails does so.
pub fn reason(source: &Source, told: &Health<'_>) -> String {
    match told.listing() {
        Some(listing) => listing.failing.clone().unwrap_or_default(),
        None => {
            let why = source.pages.why.as_deref().unwrap_or("the reason is not known");
            let len = source.pages.asked;
            format!("none of its last {len} pages can be had: {why}")
        }
    }
}

fn slowness(listing: Option<&ListingState>) -> String {
    match listing {
        Some(ListingState { failing: Some(why), .. }) => why.clone(),
        Some(listing) => {
            format!("an answer takes {:.1} s", f64::from(listing.took_ms) / 1000.0)
        }
        None => "enough was asked today, its pages wait until tomorrow".to_owned(),
    }
}

/// Returns what a stand-in is followed for, if one is.
pub fn healed(told: &Health<'_>) -> Option<String> {
    let (broken, stand_in) = told.healed?;
    let since = stand_in.added.max(broken.failing_since.unwrap_or(stand_in.added));
    let why = broken.failing.as_deref().unwrap_or("it named nothing new");
    Some(format!(
        "{} is followed since {} in place of {} ({why})",
        stand_in.address,
        minute(since),
        broken.address
    ))
}

/// Returns the one thing to do about it.
pub fn fix(source: &Source, told: &Health<'_>) -> Option<String> {
    let name = &source.name;
    Some(match told.fix() {
        Fix::Nothing => return None,
        Fix::Fetch => format!("pressmark fetch {name}"),
        Fix::Heal => format!("pressmark heal {name}"),
        Fix::Add => format!("pressmark add {}", source.site),
        Fix::Allow => {
            let address = place(source, told);
            let place = format!("{}:{}", address.host(), address.port());
            format!("allow = [\"{place}\"] under [fetch] in pressmark.toml")
        }
        Fix::Budget => "a larger requests_a_day under [fetch] in pressmark.toml".to_owned(),
    })
}

/// Returns the address at which the trouble is.
pub fn place<'a>(source: &'a Source, told: &Health<'a>) -> &'a Address {
    told.listing().map_or(&source.site, |listing| &listing.address)
}

pub fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
