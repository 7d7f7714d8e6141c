//! `extract`: one page, one article; no library, no network.

use super::{lines, rows};
use crate::End;
use crate::args::{ExtractArgs, Global, WrongUse};
use crate::talk::{self, print};
use anyhow::Context;
use extract::rules::{Rules, Test};
use extract::{Hints, Limits, Page};
use news::{Address, Article, Note, Reading};
use press::Facts;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The address of a page that came without one; the name is reserved and resolves nowhere
/// (RFC 2606).
const NOWHERE: &str = "https://page.invalid/";

pub fn run(global: &Global, args: &ExtractArgs) -> anyhow::Result<End> {
    let rules = match &args.rules {
        Some(path) => Some(rules(path)?),
        None => None,
    };
    let rules = rules.as_ref();
    if args.jsonl {
        rows::answer(|text| answer(text, rules))?;
        return Ok(End::Done);
    }
    let address = address(args.url.as_deref()).ok_or_else(|| {
        WrongUse(format!("`{}` is no http(s) address", args.url.as_deref().unwrap_or_default()))
    })?;
    let bytes = lines::read(&args.file)?;
    let reading = read(&address, &args.content_type, &bytes, rules);
    if global.json {
        print(&row(Value::Null, &reading).to_string());
        return Ok(ended(&reading));
    }
    reading.notes.iter().for_each(say);
    let Some(article) = &reading.found else {
        talk::say(&format!("pressmark: no article was found in `{}`", args.file.display()));
        return Ok(End::Failed);
    };
    let facts = Facts::default();
    print(
        match () {
            () if args.html => press::html_page::article(article, &facts),
            () if args.text => article.body.text(),
            () => press::markdown::article(article, &facts, &press::markdown::own_address),
        }
        .trim_end(),
    );
    Ok(End::Done)
}

/// Reads the rules and says what of them can't be followed.
fn rules(path: &Path) -> anyhow::Result<Rules> {
    let reading = crate::rules::load(path)?;
    reading.notes.iter().for_each(say);
    reading.found.with_context(|| format!("`{}` holds no rule that can be read", path.display()))
}

fn ended(reading: &Reading<Article>) -> End {
    if reading.found.is_some() { End::Done } else { End::Failed }
}

fn say(note: &Note) {
    talk::say(&format!("note: {} {} {}", note.kind, note.place, note.text));
}

fn address(text: Option<&str>) -> Option<Address> {
    Address::read(text.unwrap_or(NOWHERE))
}

fn read(
    address: &Address,
    content_type: &str,
    body: &[u8],
    rules: Option<&Rules>,
) -> Reading<Article> {
    let page = Page { address, content_type, body };
    let mut reading =
        extract::read(&page, &Hints { rules, ..Hints::default() }, &Limits::default());
    if let Some(rules) = rules {
        reading.notes.extend(missing(rules, address, reading.found.as_ref()));
    }
    reading
}

/// Notes what should stand in the text, as the rules themselves say, and doesn't.
fn missing(rules: &Rules, address: &Address, article: Option<&Article>) -> Vec<Note> {
    let is_this = |test: &&Test| Address::read(&test.address).as_ref() == Some(address);
    let wanted = rules.tests.iter().filter(is_this).flat_map(|test| &test.contains);
    let text = article.map(|article| article.body.text()).unwrap_or_default();
    let missing = wanted.filter(|words| !text.contains(words.as_str()));
    let note = |words: &String| {
        Note::new("rules-test", "test_contains", format!("`{words}` doesn't stand in the text"))
    };
    missing.map(note).collect()
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    url: Option<String>,
    path: Option<PathBuf>,
    html: Option<String>,
    #[serde(default)]
    content_type: String,
}

fn answer(text: &str, rules: Option<&Rules>) -> Value {
    let asked: Row = match serde_json::from_str(text) {
        Ok(asked) => asked,
        Err(wrong) => return failed(Value::Null, "bad-row", &wrong.to_string()),
    };
    let bytes = match body(&asked) {
        Ok(bytes) => bytes,
        Err(wrong) => return failed(asked.id, "unreadable", &format!("{wrong:#}")),
    };
    let told = address(asked.url.as_deref());
    let address = told.or_else(|| address(None)).expect("the stand-in is an address");
    row(asked.id, &read(&address, &asked.content_type, &bytes, rules))
}

fn body(asked: &Row) -> anyhow::Result<Vec<u8>> {
    match (&asked.html, &asked.path) {
        (Some(html), _) => Ok(html.clone().into_bytes()),
        (None, Some(path)) if path != Path::new("-") => lines::read(path),
        _ => anyhow::bail!("the row has neither `path` nor `html`"),
    }
}

fn failed(id: Value, kind: &'static str, why: &str) -> Value {
    let reading = Reading::new(None, vec![Note::new(kind, "", why)]);
    row(id, &reading)
}

/// What a page alone tells, of all that is known of an article in a library.
const NAMES: &[&str] = &[
    "title",
    "deck",
    "authors",
    "dateline",
    "published",
    "updated",
    "language",
    "section",
    "tags",
    "address",
    "image",
    "text",
    "markdown",
    "html",
    "pictures",
    "evidence",
];

/// The row of a reading; where no article was found its text is empty and the notes say why.
fn row(id: Value, reading: &Reading<Article>) -> Value {
    let mut row = json!({"id": id, "title": "", "text": "", "markdown": "", "html": ""});
    if let Some(article) = &reading.found {
        let mut known = press::json::article(article, &Facts::default());
        for name in NAMES {
            row[name] = known[name].take();
        }
    }
    row["notes"] = json!(reading.notes);
    row
}
