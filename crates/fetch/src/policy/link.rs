//! What the `Link` headers of an answer lead to (RFC 8288).

use news::{Address, Capture};

/// The most links that are read from one header.
const LINKS_LEN_MAX: usize = 64;

/// One link of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As written; it may be relative.
    pub target: String,
    /// In small letters.
    pub relations: Vec<String>,
}

/// Returns where the links of this relation lead, in their order, each absolute and else as it was
/// written: a hub knows a topic by the very letters that its publisher uses.
pub fn find(capture: &Capture, relation: &str) -> Vec<String> {
    let headers = capture.headers("link");
    let links = headers.iter().flat_map(|header| read(header));
    links
        .filter(|link| link.relations.iter().any(|known| known == relation))
        .filter_map(|link| absolute(&capture.address, link.target))
        .collect()
}

fn absolute(base: &Address, target: String) -> Option<String> {
    match Address::read(&target) {
        Some(_) => Some(target),
        None => base.join(&target).map(|address| address.to_string()),
    }
}

/// Reads a header: `<target>; rel="one two", <target>; rel=three`.
///
/// What is no link is passed over. A link with an `anchor` speaks of some other thing than the one
/// that was asked for, and is none of ours (§3.2).
pub fn read(header: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = header;
    while links.len() < LINKS_LEN_MAX {
        let Some((target, after)) = rest.split_once('<').and_then(|(_, s)| s.split_once('>'))
        else {
            break;
        };
        let (parameters, after) = parameters(after);
        rest = after;
        if find_value(&parameters, "anchor").is_none() {
            // Only the first `rel` of a link counts (§3.3).
            let relations = find_value(&parameters, "rel").unwrap_or_default();
            let relations = relations.split_ascii_whitespace().map(str::to_ascii_lowercase);
            links.push(Link { target: target.trim().to_owned(), relations: relations.collect() });
        }
    }
    links
}

fn find_value<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| &**value)
}

/// Reads `; name=value; name="value"` up to the comma behind which the next link begins; returns
/// what lies behind that as well.
fn parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let mut all = Vec::new();
    let (mut part, mut quoted, mut escaped) = (String::new(), false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => {
                part.push(c);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => all.extend(parameter(&std::mem::take(&mut part))),
            ',' if !quoted => {
                all.extend(parameter(&part));
                return (all, &text[at + 1..]);
            }
            c => part.push(c),
        }
    }
    all.extend(parameter(&part));
    (all, "")
}

fn parameter(part: &str) -> Option<(String, String)> {
    let (name, value) = part.split_once('=')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}
