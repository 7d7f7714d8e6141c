//! Text with its reading above it.

use super::Reader;
use crate::characters::collapse;
use crate::tree::{NodeId, Tree, is_unseen};

impl Reader<'_> {
    /// Reads a `<ruby>`, each base with the reading that follows it.
    pub fn ruby(&mut self, id: NodeId) {
        let (mut base, mut reading) = (String::new(), String::new());
        let mut next = self.tree.first_child(id);
        while let Some(at) = next {
            let name = self.tree.name(at).unwrap_or_default();
            if name == "rp" || is_unseen(name) {
                next = self.tree.after(at, id);
                continue;
            }
            if let Some(text) = self.tree.text_of_node(at) {
                if is_reading(self.tree, at, id) {
                    reading.push_str(text);
                } else {
                    if !reading.trim().is_empty() && !text.trim().is_empty() {
                        self.pair(&mut base, &mut reading);
                    }
                    base.push_str(text);
                }
            }
            next = self.tree.first_child(at).or_else(|| self.tree.after(at, id));
        }
        self.pair(&mut base, &mut reading);
    }

    fn pair(&mut self, base: &mut String, reading: &mut String) {
        let (below, above) = (collapse(base), collapse(reading));
        match (below.is_empty(), above.is_empty()) {
            (false, false) => self.frames.line.ruby(&below, &above),
            (true, true) => {}
            _ => self.frames.line.text(&(below + &above)),
        }
        self.frames.keep_ended();
        base.clear();
        reading.clear();
    }
}

/// How far up an `<rt>` is looked for; markup in it is shallow.
const UP_MAX: usize = 8;

fn is_reading(tree: &Tree, at: NodeId, ruby: NodeId) -> bool {
    tree.ancestors(at)
        .take_while(|above| *above != ruby)
        .take(UP_MAX)
        .any(|above| matches!(tree.name(above), Some("rt" | "rtc")))
}
