//! An article that its publisher cut into several pages.

use news::{Article, Block, Figure, PictureUse, Span};
use std::collections::HashSet;

/// A paragraph shorter than this may stand on several pages of one article, in characters.
const REPEATED_CHARS_MIN: usize = 40;

/// Puts the text of an article's next page behind what there is.
///
/// Only the text and the pictures are taken: what else the page says of the article, the first one
/// said. Paragraphs and pictures that every page repeats stand once.
pub fn join(article: &mut Article, next: Article) {
    let known = Known::of(article);
    let lead =
        next.lead.map(|lead| Block::Figure(Figure { pictures: vec![lead], caption: Vec::new() }));
    let blocks = lead.into_iter().chain(next.body.blocks);
    let new = blocks.filter(|block| !known.has(block));
    article.body.blocks.extend(new.collect::<Vec<_>>());
}

/// What an article has already.
struct Known {
    headline: String,
    paragraphs: HashSet<String>,
    pictures: HashSet<String>,
}

impl Known {
    fn of(article: &Article) -> Known {
        let paragraphs = article.body.blocks.iter().filter_map(words);
        let pictures = article.pictures().into_iter().map(|picture| picture.address.to_string());
        Known {
            headline: article.headline.clone(),
            paragraphs: paragraphs.collect(),
            pictures: pictures.collect(),
        }
    }

    fn has(&self, block: &Block) -> bool {
        let is_known = |picture: &PictureUse| self.pictures.contains(picture.address.as_str());
        match block {
            Block::Figure(figure) => figure.pictures.iter().all(is_known),
            block => words(block).is_some_and(|words| {
                let is_long = words.chars().count() >= REPEATED_CHARS_MIN;
                words == self.headline || is_long && self.paragraphs.contains(&words)
            }),
        }
    }
}

fn words(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => Some(Span::text_of(spans)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hints, Limits, Page, read};
    use news::Address;

    fn article(address: &str, text: &str) -> Article {
        let address = Address::read(address).expect("an address");
        let html = format!(
            "<html lang=en><title>The long winter</title><article><h1>The long winter</h1>\
             <img src=/ice.jpg width=900 height=600 alt=Ice>{text}</article>"
        );
        let page = Page { address: &address, content_type: "", body: html.as_bytes() };
        read(&page, &Hints::default(), &Limits::default()).found.expect("an article")
    }

    #[test]
    fn what_every_page_repeats_stands_once() {
        const FIRST: &str =
            "The ice came at night, and by morning the ferries were fast at the pier.";
        const NEXT: &str = "By the second week the bakers went over the ice with their sledges.";
        let mut all = article("https://tide.example/winter", &format!("<p>{FIRST}</p>"));
        let next =
            article("https://tide.example/winter?page=2", &format!("<p>{FIRST}</p><p>{NEXT}</p>"));
        join(&mut all, next);
        assert_eq!(all.body.text(), format!("{FIRST}\n{NEXT}"));
        assert_eq!(all.pictures().len(), 1);
    }
}
