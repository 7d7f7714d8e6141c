//! Names as XML 1.0 §2.3 and its namespaces allow them, in every edition: what is written must be
//! readable to old readers too.

/// Tells whether an element or an attribute may be called so.
pub fn is_sound(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_word(prefix) && is_word(local),
        None => is_word(name),
    }
}

/// Tells whether an attribute declares a prefix and may not: a prefix has a namespace, and two of
/// them have theirs once and for all.
pub fn is_void(name: &str, value: &str) -> bool {
    let prefix = name.strip_prefix("xmlns:");
    prefix.is_some_and(|prefix| value.trim().is_empty() || matches!(prefix, "xml" | "xmlns"))
}

/// Returns what stands before the colon, but for the prefixes that every document knows.
pub fn prefix(name: &str) -> Option<&str> {
    let (prefix, _) = name.split_once(':')?;
    (!matches!(prefix, "xml" | "xmlns")).then_some(prefix)
}

/// Returns the name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn is_word(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(is_start) && letters.all(|c| is_start(c) || is_later(c))
}

fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c == '_'
        || c.is_alphabetic()
            && matches!(c, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}')
}

fn is_later(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn a_name_is_what_xml_lets_be_one() {
        for name in ["text", "frss:cssFullContent", "xmlns:a", "_x", "a-1.b", "標題"] {
            assert!(is_sound(name), "{name}");
        }
        for name in ["", "1a", "-a", ":a", "a:", "a:b:c", "a&b", "a\"", "ª", "🍺", "a\u{fffd}"] {
            assert!(!is_sound(name), "{name}");
        }
    }
}
