//! How surely a class marks the line of the author.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// What words of a class say of a byline, a bit each.
#[derive(Clone, Copy, Default)]
pub struct Author(u8);

const NAME: u8 = 1;
/// It may hold the name and more.
const BYLINE: u8 = 1 << 1;
const WRITER: u8 = 1 << 2;
/// It is the name.
const WHOLE: u8 = 1 << 3;
const WRITERS: u8 = 1 << 4;
/// What stands about an author beside the name.
const BOX: u8 = 1 << 5;

impl Author {
    pub fn of(word: &str) -> Author {
        Author(WORDS.get(word).unwrap_or(0))
    }

    pub fn with(self, other: Author) -> Author {
        Author(self.0 | other.0)
    }

    /// From 0, not the author, to 3, surely the name.
    pub fn sureness(self) -> u8 {
        let has = |bits: u8| self.0 & bits != 0;
        match self {
            _ if has(WHOLE) || has(NAME) && has(BYLINE) => 3,
            _ if has(BYLINE | WRITER) && has(BOX) => 0,
            _ if has(BYLINE | WRITER) => 2,
            _ => u8::from(has(WRITERS)),
        }
    }
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<u8>> = LazyLock::new(|| Lexicon::of(&[
    ("name", NAME), ("byline", BYLINE), ("author", BYLINE), ("autor", WRITER), ("auteur", WRITER),
    ("authorname", WHOLE), ("authors", WRITERS), ("writer", WRITERS), ("redakteur", WRITERS),
    ("box", BOX), ("bio", BOX), ("avatar", BOX), ("image", BOX),
]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_marks_a_name_a_line_or_a_box() {
        let sureness = |words: &str| {
            words.split(' ').map(Author::of).fold(Author::default(), Author::with).sureness()
        };
        assert_eq!(sureness("author name"), 3);
        assert_eq!(sureness("post byline"), 2);
        assert_eq!(sureness("author bio"), 0);
        assert_eq!(sureness("authors"), 1);
        assert_eq!(sureness("name"), 0);
    }
}
