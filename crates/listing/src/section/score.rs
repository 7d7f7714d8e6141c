//! How likely each address is an article's.
//!
//! Every address has a word of its own: the form of the address, the words of its links, what
//! stands around them. Then its kin are heard, those whose addresses have the same shape and
//! those that stand at the same place of the same structure: a page is made by a program, which
//! makes all articles alike. Points are added, as one adds the logarithms of odds.

use super::block::{Blocks, TARGETS_MAX};
use super::form::{DateForm, Form};
use super::layout::Layout;
use super::links::{Link, Target};
use super::place::Place;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// From this many points on an address may be an article's.
const ENOUGH: f32 = 1.5;

/// What an article has of the points of a middling article of its page, at least.
const ENOUGH_SHARE: f32 = 0.2;

/// How much the mean of its kin counts beside an address's own points.
const KIN_WEIGHT: f32 = 0.7;

/// The points of kin that are as many as what is known of an address alone.
const KIN_ENOUGH: f32 = 2.0;

/// Bounds of what kin may say, in points.
const KIN_POINTS: std::ops::RangeInclusive<f32> = -4.0..=4.0;

/// From this many points on an address tells what the articles of this page have in common.
const SURE: f32 = 4.0;

/// How many sure addresses make a rule of what they have in common.
const SURE_LEN_MIN: usize = 6;

/// What an address loses that lacks what nearly all articles of the page have.
const LACK: f32 = -2.0;

/// The most that an address loses so.
const LACK_MAX: f32 = -4.0;

/// Returns the points of each address.
pub fn read(layout: &Layout, targets: &[Target]) -> Vec<f32> {
    let blocks = Blocks::read(layout, targets);
    let own = own(layout, targets, &blocks);
    let first = with_kin(layout, targets, &own);
    let lacks = lacks(targets, &first);
    let own: Vec<f32> = own.iter().zip(&lacks).map(|(own, lack)| own + lack).collect();
    // Once more, so that the kin of kin are heard.
    let mean = |(own, heard): (&f32, &f32)| (own + heard) / 2.0;
    let second: Vec<f32> = own.iter().zip(&first).map(mean).collect();
    let kin = with_kin(layout, targets, &second);
    kin.iter().zip(&second).zip(&own).map(|((heard, second), own)| heard - second + own).collect()
}

/// Takes points from addresses that lack what the sure articles of the page have in common.
fn lacks(targets: &[Target], points: &[f32]) -> Vec<f32> {
    let least = SURE.max(median_of_likely(points));
    let sure = targets.iter().zip(points).filter(|(_, points)| **points >= least);
    let sure: Vec<&Target> = sure.map(|(target, _)| target).collect();
    let is_rule = |count: usize| sure.len() >= SURE_LEN_MIN && count * 10 >= sure.len() * 9;
    let dated = |target: &Target| target.form.date >= DateForm::Month;
    let numbered = |target: &Target| target.form.digits_len >= 4 || target.form.is_code;
    let worded = |target: &Target| target.form.words_len >= 3;
    let shape = commonest(sure.iter().map(|sure| sure.form.fine_shape.as_str()));
    let shaped = |target: &Target| shape == Some(&target.form.fine_shape);
    let host = commonest(sure.iter().map(|sure| sure.address.host()));
    let hosted = |target: &Target| host == Some(target.address.host());
    let traits: [&dyn Fn(&Target) -> bool; 5] = [&dated, &numbered, &worded, &shaped, &hosted];
    let has_rule =
        |has: &&&dyn Fn(&Target) -> bool| is_rule(sure.iter().filter(|t| has(t)).count());
    let rules: Vec<_> = traits.iter().filter(has_rule).collect();
    let lack = |target: &Target| {
        let lacking = rules.iter().filter(|has| !has(target)).count();
        (LACK * lacking as f32).max(LACK_MAX)
    };
    targets.iter().map(lack).collect()
}

/// Returns the points from which on an address of this page is taken for an article's.
pub fn enough(points: &[f32]) -> f32 {
    ENOUGH.max(median_of_likely(points) * ENOUGH_SHARE)
}

fn median_of_likely(points: &[f32]) -> f32 {
    let mut likely: Vec<f32> = points.iter().copied().filter(|points| *points >= ENOUGH).collect();
    likely.sort_by(f32::total_cmp);
    likely.get(likely.len() / 2).copied().unwrap_or(0.0)
}

fn commonest<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.into_iter().max_by_key(|(word, count)| (*count, *word)).map(|(word, _)| word)
}

