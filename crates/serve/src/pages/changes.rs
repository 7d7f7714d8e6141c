//! `/a/PRESSMARK/N/changes`: what an edit changed, beside what stood there.

use crate::difference::{Piece, Row, pieces, rows};
use crate::language::Tag;
use crate::line::SourceName;
use crate::pages::article;
use crate::problem::Problem;
use crate::room::Room;
use crate::times::When;
use crate::words::Tongue;
use axum::extract::{Path, State};
use axum::response::Response;
use news::{Article, Span};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    href: String,
    headline: String,
    tag: Tag,
    source: SourceName,
    old: Version,
    new: Version,
    is_newest: bool,
    next: Option<u32>,
    added_len: usize,
    removed_len: usize,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Version {
    number: u32,
    captured: When,
}

/// One row: what stood there and what stands there, or parts that are the same.
#[derive(Default, Serialize)]
struct Change {
    /// The word of the table for the part, with the number of the paragraph.
    part: &'static str,
    old_number: usize,
    new_number: usize,
    was: Option<Vec<Run>>,
    is: Option<Vec<Run>>,
    same: Vec<String>,
}

#[derive(Serialize)]
struct Run {
    text: String,
    changed: bool,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    Path((mark, number)): Path<(String, u32)>,
) -> Result<Response, Problem> {
    let before = number.checked_sub(1).filter(|n| *n > 0).ok_or(Problem::NotFound)?;
    let new = article::get(&room, &mark, Some(number)).await?;
    let old = article::get(&room, &mark, Some(before)).await?;
    let newest = new.revisions.last().map_or(number, |last| last.number);
    let changes = compare(&old.revision.article, &new.revision.article);
    let version = |number, at| Version { number, captured: room.hours.minute(at, tongue) };
    let view = View {
        href: format!("/a/{}", new.pressmark),
        headline: new.revision.article.headline.clone(),
        tag: article::article_tag(&new),
        source: SourceName::of(&new.source),
        old: version(before, old.revision.captured),
        new: version(number, new.revision.captured),
        is_newest: number == newest,
        next: (number < newest).then_some(number + 1),
        added_len: changed_len(changes.iter().filter_map(|change| change.is.as_ref())),
        removed_len: changed_len(changes.iter().filter_map(|change| change.was.as_ref())),
        changes,
    };
    room.show(tongue, "changes.html", &view).await
}

fn compare(old: &Article, new: &Article) -> Vec<Change> {
    let line = |text: &Option<String>| text.clone().unwrap_or_default();
    let heads = [
        ("part_headline", old.headline.clone(), new.headline.clone()),
        ("part_deck", line(&old.deck), line(&new.deck)),
        ("part_byline", old.authors.join(", "), new.authors.join(", ")),
    ];
    let mut changes: Vec<Change> = heads
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .map(|(part, was, is)| replaced(part, &was, &is))
        .collect();
    changes.extend(pictures(old, new));
    let (was, is) = (old.body.text(), new.body.text());
    let (was, is): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    changes.extend(fold(rows(&was, &is)));
    changes
}

/// Returns a row for a part that there is one of.
fn replaced(part: &'static str, was: &str, is: &str) -> Change {
    let whole = |text: &str| (!text.is_empty()).then(|| vec![run(text, true)]);
    let (was, is) = match pieces(was, is) {
        Some((was, is)) => (Some(runs(was)), Some(runs(is))),
        None => (whole(was), whole(is)),
    };
    Change { part, was, is, ..Change::default() }
}

/// Returns a row for each picture that came or went, by its words.
fn pictures(old: &Article, new: &Article) -> Vec<Change> {
    let words = |article: &Article| -> Vec<(String, String)> {
        let all = article.pictures().into_iter();
        all.map(|picture| {
            let caption = Span::text_of(&picture.caption);
            let words = [caption.trim(), picture.alt.trim(), picture.address.as_str()];
            let first = words.into_iter().find(|text| !text.is_empty());
            (picture.address.to_string(), first.unwrap_or_default().to_owned())
        })
        .collect()
    };
    let (was, is) = (words(old), words(new));
    let only = |here: &[(String, String)], there: &[(String, String)]| -> Vec<String> {
        let missing = |one: &&(String, String)| there.iter().all(|other| other.0 != one.0);
        here.iter().filter(missing).map(|one| one.1.clone()).collect()
    };
    let (gone, come) = (only(&was, &is), only(&is, &was));
    let gone = gone.iter().map(|text| replaced("part_picture", text, ""));
    let come = come.iter().map(|text| replaced("part_picture", "", text));
    gone.chain(come).collect()
}

/// Returns the rows of the text, with what is the same gathered.
fn fold(rows: Vec<Row>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for row in rows {
        let change = match row {
            Row::Same { new, text } => match changes.last_mut() {
                Some(last) if !last.same.is_empty() => {
                    last.same.push(text);
                    continue;
                }
                _ => Change { new_number: new + 1, same: vec![text], ..Change::default() },
            },
            Row::Changed { old, new, was, is } => Change {
                old_number: old + 1,
                new_number: new + 1,
                was: Some(runs(was)),
                is: Some(runs(is)),
                ..Change::default()
            },
            Row::Removed { old, text } => Change {
                old_number: old + 1,
                was: Some(vec![run(&text, true)]),
                ..Change::default()
            },
            Row::Added { new, text } => Change {
                new_number: new + 1,
                is: Some(vec![run(&text, true)]),
                ..Change::default()
            },
        };
        changes.push(Change { part: "part_paragraph", ..change });
    }
    changes
}

fn runs(pieces: Vec<Piece>) -> Vec<Run> {
    pieces.into_iter().map(|piece| Run { text: piece.text, changed: piece.changed }).collect()
}

fn run(text: &str, changed: bool) -> Run {
    Run { text: text.to_owned(), changed }
}

fn changed_len<'a>(parts: impl Iterator<Item = &'a Vec<Run>>) -> usize {
    let changed = parts.flatten().filter(|run| run.changed);
    changed.map(|run| run.text.chars().count()).sum()
}
