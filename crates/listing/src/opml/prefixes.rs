//! Which prefixes a document uses where nothing declares them.

use super::name;
use crate::token::Attributes;
use std::collections::{BTreeSet, HashMap};

/// The prefixes that are declared in the elements that are open, and those that are missing.
#[derive(Default)]
pub struct Prefixes<'a> {
    open: HashMap<&'a str, usize>,
    missing: BTreeSet<&'a str>,
}

impl<'a> Prefixes<'a> {
    /// Takes up the declarations of an element that begins; returns them for its end.
    pub fn enter(&mut self, attributes: &Attributes<'a>) -> Vec<&'a str> {
        let sound = attributes.iter().filter(|(name, value)| !name::is_void(name, value));
        let declared: Vec<&str> =
            sound.filter_map(|(name, _)| name.strip_prefix("xmlns:")).collect();
        for prefix in &declared {
            *self.open.entry(prefix).or_insert(0) += 1;
        }
        declared
    }

    /// Forgets the declarations of an element that ends.
    pub fn leave(&mut self, declared: &[&'a str]) {
        for prefix in declared {
            if let Some(count) = self.open.get_mut(prefix) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// Notes the name of an element or an attribute that stands here.
    pub fn meet(&mut self, name: &'a str) {
        if let Some(prefix) = name::prefix(name)
            && self.open.get(prefix).is_none_or(|count| *count == 0)
        {
            self.missing.insert(prefix);
        }
    }

    /// Returns declarations for the prefixes that have none, so that strict readers can read what
    /// is written.
    pub fn missing(&self) -> Vec<(String, String)> {
        let declaration =
            |prefix: &&str| (format!("xmlns:{prefix}"), format!("urn:undeclared:{prefix}"));
        self.missing.iter().map(declaration).collect()
    }
}
