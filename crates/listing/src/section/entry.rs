//! An article as the page shows it.

use super::block::Blocks;
use super::layout::Layout;
use super::lines::Lines;
use super::links::Target;
use super::score::heading_rank;
use super::{form, plain, title, words};
use html::body;
use news::{Address, Entry, Stamp, Thumbnail, date};
use std::ops::Range;

/// A text that weighs less is no teaser.
const TEASER_WEIGHT: u32 = 40;

/// What classes of teasers end in.
#[rustfmt::skip]
const TEASER_NAMES: [&str; 11] = [
    "abstract", "dek", "desc", "description", "excerpt", "intro", "lead", "perex", "standfirst",
    "summary", "teaser",
];

/// What weighs more says more than that there is more to read.
const MORE_WEIGHT_MAX: u32 = 24;

/// How many links to one article are looked for in its teaser.
const LINKS_MAX: usize = 16;

/// The longest teaser that is kept, in bytes.
const TEASER_BYTES_MAX: usize = 2_000;

/// The longest text in which a date is looked for, in bytes.
const DATE_BYTES_MAX: usize = 200;

/// How far before a `<dd>` its `<dt>` is looked for.
const BROTHERS_MAX: usize = 8;

/// A date with fewer digits has no year.
const DATE_DIGITS_MIN: usize = 4;

/// Words that weigh more are no date, whatever numbers are among them.
const DATE_WEIGHT_MAX: u32 = 40;

/// How many pieces of a text are tried as dates.
const PIECES_MAX: usize = 8;

/// Returns the entries of those addresses, in the order of the page.
pub fn read(
    layout: &Layout,
    targets: &[Target],
    base: &Address,
    language: Option<&str>,
) -> Vec<Entry> {
    let blocks = Blocks::read(layout, targets);
    targets.iter().map(|target| entry(layout, &blocks, target, base, language)).collect()
}

fn entry(
    layout: &Layout,
    blocks: &Blocks,
    target: &Target,
    base: &Address,
    language: Option<&str>,
) -> Entry {
    let title = title::read(layout, blocks, target);
    let first = target.links.first().map(|link| link.spot);
    let link = title.as_ref().map(|title| title.link).or(first);
    let around = link.map_or(0..0, |link| {
        let block = blocks.around(layout, link, 1);
        block..blocks.end(layout, block)
    });
    let text = title.map(|title| title.text).unwrap_or_default();
    let address = target.address.as_str();
    let picture = picture(layout, around.clone(), base);
    Entry {
        id: address.to_owned(),
        link: Some(address.to_owned()),
        published: published(layout, around.clone(), &text).or_else(|| form::day(&target.address)),
        summary: teaser(layout, target, around, &text).map(plain),
        title: Some(text).filter(|text| !text.is_empty()).map(plain),
        thumbnails: picture.into_iter().collect(),
        language: language.map(str::to_owned),
        ..Entry::default()
    }
}

/// Returns the first date in a block: one for machines if there is any.
fn published(layout: &Layout, around: Range<usize>, title: &str) -> Option<Stamp> {
    term_date(layout, around.start)
        .or_else(|| around.clone().find_map(|at| told_date(layout, at)))
        .or_else(|| around.clone().find_map(|at| written_date(layout, at, title)))
}

/// Returns the date in the `<dt>` before a `<dd>`.
fn term_date(layout: &Layout, block: usize) -> Option<Stamp> {
    let tree = layout.tree;
    let before =
        std::iter::successors(Some(layout.spots[block].id), |id| tree.previous_sibling(*id));
    let mut terms = before.skip(1).take(BROTHERS_MAX);
    let term =
        terms.find(|id| tree.name(*id) == Some("dt")).filter(|_| layout.name(block) == "dd")?;
    date::read(&tree.text(term), None)
}

fn told_date(layout: &Layout, spot: usize) -> Option<Stamp> {
    let is_published = layout.attr(spot, "itemprop") == Some("datePublished");
    let names: &[&str] = match layout.name(spot) {
        "time" => &["datetime"],
        _ if is_published => &["datetime", "content", "title"],
        _ if layout.attr(spot, "property") == Some("dc:date") => &["content"],
        _ => &[],
    };
    names.iter().find_map(|name| date::read(layout.attr(spot, name)?, None))
}

