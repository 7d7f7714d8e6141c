//! `/source/NAME`: a source, its articles, and what it announced that is not kept.

use crate::language::{Tag, tag};
use crate::line::{LINES_MAX, Line, Pager, offset};
use crate::pages::PageNumber;
use crate::pages::sources::SourceView;
use crate::problem::Problem;
use crate::room::Room;
use crate::times::When;
use crate::words::Tongue;
use archive::{KeptEntry, Query as Articles, Source};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// How many announced items without an article are shown.
const ENTRIES_MAX: usize = 50;

#[derive(Serialize)]
struct View {
    source: SourceView,
    lines: Vec<Line>,
    articles_len: u64,
    pager: Pager,
    entries: Vec<EntryView>,
    entries_len: usize,
}

/// Something a source announced that there is no article of.
#[derive(Serialize)]
struct EntryView {
    title: String,
    tag: Tag,
    address: Option<String>,
    seen: When,
    failing: Option<String>,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    Path(name): Path<String>,
    Query(page): Query<PageNumber>,
) -> Result<Response, Problem> {
    let shelf = room.shelf().await?;
    let source = shelf.sources.iter().find(|source| source.name == name);
    let source = source.ok_or(Problem::NotFound)?;
    let page = page.get();
    let query = Articles {
        source: Some(source.id),
        limit: LINES_MAX,
        offset: offset(page),
        ..Articles::default()
    };
    let articles_len = room.archive.articles_len(&query).await?;
    let lines = room.archive.articles(&query).await?.into_iter();
    let entries = room.archive.entries_without_article(Some(source.id)).await?;
    let view = View {
        source: SourceView::of(source, &room.hours, room.now(), tongue),
        lines: lines.map(|line| Line::new(line, &room.hours, &shelf, tongue)).collect(),
        articles_len,
        pager: Pager::new("?page=".to_owned(), page, articles_len),
        entries_len: entries.len(),
        entries: entries
            .into_iter()
            .take(ENTRIES_MAX)
            .map(|entry| entry_view(entry, source, &room, tongue))
            .collect(),
    };
    if view.lines.is_empty() && page > 1 {
        return Err(Problem::NotFound);
    }
    room.show(tongue, "source.html", &view).await
}

fn entry_view(entry: KeptEntry, source: &Source, room: &Room, tongue: Tongue) -> EntryView {
    EntryView {
        tag: tag(source.language.as_deref(), &entry.title),
        title: entry.title,
        address: entry.address.map(|address| address.to_string()),
        seen: room.hours.minute(entry.first_seen, tongue),
        failing: entry.failing,
    }
}
