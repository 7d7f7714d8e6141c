//! `/a/PRESSMARK/N`: an article as it stood.

use crate::pages::article::{self, Saver};
use crate::problem::Problem;
use crate::room::Room;
use crate::words::Tongue;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    saver: Saver,
    Path((mark, number)): Path<(String, u32)>,
) -> Result<Response, Problem> {
    let kept = article::get(&room, &mark, Some(number)).await?;
    article::show_revision(&room, tongue, saver, &kept).await
}
