//! `/d`: the way to any day.

use crate::pages::issue;
use crate::problem::Problem;
use crate::room::Room;
use crate::times::When;
use crate::words::Tongue;
use archive::Query as Articles;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many days are named.
const DAYS_MAX: usize = 14;

#[derive(Deserialize)]
pub struct Asked {
    day: Option<String>,
}

#[derive(Serialize)]
struct View {
    today: String,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    day: When,
    articles_len: u64,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if let Some(day) = asked.day.as_deref().and_then(|day| day.parse::<Date>().ok()) {
        return Ok(Redirect::to(&format!("/d/{day}")).into_response());
    }
    let today = room.hours.day_of(room.now());
    let days = newest_days(&room, tongue, today).await?;
    room.show(tongue, "days.html", View { today: today.to_string(), days }).await
}

/// Returns the newest days that have articles, none after today.
async fn newest_days(room: &Room, tongue: Tongue, today: Date) -> Result<Vec<Day>, Problem> {
    let mut days = Vec::new();
    let mut end = room.hours.bounds(today).map(|(_, end)| end);
    while let Some(before) = end.filter(|_| days.len() < DAYS_MAX) {
        let Some(day) = issue::previous(room, before).await? else {
            break;
        };
        let Some((since, until)) = room.hours.bounds(day) else {
            break;
        };
        let query = Articles { since: Some(since), until: Some(until), ..Articles::default() };
        let articles_len = room.archive.articles_len(&query).await?;
        days.push(Day { day: room.hours.date(day, tongue), articles_len });
        end = Some(since);
    }
    Ok(days)
}