fn own(layout: &Layout, targets: &[Target], blocks: &Blocks) -> Vec<f32> {
    let parents = parents(targets);
    let leads = leads(layout, targets, blocks);
    targets
        .iter()
        .enumerate()
        .map(|(number, target)| {
            let around = target.links.iter().map(|link| {
                let block = blocks.around(layout, link.spot, TARGETS_MAX);
                let is_lead = leads.get(&block) == Some(&number);
                of_place(layout, link, block) + of_block(layout, blocks, block, is_lead)
            });
            let best = around.fold(f32::MIN, f32::max);
            let label = if is_label(layout, blocks, &leads, number, target) { -4.0 } else { 0.0 };
            let parent = if is_parent(target, &parents) { -2.5 } else { 0.0 };
            of_form(&target.form) + of_words(target) + best + label + parent
        })
        .collect()
}

/// An address with so many links of the same words is what many blocks have in common.
const LABEL_LINKS_MIN: usize = 5;

/// Tells whether an address stands beside what several blocks are about and leads none: the name
/// of a section, of an author.
fn is_label(
    layout: &Layout,
    blocks: &Blocks,
    leads: &HashMap<usize, usize>,
    number: usize,
    target: &Target,
) -> bool {
    let texts = target.links.iter().filter(|link| link.weight > 0);
    let texts: Vec<u32> = texts.map(|link| link.weight).collect();
    if texts.len() >= LABEL_LINKS_MIN && texts.iter().all(|weight| *weight == texts[0]) {
        return true;
    }
    let around: HashSet<usize> =
        target.links.iter().map(|link| blocks.around(layout, link.spot, TARGETS_MAX)).collect();
    around.len() >= 2 && around.iter().all(|block| leads.get(block) != Some(&number))
}

/// What the form of an address tells.
pub fn of_form(form: &Form) -> f32 {
    let index = if form.is_index { -4.0 } else { 0.0 };
    let date = match form.date {
        DateForm::Day => 3.0,
        DateForm::Month => 2.0,
        DateForm::Alone => -3.0,
        DateForm::None => 0.0,
    };
    let words = match form.words_len {
        0 => 0.0,
        1 => -1.0,
        2 => -0.5,
        3 => 1.5,
        4 => 2.5,
        _ => 3.0,
    };
    let number: f32 = match form.digits_len {
        0 => 0.0,
        1..=3 => 0.5,
        4 => 1.5,
        _ => 2.5,
    };
    let code = if form.is_code { 1.5 } else { 0.0 };
    let is_bare = form.words_len <= 1 && number + code == 0.0 && form.date == DateForm::None;
    let bare = if is_bare { -1.0 } else { 0.0 };
    // One sign of an article makes the others likely, so only the best counts in full.
    let signs = [date, words, number.max(code)];
    let best = signs.iter().copied().fold(f32::MIN, f32::max);
    index + (best + signs.iter().sum::<f32>()) / 2.0 + bare
}

/// What the words of its links tell: headlines are longer than the names of sections.
fn of_words(target: &Target) -> f32 {
    match target.words_weight() {
        0 => -1.5,
        1..=8 => -3.0,
        9..=16 => -2.0,
        17..=21 => -1.0,
        22..=29 => 0.5,
        30..=44 => 1.5,
        _ => 2.0,
    }
}

/// What its place on the page tells, and what the link says of itself.
fn of_place(layout: &Layout, link: &Link, block: usize) -> f32 {
    let place = match layout.spots[link.spot].place {
        Place::Plain | Place::Aside => 0.0,
        Place::Main => 0.5,
        Place::Head => -1.5,
        Place::Comments => -2.0,
        Place::Tags | Place::Byline => -3.0,
        Place::Share | Place::Pager => -4.0,
        Place::Nav => -4.5,
        Place::Foot => -5.5,
    };
    let rel = layout.attr(link.spot, "rel").unwrap_or_default().to_ascii_lowercase();
    let has = |words: &[&str]| rel.split_ascii_whitespace().any(|word| words.contains(&word));
    let named = match () {
        () if has(&["tag", "author", "category", "next", "prev", "search", "license"]) => -5.0,
        () if has(&["bookmark"]) => 1.5,
        () => 0.0,
    };
    let heading = if is_heading(layout, link.spot, block) { 2.0 } else { 0.0 };
    place + named + heading
}

/// Tells whether a page shows an address as a headline.
pub fn is_headed(layout: &Layout, target: &Target) -> bool {
    target.links.iter().any(|link| {
        let is_inside = layout.spots[link.spot].place.is_final();
        !is_inside && is_heading(layout, link.spot, 0)
    })
}

/// Tells whether a link is a heading, has one or stands in one.
fn is_heading(layout: &Layout, link: usize, block: usize) -> bool {
    let within = layout.around(link).take_while(|at| *at >= block).take(4);
    within.chain(layout.below(link)).any(|at| heading_rank(layout.name(at)).is_some())
}

/// Returns the rank of a heading element.
pub fn heading_rank(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', rank @ b'1'..=b'6'] => Some(rank - b'0'),
        _ => None,
    }
}

