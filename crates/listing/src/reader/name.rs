//! The names of elements, and the namespaces that their prefixes stand for.

use super::Reader;
use crate::names::{self, Family};
use crate::word::Word;
use std::borrow::Cow;

impl<'a> Reader<'a> {
    /// Takes the namespaces that an element declares for itself and what it holds.
    pub(super) fn declare(&mut self, name: &str, attributes: &[(&'a str, Cow<'a, str>)]) {
        for (key, uri) in attributes {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefix) => match prefix.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let mut family = names::family(uri);
            // Whatever namespace the root invents for itself, its words are the feed's.
            self.is_atom_03 |= uri.contains("purl.org/atom/ns#");
            if self.stack.is_empty() && family == Family::Other && prefix == prefix_of(name) {
                family = Family::Feed;
            }
            let before = self.families.insert(prefix, family);
            self.hidden.push((prefix, before));
        }
    }

    /// Restores the namespaces as they were when so many had been hidden.
    pub(super) fn forget(&mut self, hidden_before: usize) {
        while self.hidden.len() > hidden_before {
            match self.hidden.pop() {
                Some((prefix, Some(family))) => self.families.insert(prefix, family),
                Some((prefix, None)) => self.families.remove(prefix),
                None => None,
            };
        }
    }

    /// Returns what an element's name means: its family, and its word without capitals.
    pub(super) fn name(&mut self, name: &'a str) -> (Family, Word) {
        let prefix = prefix_of(name);
        let family = match self.families.get(prefix) {
            Some(family) => *family,
            None => {
                if !prefix.is_empty() {
                    self.tokens.damage.add("undeclared-prefix");
                }
                names::usual_family(prefix)
            }
        };
        (family, Word::of(local(name)))
    }
}

fn prefix_of(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

/// Returns the name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
