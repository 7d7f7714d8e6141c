//! Lists, code: what attributes and raw text say.

use crate::characters::is_dropped;
use crate::tree::{NodeId, Tree, is_block, is_unseen};

/// The longest name of a programming language, in bytes.
const LANGUAGE_BYTES_MAX: usize = 40;

/// Returns the number of the first item of an ordered list.
pub fn start(tree: &Tree, id: NodeId) -> i64 {
    let text = tree.attr(id, "start").unwrap_or("1");
    text.trim().parse::<i32>().map_or(1, i64::from)
}

/// Returns text in which blanks and line breaks count.
pub fn preformatted(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    for at in tree.descendants(id) {
        match (tree.name(at), tree.text_of_node(at)) {
            (Some("br"), _) => text.push('\n'),
            // Code viewers put a line a block.
            (Some(name), _) if is_block(name) && !text.is_empty() && !text.ends_with('\n') => {
                text.push('\n');
            }
            (_, Some(words)) if !is_unseen_here(tree, at) => {
                text.extend(words.chars().filter(|c| !is_dropped(*c)).map(unix));
            }
            _ => {}
        }
    }
    text.trim_start_matches('\n').trim_end().to_owned()
}

fn unix(c: char) -> char {
    if c == '\r' { '\n' } else { c }
}

fn is_unseen_here(tree: &Tree, id: NodeId) -> bool {
    let parent = tree.parent(id).and_then(|parent| tree.name(parent));
    parent.is_some_and(is_unseen)
}

/// Returns the language that a `<pre>` or the `<code>` in it is marked with.
pub fn language(tree: &Tree, id: NodeId) -> Option<String> {
    let code = tree.children(id).find(|at| tree.name(*at) == Some("code"));
    code.into_iter().chain([id]).find_map(|at| marked(tree, at))
}

fn marked(tree: &Tree, id: NodeId) -> Option<String> {
    let class = tree.attr(id, "class").unwrap_or_default();
    let named = |word: &str| {
        let name = word.strip_prefix("language-").or_else(|| word.strip_prefix("lang-"))?;
        clean(name)
    };
    class
        .split_ascii_whitespace()
        .find_map(named)
        .or_else(|| tree.attr(id, "data-lang").and_then(clean))
        .or_else(|| tree.attr(id, "data-language").and_then(clean))
}

fn clean(name: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "+#._-".contains(c);
    let fits = !name.is_empty() && name.len() <= LANGUAGE_BYTES_MAX && name.chars().all(is_plain);
    fits.then(|| name.to_ascii_lowercase())
}
