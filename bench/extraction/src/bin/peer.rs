//! peer NAME: reads pages as another reader in Rust does: a page a line in, an answer a line out.
//! peer NAME FILE: how many seconds all the pages of a file take it at best, from text in memory.
//!
//! The same as peers.py, for the readers in Rust.

use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::panic;

type Read = fn(&str, &str) -> Result<Value, String>;

fn main() {
    let mut args = std::env::args().skip(1);
    let read = match args.next().as_deref() {
        Some("dom_smoothie") => smoothie as Read,
        Some("trafilatura-rs") => trafilatura as Read,
        _ => panic!("usage: peer dom_smoothie|trafilatura-rs [FILE]"),
    };
    match args.next() {
        Some(file) => {
            let rows = std::fs::read_to_string(file).expect("the pages are there");
            let pages: Vec<Value> = rows.lines().map(page).collect();
            println!("{}", extraction::best_pass(&pages, |page| drop(answer(read, page))));
        }
        None => serve(read),
    }
}

fn serve(read: Read) {
    let mut out = std::io::stdout();
    let mut say = |answer: Value| {
        writeln!(out, "{answer}").and_then(|()| out.flush()).expect("somebody listens");
    };
    say(json!({}));
    for line in std::io::stdin().lock().lines() {
        say(answer(read, &page(&line.expect("UTF-8"))));
    }
}

fn page(line: &str) -> Value {
    serde_json::from_str(line).expect("a row is JSON")
}

fn answer(read: Read, page: &Value) -> Value {
    let text = |name: &str| page[name].as_str().unwrap_or_default();
    match panic::catch_unwind(|| read(text("html"), text("url"))) {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => json!({"failed": error}),
        Err(_) => json!({"failed": "panic"}),
    }
}

fn smoothie(html: &str, url: &str) -> Result<Value, String> {
    let text_mode = dom_smoothie::TextMode::Formatted;
    let options = dom_smoothie::Config { text_mode, ..Default::default() };
    let mut reader = dom_smoothie::Readability::new(html, Some(url), Some(options))
        .map_err(|error| error.to_string())?;
    let found = reader.parse().map_err(|error| error.to_string())?;
    Ok(json!({
        "text": found.text_content.to_string(),
        "title": found.title,
        "authors": found.byline,
        "published": found.published_time,
        "image": found.image,
    }))
}

fn trafilatura(html: &str, url: &str) -> Result<Value, String> {
    let mut options =
        trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    if let Ok(url) = url.parse() {
        options = options.with_url(url);
    }
    let found = trafilatura::extract(html, &options).map_err(|error| error.to_string())?;
    let known = found.metadata;
    Ok(json!({
        "text": found.content_text,
        "title": known.title,
        "authors": known.author,
        "published": known.date.map(|day| day.to_string()),
        "image": known.image,
    }))
}
