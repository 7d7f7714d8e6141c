//! Tables of facts, and tables that only place things on a page.

use super::frames::Kind;
use crate::tree::{NodeId, Tree};

/// The most columns or rows that one cell may span.
const SPAN_MAX: u64 = 100;

/// A table whose cells hold more than this on average places text, in bytes.
const CELL_BYTES_MAX: usize = 300;

/// Tells whether a table holds facts in rows and columns; one for layout dissolves into blocks.
///
/// Tables inside it are not looked into, so that all tables of a page are looked at once.
pub fn is_data(tree: &Tree, id: NodeId) -> bool {
    if tree.has_class(id, "data") {
        return true;
    }
    if matches!(tree.attr(id, "role"), Some("presentation" | "none")) {
        return false;
    }
    let seen = look(tree, id);
    if seen.holds_table || seen.cells_len < 2 {
        return false;
    }
    let is_marked = seen.has_headings || seen.has_caption;
    let is_grid = seen.rows_len >= 2 && seen.cells_len >= seen.rows_len * 2;
    is_marked || (is_grid && !seen.holds_blocks && seen.text_len <= seen.cells_len * CELL_BYTES_MAX)
}

#[derive(Default)]
struct Seen {
    rows_len: usize,
    cells_len: usize,
    text_len: usize,
    has_headings: bool,
    has_caption: bool,
    holds_table: bool,
    /// Whether there are headlines, pictures or several paragraphs in a cell.
    holds_blocks: bool,
}

fn look(tree: &Tree, id: NodeId) -> Seen {
    let mut seen = Seen::default();
    for at in tree.descendants(id) {
        match tree.name(at) {
            Some("table") => {
                seen.holds_table = true;
                return seen;
            }
            Some("tr") => seen.rows_len += 1,
            Some("td") => seen.cells_len += 1,
            Some("th") => {
                seen.cells_len += 1;
                seen.has_headings = true;
            }
            Some("caption" | "thead") => seen.has_caption = true,
            Some("h1" | "h2" | "h3" | "figure" | "article" | "form" | "iframe") => {
                seen.holds_blocks = true;
            }
            Some(_) => {}
            None => seen.text_len += tree.text_of_node(at).map_or(0, |text| text.trim().len()),
        }
    }
    seen
}

pub fn cell(tree: &Tree, id: NodeId, name: &str) -> Kind {
    Kind::Cell {
        heading: name == "th",
        columns: count(tree, id, "colspan"),
        rows: count(tree, id, "rowspan"),
    }
}

fn count(tree: &Tree, id: NodeId, name: &str) -> u8 {
    let told = tree.attr(id, name).and_then(|text| text.trim().parse::<u64>().ok());
    u8::try_from(told.unwrap_or(1).clamp(1, SPAN_MAX)).unwrap_or(1)
}
