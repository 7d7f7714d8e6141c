//! An article as plain text, for a terminal.

use crate::{Facts, facts};
use news::{Article, Block, Body, Definition, Figure, PictureUse, Row, Span};

/// Returns a whole document: headline, deck, byline, what is known of it, then the text.
///
/// Lines are as long as their paragraphs: a terminal breaks them where it ends. Ends in one line
/// feed.
pub fn article(a: &Article, facts: &Facts) -> String {
    let mut parts = vec![a.headline.clone()];
    parts.extend(a.deck.clone());
    parts.extend(facts::byline(a));
    parts.push(definitions(a, facts));
    parts.extend(a.lead.as_ref().map(picture));
    parts.extend(a.dateline.clone());
    parts.push(body(&a.body));
    parts.retain(|part| !part.is_empty());
    // What a page says must not move the cursor or colour the screen.
    parts.join("\n\n").replace(is_control, "") + "\n"
}

/// Returns the text alone, an empty line between two blocks.
pub fn body(b: &Body) -> String {
    blocks(&b.blocks)
}

fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// Returns names and values, the values under each other.
fn definitions(a: &Article, facts: &Facts) -> String {
    let lines = facts::lines(a, facts);
    let wide = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let line = |(name, value): &(&str, String)| format!("{name:wide$}  {value}");
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn blocks(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(block).collect();
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => Span::text_of(spans),
        Block::List { start, reversed, items } => list(*start, *reversed, items),
        Block::Definitions(items) => items.iter().map(definition).collect::<Vec<_>>().join("\n\n"),
        Block::Quote(inner) => indented(&blocks(inner), "> ", "> "),
        Block::Code { text, .. } => indented(text, "    ", "    "),
        Block::Table { caption, rows } => table(caption, rows),
        Block::Figure(figure) => self::figure(figure),
        Block::Embed { address, title } => format!("[{title}] {address}").replace("[] ", ""),
        Block::Details { summary, blocks, .. } => {
            format!("{}\n\n{}", Span::text_of(summary), self::blocks(blocks))
        }
        Block::Rule => "* * *".to_owned(),
    }
}

fn definition(item: &Definition) -> String {
    let terms = item.terms.iter().map(|term| Span::text_of(term));
    let said = indented(&blocks(&item.blocks), "    ", "    ");
    terms.chain([said]).filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn list(start: Option<i64>, reversed: bool, items: &[Vec<Block>]) -> String {
    let item = |(i, item): (usize, &Vec<Block>)| {
        let step = if reversed { -(i as i64) } else { i as i64 };
        let mark = match start {
            Some(first) => format!("{}. ", first.saturating_add(step)),
            None => "- ".to_owned(),
        };
        indented(&blocks(item), &mark, &" ".repeat(mark.len()))
    };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

fn indented(text: &str, first: &str, other: &str) -> String {
    let marks = std::iter::once(first).chain(std::iter::repeat(other));
    let lines: Vec<String> = text
        .split('\n')
        .zip(marks)
        .map(|(line, mark)| format!("{mark}{line}").trim_end().to_owned())
        .collect();
    lines.join("\n")
}

fn table(caption: &[Span], rows: &[Row]) -> String {
    let line = |row: &Row| {
        let cells = row.cells.iter().map(|cell| blocks(&cell.blocks).replace('\n', " "));
        cells.collect::<Vec<_>>().join("\t")
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    if !caption.is_empty() {
        lines.insert(0, Span::text_of(caption));
    }
    lines.join("\n")
}

fn figure(figure: &Figure) -> String {
    let mut lines: Vec<String> = figure.pictures.iter().map(picture).collect();
    lines.push(Span::text_of(&figure.caption));
    lines.join("\n").trim_end().to_owned()
}

/// Returns what is written under a picture, or what it shows, with its address.
fn picture(picture: &PictureUse) -> String {
    let caption = Span::text_of(&picture.caption);
    let words = if caption.is_empty() { &picture.alt } else { &caption };
    let credit = picture.credit.as_deref().filter(|credit| !words.contains(credit));
    let words: Vec<&str> =
        std::iter::once(words.as_str()).chain(credit).filter(|part| !part.is_empty()).collect();
    let words = words.join(" — ");
    let between = if words.is_empty() { "" } else { " " };
    format!("[{words}{between}{}]", picture.address)
}

#[cfg(test)]
mod tests;
