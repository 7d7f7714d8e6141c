//! `/sources`: what is followed, and how it goes; failing first.

use crate::line::SourceName;
use crate::problem::Problem;
use crate::room::{Room, is_failing};
use crate::times::{Hours, When};
use crate::words::Tongue;
use archive::Source;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    sources: Vec<SourceView>,
    ok_len: usize,
    failing_len: usize,
}

/// A source and how its visits go.
#[derive(Serialize)]
pub struct SourceView {
    pub name: SourceName,
    pub site: String,
    pub host: String,
    /// The word of the table that says how it is.
    pub state: &'static str,
    pub articles_len: u64,
    pub listings: Vec<ListingView>,
    pub visited: Option<When>,
    pub next: Option<When>,
    pub latest: Option<When>,
}

#[derive(Serialize)]
pub struct ListingView {
    pub address: String,
    pub entries_len: u64,
    pub failing: Option<String>,
    pub since: Option<When>,
    pub failures: u32,
}

pub async fn show(State(room): State<Arc<Room>>, tongue: Tongue) -> Result<Response, Problem> {
    let shelf = room.shelf().await?;
    let mut sources: Vec<&Source> = shelf.sources.iter().collect();
    sources.sort_by_key(|source| (!is_failing(source), source.title.to_lowercase()));
    let views: Vec<SourceView> =
        sources.iter().map(|source| SourceView::of(source, &room.hours, tongue)).collect();
    let count = |state: &str| views.iter().filter(|view| view.state == state).count();
    let view = View {
        ok_len: count("state_ok") + count("state_new"),
        failing_len: count("state_failing"),
        sources: views,
    };
    room.show(tongue, "sources.html", &view).await
}

impl SourceView {
    pub fn of(source: &Source, hours: &Hours, tongue: Tongue) -> SourceView {
        let tell = |at| hours.minute(at, tongue);
        let visits = source.listings.iter().filter_map(|listing| listing.visited);
        let waiting = source.listings.iter().filter(|listing| !listing.ended);
        let next = waiting.map(|listing| listing.next_visit).min();
        SourceView {
            name: SourceName::of(source),
            site: source.site.to_string(),
            host: source.site.host().to_owned(),
            state: state(source),
            articles_len: source.articles_len,
            visited: visits.max().map(tell),
            next: next.map(tell),
            latest: source.latest.map(tell),
            listings: source
                .listings
                .iter()
                .map(|listing| ListingView {
                    address: listing.address.to_string(),
                    entries_len: listing.entries_len,
                    failing: listing.failing.clone(),
                    since: listing.failing_since.map(tell),
                    failures: listing.failures,
                })
                .collect(),
        }
    }
}

fn state(source: &Source) -> &'static str {
    let visited = source.listings.iter().any(|listing| listing.visited.is_some());
    match () {
        () if is_failing(source) => "state_failing",
        () if visited || source.listings.is_empty() => "state_ok",
        () => "state_new",
    }
}
