//! The pages with gold text are read as well as before.

use flate2::read::GzDecoder;
use news::Address;
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Reads every page and has the scorer compare the figures with their floors.
#[test]
fn pages_with_gold_text_are_read_as_well_as_their_floors_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pages = root.join("../shared/extraction/pages");
    if !pages.is_dir() {
        eprintln!("SKIPPED: ../shared/extraction is not here, so no page with gold text is read");
        return;
    }
    let answers = Path::new(env!("CARGO_TARGET_TMPDIR")).join("answers");
    std::fs::create_dir_all(&answers).expect("a folder for the answers");
    for corpus in std::fs::read_dir(&pages).expect("the corpora").flatten() {
        let name = corpus.file_name().into_string().expect("a plain name");
        let rows = halves(&corpus.path());
        std::fs::write(answers.join(format!("{name}.jsonl")), rows).expect("written");
    }
    let scored = Command::new("python3")
        .arg(root.join("bench/extraction/halves.py"))
        .arg(&answers)
        .arg("--floors")
        .arg(root.join("bench/extraction/floors.json"))
        .output()
        .expect("python3 is here");
    let said = String::from_utf8_lossy(&scored.stdout);
    let wrong = String::from_utf8_lossy(&scored.stderr);
    assert!(scored.status.success(), "{said}\n{wrong}");
}

/// Reads the pages of a corpus on two threads.
fn halves(corpus: &Path) -> String {
    let gold = std::fs::read_to_string(corpus.join("gold.jsonl")).expect("gold");
    let lines: Vec<&str> = gold.lines().collect();
    std::thread::scope(|scope| {
        let parts: Vec<_> = lines
            .chunks(lines.len().div_ceil(2))
            .map(|part| scope.spawn(|| part.iter().map(|line| answer(corpus, line)).collect()))
            .collect();
        parts.into_iter().map(|part| -> String { part.join().expect("no panic") }).collect()
    })
}

fn answer(corpus: &Path, line: &str) -> String {
    let row: Value = serde_json::from_str(line).expect("gold is JSON");
    let id = row["id"].as_str().expect("an id");
    let bytes = page(&corpus.join(format!("{id}.html.gz")));
    let told = row["url"].as_str().and_then(Address::read);
    let address = told.or_else(|| Address::read("https://page.invalid/")).expect("an address");
    let page = extract::Page { address: &address, content_type: "", body: &bytes };
    let reading = extract::read(&page, &Default::default(), &Default::default());
    let mut answer = json!({"id": id, "text": ""});
    if let Some(article) = reading.found {
        answer["title"] = article.headline.into();
        answer["authors"] = article.authors.into();
        answer["published"] = article.published.map(|stamp| stamp.in_its_zone()).into();
        answer["image"] = article.lead.map(|lead| lead.address.to_string()).into();
        answer["text"] = article.body.text().into();
    }
    let mut line = String::new();
    writeln!(line, "{answer}").expect("a string takes it");
    line
}

fn page(path: &PathBuf) -> Vec<u8> {
    let file = std::fs::File::open(path).expect("the page is there");
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).expect("the page is gzip");
    bytes
}
