//! The first change of an edit in a few words, for the front page.

use crate::difference::{Piece, Row, pieces, rows};
use news::Article;
use serde::Serialize;

/// How much of what did not change stands on either side, in characters.
const AROUND_CHARS_MAX: usize = 24;

/// How much of what changed is shown, in characters.
const CHANGED_CHARS_MAX: usize = 60;

/// `before`, then `was` struck out, then `is`, then `after`.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Glimpse {
    pub before: String,
    pub was: String,
    pub is: String,
    pub after: String,
}

impl Glimpse {
    /// Returns the first change from one version to the next: of the headline, or else of the
    /// text; `None` if the words are the same.
    pub fn of(old: &Article, new: &Article) -> Option<Glimpse> {
        if old.headline != new.headline {
            let both = pieces(&old.headline, &new.headline);
            let whole = || Glimpse::whole(&old.headline, &new.headline);
            return Some(both.map_or_else(whole, |(was, is)| Glimpse::within(&was, &is)));
        }
        let (was, is) = (old.body.text(), new.body.text());
        let (was, is): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
        rows(&was, &is).iter().find_map(|row| match row {
            Row::Same { .. } => None,
            Row::Changed { was, is, .. } => Some(Glimpse::within(was, is)),
            Row::Removed { text, .. } => Some(Glimpse::whole(text, "")),
            Row::Added { text, .. } => Some(Glimpse::whole("", text)),
        })
    }

    fn whole(was: &str, is: &str) -> Glimpse {
        Glimpse {
            was: start(was, CHANGED_CHARS_MAX),
            is: start(is, CHANGED_CHARS_MAX),
            ..Glimpse::default()
        }
    }

    /// Returns the change that comes first; where both sides change at one place, it is both.
    fn within(was: &[Piece], is: &[Piece]) -> Glimpse {
        let (old, new) = (First::of(was), First::of(is));
        let (old_at, new_at) = (old.before.len(), new.before.len());
        let of_old = !old.changed.is_empty() && (new.changed.is_empty() || old_at <= new_at);
        let of_new = !new.changed.is_empty() && (old.changed.is_empty() || new_at <= old_at);
        let around = if of_new { &new } else { &old };
        Glimpse {
            before: end(around.before, AROUND_CHARS_MAX),
            was: if of_old { start(old.changed, CHANGED_CHARS_MAX) } else { String::new() },
            is: if of_new { start(new.changed, CHANGED_CHARS_MAX) } else { String::new() },
            after: start(around.after, AROUND_CHARS_MAX),
        }
    }
}

/// The first changed piece of a paragraph and its neighbours.
#[derive(Default)]
struct First<'a> {
    before: &'a str,
    changed: &'a str,
    after: &'a str,
}

impl First<'_> {
    fn of(pieces: &[Piece]) -> First<'_> {
        let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text.as_str());
        // Pieces that changed and pieces that did not take turns.
        match pieces.iter().position(|piece| piece.changed) {
            Some(0) => First { before: "", changed: text(0), after: text(1) },
            Some(at) => First { before: text(at - 1), changed: text(at), after: text(at + 1) },
            None => First::default(),
        }
    }
}

fn start(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn end(text: &str, chars_max: usize) -> String {
    let skipped = text.chars().count().saturating_sub(chars_max);
    let kept: String = text.chars().skip(skipped).collect();
    if skipped > 0 { format!("…{kept}") } else { kept }
}

#[cfg(test)]
mod tests {
    use super::Glimpse;
    use crate::difference::pieces;

    #[track_caller]
    fn check(was: &str, is: &str, expected: &str) {
        let (was, is) = pieces(was, is).unwrap();
        let seen = Glimpse::within(&was, &is);
        let shown = format!("{}[-{}-]{{+{}+}}{}", seen.before, seen.was, seen.is, seen.after);
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_first_change_is_seen_with_what_stands_around_it() {
        check(
            "The boat has nine seats.",
            "The boat has ten seats.",
            "The boat has [-nine-]{+ten+} seats.",
        );
        check(
            "一共停航8次，其中2次因雾。",
            "一共停航9次，其中3次因雾。",
            "一共停航[-8-]{+9+}次，其中",
        );
    }

    #[test]
    fn what_was_only_added_or_only_removed_has_one_side() {
        check("The boat sails.", "The old boat sails.", "The [--]{+old +}boat sails.");
        check("The old boat sails.", "The boat sails.", "The [-old -]{++}boat sails.");
    }

    #[test]
    fn long_neighbours_are_cut_by_characters() {
        let long = "灯".repeat(50);
        let (was, is) = (format!("{long}8{long}"), format!("{long}9{long}"));
        let around = "灯".repeat(24);
        check(&was, &is, &format!("…{around}[-8-]{{+9+}}{around}…"));
    }
}
