//! Pieces that stand on lines of their own.

use super::escape;
use super::span::Line;
use news::{Block, Body, Cell, Figure, PictureUse, Row, Span};

type Source<'a> = &'a dyn Fn(&PictureUse) -> String;

/// The largest number that CommonMark lets a list start with.
const START_MAX: i64 = 999_999_999;

/// Returns the blocks with an empty line between each two.
///
/// Two lists in a row would be read as one, so a comment stands between them.
pub fn blocks(blocks: &[Block], picture: Source) -> String {
    let mut out = String::new();
    let mut last: Option<&Block> = None;
    for block in blocks {
        let text = self::block(block, picture);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        if last.is_some_and(is_list) && is_list(block) {
            out.push_str("<!-- -->\n\n");
        }
        out.push_str(&text);
        last = Some(block);
    }
    out
}

/// Returns the picture above the text with its caption below.
pub fn lead(lead: &PictureUse, picture: Source) -> String {
    let figure = Figure { pictures: vec![lead.clone()], caption: Vec::new() };
    self::figure(&figure, picture)
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::List { reversed: false, .. })
}

fn block(block: &Block, picture: Source) -> String {
    match block {
        Block::Paragraph(spans) => Line::new(picture).spans(spans),
        Block::Heading { level, spans } => heading(*level, spans, picture),
        Block::List { reversed: true, .. } | Block::Definitions(_) => markup(block, picture),
        Block::List { start, items, .. } => list(*start, items, picture),
        Block::Quote(inner) => indented(&blocks(inner, picture), "> ", "> "),
        Block::Code { language, text } => code(language.as_deref().unwrap_or(""), text),
        Block::Table { caption, rows } if caption.is_empty() && is_plain(rows) => {
            pipes(rows, picture)
        }
        Block::Table { .. } => markup(block, picture),
        Block::Figure(figure) => self::figure(figure, picture),
        Block::Embed { address, title } => {
            let words = if title.is_empty() { address.as_str() } else { title };
            let to = address.clone();
            let spans = vec![Span::text(words)];
            Line::new(picture).spans(&[Span::Link { to, spans }])
        }
        Block::Details { open, summary, blocks } => details(*open, summary, blocks, picture),
        Block::Rule => "***".to_owned(),
    }
}

fn heading(level: u8, spans: &[Span], picture: Source) -> String {
    let text = Line::new(picture).heading().spans(spans);
    if text.is_empty() {
        return text;
    }
    format!("{} {text}", "#".repeat(level.clamp(2, 6).into()))
}

fn list(start: Option<i64>, items: &[Vec<Block>], picture: Source) -> String {
    let first = start.unwrap_or(0).clamp(0, START_MAX - items.len() as i64);
    let marks = (first..).map(|number| match start {
        Some(_) => format!("{number}. "),
        None => "- ".to_owned(),
    });
    let items = items.iter().map(|item| (item, blocks(item, picture)));
    let mut loose = false;
    let mut lines = Vec::new();
    for (mark, (item, text)) in marks.zip(items) {
        loose |= !is_tight(item);
        let blank = " ".repeat(mark.len());
        lines.push(indented(&text, &mark, &blank));
    }
    lines.join(if loose { "\n\n" } else { "\n" })
}

/// Tells whether an item is a line of text, with lists below it at most.
fn is_tight(item: &[Block]) -> bool {
    match item {
        [] => true,
        [first, rest @ ..] => {
            matches!(first, Block::Paragraph(_)) && rest.len() < 2 && rest.iter().all(is_list)
        }
    }
}

/// Returns the text with a mark before its first line and blanks before the others.
fn indented(text: &str, first: &str, other: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let mark = if i == 0 { first } else { other };
        out.push_str(if line.is_empty() { mark.trim_end() } else { mark });
        out.push_str(line);
    }
    out
}

fn code(language: &str, text: &str) -> String {
    let fence = "`".repeat(escape::longest_run(text).max(2) + 1);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '#' | '.' | '_');
    let language: String = language.chars().filter(|c| word(*c)).collect();
    format!("{fence}{language}\n{}\n{fence}", text.strip_suffix('\n').unwrap_or(text))
}

/// Returns the pictures, one below the other, and what is written under them.
fn figure(figure: &Figure, picture: Source) -> String {
    let mut lines = Vec::new();
    for one in &figure.pictures {
        lines.push(Line::new(picture).image(one));
        lines.extend(caption(&one.caption, one.credit.as_deref(), picture));
    }
    lines.extend(caption(&figure.caption, None, picture));
    lines.join("\\\n")
}

/// Returns caption and credit as one emphasised line.
fn caption(caption: &[Span], credit: Option<&str>, picture: Source) -> Option<String> {
    let mut spans = caption.to_vec();
    if let Some(credit) = credit.filter(|credit| !Span::text_of(caption).contains(credit)) {
        let between = if spans.is_empty() { "" } else { " — " };
        spans.push(Span::text(format!("{between}{credit}")));
    }
    let line = Line::new(picture).spans(&[Span::Emphasis(spans)]);
    (!line.is_empty()).then_some(line)
}

/// Tells whether a table is one of GitHub's: a row of headings, then rows of as many cells, each
/// a line of text.
fn is_plain(rows: &[Row]) -> bool {
    let Some((head, rest)) = rows.split_first() else {
        return false;
    };
    let line = |cell: &Cell| {
        let text = matches!(cell.blocks[..], [] | [Block::Paragraph(_)]);
        text && cell.columns == 1 && cell.rows == 1
    };
    let same = |row: &Row| row.cells.len() == head.cells.len();
    !head.cells.is_empty()
        && head.cells.iter().all(|cell| cell.heading && line(cell))
        && rest.iter().all(|row| same(row) && row.cells.iter().all(|c| !c.heading && line(c)))
}

fn pipes(rows: &[Row], picture: Source) -> String {
    let cell = |cell: &Cell| match &cell.blocks[..] {
        [Block::Paragraph(spans)] => Line::new(picture).cell().spans(spans),
        _ => String::new(),
    };
    let line = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let under = vec!["---"; rows[0].cells.len()].join(" | ");
    lines.insert(1, format!("| {under} |"));
    lines.join("\n")
}

/// Returns a block as one line of HTML: a line feed inside could end it.
fn markup(block: &Block, picture: Source) -> String {
    let body = Body { blocks: vec![block.clone()] };
    crate::one_line(&html::write(&body, &|used| crate::shown(picture(used))))
}

/// Returns the part under its summary, in HTML around and in Markdown within.
fn details(open: bool, summary: &[Span], inner: &[Block], picture: Source) -> String {
    let summary = crate::one_line(&html::write_spans(summary, &|used| crate::shown(picture(used))));
    let inner = blocks(inner, picture);
    let open = if open { " open" } else { "" };
    format!("<details{open}><summary>{summary}</summary>\n\n{inner}\n\n</details>")
}
