//! The headline of an article among the words that lead to it.

use super::block::Blocks;
use super::layout::Layout;
use super::lines::{self, Lines};
use super::links::{Link, Target};
use super::score::heading_rank;
use super::words;

/// How many links to one article are asked for its headline.
const LINKS_MAX: usize = 16;

/// Words that weigh less may be "read more" or the name of a section, but hardly a headline.
const HEADLINE_WEIGHT: u32 = 12;

/// A first line up to this weight may be a label above the headline.
const LABEL_WEIGHT: u32 = 22;

/// Words for an article, and how good they are.
struct Candidate {
    rank: u8,
    text: String,
    link: usize,
}

/// The headline of an article, and the link that it stands at.
pub struct Title {
    pub text: String,
    pub link: usize,
}

/// Returns the best words for an article; the first among equals.
pub fn read(layout: &Layout, blocks: &Blocks, target: &Target) -> Option<Title> {
    let mut best: Option<Candidate> = None;
    for link in target.links.iter().take(LINKS_MAX) {
        for candidate in candidates(layout, blocks, link) {
            let rank = best.as_ref().map_or(0, |best| best.rank);
            if candidate.rank > rank {
                best = Some(candidate);
            }
        }
    }
    best.map(|best| Title { text: best.text, link: best.link })
}

fn candidates(layout: &Layout, blocks: &Blocks, link: &Link) -> Vec<Candidate> {
    let spot = link.spot;
    let block = blocks.around(layout, spot, 1);
    let attr = |name| layout.attr(spot, name).map(one_line);
    let own = words_of(layout, spot);
    let whole = attr("title").filter(|title| is_cut(&own) && continues(title, &own));
    let is_in_heading = heading_around(layout, spot, block).is_some();
    let named = layout.below(spot).find(|at| is_named_title(layout, *at));
    let ranked = [
        (7, whole),
        (6, heading_below(layout, spot).map(|heading| words_of(layout, heading))),
        (if is_in_heading { 6 } else { 4 }, Some(own.clone())),
        (5, named.map(|named| words_of(layout, named))),
        (3, heading_beside(layout, block).map(|heading| words_of(layout, heading))),
        (2, attr("title").or_else(|| attr("aria-label"))),
        (1, picture_words(layout, spot)),
    ];
    let heavy = |text: &String| words::weight(text) >= HEADLINE_WEIGHT;
    let worded = |(rank, text): (u8, Option<String>)| {
        let text = text.filter(|text| !text.is_empty())?;
        let rank = if heavy(&text) || rank >= 5 { rank + 1 } else { 1 };
        Some(Candidate { rank, text, link: spot })
    };
    ranked.into_iter().filter_map(worded).collect()
}

/// Tells whether a text was cut short to fit.
fn is_cut(text: &str) -> bool {
    text.ends_with("...") || text.ends_with('…')
}

fn continues(whole: &str, cut: &str) -> bool {
    let start = cut.trim_end_matches(['.', '…']).trim_end();
    whole.len() > start.len() && whole.starts_with(start)
}

fn heading_around(layout: &Layout, link: usize, block: usize) -> Option<usize> {
    let within = layout.around(link).take_while(|at| *at >= block);
    within.take(4).find(|at| heading_rank(layout.name(*at)).is_some())
}

fn heading_below(layout: &Layout, spot: usize) -> Option<usize> {
    layout.below(spot).find(|at| heading_rank(layout.name(*at)).is_some())
}

/// Returns a heading of the block that links to nothing.
fn heading_beside(layout: &Layout, block: usize) -> Option<usize> {
    heading_below(layout, block).filter(|heading| layout.links_len(*heading) == 0)
}

fn is_named_title(layout: &Layout, spot: usize) -> bool {
    layout.attr(spot, "class").is_some_and(|class| {
        words::names(class).iter().any(|word| matches!(word.as_str(), "title" | "headline"))
    })
}

fn picture_words(layout: &Layout, link: usize) -> Option<String> {
    let mut pictures = layout.below(link).filter(|at| layout.name(*at) == "img");
    pictures.find_map(|at| layout.attr(at, "alt")).map(one_line)
}

/// Returns the headline in an element: its first line that is no label.
fn words_of(layout: &Layout, spot: usize) -> String {
    let lines = Lines::read(layout, spot).0;
    let is_label = |at: usize| {
        let next = lines.get(at + 1).map_or(0, |next| words::weight(next));
        let weight = words::weight(&lines[at]);
        weight < LABEL_WEIGHT && next * 2 > weight * 3
    };
    let first = (0..lines.len().min(3)).find(|at| !is_label(*at)).unwrap_or(0);
    lines.get(first).map(|line| lines::trimmed(line).to_owned()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
