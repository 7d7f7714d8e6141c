//! The paper's own manuscripts: a few header lines, a blank line, then blocks.
//!
//! `## ` opens a subhead, `> ` a quotation (its last line, after a dash, says whose), `- ` and
//! `1. ` lists, `|` a table whose first row is its head, `![file | caption | credit]` a figure and
//! `@ name | handle | words` a post from elsewhere. Within words `[…](slug)` links to another
//! article and `*…*` is a ship or a book.

/// One article as its author handed it in.
#[derive(Debug)]
pub struct Text {
    pub slug: &'static str,
    /// The section in the address, and as readers see it.
    pub section: (&'static str, &'static str),
    pub title: &'static str,
    pub deck: &'static str,
    pub byline: &'static str,
    /// How long before the paper opened it was published.
    pub hours: i64,
    pub fate: Fate,
    pub pictures: Loading,
    pub lead: Option<Figure>,
    pub correction: Option<Correction>,
    pub blocks: Vec<Block>,
}

/// What is going to happen to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Stays,
    Withdrawn,
    Later,
}

/// Whether an article's pictures stand in its page or wait for a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    Eager,
    Lazy,
}

#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub file: &'static str,
    pub caption: &'static str,
    pub credit: &'static str,
}

/// A later change: another headline, other words in one paragraph, and a notice at the end.
#[derive(Debug, Clone, Copy)]
pub struct Correction {
    pub title: &'static str,
    pub wrong: &'static str,
    pub right: &'static str,
    pub notice: &'static str,
}

#[derive(Debug)]
pub enum Block {
    Paragraph(&'static str),
    Subhead(&'static str),
    Quote(Vec<&'static str>),
    Bullets(Vec<&'static str>),
    Steps(Vec<&'static str>),
    Table(Vec<Vec<&'static str>>),
    Figure(Figure),
    Post([&'static str; 3]),
}

impl Text {
    pub fn read(manuscript: &'static str) -> Text {
        let (head, body) = manuscript.split_once("\n\n").unwrap_or((manuscript, ""));
        let line = |name: &str| header(head, name);
        Text {
            slug: line("slug"),
            section: line("section").split_once(" | ").unwrap_or_default(),
            title: line("title"),
            deck: line("deck"),
            byline: line("byline"),
            hours: line("hours").parse().unwrap_or(0),
            fate: match line("fate") {
                "withdrawn" => Fate::Withdrawn,
                "later" => Fate::Later,
                _ => Fate::Stays,
            },
            pictures: if line("look") == "lazy" { Loading::Lazy } else { Loading::Eager },
            lead: Some(line("picture")).filter(|picture| !picture.is_empty()).map(figure),
            correction: Some(line("later-title")).filter(|title| !title.is_empty()).map(|title| {
                Correction {
                    title,
                    wrong: line("later-wrong"),
                    right: line("later-right"),
                    notice: line("later-notice"),
                }
            }),
            blocks: body
                .split("\n\n")
                .map(str::trim)
                .filter(|b| !b.is_empty())
                .map(block)
                .collect(),
        }
    }
}

fn header(head: &'static str, name: &str) -> &'static str {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("").trim()
}

fn block(text: &'static str) -> Block {
    let lines = || text.lines();
    if let Some(words) = text.strip_prefix("## ") {
        Block::Subhead(words)
    } else if text.starts_with("> ") {
        Block::Quote(lines().map(|line| line.trim_start_matches("> ")).collect())
    } else if text.starts_with("- ") {
        Block::Bullets(lines().map(|line| line.trim_start_matches("- ")).collect())
    } else if text.starts_with("1. ") {
        Block::Steps(lines().filter_map(|line| Some(line.split_once(". ")?.1)).collect())
    } else if text.starts_with('|') {
        Block::Table(lines().map(|line| cells(line.trim_matches('|'))).collect())
    } else if let Some(words) = text.strip_prefix("![") {
        Block::Figure(figure(words.trim_end_matches(']')))
    } else if let Some(words) = text.strip_prefix("@ ") {
        Block::Post(three(words))
    } else {
        Block::Paragraph(text)
    }
}

fn figure(line: &'static str) -> Figure {
    let [file, caption, credit] = three(line);
    Figure { file, caption, credit }
}

fn three(line: &'static str) -> [&'static str; 3] {
    let mut parts = cells(line).into_iter();
    [(); 3].map(|()| parts.next().unwrap_or(""))
}

fn cells(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}
