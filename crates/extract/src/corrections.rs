//! Notices by which a publisher says that a text was wrong or has been changed.
//!
//! Templates set them apart, often under a name for what is no text, and nothing in an article is
//! missed more: they are kept wherever they stand round it.

use crate::lexicon::Lexicon;
use crate::marks::Marks;
use crate::outline::{Block, Outline};
use crate::trim::phrases::Line;
use std::sync::LazyLock;

/// Within how many blocks of the text a notice stands.
const APART_MAX: usize = 6;

/// A notice is no heavier than this, and no lighter: `Corrections` alone is a link.
const WEIGHT_MAX: usize = 900;
const WEIGHT_MIN: usize = 30;

/// Keeps the notices above, in and below the text.
pub fn keep(outline: &Outline, marks: &Marks, kept: &mut [bool]) {
    let first = kept.iter().position(|kept| *kept);
    let last = kept.iter().rposition(|kept| *kept);
    let (Some(first), Some(last)) = (first, last) else {
        return;
    };
    let is_shown = |block: &Block| !marks.is_unseen(block.node) && !marks.is_comment(block.node);
    let blocks = outline.blocks.iter().zip(kept).take(last + 1 + APART_MAX);
    for (block, kept) in blocks.skip(first.saturating_sub(APART_MAX)) {
        *kept = *kept || is_shown(block) && is_notice(block);
    }
}

fn is_notice(block: &Block) -> bool {
    (WEIGHT_MIN..=WEIGHT_MAX).contains(&block.weight.all)
        && block.weight.linked * 2 < block.weight.all
        && STARTS.begins(Line::of(&block.line).lower())
}

#[rustfmt::skip]
static STARTS: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "correction:", "corrections:", "correction (", "correction, ", "correction —", "correction –", "correction -",
    "clarification:", "clarification (", "corrected:", "erratum:",
    "this article was amended", "this article has been amended", "this article was updated", "this article has been updated",
    "this article was corrected", "this article has been corrected", "this story was updated", "this story has been updated",
    "this story was corrected", "this story has been corrected", "this post has been updated", "this piece was amended",
    "an earlier version of this", "a previous version of this", "an earlier version of the", "a previous version of the",
    "editor's note: this", "editor’s note: this", "editor's note: an earlier", "editor’s note: an earlier",
    "editor's note: a previous", "editor’s note: a previous",
    "korrektur:", "berichtigung:", "richtigstellung:", "korrekturhinweis", "in einer früheren version", "in einer früheren fassung",
    "in einer ersten version", "in einer vorherigen version",
    "rectificatif", "correctif", "une version précédente de cet", "une première version de cet",
    "corrección:", "fe de errores", "fe de erratas", "una versión anterior de est", "rectificación:",
    "errata corrige", "una versione precedente di quest",
    "correção:", "uma versão anterior deste", "rectificatie:", "in een eerdere versie van dit",
    "rättelse:", "rettelse:", "sprostowanie:", "исправление:", "поправка:", "уточнение:",
    "更正：", "更正:", "勘误：", "勘误:", "勘誤：", "勘誤:", "【更正】", "訂正：", "訂正:", "【訂正】", "本文较早版本", "本文較早版本",
    "정정:", "[정정]", "정정합니다", "تصحيح:",
]));
