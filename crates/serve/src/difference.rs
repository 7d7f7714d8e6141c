//! What changed between two versions of a text.

use std::collections::VecDeque;

/// How many comparisons one difference may cost; past it, what is left counts as replaced.
const COMPARISONS_MAX: usize = 8_000_000;

/// How alike two paragraphs must be to stand beside each other, in percent of their pieces.
const ALIKE_PERCENT: usize = 35;

/// One row of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// It stands in both, at this place of the newer one (from 0).
    Same {
        new: usize,
        text: String,
    },
    Changed {
        old: usize,
        new: usize,
        was: Vec<Piece>,
        is: Vec<Piece>,
    },
    Removed {
        old: usize,
        text: String,
    },
    Added {
        new: usize,
        text: String,
    },
}

/// A run of characters; `changed` if the other version does not have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub changed: bool,
}

/// Compares two lists of paragraphs.
pub fn rows(old: &[&str], new: &[&str]) -> Vec<Row> {
    let mut left = COMPARISONS_MAX;
    let mut rows = Vec::new();
    let mut gap = Gap::default();
    for step in steps(old, new, &mut left) {
        match step {
            Step::Old(i) => gap.old.push_back(i),
            Step::New(i) => gap.new.push_back(i),
            Step::Same(_, i) => {
                gap.close(old, new, &mut left, &mut rows);
                rows.push(Row::Same { new: i, text: new[i].to_owned() });
            }
        }
    }
    gap.close(old, new, &mut left, &mut rows);
    rows
}

/// Compares two paragraphs; `None` if they have too little in common to be one.
pub fn pieces(old: &str, new: &str) -> Option<(Vec<Piece>, Vec<Piece>)> {
    alike(old, new, &mut COMPARISONS_MAX.clone())
}

/// Paragraphs between two that stand in both versions.
#[derive(Default)]
struct Gap {
    old: VecDeque<usize>,
    new: VecDeque<usize>,
}

impl Gap {
    /// Sets those beside each other that are alike, in order, and the others alone.
    fn close(&mut self, old: &[&str], new: &[&str], left: &mut usize, rows: &mut Vec<Row>) {
        while let Some(i) = self.old.pop_front() {
            let partner = self.new.iter().enumerate().take(8);
            let found =
                partner.into_iter().find_map(|(at, j)| Some((at, alike(old[i], new[*j], left)?)));
            match found {
                Some((at, (was, is))) => {
                    let before: Vec<usize> = self.new.drain(..at).collect();
                    rows.extend(before.into_iter().map(|j| added(new, j)));
                    let j = self.new.pop_front().expect("it was found in there");
                    rows.push(Row::Changed { old: i, new: j, was, is });
                }
                None => rows.push(Row::Removed { old: i, text: old[i].to_owned() }),
            }
        }
        rows.extend(self.new.drain(..).map(|j| added(new, j)));
    }
}

fn added(new: &[&str], j: usize) -> Row {
    Row::Added { new: j, text: new[j].to_owned() }
}

fn alike(old: &str, new: &str, left: &mut usize) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let (was, is) = (words(old), words(new));
    let steps = steps(&was, &is, left);
    let common: usize = steps
        .iter()
        .map(|step| match step {
            Step::Same(i, _) => was[*i].chars().filter(|c| c.is_alphanumeric()).count(),
            Step::Old(_) | Step::New(_) => 0,
        })
        .sum();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let most = letters(old).max(letters(new));
    if common * 100 < most * ALIKE_PERCENT || most == 0 {
        return None;
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for step in steps {
        match step {
            Step::Same(i, j) => {
                push(&mut before, was[i], false);
                push(&mut after, is[j], false);
            }
            Step::Old(i) => push(&mut before, was[i], true),
            Step::New(j) => push(&mut after, is[j], true),
        }
    }
    Some((before, after))
}

fn push(pieces: &mut Vec<Piece>, text: &str, changed: bool) {
    match pieces.last_mut() {
        Some(last) if last.changed == changed => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), changed }),
    }
}

/// Cuts a text into words, blanks and signs; where words are not parted, into characters.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let joins = c.is_alphanumeric() && !is_unparted(c);
        if !(inside && joins) && at > start {
            words.push(&text[start..at]);
            start = at;
        }
        inside = joins;
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Tells whether a character is of a script that sets no blanks between words.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// One step from the old list to the new one, with places in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Same(usize, usize),
    Old(usize),
    New(usize),
}

