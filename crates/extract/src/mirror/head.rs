//! The lines above the article.

use super::Variant;
use super::front::Front;
use news::date;

/// The longest line that is taken for a title with its address, in bytes.
const LINK_BYTES_MAX: usize = 16 * 1024;

/// The longest name after ` by ` in a title, in characters.
const AUTHOR_CHARS_MAX: usize = 40;

/// What the head of a file tells, in its own words.
#[derive(Debug)]
pub struct Head<'a> {
    pub variant: Variant,
    pub front: Front,
    /// What stands in the comment: a number or `NaN`.
    pub comment: Option<&'a str>,
    pub title: String,
    pub address: Option<&'a str>,
    pub author: Option<&'a str>,
    pub date: Option<&'a str>,
    /// The head itself, by which a second copy of it is known.
    pub text: &'a str,
    /// What follows it.
    pub content: &'a str,
}

impl<'a> Head<'a> {
    pub fn read(whole: &'a str) -> Option<Head<'a>> {
        let text = whole.trim_start_matches('\n');
        if let Some((front, rest)) = Front::take(text) {
            return Some(Head::below(text, front, rest));
        }
        let linked = Linked::take(text);
        match linked {
            Some(linked) => Some(linked.head(text, Front::default())),
            None => Head::issue(text),
        }
    }

    /// Reads what stands below front matter: a head like the seed's, or the page itself.
    fn below(text: &'a str, front: Front, rest: &'a str) -> Head<'a> {
        if let Some(linked) = Linked::take(rest.trim_start_matches('\n')) {
            let head = linked.head(text, front);
            return Head { variant: Variant::FrontMatter, ..head };
        }
        Head {
            variant: Variant::Scraped,
            front,
            comment: None,
            title: String::new(),
            address: None,
            author: None,
            date: None,
            text: before(text, rest),
            content: rest,
        }
    }

    /// Reads a title, a rule and a date between stars.
    fn issue(text: &'a str) -> Option<Head<'a>> {
        let (line, rest) = text.split_once('\n')?;
        let content = after_rule(rest)?;
        let (stars, content) = content.split_once('\n').unwrap_or((content, ""));
        let date = stars.trim().strip_prefix("**")?.strip_suffix("**")?;
        date::read(date, None)?;
        let (title, author) = by(line.trim());
        Some(Head {
            variant: Variant::Issue,
            front: Front::default(),
            comment: None,
            title: title.to_owned(),
            address: None,
            author,
            date: Some(date.trim()),
            text: before(text, content),
            content,
        })
    }
}

/// A comment, where there is one, a link and a rule.
struct Linked<'a> {
    comment: Option<&'a str>,
    title: String,
    address: &'a str,
    rest: &'a str,
}

impl<'a> Linked<'a> {
    fn take(text: &'a str) -> Option<Linked<'a>> {
        let (comment, rest) = match text.strip_prefix("<!--") {
            Some(inside) => {
                let (comment, rest) = inside.split_once("-->")?;
                (Some(comment.trim()), rest.trim_start_matches(['\n', ' ']))
            }
            None => (None, text),
        };
        let (title, address, rest) = link(rest)?;
        Some(Linked { comment, title: unescaped(title), address, rest: after_rule(rest)? })
    }

    fn head(self, text: &'a str, front: Front) -> Head<'a> {
        let (date, content) = date_line(self.rest);
        Head {
            variant: match date {
                Some(_) => Variant::DateLine,
                None => Variant::Comment,
            },
            front,
            comment: self.comment,
            title: self.title,
            address: Some(self.address),
            author: None,
            date,
            text: before(text, content),
            content,
        }
    }
}

/// Takes the link and returns its words, its address and what follows.
///
/// Mirrors didn't escape titles, so a `]` or a line feed may stand in one: the address is what
/// follows the last `](` above the rule.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let end = text.find("\n--")?;
    let line = text.get(..end).filter(|line| line.len() <= LINK_BYTES_MAX)?;
    let (title, address) = line.trim_end().strip_prefix('[')?.rsplit_once("](")?;
    Some((title, address.strip_suffix(')')?, &text[end + 1..]))
}

/// Returns what follows a rule of hyphens.
fn after_rule(text: &str) -> Option<&str> {
    let (rule, rest) = text.split_once('\n').unwrap_or((text, ""));
    let rule = rule.trim_end();
    (rule.len() >= 3 && rule.bytes().all(|byte| byte == b'-')).then_some(rest)
}

fn date_line(text: &str) -> (Option<&str>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let date = line.strip_prefix("日期：").or(line.strip_prefix("日期:"));
    match date {
        Some(date) => (Some(date.trim()), rest),
        None => (None, text),
    }
}

/// Parts `TITLE by AUTHOR`, which is how the bot of the mirrors' issues wrote it.
fn by(line: &str) -> (&str, Option<&str>) {
    match line.rsplit_once(" by ") {
        Some((title, author))
            if !title.is_empty()
                && !author.is_empty()
                && author.chars().count() <= AUTHOR_CHARS_MAX =>
        {
            (title, Some(author))
        }
        _ => (line, None),
    }
}

/// Takes back the backslashes that hold a link together.
fn unescaped(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let sign = chars.peek().is_some_and(|next| "\\[]<`*".contains(*next));
        match c {
            '\\' if sign => out.extend(chars.next()),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Returns the part of a text before the rest of it.
fn before<'a>(text: &'a str, rest: &str) -> &'a str {
    &text[..text.len() - rest.len()]
}
