//! The pages of the extraction corpora, as rows.

use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Speed is measured by every twelfth page with gold that weighs enough, up to so many.
const TIMED_EVERY: usize = 12;
const TIMED_PAGES: usize = 120;
const TIMED_BYTES_MIN: usize = 20_000;

/// Passes over the pages go on for so long, and the shortest counts.
const PASSES_TIME: Duration = Duration::from_secs(2);

/// A page with what people say that it holds.
pub struct Case {
    pub corpus: String,
    pub id: String,
    pub address: news::Address,
    pub language: String,
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
    let language = row["lang"].as_str().unwrap_or_default().to_owned();
    Case { corpus: corpus.to_owned(), id, address: address.expect("an address"), language, bytes }
}

/// Returns the pages that speed is measured by.
pub fn timed_cases(pages: &Path) -> Vec<Case> {
    let all = corpora(pages).into_iter().flat_map(|name| cases(pages, &name));
    let heavy = all.filter(|case| case.bytes.len() >= TIMED_BYTES_MIN);
    heavy.step_by(TIMED_EVERY).take(TIMED_PAGES).collect()
}

/// Returns the seconds of the shortest pass over the pages.
pub fn best_pass<T>(pages: &[T], work: impl Fn(&T)) -> f64 {
    let (mut best, start) = (f64::INFINITY, Instant::now());
    while start.elapsed() < PASSES_TIME {
        let begin = Instant::now();
        pages.iter().for_each(&work);
        best = best.min(begin.elapsed().as_secs_f64());
    }
    best
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
