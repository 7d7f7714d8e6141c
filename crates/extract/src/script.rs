//! The text of a page that shows it only when its scripts have run: in the data that they bring.

mod strings;

use crate::letter::is_letter;
use crate::metadata::{Metadata, is_json_ld, letters, plain, says_closed};
use crate::weight::Weight;
use html::{NodeId, Tag, Tree};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use strings::Said;

/// How much of a page's scripts is looked at, in bytes.
const SCRIPTS_BYTES_MAX: usize = 8_000_000;

/// How much a text must weigh, and in how many sentences.
const WEIGHT_MIN: usize = 300;
const ENDS_MIN: usize = 4;

/// A paragraph weighs more than this or ends a sentence; labels do neither.
const PARAGRAPH_WEIGHT_MIN: usize = 80;

/// How many lines in a row that are no paragraphs may stand in a text: a subhead, a name.
const LABELS_MAX: usize = 2;

/// Which part of the headline's and the description's words must stand in the text, in percent.
const WORDS_PERCENT_MIN: usize = 40;

/// How many of those words are looked for, and in how many texts.
const WORDS_MAX: usize = 100;
const TEXTS_MAX: usize = 20;

/// Words shorter than this say nothing, in letters.
const WORD_LETTERS_MIN: usize = 4;

/// Returns as HTML the heaviest text in the data of the page's scripts that is about what its head
/// says; the text is one string with markup, or a row of strings under one name.
///
/// Where the data says that something isn't free, nobody knows that it is not this text.
pub fn text(tree: &Tree, meta: &Metadata) -> Option<String> {
    if scripts(tree).any(says_closed) {
        return None;
    }
    let said = said(tree);
    let mut texts: Vec<(usize, String)> = marked_up(&said).chain(rows(&said)).collect();
    texts.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let words = words(meta);
    let mut texts = texts.into_iter().take(TEXTS_MAX).map(|(_, text)| text);
    let found = texts.find(|text| is_about(text, &words));
    found.map(|text| without_slots(&text))
}

/// Takes out the marks that the page's script would put something in place of: `$$ADVERT$$`.
fn without_slots(text: &str) -> String {
    let is_slot = |part: &&str| {
        let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        part.chars().any(|c| c.is_ascii_uppercase()) && part.chars().all(is_part)
    };
    text.split("$$").filter(|part| !is_slot(part)).collect()
}

fn said(tree: &Tree) -> Vec<Said> {
    let mut bytes = 0;
    let mut all = Vec::new();
    // Pieces of one stream that its page cuts where it likes.
    let mut stream = String::new();
    for script in scripts(tree) {
        bytes += script.len();
        if bytes > SCRIPTS_BYTES_MAX {
            break;
        }
        match piece(script) {
            Some(piece) => stream.push_str(&piece),
            None => all.extend(strings::of(script)),
        }
    }
    all.extend(strings::of(&stream));
    all
}

fn scripts(tree: &Tree) -> impl Iterator<Item = &str> {
    let scripts = tree.descendants(tree.root()).filter(|id| is_data(tree, *id));
    scripts.flat_map(|id| tree.children(id)).filter_map(|id| tree.text_of_node(id))
}

/// JSON-LD has a reader of its own.
fn is_data(tree: &Tree, id: NodeId) -> bool {
    tree.tag(id) == Tag::Script && !tree.attr(id, "type").is_some_and(is_json_ld)
}

/// Returns a piece of the stream in which React sends what its server has rendered.
fn piece(script: &str) -> Option<String> {
    let (_, pushed) = script.trim_start().split_once("self.__next_f.push([1,\"")?;
    let (raw, _) = pushed.rsplit_once('"')?;
    Some(strings::unescaped(raw))
}

/// The strings that are HTML with enough text in it.
fn marked_up(said: &[Said]) -> impl Iterator<Item = (usize, String)> + '_ {
    let is_html = |text: &&str| ["</p", "<br", "</div"].iter().any(|mark| text.contains(mark));
    let texts = said.iter().map(|said| said.text.as_str()).filter(is_html);
    texts.filter_map(|text| {
        let weight = Weight::of(&plain(text));
        is_enough(weight).then(|| (weight.all, text.to_owned()))
    })
}

/// The paragraphs that stand in a row under one name.
fn rows(said: &[Said]) -> impl Iterator<Item = (usize, String)> + '_ {
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for said in said {
        named.entry(&said.name).or_default().push(&said.text);
    }
    named.into_values().flat_map(|texts| rows_of(texts.into_iter()))
}

fn rows_of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut row = Row::default();
    for text in texts {
        if !row.add(text) {
            found.extend(std::mem::take(&mut row).text());
        }
    }
    found.extend(row.text());
    found
}

/// A row of paragraphs, with labels between them.
#[derive(Default)]
struct Row<'a> {
    lines: Vec<&'a str>,
    seen: HashSet<&'a str>,
    /// How many of the last lines are labels.
    labels: usize,
    weight: Weight,
}

impl<'a> Row<'a> {
    /// Takes a line in; says no where it ends the row.
    fn add(&mut self, line: &'a str) -> bool {
        // The data often has a paragraph as text and once more as what is made of it.
        if !self.seen.insert(line) {
            return true;
        }
        let weight = Weight::of(line);
        let is_paragraph = weight.ends > 0 || weight.all >= PARAGRAPH_WEIGHT_MIN;
        let is_address = line.starts_with("http") && !line.contains(' ');
        if is_paragraph && !is_address {
            self.weight.add(weight);
            self.labels = 0;
        } else {
            self.labels += 1;
        }
        self.lines.push(line);
        self.labels <= LABELS_MAX
    }

    fn text(mut self) -> Option<(usize, String)> {
        self.lines.truncate(self.lines.len() - self.labels);
        let mut text = String::new();
        for line in self.lines {
            match line.contains('<') {
                true => write!(text, "<p>{line}</p>"),
                false => write!(text, "<p>{}</p>", line.replace('&', "&amp;")),
            }
            .ok()?;
        }
        is_enough(self.weight).then_some((self.weight.all, text))
    }
}

fn is_enough(weight: Weight) -> bool {
    weight.all >= WEIGHT_MIN && weight.ends >= ENDS_MIN
}

/// What the headline and the description are about: words, of scripts without blanks their pairs
/// of letters.
fn words(meta: &Metadata) -> Vec<String> {
    let said = [meta.headline.as_deref(), meta.description.as_deref()];
    let words = said.into_iter().flatten().flat_map(|said| said.split(|c: char| !is_letter(c)));
    words.flat_map(parts).take(WORDS_MAX).collect()
}

fn parts(word: &str) -> Vec<String> {
    let letters: Vec<char> = letters(word).chars().collect();
    if letters.iter().any(|c| *c >= '\u{2e80}') {
        return letters.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    if letters.len() < WORD_LETTERS_MIN { Vec::new() } else { vec![letters.into_iter().collect()] }
}

fn is_about(text: &str, words: &[String]) -> bool {
    let text = letters(&plain(text));
    let found = words.iter().filter(|word| text.contains(word.as_str())).count();
    found > 0 && found * 100 >= words.len() * WORDS_PERCENT_MIN
}
