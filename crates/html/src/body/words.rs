//! Lists, code: what attributes and raw text say.

use super::frames::Kind;
use crate::characters::{collapse, is_dropped};
use crate::tree::{NodeId, Tree, is_block, is_unseen};
use crate::write::is_contact;
use news::Direction;

/// The longest name of a programming language, in bytes.
const LANGUAGE_BYTES_MAX: usize = 40;

/// The longest of the short values that are kept of attributes, in bytes.
const VALUE_BYTES_MAX: usize = 300;
/// The longest moment and the longest tag of a language, in bytes.
const MOMENT_BYTES_MAX: usize = 64;
const TAG_BYTES_MAX: usize = 35;

/// Returns the list that an `<ol>` opens. A reversed one counts down to 1 if it doesn't say from
/// where (HTML §4.4.5).
pub fn ordered(tree: &Tree, id: NodeId) -> Kind {
    let told = tree.attr(id, "start").and_then(|text| text.trim().parse::<i32>().ok());
    let reversed = tree.attr(id, "reversed").is_some();
    let items = || tree.children(id).filter(|at| tree.name(*at) == Some("li")).count() as i64;
    let start = told.map_or_else(|| if reversed { items() } else { 1 }, i64::from);
    Kind::List { start: Some(start), reversed, items: Vec::new() }
}

/// Returns what an abbreviation stands for.
pub fn title(tree: &Tree, id: NodeId) -> Option<String> {
    let title = collapse(tree.attr(id, "title")?);
    (!title.is_empty() && title.len() <= VALUE_BYTES_MAX).then_some(title)
}

/// Returns the moment that a `<time>` names for machines.
pub fn moment(tree: &Tree, id: NodeId) -> Option<String> {
    let at = tree.attr(id, "datetime")?.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " :+-.".contains(c);
    let fits = !at.is_empty() && at.len() <= MOMENT_BYTES_MAX && at.chars().all(is_plain);
    fits.then(|| at.to_owned())
}

/// Returns a way to reach somebody, if an address is one that is plain.
pub fn contact(href: &str) -> Option<String> {
    let (scheme, rest) = href.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@.+-_=&?:%,;/~".contains(c);
    let fits = !rest.is_empty() && rest.len() <= VALUE_BYTES_MAX && rest.chars().all(is_plain);
    fits.then(|| format!("{scheme}:{rest}")).filter(|to| is_contact(to))
}

/// Tells whether an element holds words and not whole parts of a page, whose language is the page's.
pub fn holds_words(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "bdi"
            | "bdo"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "blockquote"
            | "q"
            | "i"
            | "em"
            | "b"
            | "strong"
            | "cite"
            | "a"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figcaption"
    )
}

/// The language and the direction that a whole page declares.
pub struct Page<'a> {
    language: &'a str,
    direction: &'a str,
}

impl<'a> Page<'a> {
    pub fn of(tree: &'a Tree) -> Page<'a> {
        let html = tree.children(tree.root()).find(|at| tree.name(*at) == Some("html"));
        let body =
            html.and_then(|html| tree.children(html).find(|at| tree.name(*at) == Some("body")));
        let told = |name: &str| {
            let each = [body, html].into_iter().flatten();
            each.filter_map(|at| tree.attr(at, name)).map(str::trim).find(|told| !told.is_empty())
        };
        Page { language: told("lang").unwrap_or_default(), direction: told("dir").unwrap_or("ltr") }
    }

    /// Returns the language and the direction that an element gives, where they aren't the page's.
    ///
    /// Where a page declares no language, word processors still mark every run of it.
    pub fn foreign(
        &self,
        tree: &Tree,
        id: NodeId,
        name: &str,
    ) -> (Option<String>, Option<Direction>) {
        let base =
            |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let way = tree.attr(id, "dir").unwrap_or_default().trim();
        let direction = match way.to_ascii_lowercase().as_str() {
            "rtl" => Some(Direction::RightToLeft),
            "ltr" => Some(Direction::LeftToRight),
            _ => None,
        };
        let direction = direction.filter(|_| !way.eq_ignore_ascii_case(self.direction));
        let language = tree.attr(id, "lang").map(str::trim).filter(|tag| {
            let is_tag = tag.len() <= TAG_BYTES_MAX
                && tag.len() >= 2
                && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let is_told = !self.language.is_empty() || direction.is_some() || name == "bdi";
            is_tag && is_told && base(tag) != base(self.language)
        });
        (language.map(str::to_owned), direction)
    }
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
