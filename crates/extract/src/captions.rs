//! Captions that stand below their picture as lines of their own.

use crate::metadata::letters;
use crate::outline::Outline;
use news::{Block, Body, Figure, Span};
use std::collections::HashSet;

/// How heavy a caption may be.
const WEIGHT_MAX: usize = 900;
/// How many elements around a line are asked whether they are a caption's.
const AROUND_MAX: usize = 3;

/// Returns the beginnings of the lines whose elements are named as captions, as letters.
pub fn lines(outline: &Outline, parts: &[usize]) -> HashSet<String> {
    let blocks = parts.iter().flat_map(|part| outline.blocks_of(*part));
    blocks
        .filter(|block| block.weight.all <= WEIGHT_MAX)
        .filter(|block| {
            let mut around = outline.with_ancestors(block.node).take(AROUND_MAX);
            around.any(|at| outline.nodes[at].names.caption)
        })
        .map(|block| start(&block.line))
        .filter(|start| !start.is_empty())
        .collect()
}

/// Puts each such line to the figure that it follows, unless the figure says the same already.
pub fn join(body: &mut Body, lines: &HashSet<String>) {
    if lines.is_empty() {
        return;
    }
    let mut kept: Vec<Block> = Vec::with_capacity(body.blocks.len());
    for block in std::mem::take(&mut body.blocks) {
        match (kept.last_mut(), block) {
            (Some(Block::Figure(figure)), Block::Paragraph(spans)) if is_one_of(&spans, lines) => {
                add(figure, spans);
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
