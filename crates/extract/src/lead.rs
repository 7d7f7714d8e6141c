//! The picture above the text.

use crate::weight::Weight;
use news::{Address, Block, Body, Figure, PictureUse, Span};

/// How heavy a line under a picture may be and still be its caption.
const CAPTION_WEIGHT_MAX: usize = 500;

/// Takes a picture that stands at the top out of the body, with its caption.
pub fn lift(body: &mut Body) -> Option<PictureUse> {
    let at = body
        .blocks
        .iter()
        .position(|block| !matches!(block, Block::Rule))?;
    let Block::Figure(figure) = &body.blocks[at] else {
        return None;
    };
    if figure.pictures.len() != 1 {
        return None;
    }
    let Block::Figure(figure) = body.blocks.remove(at) else {
        return None;
    };
    let mut lead = single(figure)?;
    if lead.caption.is_empty()
        && body.blocks.get(at).is_some_and(is_caption)
        && let Block::Paragraph(spans) = body.blocks.remove(at)
    {
        lead.caption = unwrapped(spans);
    }
    Some(lead)
}

/// Joins the picture found at the top of the text with those that the page's head names, best
/// first: the one in the page has the caption, the others are other forms of it or its stand-ins.
pub fn choose(in_page: Option<PictureUse>, named: Vec<Address>, body: &Body) -> Option<PictureUse> {
    let Some(mut lead) = in_page else {
        return from_head(named, body);
    };
    for address in named {
        let same = form(&address) == form(&lead.address);
        if same && address != lead.address && !lead.also.contains(&address) {
            lead.also.push(address);
        }
    }
    Some(lead)
}

/// A picture named by the head alone; where the text shows it, the text keeps it.
fn from_head(named: Vec<Address>, body: &Body) -> Option<PictureUse> {
    let mut named = named.into_iter();
    let first = named.next()?;
    let shown = body
        .pictures()
        .into_iter()
        .any(|shown| form(&shown.address) == form(&first));
    if shown {
        return None;
    }
    let mut lead = PictureUse::new(first);
    lead.also = named
        .filter(|other| form(other) == form(&lead.address))
        .collect();
    lead.also.dedup();
    Some(lead)
}

fn single(figure: Figure) -> Option<PictureUse> {
    let mut pictures = figure.pictures;
    let mut picture = pictures.pop()?;
    if picture.caption.is_empty() {
        picture.caption = figure.caption;
    }
    Some(picture)
}

/// A short line all in small or leaning type, or one that calls itself a picture's.
fn is_caption(block: &Block) -> bool {
    let Block::Paragraph(spans) = block else {
        return false;
    };
    let text = Span::text_of(spans);
    let text = text.trim();
    let mut wordy = spans.iter().filter(|span| !is_blank(span)).peekable();
    let small = wordy.peek().is_some()
        && wordy.all(|span| matches!(span, Span::Small(_) | Span::Emphasis(_)));
    let marked = MARKS.iter().any(|mark| text.starts_with(mark));
    Weight::of(text).all <= CAPTION_WEIGHT_MAX && (small || marked)
}

fn is_blank(span: &Span) -> bool {
    match span {
        Span::Break => true,
        Span::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// How captions begin.
const MARKS: [&str; 14] = [
    "资料照",
    "資料照",
    "资料图",
    "图：",
    "圖：",
    "图为",
    "圖為",
    "图片来源",
    "圖片來源",
    "Photo:",
    "Foto:",
    "File photo",
    "FILE -",
    "FILE PHOTO",
];

/// A caption set all in small type is plain as a caption.
fn unwrapped(spans: Vec<Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = spans.into_iter().filter(|span| !is_blank(span)).collect();
    while let [Span::Small(_) | Span::Emphasis(_)] = kept.as_slice() {
        match kept.pop() {
            Some(Span::Small(inner) | Span::Emphasis(inner)) => kept = inner,
            _ => break,
        }
    }
    kept
}

/// What addresses of one picture share: the file's name, without what tells its size.
fn form(address: &Address) -> String {
    let path = address.as_url().path().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = name.split("_w").next().unwrap_or(name);
    let name = name.split("_cx").next().unwrap_or(name);
    let cut = name.rfind(['-', '_']).filter(|at| is_size(&name[at + 1..]));
    let name = cut.map_or(name, |at| &name[..at]);
    if name.len() < 4 {
        address.as_url().path().to_lowercase()
    } else {
        name.to_lowercase()
    }
}

/// `1200x800`, `1024`.
fn is_size(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.bytes().all(|b| b.is_ascii_digit() || b == b'x')
}

#[cfg(test)]
mod tests;
