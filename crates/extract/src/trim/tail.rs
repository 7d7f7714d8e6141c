//! What a template prints below and between the paragraphs: invitations, credits, other articles.

use super::phrases::Line;
use crate::letter::is_letter;
use crate::weight::Weight;
use news::{Block, Body, Span};

/// How many blocks at the end are looked at.
const BLOCKS_MAX: usize = 40;

/// Takes off the end what isn't the article's: invitations, related articles, lone headings.
pub fn trim(body: &mut Body) {
    cut_at_end_mark(body);
    let mut seen = 0;
    while let Some(last) = body.blocks.last() {
        seen += 1;
        if seen > BLOCKS_MAX || !is_tail(last) {
            break;
        }
        body.blocks.pop();
    }
}

/// Takes out of the text the links to other articles that stand on lines of their own.
pub fn without_asides(body: &mut Body) {
    body.blocks.retain(|block| !is_aside(block));
}

/// Cuts where a heading says that from here on other articles follow, in the last half.
fn cut_at_end_mark(body: &mut Body) {
    let weights: Vec<usize> = body.blocks.iter().map(weight_of).collect();
    let all: usize = weights.iter().sum();
    let mut before = 0;
    for (at, weight) in weights.iter().enumerate() {
        let line = || line_of(&body.blocks[at]);
        if before * 2 >= all && line().is_some_and(|line| Line::of(&line).is_end_mark()) {
            body.blocks.truncate(at);
            return;
        }
        before += weight;
    }
}

fn is_tail(block: &Block) -> bool {
    match block {
        Block::Heading { .. } | Block::Rule => true,
        Block::Paragraph(spans) => {
            let text = Span::text_of(spans);
            let text = text.trim();
            text.is_empty()
                || Line::of(text).is_tail()
                || (all_linked(spans) && Weight::of(text).ends == 0)
        }
        Block::List { items, .. } => items.iter().flatten().all(|block| match block {
            Block::Paragraph(spans) => all_linked(spans),
            _ => false,
        }),
        _ => false,
    }
}

fn is_aside(block: &Block) -> bool {
    match block {
        // When an entry of a live blog was written; what a player leaves behind is no `<time>`.
        Block::Paragraph(spans) if matches!(spans.as_slice(), [Span::Time { .. }]) => false,
        Block::Paragraph(spans) | Block::Heading { spans, .. } => {
            let text = Span::text_of(spans);
            let text = text.trim();
            Line::of(text).is_advert() || (has_link(spans) && Line::of(text).is_aside())
        }
        _ => false,
    }
}

fn line_of(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => {
            Some(Span::text_of(spans).trim().to_owned())
        }
        _ => None,
    }
}

fn weight_of(block: &Block) -> usize {
    line_of(block).map_or(0, |line| Weight::of(&line).all)
}

fn has_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| matches!(span, Span::Link { .. }) || has_link(span.inner()))
}

/// Tells whether every word of the spans stands in a link.
fn all_linked(spans: &[Span]) -> bool {
    has_link(spans)
        && spans.iter().all(|span| match span {
            Span::Link { .. } | Span::Break => true,
            Span::Text(text) => !text.chars().any(is_letter),
            other => other.inner().is_empty() || all_linked(other.inner()),
        })
}