/// What stands in the block around a link: it is said of the address that leads the block.
fn of_block(layout: &Layout, blocks: &Blocks, block: usize, is_lead: bool) -> f32 {
    if !is_lead {
        return -1.0;
    }
    let end = blocks.end(layout, block);
    let mut points = [0.0; 4];
    for at in block..end {
        match layout.name(at) {
            "time" => points[0] = 1.5,
            "img" | "picture" => points[1] = 1.0,
            "article" => points[2] = 1.0,
            _ => {}
        }
    }
    let prose: u32 = prose(layout, block, end);
    points[3] = if prose >= 60 { 1.0 } else { 0.0 };
    points.iter().sum()
}

fn prose(layout: &Layout, block: usize, end: usize) -> u32 {
    let mut sum = 0;
    let mut at = block;
    while at < end {
        sum += layout.prose(at);
        at = layout.spots[at].end;
    }
    sum
}

/// Returns the address that each block is about: the one with a heading or the most words.
fn leads(layout: &Layout, targets: &[Target], blocks: &Blocks) -> HashMap<usize, usize> {
    let mut leads: HashMap<usize, (u32, usize)> = HashMap::new();
    for (number, target) in targets.iter().enumerate() {
        for link in &target.links {
            let block = blocks.around(layout, link.spot, TARGETS_MAX);
            let heading = if is_heading(layout, link.spot, block) { 1_000 } else { 0 };
            let rank = heading + link.weight;
            let lead = leads.entry(block).or_insert((rank, number));
            if rank > lead.0 {
                *lead = (rank, number);
            }
        }
    }
    leads.into_iter().map(|(block, (_, number))| (block, number)).collect()
}

/// Returns the folders that several addresses lie in.
fn parents(targets: &[Target]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for target in targets {
        let mut path = folder_key(target);
        while let Some(slash) = path.rfind('/') {
            path.truncate(slash);
            *counts.entry(path.clone()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 2);
    counts.into_keys().collect()
}

fn folder_key(target: &Target) -> String {
    let url = target.address.as_url();
    format!("{}{}", target.address.host(), url.path().trim_end_matches('/'))
}

fn is_parent(target: &Target, parents: &HashSet<String>) -> bool {
    let is_strong = target.form.words_len >= 4 || target.form.digits_len >= 5;
    !is_strong && target.address.as_url().query().is_none() && parents.contains(&folder_key(target))
}

/// Adds to each address's points what its kin have.
fn with_kin(layout: &Layout, targets: &[Target], points: &[f32]) -> Vec<f32> {
    let numbered = || targets.iter().enumerate();
    let by_shape = Kin::of(points, numbered().map(|(at, target)| (&target.form.shape, at)));
    let by_fine = Kin::of(points, numbered().map(|(at, target)| (&target.form.fine_shape, at)));
    let paths = |target: &Target| -> HashSet<u64> {
        target.links.iter().map(|link| layout.spots[link.spot].path).collect()
    };
    let of_paths =
        numbered().flat_map(|(at, target)| paths(target).into_iter().map(move |p| (p, at)));
    let by_path = Kin::of(points, of_paths);
    numbered()
        .map(|(at, target)| {
            let coarse = by_shape.without(&&target.form.shape, points[at]);
            let fine = by_fine.without(&&target.form.fine_shape, points[at]);
            let shape = if fine.1 >= 4.0 { fine } else { coarse };
            let best = paths(target)
                .iter()
                .map(|path| heard(by_path.without(path, points[at])))
                .fold(f32::MIN, f32::max);
            // What stands in a foot or a menu is not carried out of it by how it is addressed.
            let is_inside = target
                .links
                .iter()
                .all(|link| matches!(layout.spots[link.spot].place, Place::Foot | Place::Nav));
            let shape = if is_inside { heard(shape).min(0.0) } else { heard(shape) };
            points[at] + shape + best
        })
        .collect()
}

fn heard((mean, count): (f32, f32)) -> f32 {
    let mean = mean.clamp(*KIN_POINTS.start(), *KIN_POINTS.end());
    KIN_WEIGHT * mean * count / (count + KIN_ENOUGH)
}

/// Sums and numbers of addresses that have something in common.
struct Kin<K>(HashMap<K, (f32, f32)>);

impl<K: Eq + Hash> Kin<K> {
    fn of(points: &[f32], members: impl Iterator<Item = (K, usize)>) -> Kin<K> {
        let mut sums: HashMap<K, (f32, f32)> = HashMap::new();
        for (key, at) in members {
            let (sum, count) = sums.entry(key).or_default();
            *sum += points[at];
            *count += 1.0;
        }
        Kin(sums)
    }

    /// Returns the mean and the number of the others that share this.
    fn without(&self, key: &K, own: f32) -> (f32, f32) {
        let (sum, count) = self.0.get(key).copied().unwrap_or((own, 1.0));
        let others = count - 1.0;
        if others < 1.0 { (0.0, 0.0) } else { ((sum - own) / others, others) }
    }
}
