//! What a reader of the page would see of an element, and what its names say that it is.

use crate::characters::is_blank;
use crate::tree::{NodeId, Tree, is_unseen};

/// How many nodes are looked at to judge what a small element is.
const GLANCE_NODES_MAX: usize = 48;

/// Tells whether an element and all below it are nothing that a reader of an article sees.
pub fn is_hidden(tree: &Tree, id: NodeId, name: &str) -> bool {
    is_unseen(name) && !is_shadow(tree, id)
        || is_control(name)
        || (name == "dialog" && tree.attr(id, "open").is_none())
        || tree.attr(id, "hidden").is_some_and(|value| value != "until-found")
        || has_style(tree, id, "display:none")
        || has_style(tree, id, "visibility:hidden")
        || (tree.attr(id, "aria-hidden") == Some("true") && is_decoration(name))
}

/// A template that is a shadow root is what readers see.
fn is_shadow(tree: &Tree, id: NodeId) -> bool {
    tree.attr(id, "shadowrootmode").is_some()
}

#[rustfmt::skip]
fn is_control(name: &str) -> bool {
    matches!(
        name,
        "input" | "button" | "select" | "textarea" | "datalist" | "option" | "optgroup" | "nav"
            | "svg" | "map" | "progress" | "meter" | "rp" | "noembed" | "source" | "track"
            | "param" | "portal" | "fencedframe" | "annotation" | "annotation-xml"
    )
}

fn is_decoration(name: &str) -> bool {
    matches!(name, "span" | "i" | "b" | "em" | "sup" | "hr")
}

/// Tells whether the style attribute says this, `display:none` for example.
pub fn has_style(tree: &Tree, id: NodeId, words: &str) -> bool {
    tree.attr(id, "style").is_some_and(|style| {
        let is_kept = |c: &char| !c.is_ascii_whitespace();
        let style: String = style.chars().filter(is_kept).collect();
        style.to_ascii_lowercase().contains(words)
    })
}

/// Tells whether a style puts an inline element on lines of its own.
pub fn is_styled_block(tree: &Tree, id: NodeId) -> bool {
    has_style(tree, id, "display:block")
}

/// Tells whether class or itemprop call an element the credit of a picture.
pub fn is_named_credit(tree: &Tree, id: NodeId) -> bool {
    let prop = tree.attr(id, "itemprop").unwrap_or_default();
    if matches!(prop, "copyrightHolder" | "creditText" | "copyrightNotice") {
        return true;
    }
    is_named(tree, id, &["credit", "credits", "copyright", "photographer", "photocredit"])
        && !is_named(tree, id, &["caption", "text", "with"])
}

/// Tells whether a class calls an element a caption.
pub fn is_named_caption(tree: &Tree, id: NodeId) -> bool {
    is_named(tree, id, &["caption", "figcaption", "cutline"])
}

/// Tells whether a word of the classes, as `wp-caption-text` has three, is one of these.
fn is_named(tree: &Tree, id: NodeId, words: &[&str]) -> bool {
    let Some(class) = tree.attr(id, "class") else {
        return false;
    };
    class
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// Returns the text of a small element that holds no picture; `None` if it is more than that.
pub fn short_text(tree: &Tree, id: NodeId, bytes_max: usize) -> Option<String> {
    let mut text = String::new();
    for (count, at) in tree.descendants(id).enumerate() {
        if count >= GLANCE_NODES_MAX {
            return None;
        }
        match (tree.name(at), tree.text_of_node(at)) {
            (Some("img" | "picture" | "figure" | "iframe" | "video" | "table" | "ul"), _) => {
                return None;
            }
            (Some("br" | "p" | "div" | "span"), _) => text.push(' '),
            (_, Some(words)) if !is_in_script(tree, at) => text.push_str(words),
            _ => {}
        }
        if text.len() > bytes_max * 2 {
            return None;
        }
    }
    (text.trim_matches(is_blank).len() <= bytes_max).then_some(text)
}

fn is_in_script(tree: &Tree, id: NodeId) -> bool {
    tree.parent(id).and_then(|parent| tree.name(parent)).is_some_and(is_unseen)
}
