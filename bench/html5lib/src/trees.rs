//! Tree construction: `#data`, and below `#document` the tree that is to come of it.

use crate::{Outcome, sections};
use html::{Limits, NodeId, Tree};
use std::collections::BTreeMap;

pub fn judge(file: &[u8]) -> Vec<Outcome> {
    let file = String::from_utf8_lossy(file);
    sections(&file).iter().map(judged).collect()
}

fn judged(case: &BTreeMap<&str, String>) -> Outcome {
    let data = case["data"].as_str();
    let (tree, top) = match case.get("document-fragment").map(String::as_str) {
        _ if case.contains_key("script-on") => return Outcome::Skipped("scripts are on"),
        None => {
            let tree = Tree::read(data, &Limits::default());
            let top = tree.root();
            (tree, top)
        }
        Some("div") => {
            let tree = Tree::fragment(data, &Limits::default());
            // A fragment hangs below an element <html> of its own.
            let top = tree.first_child(tree.root()).expect("a fragment has a top");
            (tree, top)
        }
        Some(_) => return Outcome::Skipped("a fragment of another element than a <div>"),
    };
    compare(data, &theirs(&case["document"]), &ours(&tree, top))
}

fn compare(data: &str, theirs: &[String], ours: &[String]) -> Outcome {
    if theirs == ours {
        return Outcome::Right;
    }
    let difference =
        format!("{data:?}\n--- theirs\n{}\n--- ours\n{}\n", theirs.join("\n"), ours.join("\n"));
    Outcome::Wrong(cause(data), difference)
}

/// Tells why, where the case itself shows it.
fn cause(data: &str) -> &'static str {
    match data {
        _ if data.contains("<select") => "their <select> is that of before 2025",
        _ if data.contains('\0') => "a NUL in SVG, and a frameset after it",
        _ => "unexplained",
    }
}

/// Writes our tree in their form.
fn ours(tree: &Tree, top: NodeId) -> Vec<String> {
    let mut lines = Vec::new();
    let depth_of_top = tree.ancestors(top).count();
    for id in tree.descendants(top) {
        let depth = tree.ancestors(id).count() - depth_of_top - 1;
        let indent = "  ".repeat(depth);
        if let Some(name) = tree.name(id) {
            lines.push(format!("{indent}<{}>", name.to_lowercase()));
            let mut own: Vec<String> =
                tree.attrs(id).map(|(name, value)| format!("{indent}  {name}={value:?}")).collect();
            own.sort();
            lines.extend(own);
        } else if let Some(text) = tree.text_of_node(id) {
            lines.push(format!("{indent}{text:?}"));
        } else if let Some(text) = tree.comment(id) {
            lines.push(format!("{indent}<!-- {text:?} -->"));
        }
    }
    lines
}

/// Reads their tree, without what ours leaves out: doctypes, what stands in templates, namespaces and
/// the capitals that SVG puts into names.
fn theirs(document: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // They sort attributes by names with namespace and capitals.
    let mut attributes: Vec<String> = Vec::new();
    let mut template_depth = None;
    for entry in entries(document) {
        let said = entry.trim_start_matches(' ');
        let depth = entry.len() - said.len();
        if template_depth.is_some_and(|template| depth > template) {
            continue;
        }
        template_depth = (said == "content").then_some(depth);
        if template_depth.is_some() || said.starts_with("<!DOCTYPE") {
            continue;
        }
        let indent = " ".repeat(depth);
        if is_attribute(said) {
            attributes.push(format!("{indent}{}", attribute(said)));
            continue;
        }
        attributes.sort();
        lines.append(&mut attributes);
        lines.push(format!("{indent}{}", node(said)));
    }
    attributes.sort();
    lines.append(&mut attributes);
    lines
}

/// Cuts a tree into what begins with a `|`: a text goes on in the lines below.
fn entries(document: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    // A file's last case ends in a line that the others don't have.
    for line in document.trim_end_matches('\n').split('\n') {
        match (line.strip_prefix("| "), entries.last_mut()) {
            (Some(entry), _) => entries.push(entry.to_owned()),
            (None, Some(entry)) => {
                entry.push('\n');
                entry.push_str(line);
            }
            (None, None) => {}
        }
    }
    entries
}

/// A name may begin with a `<`, but an element does not end with a `"`.
fn is_attribute(said: &str) -> bool {
    !said.starts_with('"') && said.ends_with('"') && said.contains("=\"")
}

fn attribute(said: &str) -> String {
    let (name, value) = said.split_once("=\"").expect("it was asked before");
    let name = name.rsplit_once(' ').map_or(name, |(_, local)| local);
    let value = value.strip_suffix('"').unwrap_or(value);
    format!("{}={value:?}", name.to_lowercase())
}

fn node(said: &str) -> String {
    if let Some(text) = said.strip_prefix('"') {
        return format!("{:?}", text.strip_suffix('"').unwrap_or(text));
    }
    if let Some(text) = said.strip_prefix("<!-- ") {
        return format!("<!-- {:?} -->", text.strip_suffix(" -->").unwrap_or(text));
    }
    let name = said.trim_start_matches('<').trim_end_matches('>');
    let local = name.strip_prefix("svg ").or(name.strip_prefix("math ")).unwrap_or(name);
    format!("<{}>", local.to_lowercase())
}
