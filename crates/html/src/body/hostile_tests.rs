//! What strangers have tried on others, cleaned, parsed again, and looked at as a tree.

use crate::{Limits, NodeId, Shown, Tree, clean, write};
use news::{Address, PictureUse};
use std::fs;
use std::path::Path;

const BASE: &str = "https://paper.example/a/b";

/// Everything that [`write`] can write.
const ELEMENTS: [&str; 55] = [
    "a",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "del",
    "details",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "html",
    "head",
    "body",
    "colgroup",
    "abbr",
    "bdi",
    "dd",
    "dl",
    "dt",
    "kbd",
    "q",
    "samp",
    "time",
    "u",
    "var",
];

const ATTRIBUTES: [&str; 18] = [
    "alt", "class", "colspan", "datetime", "decoding", "dir", "height", "href", "lang", "loading",
    "open", "reversed", "rowspan", "scope", "src", "start", "title", "width",
];

#[test]
fn nothing_hostile_is_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/hostile");
    let base = Address::read(BASE);
    let mut rows_len = 0;
    for name in ["xss.jsonl", "xss-copyleft.jsonl"] {
        let Ok(rows) = fs::read_to_string(folder.join(name)) else {
            eprintln!("skipped: no {name} in {}", folder.display());
            continue;
        };
        for row in rows.lines() {
            let row: serde_json::Value = serde_json::from_str(row).expect("a row is JSON");
            if row["ctx"] == "html" {
                check(&row["id"], row["html"].as_str().expect("it has HTML"), base.as_ref());
                rows_len += 1;
            }
        }
    }
    eprintln!("{rows_len} rows");
}

fn check(id: &serde_json::Value, html: &str, base: Option<&Address>) {
    let written = write(&clean(html, base), &proxied);
    let tree = Tree::fragment(&written, &Limits::default());
    for at in tree.descendants(tree.root()) {
        if let Some(fault) = fault(&tree, at) {
            panic!("{id}: {fault} in {written}");
        }
    }
    let again = write(&clean(&written, base), &proxied);
    assert_eq!(again, written, "{id} changes when it is cleaned again");
}

fn fault(tree: &Tree, id: NodeId) -> Option<String> {
    let name = tree.name(id)?;
    if !ELEMENTS.contains(&name) {
        return Some(format!("<{name}>"));
    }
    let bad = tree.attrs(id).find(|(name, value)| match *name {
        "src" => !value.starts_with("https://paper.example/picture/?url=http"),
        "id" => !value.starts_with("at-"),
        "href" if ["#at-", "mailto:", "tel:", "magnet:"].iter().any(|s| value.starts_with(s)) => {
            false
        }
        "href" => Address::read(value).is_none_or(|known| known.as_str() != *value),
        name => !ATTRIBUTES.contains(&name),
    });
    bad.map(|(name, value)| format!("{name}={value}"))
}

/// Shows a picture by a proxy of our own, which cleaning sees through again.
fn proxied(picture: &PictureUse) -> Option<Shown> {
    let mut src = String::from("https://paper.example/picture/?url=");
    for byte in picture.address.as_str().bytes() {
        match byte.is_ascii_alphanumeric() {
            true => src.push(char::from(byte)),
            false => src.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(Shown {
        src,
        width: picture.size.map(|size| size.0),
        height: picture.size.map(|size| size.1),
        srcset: None,
        sizes: None,
        later: None,
    })
}
