//! `read-listing`: one document, one listing; no library, no network.

use super::{lines, rows};
use crate::End;
use crate::args::{ReadListingArgs, WrongUse};
use crate::talk::print;
use listing::{Document, Limits, section};
use news::Address;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;

pub fn run(args: &ReadListingArgs) -> anyhow::Result<End> {
    if args.jsonl {
        rows::answer(answer)?;
        return Ok(End::Done);
    }
    let base = match args.base.as_deref().filter(|base| !base.is_empty()) {
        Some(base) => Some(
            Address::read(base)
                .ok_or_else(|| WrongUse(format!("`{base}` is no http(s) address")))?,
        ),
        None => None,
    };
    let read = read(&lines::read(&args.file)?, &args.content_type, base.as_ref());
    print(&read.to_string());
    Ok(if read.get("error").is_some() { End::Failed } else { End::Done })
}

fn read(bytes: &[u8], content_type: &str, base: Option<&Address>) -> Value {
    let document = Document { bytes, content_type, base };
    let limits = Limits::default();
    let reading = listing::read(&document, &limits);
    if reading.found.is_none() {
        let section = section::read(&document, &limits);
        if section.found.is_some() {
            return listing::json(&section);
        }
    }
    let mut read = listing::json(&reading);
    if base.is_none() && read["error"].as_str().is_some_and(|why| why.contains("HTML")) {
        read["hint"] = json!("a page of headlines is read where its address is told (base)");
    }
    read
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    path: Option<PathBuf>,
    text: Option<String>,
    #[serde(default)]
    base: String,
    #[serde(default)]
    content_type: String,
}

fn answer(text: &str) -> Value {
    let asked: Row = match serde_json::from_str(text) {
        Ok(asked) => asked,
        Err(wrong) => return json!({"ok": false, "error": wrong.to_string()}),
    };
    let bytes = match (&asked.text, &asked.path) {
        (Some(text), _) => Ok(text.clone().into_bytes()),
        (None, Some(path)) => lines::read(path),
        (None, None) => Err(anyhow::anyhow!("the row has neither `path` nor `text`")),
    };
    let mut row = match bytes {
        Ok(bytes) => read(&bytes, &asked.content_type, Address::read(&asked.base).as_ref()),
        Err(wrong) => json!({"ok": false, "error": format!("{wrong:#}")}),
    };
    row["id"] = asked.id;
    row
}
