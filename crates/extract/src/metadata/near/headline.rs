//! The headline as the page prints it, where the head has only a title of page and site.

use super::writers::byline;
use crate::dateline;
use crate::metadata::{Metadata, letters};
use crate::outline::{Block, Outline};

/// How many blocks before and after the beginning of the text may be its headline.
const HEADLINE_BEFORE: usize = 12;
const HEADLINE_AFTER: usize = 3;
/// How many letters such a line has, and how heavy it may be.
const HEADLINE_LETTERS_MIN: usize = 4;
const HEADLINE_WEIGHT_MAX: usize = 150;

/// Returns the line about the beginning of the text that is its headline, where the page's title is
/// that and more, or stands nowhere in the page and so is the site's.
pub fn find(meta: &Metadata, outline: &Outline, first: usize) -> Option<String> {
    let title = letters(meta.headline.as_deref().unwrap_or_default());
    let host = letters(meta.address.host());
    let site = letters(meta.site.as_deref().unwrap_or_default());
    let from = first.saturating_sub(HEADLINE_BEFORE);
    let to = (first + HEADLINE_AFTER).min(outline.blocks.len());
    let is_light = |block: &&Block| block.weight.all <= HEADLINE_WEIGHT_MAX;
    let lines = || outline.blocks[from..to].iter().filter(is_light);
    let is_within = |block: &&Block| {
        let own = letters(&block.line);
        own.chars().count() >= HEADLINE_LETTERS_MIN
            && own.len() * 100 >= title.len() * HEADLINE_PERCENT
            && title.contains(&own)
            && !host.contains(&own)
            && own != site
            && !block.line.contains(['>', '›', '»', '|'])
    };
    let line = |block: &Block| block.line.trim().to_owned();
    if let Some(block) = lines().filter(is_within).max_by_key(|block| block.weight.all) {
        return Some(line(block));
    }
    let is_shown = lines().any(|block| letters(&block.line).contains(&title));
    let opening = outline.blocks.get(first).filter(is_light)?;
    let is_one = opening.weight.ends == 0
        && opening.weight.commas == 0
        && opening.weight.all >= HEADLINE_LETTERS_MIN * 2
        && !dateline::is_one(opening.line.trim())
        && byline(&opening.line).is_empty()
        && outline.nodes[opening.node].tag != html::Tag::Li;
    (is_one && (title.is_empty() || !is_shown)).then(|| line(opening))
}

/// The least part of a title that is its headline, in percent.
const HEADLINE_PERCENT: usize = 30;
