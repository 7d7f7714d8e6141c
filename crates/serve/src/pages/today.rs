//! `/`: today, or the newest day that has anything.

use crate::pages::issue;
use crate::problem::Problem;
use crate::room::Room;
use crate::words::Tongue;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Empty {
    sources_len: usize,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    uri: Uri,
) -> Result<Response, Problem> {
    // A link to images.weserv.nl of which only the host was changed.
    if let Some(query) = uri.query().filter(|query| query.split('&').any(is_url)) {
        return Ok(Redirect::permanent(&format!("/picture/?{query}")).into_response());
    }
    let today = room.hours.day_of(room.now());
    // Until the end of today: a publisher's clock that runs ahead must not turn the page.
    let (_, tomorrow) = room.hours.bounds(today).ok_or(Problem::NotFound)?;
    match issue::previous(&room, tomorrow).await? {
        Some(day) => issue::show(&room, tongue, day, 1, true).await,
        None => {
            let sources_len = room.shelf().await?.sources.len();
            room.show(tongue, "empty.html", Empty { sources_len }).await
        }
    }
}

fn is_url(option: &str) -> bool {
    option.starts_with("url=")
}
