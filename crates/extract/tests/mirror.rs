//! Reads every document of the shared corpus of mirrors, and counts what of its words came along.

use extract::mirror::{self, Document, Variant};
use html::{Limits, Tree};
use news::{Block, Definition, Figure, PictureUse, Row, Span};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The least part of a document's letters that must be in the article.
const KEPT_MIN: f64 = 0.995;

/// Has nothing at all below its head.
const EMPTY: &[&str] = &["V5/31.md"];

#[test]
fn no_document_of_the_corpus_loses_its_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/genre");
    let files = files(&folder);
    if files.is_empty() {
        eprintln!("skipped: no documents in {}", folder.display());
        return;
    }
    let mut wrong = Vec::new();
    let mut least = 1.0_f64;
    for file in &files {
        let name = file.strip_prefix(&folder).expect("a file of it").to_string_lossy();
        let bytes = fs::read(file).expect("the file");
        let reading = mirror::read(&bytes, &name);
        let Some(document) = reading.found else {
            wrong.push(format!("{name}: {:?}", reading.notes));
            continue;
        };
        if document.article.headline.is_empty() {
            wrong.push(format!("{name}: no headline"));
        }
        if document.article.body.text().is_empty() && !EMPTY.contains(&&*name) {
            wrong.push(format!("{name}: no text"));
        }
        let (kept, lost) = kept(&String::from_utf8_lossy(&bytes), &document);
        least = least.min(kept);
        if kept < KEPT_MIN {
            wrong.push(format!("{name}: {:.2} % kept, lost {lost:?}", kept * 100.0));
        }
    }
    eprintln!("{} documents, at least {:.3} % kept", files.len(), least * 100.0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let found = fs::read_dir(folder).into_iter().flatten().flatten();
        found.map(|entry| entry.path()).collect()
    };
    let variants = entries(folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with('V')
    });
    let mut files: Vec<PathBuf> = variants.flat_map(|variant| entries(&variant)).collect();
    files.extend(Some(folder.join("seed.md")).filter(|seed| seed.exists()));
    files.sort();
    files
}

/// Returns the part of the document's letters that the article has too, and those it hasn't.
///
/// Letters are counted, each kind for itself, so that a word moved from one place to another (a
/// caption, a byline) is none lost.
fn kept(source: &str, document: &Document) -> (f64, String) {
    let tree = Tree::fragment(content(source, document.variant), &Limits::default());
    let words = words(document);
    let mut wanted = letters(&tree.text(tree.root()));
    let all: usize = wanted.values().sum();
    for (letter, n) in letters(&words) {
        if let Some(left) = wanted.get_mut(&letter) {
            *left = left.saturating_sub(n);
        }
    }
    let lost: usize = wanted.values().sum();
    let lines = tree.text(tree.root());
    let lines: Vec<&str> = lines.lines().filter(|line| !words.contains(line)).collect();
    let which: String = lines.join(" / ").chars().take(300).collect();
    (1.0 - lost as f64 / all.max(1) as f64, which)
}

/// Returns what is below the head; of Markdown, without the addresses of its links.
fn content(source: &str, variant: Variant) -> String {
    let below = match variant {
        Variant::Scraped => source.splitn(3, "---\n").nth(2),
        _ => source.split_once("\n------\n").map(|(_, below)| below),
    };
    let below = below.unwrap_or(source);
    match variant {
        Variant::Issue => without_targets(below),
        Variant::DateLine => below.replacen("日期：", "", 1),
        // What stands in a frame is words to a parser, tags included.
        _ => below.replace("<iframe", "<p").replace("</iframe>", "</p>"),
    }
}

fn without_targets(markdown: &str) -> String {
    let mut parts = markdown.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    let words = |part: &str| part.split_once(')').map_or("", |(_, words)| words).to_owned();
    parts.fold(first, |out, part| out + &words(part))
}

fn letters(text: &str) -> HashMap<char, usize> {
    let mut letters = HashMap::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *letters.entry(c).or_default() += 1;
    }
    letters
}

/// Returns every word that stood below the head, wherever it stands in the article.
fn words(document: &Document) -> String {
    let article = &document.article;
    let mut out = Vec::new();
    if document.variant == Variant::Scraped {
        // The page's own headline, which the body leaves out.
        out.push(article.headline.clone());
    }
    out.extend(document.dates.line.clone());
    out.extend(article.lead.iter().map(picture));
    out.extend(article.body.blocks.iter().map(block));
    out.join("\n")
}

fn block(block: &Block) -> String {
    let all = |blocks: &[Block]| blocks.iter().map(self::block).collect::<Vec<_>>().join("\n");
    match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => line(spans),
        Block::List { items, .. } => items.iter().map(|item| all(item)).collect(),
        Block::Definitions(items) => {
            let terms =
                |item: &Definition| item.terms.iter().map(|term| line(term)).collect::<String>();
            items.iter().map(|item| terms(item) + &all(&item.blocks)).collect()
        }
        Block::Quote(blocks) => all(blocks),
        Block::Code { text, .. } => text.clone(),
        Block::Table { caption, rows } => {
            let row = |row: &Row| row.cells.iter().map(|c| all(&c.blocks)).collect::<String>();
            line(caption) + &rows.iter().map(row).collect::<String>()
        }
        Block::Figure(Figure { pictures, caption }) => {
            line(caption) + &pictures.iter().map(picture).collect::<String>()
        }
        Block::Embed { title, .. } => title.clone(),
        Block::Details { summary, blocks, .. } => line(summary) + &all(blocks),
        Block::Rule => String::new(),
    }
}

fn line(spans: &[Span]) -> String {
    let mut out = Span::text_of(spans);
    for span in spans {
        if let Span::Ruby { reading, .. } = span {
            out.push_str(reading);
        }
    }
    out
}

fn picture(picture: &PictureUse) -> String {
    line(&picture.caption) + picture.credit.as_deref().unwrap_or("")
}
