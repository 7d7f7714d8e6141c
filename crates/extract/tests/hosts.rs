//! No rule of ours is for one site: nothing in the sources names a host of the corpora.

use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[test]
fn nothing_names_a_host_of_the_corpora() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let hosts = hosts(&root.join("../shared/extraction/pages"));
    if hosts.is_empty() {
        eprintln!("SKIPPED: ../shared/extraction is not here, so no host is looked for");
        return;
    }
    let mut files = Vec::new();
    for room in std::fs::read_dir(root.join("crates")).expect("the rooms").flatten() {
        gather(&room.path().join("src"), &mut files);
    }
    gather(&root.join("bench/extraction"), &mut files);
    assert!(files.len() > 100, "the sources are found");
    let named: Vec<String> = files.iter().flat_map(|file| named(file, &hosts)).collect();
    assert!(named.is_empty(), "{}", named.join("\n"));
}

/// The registered domains of all pages, without those that anybody may name: the seed's own, of the
/// document that the project began with, and those of services and of namespaces that pages and feeds
/// of all sites use.
fn hosts(pages: &Path) -> HashSet<String> {
    let Ok(corpora) = std::fs::read_dir(pages) else {
        return HashSet::new();
    };
    let gold = corpora.flatten().map(|corpus| corpus.path().join("gold.jsonl"));
    let gold = gold.filter_map(|path| std::fs::read_to_string(path).ok());
    let rows: Vec<Value> = gold
        .flat_map(|text| {
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<_>>()
        })
        .collect();
    let domains = rows.iter().filter_map(|row| row["domain"].as_str());
    domains
        .filter(|domain| domain.contains('.') && !ANYBODYS.contains(domain))
        .map(str::to_owned)
        .collect()
}

const ANYBODYS: [&str; 18] = [
    "voachinese.com",
    "voanews.com",
    "wordpress.com",
    "blogspot.com",
    "github.com",
    "github.io",
    "medium.com",
    "wikipedia.org",
    "archive.org",
    "facebook.com",
    "fb.com",
    "youtube.com",
    "reddit.com",
    "squarespace.com",
    "substack.com",
    "yahoo.com",
    "harvard.edu",
    "tumblr.com",
];

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|end| {
            ["rs", "py", "toml", "json", "html", "css"].iter().any(|own| end == *own)
        }) {
            files.push(path);
        }
    }
}

fn named(file: &Path, hosts: &HashSet<String>) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let words = text.split(|c: char| !is_part(c)).map(|word| word.trim_matches('.'));
    let is_of = |word: &str, host: &String| {
        word == host || word.strip_suffix(host.as_str()).is_some_and(|before| before.ends_with('.'))
    };
    let found =
        words.filter(|word| word.contains('.') && hosts.iter().any(|host| is_of(word, host)));
    found.map(|word| format!("{}: {word}", file.display())).collect()
}
