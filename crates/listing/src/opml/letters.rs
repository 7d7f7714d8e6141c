//! The characters that an XML document may hold at all (XML 1.0 §2.2).

/// Leaves out those that it may not.
pub fn sound(text: &str) -> String {
    text.chars().filter(|c| is_sound(*c)).collect()
}

pub fn is_sound(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
