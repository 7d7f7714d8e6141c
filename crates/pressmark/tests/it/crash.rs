//! Killed at any moment, the program loses nothing that it has acknowledged.

use super::program::Library;
use super::site::{Page, Site};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

const PICTURE: &[u8] = include_bytes!("../../src/newspaper/pictures/ferry.jpg");

/// How many articles the site has.
const ARTICLES: usize = 60;

/// How often the program is killed here; the drill of a release kills more (PRESSMARK_KILLS).
const KILLS: usize = 25;

fn site() -> Site {
    let site = Site::start();
    let paths: Vec<String> = (0..ARTICLES).map(|n| format!("/story/{n}")).collect();
    let titles: Vec<String> = (0..ARTICLES).map(|n| format!("Crate number {n}")).collect();
    let items: Vec<(&str, &str, &str)> = paths
        .iter()
        .zip(&titles)
        .map(|(path, title)| (path.as_str(), title.as_str(), ""))
        .collect();
    site.put_feed("/feed.xml", &items);
    for (n, path) in paths.iter().enumerate() {
        let words =
            format!("Crate number {n} stood on the north pier for {n} days before anybody asked.");
        let more = "The harbour office has written to the mainland and is waiting for an answer.";
        let picture = format!("/picture/{n}.jpg");
        site.put_article(path, &titles[n], &[&words, more], &picture);
        let mut bytes = PICTURE.to_vec();
        bytes.extend_from_slice(&n.to_le_bytes());
        site.put(&picture, Page::new("image/jpeg", bytes));
    }
    site
}

/// A small generator of numbers that look like chance and come again the same (xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_double() {
    let kills = std::env::var("PRESSMARK_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let site = site();
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let mut acknowledged = BTreeSet::new();
    let mut chance = 0x5eed_u64;
    for _ in 0..kills {
        let wait = Duration::from_millis(5 + next(&mut chance) % 400);
        acknowledged.extend(killed_after(&library, wait));
        assert_eq!(library.run(&["verify", "--quick"]).out, "");
    }
    library.well(&["fetch"]);
    let kept = library.rows(&["search", "pier", "--limit", "1000"]);
    let marks: Vec<&str> = kept.iter().filter_map(|row| row["pressmark"].as_str()).collect();
    let once: BTreeSet<&str> = marks.iter().copied().collect();
    assert_eq!(marks.len(), once.len(), "nothing is double");
    assert_eq!(marks.len(), ARTICLES, "nothing is missing in the end");
    assert!(kept.iter().all(|row| row["revisions"] == 1), "no revision nobody wrote");
    assert!(acknowledged.iter().all(|mark| once.contains(mark.as_str())), "{acknowledged:?}");
    assert_eq!(library.well(&["verify", "--full"]).out, "");
    let left = std::fs::read_dir(library.folder().join("pictures")).expect("pictures");
    let names = left.map(|entry| entry.expect("an entry").file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("tmp")), "swept");
}

/// Starts a round and kills it; returns the pressmarks that it had acknowledged.
fn killed_after(library: &Library, wait: Duration) -> Vec<String> {
    let mut child = library
        .command(&["fetch", "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let reader = std::thread::spawn(move || {
        let mark = |line: String| line.split_whitespace().next().map(str::to_owned);
        lines.map_while(Result::ok).filter_map(mark).filter(|mark| mark.len() >= 10).collect()
    });
    std::thread::sleep(wait);
    child.kill().expect("killed");
    child.wait().expect("ended");
    reader.join().expect("read")
}
