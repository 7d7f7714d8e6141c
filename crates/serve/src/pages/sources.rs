//! `/sources`: what is followed, and how it goes; failing first.

use crate::line::SourceName;
use crate::pages::health::HealthView;
use crate::problem::Problem;
use crate::room::Room;
use crate::times::{Hours, When};
use crate::words::Tongue;
use archive::health::{self, State};
use archive::{ListingState, Role, Source};
use axum::extract::State as Of;
use axum::response::Response;
use news::Timestamp;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    sources: Vec<SourceView>,
    ok_len: usize,
    slow_len: usize,
    silent_len: usize,
    failing_len: usize,
}

/// A source and how its visits go.
#[derive(Serialize)]
pub struct SourceView {
    pub name: SourceName,
    pub site: String,
    pub host: String,
    pub health: HealthView,
    pub articles_len: u64,
    pub listings: Vec<ListingView>,
    pub visited: Option<When>,
    pub next: Option<When>,
    pub latest: Option<When>,
}

#[derive(Serialize)]
pub struct ListingView {
    pub address: String,
    /// The word of the table for the part it plays.
    pub role: &'static str,
    pub entries_len: u64,
    pub failing: Option<String>,
}

pub async fn show(Of(room): Of<Arc<Room>>, tongue: Tongue) -> Result<Response, Problem> {
    let (shelf, now) = (room.shelf().await?, room.now());
    let mut sources: Vec<(State, &Source)> =
        shelf.sources.iter().map(|source| (health::of(source, now).state, source)).collect();
    sources.sort_by_key(|(state, source)| (*state, source.title.to_lowercase()));
    let count = |is: fn(State) -> bool| sources.iter().filter(|(state, _)| is(*state)).count();
    let view = View {
        ok_len: count(|state| matches!(state, State::Well | State::New | State::Ended)),
        slow_len: count(|state| state == State::Slow),
        silent_len: count(|state| matches!(state, State::Silent { .. })),
        failing_len: count(|state| matches!(state, State::Failing { .. })),
        sources: sources
            .iter()
            .map(|(_, source)| SourceView::of(source, &room.hours, now, tongue))
            .collect(),
    };
    room.show(tongue, "sources.html", &view).await
}

impl SourceView {
    pub fn of(source: &Source, hours: &Hours, now: Timestamp, tongue: Tongue) -> SourceView {
        let tell = |at| hours.minute(at, tongue);
        let visits = source.listings.iter().filter_map(|listing| listing.visited);
        let waiting = source.listings.iter().filter(|listing| is_followed(listing));
        let next = waiting.map(|listing| listing.next_visit).min();
        SourceView {
            name: SourceName::of(source),
            site: source.site.to_string(),
            host: source.site.host().to_owned(),
            health: HealthView::of(source, hours, now, tongue),
            articles_len: source.articles_len,
            visited: visits.max().map(tell),
            next: next.map(tell),
            latest: source.latest.map(tell),
            listings: source.listings.iter().map(listing).collect(),
        }
    }
}

fn is_followed(listing: &ListingState) -> bool {
    listing.role == Role::Main && !listing.ended
}

fn listing(listing: &ListingState) -> ListingView {
    ListingView {
        address: listing.address.to_string(),
        role: match listing.role {
            _ if listing.ended => "role_ended",
            Role::Main => "role_main",
            Role::Witness => "role_witness",
            Role::Spare => "role_spare",
        },
        entries_len: listing.entries_len,
        failing: listing.failing.clone(),
    }
}
