//! Which articles are printed.

use super::super::source;
use crate::args::{PrintArgs, WrongUse};
use archive::{Archive, Query};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use news::{Pressmark, Timestamp};

/// How many lines are read from the library at once.
const LINES_AT_ONCE: u32 = 500;

pub async fn marks(archive: &Archive, args: &PrintArgs) -> anyhow::Result<Vec<Pressmark>> {
    let mut query = query(archive, args).await?;
    let mut marks = Vec::new();
    loop {
        let lines = archive.articles(&query).await?;
        let last = lines.len() < LINES_AT_ONCE as usize;
        marks.extend(lines.into_iter().map(|line| line.pressmark));
        if last {
            return Ok(marks);
        }
        query.offset += LINES_AT_ONCE;
    }
}

async fn query(archive: &Archive, args: &PrintArgs) -> anyhow::Result<Query> {
    let mut query = Query { limit: LINES_AT_ONCE, ..Query::default() };
    if let Some(word) = &args.source {
        query.source = Some(source::find(archive, word).await?.id);
    }
    if let Some(words) = &args.query {
        query.words = words.split_whitespace().map(str::to_owned).collect();
    }
    if let Some(day) = &args.since {
        query.since = Some(start(date(day)?)?);
    }
    if let Some(day) = &args.day {
        let day = date(day)?;
        query.since = Some(start(day)?);
        query.until = Some(start(day.saturating_add(1.day()))?);
    }
    Ok(query)
}

fn date(text: &str) -> anyhow::Result<Date> {
    let wrong = || WrongUse(format!("`{text}` is no day; write it as 2024-07-03"));
    Ok(text.parse().map_err(|_| wrong())?)
}

fn start(day: Date) -> anyhow::Result<Timestamp> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp())
}
