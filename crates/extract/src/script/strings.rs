//! The strings of a script's data, with the names that they stand under.

use std::borrow::Cow;

/// How deep a string is looked into that holds data itself, as an argument of `JSON.parse` does.
const DEPTH_MAX: usize = 3;

/// How much of a name is kept, in bytes: it is kept with each string under it.
const NAME_BYTES_MAX: usize = 64;

/// A string of a script, its escapes resolved.
#[derive(Debug, PartialEq)]
pub struct Said {
    /// The name before the last colon: `content` of `{"content": ["…", "…"]}`.
    pub name: String,
    pub text: String,
}

/// Returns the strings of a script, in order.
///
/// The script is not run and not parsed: quotation marks and the names before colons are enough to
/// read JSON, whether it stands alone, is given to a variable or is a string of another. Takes time
/// in proportion to the script.
pub fn of(script: &str) -> Vec<Said> {
    let mut all = Vec::new();
    // Scripts that are still to be looked at, the next one last, with how deep they lay.
    let mut open = vec![(Cow::Borrowed(script), 0)];
    while let Some((script, depth)) = open.pop() {
        let inner = gather(&script, depth < DEPTH_MAX, &mut all);
        open.extend(inner.into_iter().rev().map(|text| (Cow::Owned(text), depth + 1)));
    }
    all
}

/// Gathers the strings of one script, and returns those that are data themselves.
fn gather(script: &str, goes_deeper: bool, all: &mut Vec<Said>) -> Vec<String> {
    let bytes = script.as_bytes();
    let mut inner = Vec::new();
    let mut name = "";
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => {
                let Some(end) = end_of(bytes, at) else {
                    at += 1;
                    continue;
                };
                let raw = &script[at + 1..end];
                at = end + 1;
                if next_mark(bytes, at) == Some(b':') {
                    name = &raw[..raw.floor_char_boundary(NAME_BYTES_MAX)];
                    continue;
                }
                let text = unescaped(raw);
                if goes_deeper && is_data(&text) {
                    inner.push(text);
                } else if !text.trim().is_empty() {
                    all.push(Said { name: name.to_owned(), text });
                }
            }
            b':' => {
                name = word_before(script, at).unwrap_or(name);
                at += 1;
            }
            // A mark behind it opens nothing.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    inner
}

/// Returns where a string ends; `None` where its line ends first, as no string of a script can.
fn end_of(bytes: &[u8], from: usize) -> Option<usize> {
    let mark = bytes[from];
    let mut at = from + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\n' => return None,
            byte if *byte == mark => return Some(at),
            _ => at += 1,
        }
    }
}

fn next_mark(bytes: &[u8], from: usize) -> Option<u8> {
    bytes[from..].iter().find(|byte| !byte.is_ascii_whitespace()).copied()
}

/// Returns the name without quotation marks that stands before a colon.
fn word_before(script: &str, end: usize) -> Option<&str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    let before = script.as_bytes()[..end].iter().rev().take(NAME_BYTES_MAX);
    let len = before.take_while(|byte| is_part(byte)).count();
    (len > 0).then(|| &script[end - len..end])
}

/// Tells whether a string is JSON, or rows of it.
fn is_data(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(DATA_HEAD_BYTES)];
    let opens = head.iter().any(|byte| matches!(byte, b'{' | b'['));
    opens && ["\":\"", "\": \"", "\":{", "\":["].iter().any(|mark| text.contains(mark))
}

/// Within how many bytes of its start a string of data opens an object or a row.
const DATA_HEAD_BYTES: usize = 40;

/// Resolves the escapes of JSON and JavaScript; what is none stays as it is.
pub fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    // Code units, since characters beyond U+FFFF are written as two.
    let mut units: Vec<u16> = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        if !plain.is_empty() {
            flush(&mut units, &mut text);
            text.push_str(plain);
        }
        let (unit, len) = unit(escape);
        match unit {
            Some(unit) => units.push(unit),
            None => {
                flush(&mut units, &mut text);
                text.push_str(&escape[1..len]);
            }
        }
        rest = &escape[len..];
    }
    flush(&mut units, &mut text);
    text.push_str(rest);
    text
}

fn flush(units: &mut Vec<u16>, text: &mut String) {
    text.extend(char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or('\u{fffd}')));
}

/// Returns what an escape stands for, if it is not just the character behind it, and its length.
fn unit(escape: &str) -> (Option<u16>, usize) {
    let hex = |from: usize, to: usize| {
        let digits = escape.get(from..to)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let Some(kind) = escape[1..].chars().next() else {
        return (None, 1);
    };
    let len = 1 + kind.len_utf8();
    let simple = |c: char| (Some(c as u16), len);
    match kind {
        'n' | 'r' => simple('\n'),
        't' => simple('\t'),
        'b' | 'f' | 'v' => simple(' '),
        'u' => hex(2, 6).map_or((None, len), |unit| (Some(unit), 6)),
        'x' => hex(2, 4).map_or((None, len), |unit| (Some(unit), 4)),
        _ => (None, len),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(script: &str) -> Vec<(String, String)> {
        of(script).into_iter().map(|said| (said.name, said.text)).collect()
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
    }

    #[test]
    fn strings_stand_under_the_name_before_them() {
        let script =
            r#"var state = {"title": "A \"b\"", body: ["one", "two"], n: 3, 'lang': 'en'};"#;
        let expected = [("title", "A \"b\""), ("body", "one"), ("body", "two"), ("lang", "en")];
        assert_eq!(said(script), pairs(&expected));
    }

    #[test]
    fn data_in_a_string_is_looked_into() {
        let script = r#"x(JSON.parse("{\"body\":\"\\u003cp\\u003eJa\\u003c/p\\u003e\"}"))"#;
        assert_eq!(said(script), pairs(&[("body", "<p>Ja</p>")]));
    }

    #[test]
    fn escapes_are_resolved_and_broken_ones_stay() {
        assert_eq!(unescaped(r"a\u00e9\x41\/\n\ud83d\ude00"), "aéA/\n😀");
        assert_eq!(unescaped(r"\ud83d b \uzz \x"), "\u{fffd} b uzz x");
        assert_eq!(unescaped("é\\"), "é");
    }

    #[test]
    fn a_mark_that_opens_nothing_hides_nothing() {
        assert_eq!(said("// it's\n{\"a\": \"b\"}"), pairs(&[("a", "b")]));
        assert_eq!(said("\"open"), pairs(&[]));
    }
}
