//! Which prefixes a document uses, and which of them it declares.

use super::name;
use std::collections::BTreeSet;

/// The prefixes met so far.
#[derive(Default)]
pub struct Prefixes<'a> {
    used: BTreeSet<&'a str>,
    declared: BTreeSet<&'a str>,
}

impl<'a> Prefixes<'a> {
    /// Notes the name of an element or an attribute.
    pub fn meet(&mut self, name: &'a str) {
        match name.strip_prefix("xmlns:") {
            Some(prefix) => self.declared.insert(prefix),
            None => name::prefix(name).is_some_and(|prefix| self.used.insert(prefix)),
        };
    }

    /// Returns declarations for the prefixes that have none, so that strict readers can read what
    /// is written.
    pub fn missing(&self) -> Vec<(String, String)> {
        let declaration =
            |prefix: &&str| (format!("xmlns:{prefix}"), format!("urn:undeclared:{prefix}"));
        self.used.difference(&self.declared).map(declaration).collect()
    }
}
