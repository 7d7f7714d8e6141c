//! The tokenizer: our parser hands out no tokens, so they are read from the tree that it makes of them.
//!
//! Compared are the start tags, texts and comments in their order. End tags leave no trace of their
//! own, and a start tag that the tree refuses where it stands would be missed.

use crate::Outcome;
use html::{Limits, Tree};
use serde_json::Value;

/// Their states by what leads our parser into them: the markup before, and the elements that it makes.
const STATES: [(&str, &str, &[&str]); 6] = [
    ("Data state", "", &[]),
    ("RCDATA state", "<title>", &["title"]),
    ("RAWTEXT state", "<xmp>", &["xmp"]),
    ("Script data state", "<script>", &["script"]),
    ("PLAINTEXT state", "<plaintext>", &["plaintext"]),
    ("CDATA section state", "<svg><![CDATA[", &["svg"]),
];

pub fn judge(file: &[u8]) -> Vec<Outcome> {
    let file: Value = serde_json::from_slice(file).expect("the tests are JSON");
    if let Some(cases) = file["xmlViolationTests"].as_array() {
        return cases
            .iter()
            .map(|_| Outcome::Skipped("HTML changed so that XML can hold it"))
            .collect();
    }
    let cases = file["tests"].as_array().expect("it has tests");
    cases.iter().flat_map(|case| states(case).map(|state| judged(case, state))).collect()
}

fn states(case: &Value) -> impl Iterator<Item = &str> {
    let told = case["initialStates"].as_array();
    let states: Vec<&str> = match told {
        Some(states) => states.iter().filter_map(Value::as_str).collect(),
        None => vec!["Data state"],
    };
    states.into_iter()
}

fn judged(case: &Value, state: &str) -> Outcome {
    let (_, before, elements) =
        STATES.iter().find(|known| known.0 == state).expect("a state of theirs");
    // The element that is open bears our name for it, where theirs says another.
    let rename = |text: String| match (case["lastStartTag"].as_str(), elements.first()) {
        (Some(theirs), Some(ours)) => {
            // Once in capitals, and once in some.
            let text = text.replace(theirs, ours).replace("xMp", ours);
            text.replace(&theirs.to_uppercase(), &ours.to_uppercase())
        }
        _ => text,
    };
    let is_escaped = case["doubleEscaped"] == true;
    let read = |value: &Value| match value.as_str().unwrap_or_default() {
        text if is_escaped => unescaped(text),
        text => Some(text.to_owned()),
    };
    let Some(input) = read(&case["input"]) else {
        return Outcome::Skipped("half a surrogate pair, which no text of ours can hold");
    };
    let mut theirs = Signs::default();
    for name in *elements {
        theirs.start(name, Vec::new());
    }
    for token in case["output"].as_array().expect("it has an output") {
        let text = rename(read(&token[1]).unwrap_or_default());
        match token[0].as_str() {
            Some("Character") if state == "Data state" => theirs.text(&text.replace('\0', "")),
            Some("Character") => theirs.text(&text.replace('\0', "\u{fffd}")),
            Some("Comment") => theirs.comment(&text),
            Some("StartTag") => theirs.start(&text, attributes(&token[2], &read)),
            // The tree makes an element of it.
            Some("EndTag") if text == "br" => theirs.start("br", Vec::new()),
            Some("DOCTYPE") => return doctype(token, &input),
            _ => {}
        }
    }
    let input = format!("{before}{}", rename(input));
    let ours = ours(&Tree::fragment(input.as_str(), &Limits::default()));
    if ours.0 == theirs.0 {
        return Outcome::Right;
    }
    let said = &case["description"];
    let difference = format!("{said} {input:?}\n  theirs {:?}\n  ours   {:?}", theirs.0, ours.0);
    Outcome::Wrong("unexplained", difference)
}

/// Of a doctype only the quirks are kept; they show in a table, which does not end the paragraph then.
fn doctype(token: &Value, input: &str) -> Outcome {
    let (is_html, is_correct) = (token[1] == "html", token[4] == true);
    let is_named = !token[2].is_null() || !token[3].is_null();
    if is_html && is_correct && is_named {
        return Outcome::Skipped("a doctype with identifiers, which alone decide its quirks");
    }
    if !input.ends_with('>') {
        return Outcome::Skipped("a doctype that the text ends in");
    }
    let theirs = !is_html || !is_correct;
    let tree = Tree::read(format!("{input}<p><table>"), &Limits::default());
    let table = tree.find(tree.root(), "table").expect("a table follows");
    let ours = tree.parent(table).and_then(|id| tree.name(id)) == Some("p");
    match theirs == ours {
        true => Outcome::Right,
        false => {
            Outcome::Wrong("the quirks of a doctype", format!("{input:?} has quirks: {theirs}"))
        }
    }
}

/// Reads `\uHHHH` once more; half a surrogate pair is no character.
fn unescaped(text: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).expect("four digits"));
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
}

fn attributes(told: &Value, read: &impl Fn(&Value) -> Option<String>) -> Vec<(String, String)> {
    let told = told.as_object().into_iter().flatten();
    let pair = |(name, value): (&String, &Value)| {
        let name = read(&Value::from(name.as_str())).unwrap_or_default();
        (name, read(value).unwrap_or_default())
    };
    told.map(pair).collect()
}

/// Start tags, comments, and texts with nothing between them, in reading order.
#[derive(Default)]
struct Signs(Vec<Sign>);

#[derive(Debug, PartialEq)]
enum Sign {
    Start(String, Vec<(String, String)>),
    Text(String),
    Comment(String),
}

impl Signs {
    fn start(&mut self, name: &str, mut attributes: Vec<(String, String)>) {
        attributes.sort();
        self.0.push(Sign::Start(name.to_owned(), attributes));
    }

    fn comment(&mut self, text: &str) {
        self.0.push(Sign::Comment(text.to_owned()));
    }

    fn text(&mut self, more: &str) {
        match self.0.last_mut() {
            _ if more.is_empty() => {}
            Some(Sign::Text(text)) => text.push_str(more),
            _ => self.0.push(Sign::Text(more.to_owned())),
        }
    }
}

fn ours(tree: &Tree) -> Signs {
    let mut signs = Signs::default();
    // The first is the <html> that a fragment hangs below.
    for id in tree.descendants(tree.root()).skip(1) {
        if let Some(name) = tree.name(id) {
            let own = tree.attrs(id).map(|(name, value)| (name.to_owned(), value.to_owned()));
            signs.start(name, own.collect());
        } else if let Some(text) = tree.text_of_node(id) {
            signs.text(text);
        } else if let Some(text) = tree.comment(id) {
            signs.comment(text);
        }
    }
    signs
}
