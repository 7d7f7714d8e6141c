//! The headline of an article among the words that lead to it.

use super::block::Blocks;
use super::layout::Layout;
use super::links::Target;

/// Returns the best words for an article.
pub fn read(layout: &Layout, _blocks: &Blocks, target: &Target) -> Option<String> {
    let longest = target.links.iter().max_by_key(|link| link.weight)?;
    let text = layout.text(longest.spot).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
