//! Captions that stand below their picture as lines of their own.

use crate::choice::Choice;
use crate::metadata::letters;
use crate::outline::Outline;
use news::{Block, Body, Figure, Span};
use std::collections::HashSet;

/// Returns the beginnings of the lines that were left beside pictures, as letters: the captions.
pub fn lines(outline: &Outline, choice: &Choice) -> HashSet<String> {
    let blocks = choice.captions.iter().map(|at| &outline.blocks[*at]);
    let lines = blocks.map(|block| start(&block.line));
    lines.filter(|start| !start.is_empty()).collect()
}

/// Puts each such line to the figure that it follows, unless the figure says the same already;
/// without a figure it is no text of the article.
pub fn join(body: &mut Body, lines: &HashSet<String>) {
    if lines.is_empty() {
        return;
    }
    let mut kept: Vec<Block> = Vec::with_capacity(body.blocks.len());
    for block in std::mem::take(&mut body.blocks) {
        match (kept.last_mut(), block) {
            (last, Block::Paragraph(spans) | Block::Heading { spans, .. })
                if is_one_of(&spans, lines) =>
            {
                if let Some(Block::Figure(figure)) = last {
                    add(figure, spans);
                }
            }
            (_, block) => kept.push(block),
        }
    }
    body.blocks = kept;
}

fn is_one_of(spans: &[Span], lines: &HashSet<String>) -> bool {
    lines.contains(&start(&Span::text_of(spans)))
}

fn add(figure: &mut Figure, spans: Vec<Span>) {
    let own = figure.pictures.iter().flat_map(|picture| &picture.caption);
    let own: Vec<Span> = own.chain(&figure.caption).cloned().collect();
    let (said, more) = (letters(&Span::text_of(&own)), letters(&Span::text_of(&spans)));
    if said.contains(&more) {
        return;
    }
    let caption = match figure.pictures.as_mut_slice() {
        [picture] => &mut picture.caption,
        _ => &mut figure.caption,
    };
    if !caption.is_empty() {
        caption.push(Span::Break);
    }
    caption.extend(spans);
}

/// The letters by which a line is known: as many as an outline surely keeps.
fn start(line: &str) -> String {
    letters(line).chars().take(30).collect()
}

#[cfg(test)]
mod tests;
