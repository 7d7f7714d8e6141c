//! Reads what older mirrors left: articles kept as Markdown files, as `duty-machine/news` began.
//!
//! Such a file is a head of a few lines and then HTML or Markdown of the article. The head is
//! taken apart by its own few rules; the rest goes the way of every page. What a mirror damaged
//! is mended where the damage is sure (`®ion=` in an address), and told in a note; what it
//! didn't know (an address, a date) is never made up. Start at [`read`].

mod address;
mod content;
mod copies;
mod front;
mod head;
mod times;

use content::Content;
use head::Head;
use news::{Address, Article, Note, Reading};
use std::borrow::Cow;

/// The largest document that is read, in bytes: a long article is a hundredth of it.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A file of a mirror, as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub article: Article,
    pub variant: Variant,
    pub dates: Dates,
}

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// A time in a comment, the title as a link, a rule, HTML: the seed.
    Comment,
    /// The title as a link, a rule, a line `日期：…`, HTML.
    DateLine,
    /// Jekyll's front matter, then as [`Variant::Comment`].
    FrontMatter,
    /// Jekyll's front matter, then a piece of a page as it stood.
    Scraped,
    /// A title without a link, a rule, a date between stars, Markdown.
    Issue,
}

/// Every time that a file tells, in its own words, so that a better reading needs no file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Of the comment: milliseconds since 1970, or `NaN`.
    pub comment: Option<String>,
    /// Of the line above the text: the feed's words.
    pub line: Option<String>,
    /// Of the front matter.
    pub front: Option<String>,
}

/// Reads a file of a mirror.
///
/// `file_name` serves where a file has no title or no address: such an article gets an address
/// that leads nowhere, under the top-level domain that RFC 2606 keeps free for it, and the note
/// `no-address`. A file that is nothing of the kind is not found, and a note says why.
pub fn read(bytes: &[u8], file_name: &str) -> Reading<Document> {
    let mut notes = Vec::new();
    if bytes.len() > DOCUMENT_BYTES_MAX {
        let why = format!("the file has more than {DOCUMENT_BYTES_MAX} bytes");
        return Reading::new(None, vec![Note::new("too-long", "", why)]);
    }
    let text = text(bytes, &mut notes);
    let Some(head) = Head::read(&text) else {
        let why = "neither a link above a rule nor front matter starts the file";
        notes.push(Note::new("not-a-mirror-file", "line 1", why));
        return Reading::new(None, notes);
    };
    let document = document(head, file_name, &mut notes);
    Reading::new(Some(document), notes)
}

/// Returns the words of the file with plain line ends.
fn text<'a>(bytes: &'a [u8], notes: &mut Vec<Note>) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Owned(_)) {
        notes.push(Note::new("charset", "", "some bytes of the file are not UTF-8"));
    }
    if text.contains('\r') {
        return text.replace("\r\n", "\n").replace('\r', "\n").into();
    }
    text
}

fn document(head: Head, file_name: &str, notes: &mut Vec<Note>) -> Document {
    let title = title(&head, file_name, notes);
    let address = address::of(&head, file_name, notes);
    let content = content(&head, &address, &title, notes);
    let dates = Dates {
        comment: head.comment.map(str::to_owned),
        line: content.dateline.clone().or(head.date.map(str::to_owned)),
        front: head.front.get("date").map(str::to_owned),
    };
    let published = times::published(&dates, notes);
    if content.body.is_empty() {
        notes.push(Note::new("no-text", "", "there is nothing below the head"));
    }
    let article = Article {
        evidence: Vec::new(),
        address,
        authors: authors(&head, &content),
        dateline: content.dateline,
        published,
        updated: None,
        language: crate::language::of(None, &format!("{title} {}", content.body.text())),
        headline: title,
        deck: None,
        site: None,
        section: None,
        tags: head.front.tags(),
        lead: content.lead,
        body: content.body,
    };
    Document { article, variant: head.variant, dates }
}

/// Returns the title, which a mirror may have written as HTML.
fn title(head: &Head, file_name: &str, notes: &mut Vec<Note>) -> String {
    let told = [head.title.as_str(), head.front.get("title").unwrap_or_default()];
    if let Some(title) = told.into_iter().find(|title| !title.trim().is_empty()) {
        return plain(title);
    }
    notes.push(Note::new("no-title", "", "the file's name stands for the title"));
    let name = file_name.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}

/// Returns words with character references read; what looks like a tag stays as it is.
fn plain(text: &str) -> String {
    if !text.contains('&') {
        return text.trim().to_owned();
    }
    let tree = html::Tree::fragment(text.replace('<', "&lt;"), &html::Limits::default());
    tree.text(tree.root())
}

/// Returns the content of the file; of a file that holds its document more than once, once.
fn content(head: &Head, address: &Address, title: &str, notes: &mut Vec<Note>) -> Content {
    let read = |text: &str| match head.variant {
        Variant::Issue => content::read_markdown(text, address, title),
        _ => content::read_html(text, address, title),
    };
    let copies = copies::of(head).into_iter().map(read).collect();
    copies::merge(copies, notes)
}

fn authors(head: &Head, content: &Content) -> Vec<String> {
    let named = head.author.or(head.front.get("author"));
    let mut authors: Vec<String> = Vec::new();
    for line in content.byline.as_deref().or(named).into_iter() {
        let line = plain(line).replace(" & ", "、").replace(", ", "、");
        let names = line.split(['、', '，', '；', ';']).map(str::trim);
        authors.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    authors
}

#[cfg(test)]
mod tests;
