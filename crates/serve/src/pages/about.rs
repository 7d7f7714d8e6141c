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
    counts: [(&'static str, u64); 5],
    /// In a unit that a person reads at a glance.
    size: String,
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
    ];
    let view = View { counts, size: size(held.bytes), version: env!("CARGO_PKG_VERSION") };
    room.show(tongue, "about.html", view).await
}

/// Returns an amount of bytes in decimal units, as disks are sold.
fn size(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = 0;
    while amount >= 999.95 && unit + 1 < units.len() {
        amount /= 1000.0;
        unit += 1;
    }
    format!("{amount:.1} {}", units[unit])
}
