//! `/d/YYYY-MM-DD`: a day.

use crate::pages::{PageNumber, issue};
use crate::problem::Problem;
use crate::room::Room;
use crate::words::Tongue;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use std::sync::Arc;

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    Path(day): Path<String>,
    Query(page): Query<PageNumber>,
) -> Result<Response, Problem> {
    let day: Date = day.parse().map_err(|_| Problem::NotFound)?;
    issue::show(&room, tongue, day, page.get(), false).await
}
