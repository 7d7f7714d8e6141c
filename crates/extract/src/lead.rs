//! The picture above the text.

use crate::marks::Marks;
use crate::metadata::Metadata;
use crate::outline::{Outline, hash_of};
use crate::weight::Weight;
use html::{Tag, Tree};
use news::{Address, Block, Body, Figure, PictureUse, Span};

/// How heavy a line under a picture may be and still be its caption.
const CAPTION_WEIGHT_MAX: usize = 500;

/// How many figures of a page are looked at for the lead's caption.
const FIGURES_MAX: usize = 32;

/// Returns the pictures of a page's first figures, with their captions: a lead often stands
/// beside the text's container and not in it.
pub fn figures<'a>(tree: &'a Tree, base: &'a Address) -> impl Iterator<Item = PictureUse> + 'a {
    let nodes = tree.find_all(tree.root(), "figure");
    let read = |node| {
        let options = html::body::Options::all(Some(base));
        html::body::read(tree, &[node], &options).blocks
    };
    let blocks = nodes.into_iter().take(FIGURES_MAX).flat_map(read);
    blocks.filter_map(|block| match block {
        Block::Figure(figure) if figure.pictures.len() == 1 => single(figure),
        _ => None,
    })
}

/// How many blocks of labels may stand between a headline and its text.
const LABELS_MAX: usize = 60;
/// How many blocks above a text are looked at where its headline isn't found.
const ABOVE_MAX: usize = 12;
/// How many blocks of the text may stand above it: its deck, the names of its writers.
const BELOW_MAX: usize = 2;
/// A picture that the page draws smaller than this, in pixels, is no lead.
const SIDE_MIN: u32 = 200;

/// Returns the picture that the page shows between its headline and its text.
pub fn above(
    tree: &Tree,
    base: &Address,
    outline: &Outline,
    marks: &Marks,
    kept: &[bool],
    meta: &Metadata,
) -> Option<PictureUse> {
    let first = kept.iter().position(|kept| *kept)?;
    let headline = hash_of(meta.headline.as_deref().unwrap_or_default());
    let near = first.saturating_sub(ABOVE_MAX);
    let head = (first.saturating_sub(LABELS_MAX)..first)
        .rev()
        .find(|at| outline.blocks[*at].hash == headline);
    // A picture may stand above its headline, but not above what comes before that.
    let from = head.unwrap_or(near);
    let options = html::body::Options::all(Some(base));
    let candidates = outline.nodes.iter().enumerate().filter(|(at, node)| {
        let is_picture = matches!(node.tag, Tag::Figure | Tag::Img | Tag::Picture | Tag::AmpImg);
        is_picture
            && !outline
                .with_ancestors(*at)
                .take(4)
                .any(|at| outline.nodes[at].names.kinds.tells_author())
            && (from..=first + BELOW_MAX).contains(&node.block_from)
            && !marks.is_left_out(*at)
    });
    let read = |(_, node): (usize, &crate::outline::Node)| match html::body::read(
        tree,
        &[node.id],
        &options,
    )
    .blocks
    .pop()?
    {
        Block::Figure(figure) if figure.pictures.len() == 1 && !is_person_or_sign(&figure) => {
            single(figure)
        }
        _ => None,
    };
    let is_large = |picture: &PictureUse| {
        picture.size.is_none_or(|(width, height)| width >= SIDE_MIN && height >= SIDE_MIN / 2)
    };
    candidates.take(FIGURES_MAX).filter_map(read).find(is_large)
}

/// Takes a lead out of the body if it stands there too.
pub fn once(lead: Option<PictureUse>, body: &mut Body) -> Option<PictureUse> {
    let shown = lead?;
    Some(shown_below(&shown.address, body).unwrap_or(shown))
}

/// Gives a lead that came without a caption the one that the page prints below it elsewhere.
pub fn captioned(
    mut lead: PictureUse,
    mut figures: impl Iterator<Item = PictureUse>,
) -> PictureUse {
    if !lead.caption.is_empty() {
        return lead;
    }
    let same = |one: &PictureUse| form(&one.address) == form(&lead.address);
    let Some(shown) = figures.find(same) else {
        return lead;
    };
    lead.caption = shown.caption;
    lead.credit = lead.credit.or(shown.credit);
    lead.size = lead.size.or(shown.size);
    if lead.alt.is_empty() {
        lead.alt = shown.alt;
    }
    lead
}

/// Takes a picture that stands at the top out of the body, with its caption.
pub fn lift(body: &mut Body) -> Option<PictureUse> {
    let at = body.blocks.iter().position(|block| !matches!(block, Block::Rule))?;
    take(body, at)
}

/// Joins the picture found at the top of the text with those that the page's head names, best
/// first: the one in the page has the caption, the others are other forms of it, or stand in for it.
///
/// Where none stood at the top and the text shows the picture of the head further down, it is
/// taken from there, so that it isn't shown twice.
pub fn choose(
    in_page: Option<PictureUse>,
    named: Vec<Address>,
    body: &mut Body,
) -> Option<PictureUse> {
    let shown = in_page.or_else(|| shown_below(named.first()?, body));
    let mut lead = shown.or_else(|| named.first().cloned().map(PictureUse::new))?;
    let own = form(&lead.address);
    // Another picture comes last: it is what the publisher shows where this one can't be had.
    let (same, others): (Vec<Address>, Vec<Address>) =
        named.into_iter().partition(|address| form(address) == own);
    for address in same.into_iter().chain(others.into_iter().take(1)) {
        if address != lead.address && !lead.also.contains(&address) {
            lead.also.push(address);
        }
    }
    Some(lead)
}

fn shown_below(named: &Address, body: &mut Body) -> Option<PictureUse> {
    let named = form(named);
    let at = body.blocks.iter().position(|block| match block {
        Block::Figure(figure) => figure.pictures.iter().any(|one| form(&one.address) == named),
        _ => false,
    })?;
    take(body, at)
}

/// Takes the figure at a place, if it is of one picture, and the caption below it.
fn take(body: &mut Body, at: usize) -> Option<PictureUse> {
    match &body.blocks[at] {
        Block::Figure(figure) if figure.pictures.len() == 1 && !is_person_or_sign(figure) => {}
        _ => return None,
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

/// Tells whether the picture's name says that it shows the author or the sign of the house.
fn is_person_or_sign(figure: &Figure) -> bool {
    let names = figure.pictures.iter().map(|picture| picture.address.as_url().path());
    let names = names.map(|path| crate::words::split(&path.replace("%2F", "/")));
    names.into_iter().any(|words| {
        let mut words = words.split(' ');
        words.any(|word| {
            matches!(word, "avatar" | "author" | "autor" | "authors" | "gravatar")
                || word.starts_with("logo")
        })
    })
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
    if name.len() < 4 { address.as_url().path().to_lowercase() } else { name.to_lowercase() }
}

/// `1200x800`, `1024`.
fn is_size(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.bytes().all(|b| b.is_ascii_digit() || b == b'x')
}

#[cfg(test)]
mod tests;
