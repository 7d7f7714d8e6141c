//! How much words say, in whatever script they are written.

/// Counts how much is written, in letters of an alphabet.
///
/// A Chinese character says about as much as three of them, a syllable of kana or hangul as two,
/// so that one measure holds for the headlines of every script. Blanks and marks count nothing.
pub fn weight(text: &str) -> u32 {
    text.chars().map(weight_of).sum()
}

fn weight_of(c: char) -> u32 {
    match c {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3,
        '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' => 2,
        _ => u32::from(c.is_alphanumeric()),
    }
}

/// Tells whether a text is of numbers and marks alone: a count, a page, a date in digits.
pub fn is_numeric(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

/// Splits names in markup into small words: `entryTitle post__Head` gives `entry`, `title`, …
pub fn names(attribute: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in attribute.chars() {
        let begins = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if begins || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}
