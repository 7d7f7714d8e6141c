//! What a template prints above the text: headline, byline, date, buttons.

use super::phrases::Line;
use crate::metadata::letters;
use crate::{dateline, weight::Weight};
use news::{Block, Body, Span};

/// How many blocks at the top are looked at.
const BLOCKS_MAX: usize = 12;
/// A block heavier than this is text.
const LABEL_WEIGHT_MAX: usize = 90;

/// What is known of the article from elsewhere, so it needn't stand in its text.
pub struct Known<'a> {
    pub headline: &'a str,
    pub authors: &'a [String],
    pub site: Option<&'a str>,
}

/// Takes off what repeats the headline, the byline and the date; returns the date line.
pub fn trim(body: &mut Body, known: &Known) -> Option<String> {
    drop_to_headline(body, known.headline);
    let mut dateline = None;
    let mut at = 0;
    let mut seen = 0;
    while at < body.blocks.len() && seen < BLOCKS_MAX {
        seen += 1;
        let Some(line) = line_of(&body.blocks[at]) else {
            at += 1;
            continue;
        };
        if dateline::is_one(&line) {
            body.blocks.remove(at);
            dateline.get_or_insert(line);
        } else if is_label(&line, known) {
            body.blocks.remove(at);
        } else {
            break;
        }
    }
    dateline
}

/// Takes off the headline and the labels before it.
fn drop_to_headline(body: &mut Body, headline: &str) {
    let headline = letters(headline);
    let near = body.blocks.iter().take(BLOCKS_MAX).position(|block| {
        line_of(block).is_some_and(|line| !headline.is_empty() && letters(&line) == headline)
    });
    let Some(at) = near else { return };
    let light = |block: &Block| {
        line_of(block).is_some_and(|line| Weight::of(&line).all <= LABEL_WEIGHT_MAX)
    };
    let keep = |block: &Block| matches!(block, Block::Figure(_) | Block::Embed { .. });
    if body.blocks[..at].iter().all(|block| keep(block) || light(block)) {
        let rest = body.blocks.split_off(at + 1);
        body.blocks.truncate(at);
        body.blocks.retain(keep);
        body.blocks.extend(rest);
    }
}

/// Returns the words of a block that is one line of words.
fn line_of(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => {
            Some(Span::text_of(spans).trim().to_owned())
        }
        Block::List { .. } => {
            let body = Body { blocks: vec![block.clone()] };
            Some(body.text().replace('\n', " "))
        }
        _ => None,
    }
}

fn is_label(line: &str, known: &Known) -> bool {
    let weight = Weight::of(line);
    if weight.all > LABEL_WEIGHT_MAX {
        return false;
    }
    let bare = letters(line);
    let named = known.authors.iter().any(|author| {
        let author = letters(author);
        author.chars().count() >= 2 && bare.contains(&author) && bare.len() <= author.len() * 3 + 24
    });
    let site = known.site.is_some_and(|site| letters(site) == bare);
    bare.is_empty() || (named && weight.ends == 0) || site || Line::of(line).is_head_label()
}
