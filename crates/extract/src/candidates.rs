//! The parts of a page that are named as its text.

use crate::judge::Values;
use crate::marks::Marks;
use crate::outline::Outline;
use html::Tag;

/// How a part is named, surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Name {
    /// `itemprop="articleBody"`.
    Property,
    /// A class or an id in use for texts of articles.
    Words,
    /// `<article>`.
    Article,
    /// `<main>`.
    Main,
}

const NAMES: [Name; 4] = [Name::Property, Name::Words, Name::Article, Name::Main];

impl Name {
    /// By how much such a name makes a part likelier to be the article, times ten.
    pub fn tenfold(self) -> i64 {
        match self {
            Name::Property => 30,
            Name::Words => 20,
            Name::Article => 15,
            Name::Main => 12,
        }
    }

    /// How much of the best part's value such a part must hold to stand for it, in percent.
    fn share_min(self) -> i64 {
        match self {
            Name::Property => 50,
            Name::Words => 60,
            Name::Article => 65,
            Name::Main => 75,
        }
    }
}

/// Returns the named parts, in the order of the page.
pub fn all(outline: &Outline, marks: &Marks) -> Vec<(Name, usize)> {
    (0..outline.nodes.len())
        .filter(|at| !marks.is_left_out(*at))
        .filter_map(|at| Some((name(outline, at)?, at)))
        .collect()
}

fn name(outline: &Outline, at: usize) -> Option<Name> {
    let node = &outline.nodes[at];
    match node.tag {
        Tag::Html | Tag::Body | Tag::H1 | Tag::H2 | Tag::A | Tag::P | Tag::Span => None,
        _ if node.attributes.is_article_body => Some(Name::Property),
        _ if node.names.body => Some(Name::Words),
        Tag::Article => Some(Name::Article),
        Tag::Main => Some(Name::Main),
        _ => node.attributes.is_main.then_some(Name::Main),
    }
}

/// Chooses the surest name whose parts hold enough; without one, the best part itself.
pub fn choose(
    outline: &Outline,
    values: &Values,
    named: &[(Name, usize)],
    best: usize,
) -> Vec<usize> {
    let all = values.of(outline, best);
    for name in NAMES {
        let parts =
            outmost(outline, named.iter().filter(|(own, _)| *own == name).map(|(_, at)| *at));
        let parts: Vec<usize> =
            parts.into_iter().filter(|at| values.of(outline, *at) > 0).collect();
        let held: i64 = parts.iter().map(|at| values.of(outline, *at)).sum();
        if !parts.is_empty() && held * 100 >= all * name.share_min() {
            return parts;
        }
    }
    vec![best]
}

/// Returns the named part with the most text outside links: for lists and poems, which have no
/// sentences to be known by.
pub fn largest(outline: &Outline, marks: &Marks, named: &[(Name, usize)]) -> Option<usize> {
    let text = |at: usize| -> usize {
        let kept = outline.blocks_of(at).iter().filter(|block| !marks.is_left_out(block.node));
        kept.map(|block| block.weight.all - block.weight.linked).sum()
    };
    let surest = named.iter().filter(|(name, at)| *name != Name::Main && text(*at) > 0);
    let best = surest.max_by_key(|(name, at)| (text(*at), std::cmp::Reverse(*name)));
    best.map(|(_, at)| *at)
}

/// Leaves out what stands inside another of them.
fn outmost(outline: &Outline, parts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for at in parts {
        let inside = kept.last().is_some_and(|last| at < outline.nodes[*last].end);
        if !inside {
            kept.push(at);
        }
    }
    kept
}
