//! `clean`: pieces of HTML in, what a reader would get out.

use super::rows;
use crate::End;
use html::Shown;
use news::{Address, PictureUse};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where a piece came from when its row does not say.
const BASE: &str = "https://site.example/a/b";

pub fn run() -> anyhow::Result<End> {
    rows::answer(answer)?;
    Ok(End::Done)
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    html: String,
    base: Option<String>,
}

fn answer(text: &str) -> Value {
    let asked: Row = match serde_json::from_str(text) {
        Ok(asked) => asked,
        Err(wrong) => return json!({"id": null, "out": "", "error": wrong.to_string()}),
    };
    let base = Address::read(asked.base.as_deref().unwrap_or(BASE));
    let body = html::clean(&asked.html, base.as_ref());
    json!({"id": asked.id, "out": html::write(&body, &own)})
}

/// Shows every picture at an address of ours: nothing is loaded from where the page came from.
fn own(picture: &PictureUse) -> Option<Shown> {
    let src = format!("/picture/?url={}", percent(picture.address.as_str()));
    let (width, height) = picture.size.unzip();
    Some(Shown { src, width, height, srcset: None, sizes: None, later: None })
}

/// Encodes an address so that it can stand as a parameter's value (RFC 3986 §2.3).
fn percent(text: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encoded).collect()
}
