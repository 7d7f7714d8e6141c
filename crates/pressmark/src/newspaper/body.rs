//! The article itself as HTML: blocks, figures, links.

use super::newsroom::{Desk, Newsroom, Story};
use super::page::{day, escape};
use super::text::{Block, Figure, Loading};

pub const PICTURE_SIZE: &str = r#"width="1280" height="853""#;
/// One transparent pixel, which lazy-loading scripts replace.
const PIXEL: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// Writes an article's blocks, and at their end the notice of a correction.
pub fn body(newsroom: &Newsroom, story: &Story) -> String {
    let blocks = story.text.blocks.iter().map(|block| self::block(newsroom, story, block));
    let notice = story.correction.map(|correction| {
        format!("<p class=\"correction\"><em>{}</em></p>\n", escape(correction.notice))
    });
    blocks.chain(notice).collect()
}

fn block(newsroom: &Newsroom, story: &Story, block: &Block) -> String {
    let line = |words: &str| words_to_html(newsroom, story.desk, words);
    let items = |items: &[&str]| {
        items.iter().map(|item| format!("<li>{}</li>\n", line(item))).collect::<String>()
    };
    match block {
        Block::Paragraph(words) => format!("<p>{}</p>\n", line(&corrected(story, words))),
        Block::Subhead(words) => format!("<h2>{}</h2>\n", line(words)),
        Block::Quote(lines) => quote(lines),
        Block::Bullets(lines) => format!("<ul>\n{}</ul>\n", items(lines)),
        Block::Steps(lines) => format!("<ol>\n{}</ol>\n", items(lines)),
        Block::Table(rows) => table(rows),
        Block::Figure(picture) => figure(picture, "inline", story.text.pictures),
        Block::Post(post) => self::post(story, post),
    }
}

fn corrected(story: &Story, words: &str) -> String {
    match story.correction {
        Some(correction) => words.replace(correction.wrong, correction.right),
        None => words.to_owned(),
    }
}

fn quote(lines: &[&str]) -> String {
    let is_name = |line: &&&str| line.starts_with('—');
    let words: String = lines
        .iter()
        .filter(|line| !is_name(line))
        .map(|l| format!("<p>{}</p>", escape(l)))
        .collect();
    let name: String =
        lines.iter().filter(is_name).map(|line| format!("<cite>{}</cite>", escape(line))).collect();
    format!("<blockquote class=\"pullquote\">{words}{name}</blockquote>\n")
}

fn table(rows: &[Vec<&str>]) -> String {
    let row = |tag: &str, cells: &[&str]| {
        let cells: String =
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let Some((head, rest)) = rows.split_first() else {
        return String::new();
    };
    let rest: String = rest.iter().map(|cells| row("td", cells)).collect();
    format!(
        "<div class=\"table-wrap\"><table>\n<thead>{}</thead>\n<tbody>{rest}</tbody>\n</table></div>\n",
        row("th", head)
    )
}

/// Writes a picture with its caption and credit.
pub fn figure(picture: &Figure, class: &str, loading: Loading) -> String {
    let (file, caption) = (picture.file, escape(picture.caption));
    let image = match loading {
        Loading::Eager => {
            format!(
                r#"<img src="/pictures/{file}" alt="{caption}" {PICTURE_SIZE} decoding="async">"#
            )
        }
        Loading::Lazy => format!(
            r#"<img class="lazyload" src="{PIXEL}" data-src="/pictures/{file}" alt="{caption}" {PICTURE_SIZE}>"#
        ),
    };
    format!(
        "<figure class=\"figure figure--{class}\">{image}<figcaption>{caption} <span class=\"credit\">{}</span></figcaption></figure>\n",
        escape(picture.credit)
    )
}

fn post(story: &Story, [name, handle, words]: &[&str; 3]) -> String {
    let number = 7_000_000 + story.published.as_second() % 1_000_000;
    format!(
        "<blockquote class=\"twitter-tweet\" data-post-id=\"{number}\" lang=\"{}\"><p>{}</p>&mdash; {} ({handle}) <a href=\"https://social.saltmere.example/{handle}/{number}\">{}</a></blockquote>\n<script async src=\"https://social.saltmere.example/embed.js\" charset=\"utf-8\"></script>\n",
        story.desk.language,
        escape(words),
        escape(name),
        day(story.desk, story.published)
    )
}

/// Writes words with their links (`[…](slug)`) and their ships and books (`*…*`).
fn words_to_html(newsroom: &Newsroom, desk: &Desk, words: &str) -> String {
    let mut html = String::new();
    let mut rest = words;
    while let Some((before, label, slug, after)) = next_link(rest) {
        html += &emphasised(before);
        let path = path_of(newsroom, desk, slug);
        html += &format!("<a href=\"{path}\">{}</a>", escape(label));
        rest = after;
    }
    html + &emphasised(rest)
}

fn next_link(words: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = words.split_once('[')?;
    let (label, rest) = rest.split_once("](")?;
    let (slug, after) = rest.split_once(')')?;
    Some((before, label, slug, after))
}

fn path_of(newsroom: &Newsroom, desk: &Desk, slug: &str) -> String {
    let stories = newsroom.in_print(desk);
    let there = stories.into_iter().find(|story| story.text.slug == slug);
    there.map_or_else(|| desk.front.to_owned(), |story| story.path)
}

fn emphasised(words: &str) -> String {
    let parts = words.split('*').enumerate();
    parts
        .map(|(n, part)| match n % 2 {
            0 => escape(part),
            _ => format!("<em>{}</em>", escape(part)),
        })
        .collect()
}
