//! Letters of any script, as Unicode has them.
//!
//! What most pages are made of is told at once: a Chinese page is all hanzi, and the tables of the
//! standard library take long to say what each is.

use std::char::ToLowercase;

/// Tells whether a character is a letter or a digit.
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c if is_syllable(c) || is_common(c) => true,
        c if is_mark(c) => false,
        c => c.is_alphanumeric(),
    }
}

/// Returns the letters and digits of a text in lower case, one by one.
pub fn letters_of(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| is_letter(*c)).flat_map(lower)
}

/// Returns a character in lower case.
#[inline]
pub fn lower(c: char) -> Lower {
    match c {
        c if c.is_ascii() => Lower::One(Some(c.to_ascii_lowercase())),
        c if is_syllable(c) || is_mark(c) || is_small(c) => Lower::One(Some(c)),
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' | '\u{410}'..='\u{42f}' => {
            Lower::One(char::from_u32(u32::from(c) + 32))
        }
        c => Lower::Many(c.to_lowercase()),
    }
}

/// One character, or the few that are the lower case of another.
pub enum Lower {
    One(Option<char>),
    Many(ToLowercase),
}

impl Iterator for Lower {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        match self {
            Lower::One(c) => c.take(),
            Lower::Many(all) => all.next(),
        }
    }
}

/// Returns a text in lower case.
pub fn lowered(text: &str) -> String {
    // Most that is not ASCII are hanzi, or the dashes and quotation marks of printed text.
    let is_lower = |c: char| c.is_ascii() || is_syllable(c) || is_mark(c) || is_small(c);
    if text.is_ascii() || text.chars().all(is_lower) {
        text.to_ascii_lowercase()
    } else if text.contains('Σ') {
        // Which depends on what follows it.
        text.to_lowercase()
    } else {
        text.chars().flat_map(lower).collect()
    }
}

/// Hanzi, kana and Hangul syllables, which have no case.
#[inline]
fn is_syllable(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}')
}

/// Letters of Latin, Cyrillic, Arabic and Hebrew that most pages in them are made of.
#[inline]
fn is_common(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{400}'..='\u{481}'
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}')
}

/// Such letters that are lower case or have none.
#[inline]
fn is_small(c: char) -> bool {
    matches!(c,
        '\u{df}'..='\u{ff}' | '\u{430}'..='\u{45f}' | '\u{5d0}'..='\u{5ea}' | '\u{600}'..='\u{6ff}')
}

/// Marks between words: dashes and quotation marks of all scripts, and the full-width ones.
#[inline]
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
            assert_eq!(lowered(c.encode_utf8(&mut [0; 4])), c.to_lowercase().to_string(), "{c:?}");
        }
        assert_eq!(lowered("ΟΔΟΣ"), "οδος");
    }
}
