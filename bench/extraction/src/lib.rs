//! The pages of the extraction corpora, as rows.

use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A page with what people say that it holds.
pub struct Case {
    pub corpus: String,
    pub id: String,
    pub address: news::Address,
    pub bytes: Vec<u8>,
}

/// Reads the pages of a corpus in the order of its gold.
pub fn cases(pages: &Path, corpus: &str) -> Vec<Case> {
    let folder = pages.join(corpus);
    let gold = std::fs::read_to_string(folder.join("gold.jsonl")).expect("the corpus has gold");
    gold.lines().map(|line| case(&folder, corpus, line)).collect()
}

fn case(folder: &Path, corpus: &str, line: &str) -> Case {
    let row: Value = serde_json::from_str(line).expect("gold is JSON");
    let id = row["id"].as_str().expect("a page has an id").to_owned();
    let path = folder.join(format!("{id}.html.gz"));
    let mut bytes = Vec::new();
    let packed = std::fs::File::open(&path).unwrap_or_else(|_| panic!("no page {path:?}"));
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).expect("the page is gzip");
    let address = row["url"].as_str().and_then(news::Address::read);
    let address = address.or_else(|| news::Address::read("https://page.invalid/"));
    Case { corpus: corpus.to_owned(), id, address: address.expect("an address"), bytes }
}

/// The names of the corpora, sorted.
pub fn corpora(pages: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(pages).expect("the corpora are there");
    let folders = folders.filter_map(|entry| Some(entry.ok()?.path()));
    let with_gold = folders.filter(|path: &PathBuf| path.join("gold.jsonl").exists());
    let mut names: Vec<String> =
        with_gold.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}
