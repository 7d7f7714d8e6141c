//! `/search?q=`: the articles that have all of some words.

use crate::line::{LINES_MAX, Line, Pager, offset};
use crate::problem::Problem;
use crate::room::Room;
use crate::words::Tongue;
use archive::Query as Articles;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The longest question that is read, in characters.
const QUESTION_CHARS_MAX: usize = 200;

/// How many words of it count.
const WORDS_MAX: usize = 10;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    page: Option<u32>,
}

#[derive(Serialize)]
struct View {
    q: String,
    words: Vec<String>,
    articles_len: u64,
    hits: Vec<Hit>,
    page: u32,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Hit {
    line: Line,
    headline: Vec<Run>,
    summary: Vec<Run>,
}

/// A run of text; `marked` if it is a word that was asked for.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Run {
    text: String,
    marked: bool,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let q: String = asked.q.trim().chars().take(QUESTION_CHARS_MAX).collect();
    let words: Vec<String> = q.split_whitespace().take(WORDS_MAX).map(str::to_owned).collect();
    let page = asked.page.unwrap_or(1).max(1);
    let mut view = View { q, words, articles_len: 0, hits: vec![], page, pager: None };
    if !view.words.is_empty() {
        search(&room, tongue, &mut view).await?;
    }
    room.show(tongue, "search.html", &view).await
}

async fn search(room: &Room, tongue: Tongue, view: &mut View) -> Result<(), Problem> {
    let query = Articles {
        words: view.words.clone(),
        limit: LINES_MAX,
        offset: offset(view.page),
        ..Articles::default()
    };
    let shelf = room.shelf().await?;
    let found = room.archive.articles(&query).await?.into_iter();
    view.articles_len = room.archive.articles_len(&query).await?;
    view.hits = found
        .map(|line| Line::new(line, &room.hours, &shelf, tongue))
        .map(|line| Hit {
            headline: marked(&line.headline, &view.words),
            summary: marked(&line.summary, &view.words),
            line,
        })
        .collect();
    // The template puts the question before the number: it knows how to escape it.
    view.pager = Some(Pager::new(String::new(), view.page, view.articles_len));
    Ok(())
}

/// Cuts a text where words that were asked for begin and end; capitals don't count.
fn marked(text: &str, words: &[String]) -> Vec<Run> {
    let fold = |text: &str| -> Vec<char> {
        text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
    };
    let (letters, folded) = (text.chars().collect::<Vec<char>>(), fold(text));
    let mut hit = vec![false; letters.len()];
    for word in words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()) {
        for at in 0..(folded.len() + 1).saturating_sub(word.len()) {
            if folded[at..].starts_with(&word) {
                hit[at..at + word.len()].fill(true);
            }
        }
    }
    let mut runs: Vec<Run> = Vec::new();
    for (letter, marked) in letters.into_iter().zip(hit) {
        match runs.last_mut() {
            Some(run) if run.marked == marked => run.text.push(letter),
            _ => runs.push(Run { text: letter.to_string(), marked }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[track_caller]
    fn check(text: &str, words: &[&str], expected: &str) {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let show = |run: &super::Run| match run.marked {
            true => format!("[{}]", run.text),
            false => run.text.clone(),
        };
        let shown: String = marked(text, &words).iter().map(show).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        check("The Ferry and the ferries", &["ferr"], "The [Ferr]y and the [ferr]ies");
        check("夜间轮渡首班满载", &["轮渡", "渡首"], "夜间[轮渡首]班满载");
        check("short", &["much longer"], "short");
        check("", &["a"], "");
        check("İstanbul", &["stan"], "İ[stan]bul");
    }
}
