//! Small pages of headlines, and what a reader must find in them.

use expect_test::{Expect, expect};
use listing::{Document, Limits, section};
use news::{Address, Entry, Listing, Reading};
use std::fmt::Write;

fn read(page: &str) -> Reading<Listing> {
    let base = Address::read("https://harbour.example/news/").unwrap();
    let document = Document { bytes: page.as_bytes(), content_type: "", base: Some(&base) };
    section::read(&document, &Limits::default())
}

#[track_caller]
fn check(page: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(page)));
}

/// Writes what a person would look for, a line for each.
fn shown(reading: &Reading<Listing>) -> String {
    let mut out = String::new();
    if let Some(listing) = &reading.found {
        let title = listing.title.as_ref().map_or("-", |title| &title.value);
        let _ = writeln!(
            out,
            "{:?} {title} {}",
            listing.form,
            listing.language.as_deref().unwrap_or("-")
        );
        listing.entries.iter().for_each(|entry| show(entry, &mut out));
        listing.parts.iter().for_each(|part| {
            let _ = writeln!(out, "part {}", part.address);
        });
    }
    for note in &reading.notes {
        let _ = writeln!(out, "! {} {}", note.kind, note.text);
    }
    out
}

fn show(entry: &Entry, out: &mut String) {
    let title = entry.title.as_ref().map_or("-", |title| &title.value);
    let link = entry.link.as_deref().unwrap_or("-");
    let _ = writeln!(out, "* {title} {}", link.trim_start_matches("https://harbour.example"));
    if let Some(stamp) = &entry.published {
        let _ = writeln!(out, "  published {}", stamp.at);
    }
    if let Some(summary) = &entry.summary {
        let _ = writeln!(out, "  summary {}", summary.value);
    }
    for thumbnail in &entry.thumbnails {
        let _ = writeln!(out, "  picture {}", thumbnail.url);
    }
}

#[test]
fn a_plain_list_between_navigation_and_footer() {
    check(
        r#"<html lang="en"><title>Harbour News</title><nav><a href="/">Home</a> <a href="/politics">Politics</a>
        <a href="/sport">Sport</a></nav><ul>
        <li><a href="/2026/02/03/the-old-bridge-opens-again">The old bridge opens again</a></li>
        <li><a href="/2026/02/03/ferry-runs-late-for-a-week">Ferry runs late for a week</a></li>
        <li><a href="/2026/02/02/town-hall-gets-a-new-roof">Town hall gets a new roof</a></li></ul>
        <footer><a href="/about">About</a> <a href="/terms-and-conditions-of-use">Terms and conditions</a></footer>"#,
        expect![[r#"
            Section Harbour News en
            * The old bridge opens again /2026/02/03/the-old-bridge-opens-again
              published 2026-02-03T00:00:00Z
            * Ferry runs late for a week /2026/02/03/ferry-runs-late-for-a-week
              published 2026-02-03T00:00:00Z
            * Town hall gets a new roof /2026/02/02/town-hall-gets-a-new-roof
              published 2026-02-02T00:00:00Z
        "#]],
    );
}

#[test]
fn a_log_in_is_no_section() {
    check(
        r#"<title>Log in</title><form><input name=user></form><a href="/password">Forgot your password?</a>
        <a href="/register">Register for free</a>"#,
        expect![[r#"
            ! no-section the page has no list of articles
        "#]],
    );
}
