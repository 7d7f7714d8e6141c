//! Entities: what `&…;` stands for.

use crate::damage::Damage;
use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// The longest name of an entity, in bytes.
const NAME_BYTES_MAX: usize = 40;

/// The longest text that a document may give a name of its own, in bytes, and the most names.
const OWN_BYTES_MAX: usize = 1024;
const OWN_MAX: usize = 64;

/// How much text a document's own names may be turned into, in bytes.
const OWN_TOTAL_BYTES_MAX: usize = 64 * 1024;

/// The entities that a document declares itself.
#[derive(Default)]
pub struct Entities {
    own: Vec<(String, String)>,
    own_bytes_left: usize,
}

impl Entities {
    /// Reads the general internal entities of a `<!DOCTYPE …>`.
    ///
    /// Those that refer to others or to files stay unread: no news needs them, and attacks do.
    pub fn declare(&mut self, doctype: &str) {
        self.own_bytes_left = OWN_TOTAL_BYTES_MAX;
        for declaration in doctype.split("<!ENTITY").skip(1).take(OWN_MAX) {
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(rest)) = (words.next(), words.next()) else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some(end) = rest[1..].find(quote) else {
                continue;
            };
            let value = &rest[1..=end];
            if name != "%" && value.len() <= OWN_BYTES_MAX && !value.contains(['<', '%']) {
                let mut decoded = String::new();
                Entities::default().decode(value, &mut decoded, &mut Damage::default());
                if !decoded.contains('&') {
                    self.own.push((name.to_owned(), decoded));
                }
            }
        }
    }

    /// Appends the text with its entities resolved; what is none stays as written.
    ///
    /// Without a `;` nothing is an entity: `?a=1&region=2` is an address.
    pub fn decode(&mut self, raw: &str, out: &mut String, damage: &mut Damage) {
        let mut rest = raw;
        out.reserve(raw.len());
        while let Some(amp) = memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..amp]);
            rest = &rest[amp + 1..];
            match self.entity(rest, out) {
                Some(length) => rest = &rest[length..],
                None => {
                    damage.add("stray-amp");
                    out.push('&');
                }
            }
        }
        out.push_str(rest);
    }

    /// Appends what the entity stands for and returns its length, `;` included.
    fn entity(&mut self, text: &str, out: &mut String) -> Option<usize> {
        let head = &text.as_bytes()[..text.len().min(NAME_BYTES_MAX)];
        let end = head.iter().position(|byte| !is_name(*byte))?;
        if head[end] != b';' {
            return None;
        }
        let name = &text[..end];
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        if let Some(known) = known {
            out.push(known);
        } else if let Some(number) = name.strip_prefix('#') {
            out.extend(character(number)?);
        } else if let Some((_, value)) = self.own.iter().find(|(known, _)| known == name) {
            self.own_bytes_left = self.own_bytes_left.checked_sub(value.len())?;
            out.push_str(value);
        } else {
            let (first, second) = *NAMED_ENTITIES.get(&text[..=end])?;
            let letters = [first, second].into_iter().filter(|code| *code != 0);
            let before = out.len();
            out.extend(letters.filter_map(char::from_u32));
            if out.len() == before {
                return None;
            }
        }
        Some(end + 1)
    }
}

/// Returns words of HTML in which only `&`, `<` and `>` are still written as entities.
///
/// They mean the same, and whoever takes them for plain text is less wrong: `Jenny&#8217;s`.
pub fn settled(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut entities = Entities::default();
    let mut rest = words;
    while let Some(amp) = rest.find('&') {
        out.push_str(&rest[..amp]);
        rest = &rest[amp..];
        let before = out.len();
        let length = entities.entity(&rest[1..], &mut out).map_or(1, |length| length + 1);
        if length == 1 || matches!(&out[before..], "&" | "<" | ">") {
            out.truncate(before);
            out.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-' | b'.')
}

/// Reads a numeric reference; `Some(None)` is a character that no text may hold.
fn character(number: &str) -> Option<Option<char>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let 0x80..=0x9f = code {
        let windows = C1_REPLACEMENTS[(code - 0x80) as usize];
        return Some(windows.or(char::from_u32(code)));
    }
    let allowed =
        char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
    Some(allowed)
}

#[cfg(test)]
mod tests;
