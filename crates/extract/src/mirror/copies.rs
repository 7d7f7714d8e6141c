//! Files that hold their document more than once.

use super::content::Content;
use super::head::Head;
use news::{Body, Note};
use std::collections::HashSet;

/// Returns what follows each copy of the head, the first copy first.
pub fn of<'a>(head: &Head<'a>) -> Vec<&'a str> {
    let text = head.text.trim_end();
    let mut contents = Vec::new();
    let mut start = 0;
    for (at, _) in head.content.match_indices(text) {
        if at > 0 && head.content[..at].ends_with('\n') {
            contents.push(&head.content[start..at]);
            start = at + text.len();
        }
    }
    contents.push(&head.content[start..]);
    contents
}

/// Returns the copy with the most words, and after it what only another copy has.
pub fn merge(mut copies: Vec<Content>, notes: &mut Vec<Note>) -> Content {
    let words = |content: &Content| content.body.text().len();
    let longest = (0..copies.len()).rev().max_by_key(|i| words(&copies[*i]));
    let mut content = longest.map_or_else(Content::default, |i| copies.swap_remove(i));
    if copies.is_empty() {
        return content;
    }
    let mut known = lines(&content.body);
    let before = content.body.blocks.len();
    for block in copies.into_iter().flat_map(|copy| copy.body.blocks) {
        let said = lines(&Body { blocks: vec![block.clone()] });
        if !said.is_subset(&known) {
            known.extend(said);
            content.body.blocks.push(block);
        }
    }
    let more = content.body.blocks.len() - before;
    let why = match more {
        0 => "the file holds its document more than once; it is read once".to_owned(),
        n => format!(
            "the file holds its document more than once; {n} blocks that differ stand at the end"
        ),
    };
    notes.push(Note::new("doubled", "", why));
    content
}

fn lines(body: &Body) -> HashSet<String> {
    body.text().lines().map(str::to_owned).collect()
}
