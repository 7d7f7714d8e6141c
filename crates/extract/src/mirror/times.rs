//! When an article of a mirror was published.

use super::Dates;
use news::{Note, Stamp, Timestamp, date};

/// Two times of one file that lie further apart than this are told, in seconds.
const APART_S_MAX: i64 = 24 * 3600;

/// Returns the time that a publisher told, as far as the file knows it.
///
/// The comment goes before the line above the text, which goes before the front matter: so the
/// mirrors themselves sorted their files.
pub fn published(dates: &Dates, notes: &mut Vec<Note>) -> Option<Stamp> {
    let line = dates.line.as_deref().and_then(|line| date::read(line, None));
    let comment = dates.comment.as_deref().and_then(milliseconds);
    if let (Some(comment), Some(line)) = (&comment, &line) {
        tell_apart(comment, line, notes);
    }
    let found = comment.or(line).or_else(|| front(dates, notes));
    match &found {
        None => notes.push(Note::new("no-date", "", "the file tells no time of publication")),
        Some(stamp) if stamp.offset_s.is_none() => {
            let why = "no zone is told; UTC is taken for granted";
            notes.push(Note::new("no-zone", stamp.written.as_str(), why));
        }
        Some(_) => {}
    }
    found
}

fn milliseconds(comment: &str) -> Option<Stamp> {
    let at = Timestamp::from_millisecond(comment.parse().ok()?).ok()?;
    Some(Stamp { at, offset_s: Some(0), written: comment.to_owned() })
}

fn tell_apart(comment: &Stamp, line: &Stamp, notes: &mut Vec<Note>) {
    if (comment.at.as_second() - line.at.as_second()).abs() > APART_S_MAX {
        let why = "the time in the comment and the line above the text differ by more than a day";
        notes.push(Note::new("dates-differ", line.written.as_str(), why));
    }
}

/// Returns the time of the front matter, unless it is the one at which the mirror ran.
///
/// Where the feed had no date, the mirrors wrote `NaN` into the comment and their own clock into
/// the front matter. A clock has milliseconds, and a feed's date never has.
fn front(dates: &Dates, notes: &mut Vec<Note>) -> Option<Stamp> {
    let text = dates.front.as_deref()?;
    let stamp = date::read(text, None)?;
    if dates.comment.is_none() {
        return Some(stamp);
    }
    if stamp.at.subsec_nanosecond() != 0 {
        let why = "the only time in the file is the one at which the mirror ran";
        notes.push(Note::new("date-of-the-run", text, why));
        return None;
    }
    let why = "the comment has no time; the front matter's may be the one at which the mirror ran";
    notes.push(Note::new("date-unsure", text, why));
    Some(stamp)
}
