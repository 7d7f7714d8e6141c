//! The `<meta>` elements of a page: Open Graph, Twitter, Dublin Core, parsely, the plain ones.

/// Names and contents in the order of the page; names in lower case.
#[derive(Debug, Default)]
pub struct Meta(Vec<(String, String)>);

/// How many are kept.
const METAS_MAX: usize = 500;

impl Meta {
    pub fn add(&mut self, name: &str, content: &str) {
        if self.0.len() >= METAS_MAX {
            return;
        }
        let content = super::plain(content);
        if !content.is_empty() {
            self.0.push((name.trim().to_ascii_lowercase(), content));
        }
    }

    /// Returns the first content under the first of these names that has any.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// Returns the contents under the names that a rule tells.
    pub fn named(&self, is_one: fn(&str) -> bool) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(name, _)| is_one(name)).map(|(_, content)| content.as_str())
    }

    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let name = name.to_owned();
        let same =
            move |(own, content): &'a (String, String)| (*own == name).then_some(content.as_str());
        self.0.iter().filter_map(same)
    }
}
