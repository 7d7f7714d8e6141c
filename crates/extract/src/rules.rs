//! Rules for one site, as its reader wrote them: where title, text, author and date stand, and what
//! is stripped.
//!
//! They are data and come from outside, in the form of FiveFilters' `ftr-site-config`: a directive
//! a line, most of them an XPath. Start at [`Rules::read`]; [`file_names`] says which file is for
//! which host. A rule that finds nothing on a page gives way to the usual reading, and a note says so.

mod apply;
mod evaluate;
mod parse;
mod xpath;

pub(crate) use apply::{Ruled, apply};

use news::{Note, Reading};
use xpath::Expression;

/// Of a longer file only the beginning is read, in bytes.
pub const FILE_BYTES_MAX: usize = 256 * 1024;
/// Further rules of one file are left out.
pub const RULES_MAX: usize = 1_000;
/// The same for replacements, each of which goes through the whole page.
const REPLACEMENTS_MAX: usize = 100;

/// The rules of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    rules: Vec<Rule>,
    /// What is stripped where it stands in a class or an id.
    strip_names: Vec<String>,
    /// The same for addresses of pictures.
    strip_pictures: Vec<String>,
    /// What is written otherwise before the page is parsed, and how.
    replacements: Vec<(String, String)>,
    /// The pages to try the rules with; reading never looks at them.
    pub tests: Vec<Test>,
}

/// A page on which rules can be tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Test {
    pub address: String,
    /// Words that must stand in its text.
    pub contains: Vec<String>,
}

/// Something to be found in a page.
#[derive(Clone, Debug, PartialEq)]
struct Rule {
    of: Directive,
    /// Its line in the file, counted from 1.
    line: usize,
    find: Expression,
    /// What must be on the page for the rule to count.
    only_if: Option<Expression>,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directive {
    Title,
    Body,
    Date,
    Author,
    Strip,
    SinglePage,
    NextPage,
}

impl Rules {
    /// Reads a file of rules.
    ///
    /// Nothing is found where no line is a rule. Notes, their place the line: `rules-unreadable`
    /// for what can't be understood, `rules-unknown` for directives that nobody knows,
    /// `rules-unused` for those that have no effect here, `rules-cut` beyond the limits,
    /// `rules-empty`.
    pub fn read(text: &str) -> Reading<Rules> {
        parse::read(text)
    }

    /// Rewrites a page as `find_string` and `replace_string` say, up to so many bytes.
    pub(crate) fn rewrite(&self, text: String, bytes_max: usize, notes: &mut Vec<Note>) -> String {
        let mut text = text;
        for (find, put) in &self.replacements {
            match replaced(&text, find, put, bytes_max) {
                Some(other) => text = other,
                None => {
                    let words = "a replacement would make the page too long, and was left out";
                    notes.push(Note::new("rules-cut", "replace_string", words));
                }
            }
        }
        text
    }

    fn of(&self, directive: Directive) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.of == directive)
    }

    fn is_empty(&self) -> bool {
        self.rules.is_empty()
            && self.strip_names.is_empty()
            && self.strip_pictures.is_empty()
            && self.replacements.is_empty()
    }
}

/// Returns a text with a piece of it written otherwise; `None` where it would grow too long.
fn replaced(text: &str, find: &str, put: &str, bytes_max: usize) -> Option<String> {
    let found = memchr::memmem::find_iter(text.as_bytes(), find).count();
    let grows = found.saturating_mul(put.len().saturating_sub(find.len()));
    let fits = grows == 0 || text.len().saturating_add(grows) <= bytes_max;
    fits.then(|| text.replace(find, put))
}

/// Further labels of a host are not looked at: no name has so many.
const LABELS_MAX: usize = 16;

/// Returns the names of the files that may hold the rules for a host, the nearest first.
///
/// `example.org.txt` is for `example.org` alone, `.example.org.txt` for it and for all below it;
/// `www.` counts as nothing.
pub fn file_names(host: &str) -> Vec<String> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if host.is_empty() || host.starts_with('.') || !host.chars().all(is_plain) {
        return Vec::new();
    }
    let mut names = vec![format!("{host}.txt")];
    let starts = host.match_indices('.').map(|(dot, _)| dot + 1);
    for start in std::iter::once(0).chain(starts).take(LABELS_MAX) {
        names.push(format!(".{}.txt", &host[start..]));
    }
    names
}

#[cfg(test)]
mod tests;
