//! How a document ends its outlines: many are written by hand, or by programs that know HTML.

use super::name::local;
use crate::damage::Damage;
use crate::token::{self, Attributes, Token, Tokens};
use news::OUTLINE;

/// What the end tags of a document can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// There is one for every outline that needs one.
    AsWritten,
    /// Some are missing: a feed that is still open ends where the next outline begins.
    Missing,
    /// Only folders have one, as if feeds ended by themselves.
    OfFoldersAlone,
}

impl Ends {
    /// Counts the tags of a whole document.
    pub fn of(text: &str) -> Ends {
        let (mut folders, mut feeds, mut ends) = (0, 0, 0);
        let mut is_whole = false;
        for token in Tokens::new(text) {
            match token {
                Token::Open { name, attributes, empty: false } if is_outline(name) => {
                    let inside = token::attributes(attributes, &mut Damage::default());
                    match is_feed(&inside) {
                        true => feeds += 1,
                        false => folders += 1,
                    }
                }
                Token::Close { name } if is_outline(name) => ends += 1,
                Token::Close { name } => is_whole |= local(name).eq_ignore_ascii_case("body"),
                _ => {}
            }
        }
        match ends {
            _ if ends >= folders + feeds => Ends::AsWritten,
            _ if ends <= folders && is_whole => Ends::OfFoldersAlone,
            _ => Ends::Missing,
        }
    }
}

pub fn is_outline(name: &str) -> bool {
    local(name).eq_ignore_ascii_case(OUTLINE)
}

pub fn is_feed(attributes: &Attributes) -> bool {
    attributes.iter().any(|(name, _)| name.eq_ignore_ascii_case("xmlUrl"))
}
