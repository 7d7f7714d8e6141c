//! An outline to OPML 2.0 that every reader of XML 1.0 can read.

use super::letters;
use news::{Opml, Outline};

/// How many levels are indented; deeper ones stay in line with the last.
const INDENTS_MAX: usize = 16;

/// Writes a whole document, in UTF-8.
pub fn write(opml: &Opml) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"".to_owned();
    attributes(&opml.namespaces, &mut out);
    out.push_str(">\n  <head>\n");
    for (name, value) in &opml.head {
        out.push_str(&format!("    <{name}>"));
        escape(value, Place::Text, &mut out);
        out.push_str(&format!("</{name}>\n"));
    }
    out.push_str("  </head>\n  <body>\n");
    opml.outlines.iter().for_each(|outline| element(outline, 2, &mut out));
    out.push_str("  </body>\n</opml>\n");
    out
}

fn element(outline: &Outline, level: usize, out: &mut String) {
    indent(level, out);
    out.push('<');
    out.push_str(&outline.element);
    attributes(&outline.attributes, out);
    if outline.children.is_empty() && outline.words.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push('>');
    escape(&outline.words, Place::Text, out);
    if !outline.children.is_empty() {
        out.push('\n');
        outline.children.iter().for_each(|child| element(child, level + 1, out));
        indent(level, out);
    }
    out.push_str(&format!("</{}>\n", outline.element));
}

fn indent(level: usize, out: &mut String) {
    (0..level.min(INDENTS_MAX)).for_each(|_| out.push_str("  "));
}

fn attributes(attributes: &[(String, String)], out: &mut String) {
    for (name, value) in attributes {
        out.push_str(&format!(" {name}=\""));
        escape(value, Place::Value, out);
        out.push('"');
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    /// Between quotes, where a bare end of a line would be read as a blank (XML 1.0 §3.3.3).
    Value,
}

fn escape(text: &str, place: Place, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if place == Place::Value => out.push_str("&quot;"),
            '\n' | '\t' if place == Place::Value => out.push_str(&format!("&#{};", c as u32)),
            // A bare one would be read as the end of a line.
            '\r' => out.push_str("&#13;"),
            _ if letters::is_sound(c) => out.push(c),
            _ => {}
        }
    }
}
