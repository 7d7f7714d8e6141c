//! Jekyll's front matter: a few lines of YAML between two rules.

/// The most lines that front matter may have.
const LINES_MAX: usize = 200;

/// Names and values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Front(Vec<(String, String)>);

impl Front {
    /// Takes front matter from the start of a text and returns what follows it.
    pub fn take(text: &str) -> Option<(Front, &str)> {
        let mut rest = text.strip_prefix("---\n")?;
        let mut pairs = Vec::new();
        for _ in 0..LINES_MAX {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            if line.trim_end() == "---" {
                return Some((Front(pairs), after));
            }
            if let Some((name, value)) = line.split_once(':') {
                pairs.push((name.trim().to_owned(), unquoted(value.trim())));
            }
            if after.is_empty() {
                return None;
            }
            rest = after;
        }
        None
    }

    /// Returns a value that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// Returns tags and categories, none twice.
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for list in ["tags", "categories"].into_iter().filter_map(|name| self.get(name)) {
            let inside = list.trim_start_matches('[').trim_end_matches(']');
            for tag in inside.split(',').map(|tag| unquoted(tag.trim())) {
                if !tag.is_empty() && !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }
}

/// Returns a scalar of YAML without its quotes (YAML 1.2 §7.3).
fn unquoted(value: &str) -> String {
    let inside = |quote: char| {
        let long = value.len() >= 2;
        let inside = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
        inside.filter(|_| long)
    };
    if let Some(inside) = inside('"') {
        return inside.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    inside('\'').map_or(value.to_owned(), |inside| inside.replace("''", "'"))
}
