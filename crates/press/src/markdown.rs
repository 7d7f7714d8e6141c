//! An article as Markdown that every CommonMark reader gives back as it was.
//!
//! CommonMark 0.31 with GitHub's pipe tables; what it has no sign for (a superscript, a ruby, a
//! table with spans) is written as the HTML that CommonMark lets through.

mod block;
mod escape;
mod span;

use crate::{Facts, facts};
use news::{Article, Body, PictureUse};
use span::Line;

/// Returns a whole document: headline, deck, byline, what is known of it, the lead picture with
/// its caption below, then the text.
///
/// `picture` tells where a picture is to be found: an address or a path. Ends in one line feed.
pub fn article(a: &Article, facts: &Facts, picture: &dyn Fn(&PictureUse) -> String) -> String {
    let mut parts = vec![format!("# {}", Line::new(picture).plain(&a.headline))];
    parts.extend(a.deck.iter().map(|deck| paragraph(deck)));
    parts.extend(facts::byline(a).map(|byline| paragraph(&byline)));
    parts.push(definitions(a, facts));
    parts.extend(a.lead.iter().map(|lead| block::lead(lead, picture)));
    parts.extend(a.dateline.iter().map(|dateline| paragraph(dateline)));
    parts.push(body(&a.body, picture));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n").trim_end().to_owned() + "\n"
}

/// Names a picture by its own address.
pub fn own_address(picture: &PictureUse) -> String {
    picture.address.to_string()
}

/// Returns the text alone; `picture` tells where a picture is to be found: an address or a path.
///
/// Has no line feed at its end, and is empty for a body without blocks.
pub fn body(b: &Body, picture: &dyn Fn(&PictureUse) -> String) -> String {
    block::blocks(&b.blocks, picture)
}

fn paragraph(text: &str) -> String {
    Line::new(&|_| String::new()).plain(text)
}

/// Returns the four times and the rest as a list: plain CommonMark has no definition list.
fn definitions(a: &Article, facts: &Facts) -> String {
    let line = |(name, value): (&str, String)| {
        let value = match name {
            "Address" => format!("<{}>", escape::autolink(&value)),
            _ => paragraph(&format!("{name}: {value}"))[name.len() + 2..].to_owned(),
        };
        format!("- {name}: {value}")
    };
    let lines: Vec<String> = facts::lines(a, facts).into_iter().map(line).collect();
    lines.join("\n")
}

#[cfg(test)]
pub(crate) mod tests;
