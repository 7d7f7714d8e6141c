//! The layout of the mirror that Pressmark began with: one Markdown file an article, HTML within.
//!
//! Readers of such mirrors, and the tools built on them, find what they know: the time in a
//! comment, the headline as a link, six hyphens, and the article on one long line.

use html::escape;
use news::{Address, Article, Block, Body, PictureUse, Pressmark, Span, Stamp, Timestamp};

/// What a mirror decides for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What stands before a picture's address, which follows without its scheme; empty to name
    /// pictures by their own addresses.
    pub picture_base: String,
}

impl Default for Options {
    fn default() -> Options {
        Options { picture_base: "https://images.weserv.nl?url=".to_owned() }
    }
}

/// Returns an article as one file of a mirror; ends in one line feed.
///
/// `published_fallback` is the time to print where the publisher told none: when the article was
/// first seen.
pub fn print(a: &Article, published_fallback: Timestamp, options: &Options) -> String {
    let published = a.published.as_ref().map_or(published_fallback, |stamp| stamp.at);
    let picture = |used: &PictureUse| crate::shown(source(used, options));
    let mut out = format!("<!--{}-->\n", published.as_millisecond());
    out.push_str(&format!("[{}]({})\n", title(&a.headline), destination(a.address.as_str())));
    out.push_str("------\n\n");
    out.push_str(&format!("<div><i>{}</i></div>", escape(&date(a, published))));
    let (film, blocks) = film(a);
    if let Some(lead) = &a.lead {
        out.push_str(&self::lead(lead, film, options));
    }
    out.push_str(&before_the_text(a));
    let body = Body { blocks: blocks.to_vec() };
    out.push_str(&crate::one_line(&html::write(&body, &picture)));
    if !a.authors.is_empty() {
        out.push_str(&format!("<address>{}</address>", escape(&a.authors.join(", "))));
    }
    out.push('\n');
    out
}

/// Returns the name of the article's file: the pressmark alone.
///
/// It is safe on every file system, and it stays when the headline changes, so that an edit is a
/// change of one file and not a new file beside a dead one.
pub fn file_name(pressmark: &Pressmark) -> String {
    format!("{pressmark}.md")
}

/// Returns the headline for between brackets, so that the link holds.
fn title(headline: &str) -> String {
    let mut out = String::with_capacity(headline.len());
    for c in headline.chars() {
        match c {
            '\\' | '[' | ']' | '<' | '`' | '*' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Returns the address for between parentheses; those within it are escaped unless they pair up.
fn destination(address: &str) -> String {
    let mut depth = 0_i32;
    let pairs = address.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    });
    if pairs && depth == 0 {
        return address.to_owned();
    }
    address.replace('(', "\\(").replace(')', "\\)")
}

/// Returns the date as the publisher's own line had it, or else as feeds write it (RFC 1123).
fn date(a: &Article, published: Timestamp) -> String {
    match dated(a) {
        Some(line) => line.to_owned(),
        None => published.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
    }
}

/// Returns the dateline if it is a date; it may be a place.
fn dated(a: &Article) -> Option<&str> {
    let read = |line: &&str| -> Option<Stamp> { news::date::read(line, None) };
    a.dateline.as_deref().filter(|line| read(line).is_some())
}

/// Returns the film whose poster the lead picture is, and the text without it.
fn film(a: &Article) -> (Option<&Address>, &[Block]) {
    match a.body.blocks.split_first() {
        Some((Block::Embed { address, .. }, rest)) if a.lead.is_some() && is_film(address) => {
            (Some(address), rest)
        }
        _ => (None, &a.body.blocks),
    }
}

fn is_film(address: &Address) -> bool {
    let path = address.as_url().path();
    [".mp4", ".m4v", ".webm"].iter().any(|end| path.ends_with(end))
}

fn lead(lead: &PictureUse, film: Option<&Address>, options: &Options) -> String {
    let source = escape(&source(lead, options));
    let mut out = match film {
        Some(film) => format!(
            "<video poster=\"{source}\" src=\"{}\" style=\"width:100%\" controls></video>",
            escape(film.as_str())
        ),
        None => format!("<img src=\"{source}\" width=\"100%\">"),
    };
    let mut caption = crate::one_line(&html::write_spans(&lead.caption, &|_| None));
    let words = Span::text_of(&lead.caption);
    if let Some(credit) = lead.credit.as_deref().filter(|credit| !words.contains(credit)) {
        let between = if caption.is_empty() { "" } else { " " };
        caption.push_str(&format!("{between}{}", escape(credit)));
    }
    if !caption.is_empty() {
        out.push_str(&format!("<div><small style=\"color: #999;\">{caption}</small></div>"));
    }
    out
}

/// Returns what the layout has no place for, as paragraphs: a place's name, a deck.
fn before_the_text(a: &Article) -> String {
    let place = a.dateline.as_deref().filter(|_| dated(a).is_none());
    let deck = a.deck.as_deref().filter(|deck| !begins_with(&a.body, deck));
    let place = place.map(|place| format!("<p>{}</p>", escape(place)));
    let deck = deck.map(|deck| format!("<p><strong>{}</strong></p>", escape(deck)));
    crate::one_line(&[deck, place].into_iter().flatten().collect::<String>())
}

fn begins_with(body: &Body, deck: &str) -> bool {
    body.text().starts_with(deck)
}

/// Returns a picture's address behind the base, written so that it is one value of a query: the
/// mirrors that left a `?` as it was had pictures that never came.
fn source(used: &PictureUse, options: &Options) -> String {
    let address = used.address.as_str();
    if options.picture_base.is_empty() {
        return address.to_owned();
    }
    // Without a scheme, `https` is meant.
    let bare = address.strip_prefix("https://").unwrap_or(address);
    let mut out = options.picture_base.clone();
    for c in bare.chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3F"),
            '&' => out.push_str("%26"),
            '#' => out.push_str("%23"),
            '+' => out.push_str("%2B"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
