//! What was broken in a document, by kind.

/// The kinds of damage met so far, each once, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Damage(pub Vec<&'static str>);

impl Damage {
    pub fn add(&mut self, kind: &'static str) {
        if !self.0.contains(&kind) {
            self.0.push(kind);
        }
    }
}
