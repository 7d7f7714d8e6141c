//! Articles as lines of a list, for people and for programs.

use crate::args::Global;
use crate::talk::{on_one_line, pad, print};
use archive::ArticleLine;
use serde_json::json;

/// Prints articles, a line each.
pub fn print_lines(lines: &[ArticleLine], global: &Global) {
    for line in lines {
        print(&if global.json { as_json(line) } else { as_text(line) });
    }
}

fn as_text(line: &ArticleLine) -> String {
    let when = line.published.unwrap_or(line.first_seen).strftime("%Y-%m-%d %H:%M");
    let source = pad(&line.source_title, 16);
    let mut text = format!("{}  {when}  {source}  {}", line.pressmark, on_one_line(&line.headline));
    if line.revisions_len > 1 {
        text += &format!("  [edited {}×]", line.revisions_len - 1);
    }
    if line.gone {
        text += "  [taken down]";
    }
    text
}

fn as_json(line: &ArticleLine) -> String {
    json!({
        "pressmark": line.pressmark,
        "title": line.headline,
        "summary": line.summary,
        "source": line.source_title,
        "language": line.language,
        "published": line.published,
        "first_seen": line.first_seen,
        "revisions": line.revisions_len,
        "revised": line.revised,
        "gone": line.gone,
    })
    .to_string()
}
