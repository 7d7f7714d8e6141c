//! html5lib FOLDER [--wrong]: our parser before the tests of html5lib; `--wrong` prints what differs.
//!
//! FOLDER is the `testdata` of html5lib. What our tree leaves out on purpose is left out of theirs
//! before the two are compared, and a case of which nothing is left is skipped: each is told in
//! docs/notes/why-is-the-html-parser-our-own.md.

mod encodings;
mod tokens;
mod trees;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What became of one case.
enum Outcome {
    Right,
    Skipped(&'static str),
    /// Why, as far as the case itself shows it, and what differs.
    Wrong(&'static str, String),
}

#[derive(Default)]
struct Count {
    right: usize,
    wrong: usize,
    skipped: usize,
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("usage: html5lib FOLDER [--wrong]");
    let shows_wrong = args.next().is_some();
    let folder = Path::new(&folder);
    judge("Trees", &folder.join("tree-construction"), "dat", shows_wrong, trees::judge);
    judge("Tokens", &folder.join("tokenizer"), "test", shows_wrong, tokens::judge);
    judge("Encodings", &folder.join("encoding"), "dat", shows_wrong, encodings::judge);
}

/// Judges the cases of all files in a folder and prints the counts.
fn judge(
    title: &str,
    folder: &Path,
    extension: &str,
    shows_wrong: bool,
    cases: fn(&[u8]) -> Vec<Outcome>,
) {
    println!("## {title}\n\n| file | right | wrong | skipped |\n|---|---|---|---|");
    let mut all = Count::default();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    for path in files(folder, extension) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut count = Count::default();
        for outcome in cases(&std::fs::read(&path).expect("it can be read")) {
            match outcome {
                Outcome::Right => count.right += 1,
                Outcome::Skipped(why) => {
                    count.skipped += 1;
                    *reasons.entry(format!("skipped: {why}")).or_default() += 1;
                }
                Outcome::Wrong(why, difference) => {
                    count.wrong += 1;
                    *reasons.entry(format!("wrong: {why}")).or_default() += 1;
                    differences.push(format!("{name}: {why}\n{difference}"));
                }
            }
        }
        println!("| {name} | {} | {} | {} |", count.right, count.wrong, count.skipped);
        all.right += count.right;
        all.wrong += count.wrong;
        all.skipped += count.skipped;
    }
    println!("| all | {} | {} | {} |\n", all.right, all.wrong, all.skipped);
    for (reason, count) in reasons {
        println!("- {count} {reason}");
    }
    println!();
    if shows_wrong {
        println!("{}", differences.join("\n"));
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the tests are there").flatten();
    let paths = entries.map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|own| own == extension)).collect();
    paths.sort();
    paths
}

/// Cuts a file of `#name` lines and what stands below them into its cases.
fn sections(file: &str) -> Vec<BTreeMap<&str, String>> {
    let mut cases: Vec<BTreeMap<&str, String>> = Vec::new();
    let mut section = "";
    for line in file.split('\n') {
        if line == "#data" {
            cases.push(BTreeMap::new());
        }
        let Some(case) = cases.last_mut() else { continue };
        if is_head(line) {
            section = &line[1..];
            case.insert(section, String::new());
        } else if let Some(text) = case.get_mut(section) {
            text.push_str(line);
            text.push('\n');
        }
    }
    for text in cases.iter_mut().flat_map(|case| case.values_mut()) {
        text.pop();
    }
    cases
}

fn is_head(line: &str) -> bool {
    let names = ["data", "errors", "new-errors", "document", "document-fragment", "encoding"];
    let scripts = ["script-on", "script-off"];
    line.strip_prefix('#').is_some_and(|name| names.contains(&name) || scripts.contains(&name))
}