/// Returns the shortest way from one list to the other (longest common subsequence).
///
/// What stands alike at both ends costs nothing; the rest costs old × new comparisons, taken from
/// `left`. Where that is not enough, the rest counts as replaced.
fn steps(old: &[&str], new: &[&str], left: &mut usize) -> Vec<Step> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_mid, new_mid) =
        (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut steps: Vec<Step> = (0..head).map(|i| Step::Same(i, i)).collect();
    middle(old_mid, new_mid, head, left, &mut steps);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    steps.extend((0..tail).map(|i| Step::Same(old_end + i, new_end + i)));
    steps
}

fn middle(old: &[&str], new: &[&str], head: usize, left: &mut usize, steps: &mut Vec<Step>) {
    let cost = old.len().saturating_mul(new.len());
    if cost > *left {
        steps.extend((0..old.len()).map(|i| Step::Old(head + i)));
        steps.extend((0..new.len()).map(|j| Step::New(head + j)));
        return;
    }
    *left -= cost;
    let table = table(old, new);
    let width = new.len() + 1;
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let same = i < old.len() && j < new.len() && old[i] == new[j];
        let down = i < old.len()
            && (j == new.len() || table[(i + 1) * width + j] >= table[i * width + j + 1]);
        if same {
            steps.push(Step::Same(head + i, head + j));
            (i, j) = (i + 1, j + 1);
        } else if down {
            steps.push(Step::Old(head + i));
            i += 1;
        } else {
            steps.push(Step::New(head + j));
            j += 1;
        }
    }
}

/// Returns, for each pair of places, how much the lists have in common from there on.
fn table(old: &[&str], new: &[&str]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut table = vec![0; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i * width + j] = if old[i] == new[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a comparison as people do: `[-was-]{+is+}`.
    fn show(rows: &[Row]) -> Vec<String> {
        let marked = |pieces: &[Piece], open: &str, close: &str| -> String {
            let one = |piece: &Piece| match piece.changed {
                true => format!("{open}{}{close}", piece.text),
                false => piece.text.clone(),
            };
            pieces.iter().map(one).collect()
        };
        let row = |row: &Row| match row {
            Row::Same { text, .. } => format!("= {text}"),
            Row::Removed { text, .. } => format!("- {text}"),
            Row::Added { text, .. } => format!("+ {text}"),
            Row::Changed { was, is, .. } => {
                format!("~ {} → {}", marked(was, "[-", "-]"), marked(is, "{+", "+}"))
            }
        };
        rows.iter().map(row).collect()
    }

    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &[&str]) {
        assert_eq!(show(&rows(old, new)), expected);
    }

    #[test]
    fn a_word_is_changed_within_its_paragraph() {
        check(
            &["One", "The boat had nine seats left."],
            &["One", "The boat had ten seats left."],
            &["= One", "~ The boat had [-nine-] seats left. → The boat had {+ten+} seats left."],
        );
    }

    #[test]
    fn chinese_is_compared_by_characters() {
        check(
            &["渡轮已经至少8次停航。"],
            &["渡轮已经至少9次停航。"],
            &["~ 渡轮已经至少[-8-]次停航。 → 渡轮已经至少{+9+}次停航。"],
        );
    }

    #[test]
    fn paragraphs_come_and_go() {
        check(
            &["a b", "c d", "e f"],
            &["a b", "e f", "g h"],
            &["= a b", "- c d", "= e f", "+ g h"],
        );
        check(&[], &["x"], &["+ x"]);
        check(&["x"], &[], &["- x"]);
        check(&[], &[], &[]);
    }

    #[test]
    fn what_has_nothing_in_common_is_not_one_paragraph() {
        check(
            &["The harbour is closed."],
            &["Seven swans were counted yesterday"],
            &["- The harbour is closed.", "+ Seven swans were counted yesterday"],
        );
    }

    #[test]
    fn a_new_paragraph_before_a_changed_one_leaves_them_paired() {
        check(
            &["The boat sails at nine every night."],
            &["Fog is expected.", "The boat sails at ten every night."],
            &[
                "+ Fog is expected.",
                "~ The boat sails at [-nine-] every night. → The boat sails at {+ten+} every night.",
            ],
        );
    }

    #[test]
    fn nothing_is_lost_when_the_work_would_be_too_much() {
        let old: Vec<String> = (0..4000).map(|i| format!("old {i}")).collect();
        let new: Vec<String> = (0..4000).map(|i| format!("new {i}")).collect();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let rows = rows(&old, &new);
        let has_old = |row: &&Row| !matches!(row, Row::Added { .. });
        assert_eq!(rows.iter().filter(has_old).count(), 4000);
    }
}
