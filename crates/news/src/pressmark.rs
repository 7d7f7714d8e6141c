//! The shelfmark of an article.

use crate::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The digits of Crockford's base 32, which no reader mistakes for one another.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The usual length: 50 bits, so that among a million articles two collide once in two thousand
/// libraries; an archive that meets a collision gives the later one a longer mark.
const LENGTH: usize = 10;

/// The longest mark that is ever read.
const LENGTH_MAX: usize = 32;

/// The short permanent public id of an article, as `4t6v0q9xkb`.
///
/// It is made from the article's identity alone, never by chance or by count: two libraries that
/// keep the same article call it the same, and a library that is rebuilt from its captures keeps
/// every link to it alive.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pressmark(String);

impl Pressmark {
    /// Returns the mark of the article with this [`identity`](crate::Address::identity).
    pub fn of(identity: &str) -> Pressmark {
        Pressmark::longer(identity, 0)
    }

    /// Returns the mark that is `more` digits longer, for the article that came second.
    pub fn longer(identity: &str, more: usize) -> Pressmark {
        let digest = Digest::of(identity.as_bytes());
        let digits = (0..(LENGTH + more).min(LENGTH_MAX)).map(|i| digit(digest.as_bytes(), i));
        Pressmark(digits.collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the `i`-th group of five bits as a digit.
fn digit(bytes: &[u8], i: usize) -> char {
    let bit = i * 5;
    let pair = u16::from_be_bytes([bytes[bit / 8], bytes[bit / 8 + 1]]);
    DIGITS[usize::from(pair >> (11 - bit % 8) & 31)] as char
}

/// Reads a mark as people write it: capitals, blanks around it, `O` for `0`, `I` or `L` for `1`.
impl FromStr for Pressmark {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Pressmark, Self::Err> {
        const WRONG: &str = "a pressmark is 10 or more of the digits 0-9 a-z without i l o u";
        let plain: String = text
            .trim()
            .chars()
            .filter(|c| *c != '-')
            .map(|c| match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            })
            .collect();
        let digits = plain.bytes().all(|byte| DIGITS.contains(&byte));
        let fits = (LENGTH..=LENGTH_MAX).contains(&plain.len());
        if digits && fits { Ok(Pressmark(plain)) } else { Err(WRONG) }
    }
}

impl fmt::Display for Pressmark {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Pressmark {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pressmark;

    #[test]
    fn a_mark_is_the_same_in_every_library() {
        let mark = Pressmark::of("a.example/story");
        assert_eq!(mark.as_str(), "2mg0caqqnq");
        assert!(Pressmark::longer("a.example/story", 3).as_str().starts_with(mark.as_str()));
    }

    #[test]
    fn a_mark_is_read_as_people_write_it() {
        assert_eq!(" 0A1B-2C3D4E ".parse::<Pressmark>().unwrap().as_str(), "0a1b2c3d4e");
        assert_eq!("oa1b2c3d4e".parse::<Pressmark>().unwrap().as_str(), "0a1b2c3d4e");
        for wrong in ["", "short", "0a1b2c3d4u", "习近平习近平习近平习近平"] {
            assert!(wrong.parse::<Pressmark>().is_err(), "{wrong}");
        }
    }
}