/// Reads a short text as a date, or one of the pieces into which marks part it.
fn written_date(layout: &Layout, spot: usize, title: &str) -> Option<Stamp> {
    let text = layout.tree.text_of_node(layout.spots[spot].id)?.trim();
    let is_short = text.len() <= DATE_BYTES_MAX && digits_len(text) >= DATE_DIGITS_MIN;
    if !is_short || title.contains(text) {
        return None;
    }
    let marks = ['|', '·', '•', '(', ')', '[', ']', '（', '）', '【', '】', '—'];
    let pieces = text.split(marks).map(str::trim).take(PIECES_MAX);
    std::iter::once(text).chain(pieces).find_map(|piece| {
        let is_date =
            digits_len(piece) >= DATE_DIGITS_MIN && words::weight(piece) <= DATE_WEIGHT_MAX;
        if is_date { date::read(piece, None) } else { None }
    })
}

fn digits_len(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

/// Returns the first paragraph of a block that is not its headline.
fn teaser(layout: &Layout, target: &Target, around: Range<usize>, title: &str) -> Option<String> {
    let named = around.clone().filter(|at| is_named_teaser(layout, *at));
    let paragraphs = around.filter(|at| layout.name(*at) == "p");
    named.chain(paragraphs).find_map(|at| {
        let mut below = layout.below(at);
        let has_heading = below.any(|inner| heading_rank(layout.name(inner)).is_some());
        if layout.weight(at) < TEASER_WEIGHT || has_heading {
            return None;
        }
        let is_more = |layout: &Layout, at: usize| is_more(layout, target, at);
        let text = Lines::without(layout, at, is_more).0.join(" ");
        let is_new = words::weight(&text) >= TEASER_WEIGHT && !title.contains(&*text);
        let end = text.floor_char_boundary(TEASER_BYTES_MAX);
        is_new.then(|| text[..end].trim_end().to_owned())
    })
}

/// Tells whether an element only says that there is more to read.
fn is_more(layout: &Layout, target: &Target, spot: usize) -> bool {
    let is_own = || target.links.iter().take(LINKS_MAX).any(|link| link.spot == spot);
    layout.name(spot) == "a" && layout.weight(spot) <= MORE_WEIGHT_MAX && is_own()
}

/// Tells whether an element has a class that ends in a word for a teaser: `card__Summary`.
fn is_named_teaser(layout: &Layout, spot: usize) -> bool {
    let ends = |class: &str, word: &&str| {
        let start = class.len().checked_sub(word.len());
        start.is_some_and(|start| class.as_bytes()[start..].eq_ignore_ascii_case(word.as_bytes()))
    };
    let class = layout.attr(spot, "class").unwrap_or_default();
    let is_named = |class: &str| TEASER_NAMES.iter().any(|word| ends(class, word));
    layout.name(spot) != "a" && class.split_ascii_whitespace().any(is_named)
}

/// Returns the first picture of a block.
fn picture(layout: &Layout, around: Range<usize>, base: &Address) -> Option<Thumbnail> {
    around.into_iter().find_map(|at| {
        let address = match layout.name(at) {
            "img" | "amp-img" => shown(layout, at, base),
            "" => None,
            _ => background(layout.attr(at, "style")?, base),
        };
        address
            .map(|address| Thumbnail { url: address.as_str().to_owned(), ..Thumbnail::default() })
    })
}

fn shown(layout: &Layout, spot: usize, base: &Address) -> Option<Address> {
    let options = body::Options::all(Some(base));
    let body = body::read(layout.tree, &[layout.spots[spot].id], &options);
    let first = body.pictures().first().map(|picture| picture.address.clone());
    first.filter(|address| !address.as_str().contains("placeholder"))
}

/// Reads `background-image: url(…)`.
fn background(style: &str, base: &Address) -> Option<Address> {
    let (_, after) = style.split_once("background")?;
    let (_, after) = after.split_once("url(")?;
    let (reference, _) = after.split_once(')')?;
    base.join(reference.trim().trim_matches(['"', '\'']))
}
