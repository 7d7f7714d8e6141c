//! Lists of words and phrases, searched by their first two letters.

/// Words, each with what it tells.
pub struct Lexicon<T: 'static> {
    /// In the order of their place, those of one place in the order of their letters.
    entries: Vec<(&'static str, T)>,
    /// Where the entries of each place begin.
    starts: Vec<u16>,
}

const LETTERS: usize = 26;
/// A place for each pair of small ASCII letters, and one for all other beginnings.
const PLACES: usize = LETTERS * LETTERS + 1;

fn place(text: &str) -> usize {
    match text.as_bytes() {
        [first @ b'a'..=b'z', second @ b'a'..=b'z', ..] => place_of(*first, *second),
        _ => PLACES - 1,
    }
}

fn place_of(first: u8, second: u8) -> usize {
    usize::from(first - b'a') * LETTERS + usize::from(second - b'a')
}

impl<T: Copy> Lexicon<T> {
    /// Makes a list of words that have two bytes or more.
    pub fn of(words: &[(&'static str, T)]) -> Lexicon<T> {
        let mut entries = words.to_vec();
        entries.sort_by_key(|(word, _)| (place(word), *word));
        let start = |at: usize| entries.partition_point(|(word, _)| place(word) < at) as u16;
        Lexicon { starts: (0..=PLACES).map(start).collect(), entries }
    }

    /// Returns the entries that begin like a text.
    fn near(&self, text: &str) -> &[(&'static str, T)] {
        let place = place(text);
        &self.entries[usize::from(self.starts[place])..usize::from(self.starts[place + 1])]
    }

    /// Tells whether an entry begins like this word in lower case.
    pub fn may_have(&self, word: &str) -> bool {
        let place = match word.as_bytes() {
            [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                place_of(first.to_ascii_lowercase(), second.to_ascii_lowercase())
            }
            _ => PLACES - 1,
        };
        self.starts[place] < self.starts[place + 1]
    }

    /// Returns what a word tells.
    pub fn get(&self, word: &str) -> Option<T> {
        self.near(word).iter().find(|(known, _)| *known == word).map(|(_, told)| *told)
    }

    /// Returns what the word tells, or the nearest one before it of at least `bytes_min` that it
    /// begins with.
    pub fn stem(&self, word: &str, bytes_min: usize) -> Option<T> {
        let near = self.near(word);
        let after = near.partition_point(|(stem, _)| *stem <= word);
        let (stem, told) = near.get(after.checked_sub(1)?)?;
        let is_it = word == *stem || (stem.len() >= bytes_min && word.starts_with(stem));
        is_it.then_some(*told)
    }
}

impl Lexicon<()> {
    pub fn phrases(phrases: &[&'static str]) -> Lexicon<()> {
        Lexicon::of(&phrases.iter().map(|phrase| (*phrase, ())).collect::<Vec<_>>())
    }

    pub fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Tells whether a text begins with one of the phrases.
    pub fn begins(&self, text: &str) -> bool {
        self.near(text).iter().any(|(phrase, _)| text.starts_with(phrase))
    }

    /// Tells whether a phrase begins with this word.
    pub fn has_beginning(&self, word: &str) -> bool {
        self.near(word).iter().any(|(phrase, _)| is_whole(phrase, word))
    }

    /// Tells whether words, parted by single blanks, begin with one of the phrases.
    pub fn begins_words(&self, words: &str) -> bool {
        self.near(words).iter().any(|(phrase, _)| is_whole(words, phrase))
    }
}

/// Tells whether a text begins with others whose last word is a whole word of it.
fn is_whole(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|after| after.is_empty() || after.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stems_and_phrases_are_found() {
        let stems = Lexicon::of(&[("tide", 1), ("tides", 2), ("über", 3), ("harbour", 4)]);
        assert_eq!(stems.get("tides"), Some(2));
        assert_eq!(stems.get("tid"), None);
        assert_eq!(stems.stem("tidesman", 5), Some(2));
        assert_eq!(stems.stem("tidemark", 5), None);
        assert_eq!(stems.stem("überall", 5), Some(3));
        let phrases = Lexicon::phrases(&["read more", "©"]);
        assert!(phrases.begins("read more of it") && phrases.begins("© the paper"));
        assert!(phrases.begins_words("read more now") && !phrases.begins_words("read moreover"));
        assert!(phrases.has_beginning("read") && !phrases.has_beginning("rea"));
        assert!(!phrases.begins("re") && !phrases.has(""));
    }
}
