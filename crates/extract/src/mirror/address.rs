//! The address of an article in a mirror.

use super::head::Head;
use news::{Address, Digest, Note};

/// Characters that a careless reader of HTML made of `&name` without `;` in an address
/// (HTML §13.5 lists these names without a semicolon), as they stand there percent-encoded.
const DAMAGE: &[(&str, &str, &str)] = &[
    ("®", "%C2%AE", "&reg"),
    ("©", "%C2%A9", "&copy"),
    ("§", "%C2%A7", "&sect"),
    ("¶", "%C2%B6", "&para"),
    ("¬", "%C2%AC", "&not"),
    ("×", "%C3%97", "&times"),
    ("÷", "%C3%B7", "&divide"),
    ("¤", "%C2%A4", "&curren"),
    ("°", "%C2%B0", "&deg"),
    ("±", "%C2%B1", "&plusmn"),
    ("µ", "%C2%B5", "&micro"),
    ("·", "%C2%B7", "&middot"),
    ("¢", "%C2%A2", "&cent"),
    ("£", "%C2%A3", "&pound"),
    ("¥", "%C2%A5", "&yen"),
];

/// Returns the address that the head tells, or one that leads nowhere.
pub fn of(head: &Head, file_name: &str, notes: &mut Vec<Note>) -> Address {
    let told = [head.address, head.front.get("from")];
    for text in told.into_iter().flatten() {
        match Address::read(&mended(text, notes)) {
            Some(address) => return address,
            None => notes.push(Note::new("bad-address", text, "not an absolute http(s) address")),
        }
    }
    nowhere(head, file_name, notes)
}

/// Returns the address with a query's parameters as they were, and a note if they weren't.
fn mended(text: &str, notes: &mut Vec<Note>) -> String {
    let text = text.trim().replace("\\(", "(").replace("\\)", ")");
    let Some((path, query)) = text.split_once('?') else {
        return text;
    };
    let mut mended = query.to_owned();
    for (sign, encoded, name) in DAMAGE {
        mended = names_a_parameter(&mended, sign, name);
        mended = names_a_parameter(&mended, encoded, name);
    }
    if mended != query {
        let why = "an `&` of the address had become part of a sign";
        notes.push(Note::new("address-mended", text.as_str(), why));
    }
    format!("{path}?{mended}")
}

/// Replaces a sign where it starts the name of a parameter: letters up to a `=` follow it.
fn names_a_parameter(query: &str, sign: &str, name: &str) -> String {
    let mut parts = query.split(sign);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        out.push_str(if after.starts_with('=') { name } else { sign });
        out.push_str(part);
    }
    out
}

/// Returns an address under `.invalid` (RFC 2606 §2), the same for the same file name.
fn nowhere(head: &Head, file_name: &str, notes: &mut Vec<Note>) -> Address {
    let name = if file_name.is_empty() { head.text } else { file_name };
    let digest = Digest::of(name.as_bytes()).hex();
    let why = "the file tells no address; the one given leads nowhere";
    notes.push(Note::new("no-address", "", why));
    Address::read(&format!("https://mirror.invalid/{}", &digest[..32]))
        .expect("hexadecimal digits make a path")
}
