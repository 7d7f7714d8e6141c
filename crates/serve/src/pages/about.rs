//! `/about`: what this library is and has.

use crate::problem::Problem;
use crate::room::Room;
use crate::words::Tongue;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    /// The word of the table for each count, and the count.
    counts: [(&'static str, u64); 6],
    version: &'static str,
}

pub async fn show(State(room): State<Arc<Room>>, tongue: Tongue) -> Result<Response, Problem> {
    let held = room.shelf().await?.holdings.clone();
    let counts = [
        ("count_sources", held.sources),
        ("count_articles", held.articles),
        ("count_revisions", held.revisions),
        ("count_pictures", held.pictures),
        ("count_captures", held.captures),
        ("count_bytes", held.bytes),
    ];
    room.show(tongue, "about.html", View { counts, version: env!("CARGO_PKG_VERSION") }).await
}
