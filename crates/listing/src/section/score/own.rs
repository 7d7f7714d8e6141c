//! What is known of one address by itself.

use super::super::block::{Blocks, TARGETS_MAX};
use super::super::form::{DateForm, Form};
use super::super::layout::Layout;
use super::super::links::{Link, Target};
use super::super::place::Place;
use std::collections::{HashMap, HashSet};

/// A text around a link that weighs less is no teaser.
const TEASER_WEIGHT: u32 = 60;

/// An address with so many links of the same words is what many blocks have in common.
const LABEL_LINKS_MIN: usize = 5;

/// How many folders around a page are counted.
const FOLDERS_MAX: usize = 8;

/// Returns each address's own points.
pub fn read(layout: &Layout, targets: &[Target]) -> Vec<f32> {
    let scene = Scene::read(layout, targets);
    let parents = parents(targets);
    let own = |(number, target): (usize, &Target)| {
        let around = target.links.iter().map(|link| scene.of_link(layout, number, link));
        let label = if scene.is_label(number, target) { -4.0 } else { 0.0 };
        let parent = if is_parent(target, &parents) { -2.5 } else { 0.0 };
        let best = around.fold(f32::MIN, f32::max);
        of_form(&target.form) + of_words(target) + best + label + parent
    };
    targets.iter().enumerate().map(own).collect()
}

/// What stands around the links of a page.
struct Scene {
    /// The block around each link, by its spot.
    blocks: HashMap<usize, usize>,
    /// The address that each block is about.
    leads: HashMap<usize, usize>,
    /// What each block tells of the address that it is about.
    points: HashMap<usize, f32>,
}

impl Scene {
    fn read(layout: &Layout, targets: &[Target]) -> Scene {
        let found = Blocks::read(layout, targets);
        let spots = targets.iter().flat_map(|target| target.links.iter().map(|link| link.spot));
        let blocks: HashMap<usize, usize> =
            spots.map(|spot| (spot, found.around(layout, spot, TARGETS_MAX))).collect();
        let leads = leads(layout, targets, &blocks);
        let told = |block: &usize| (*block, of_block(layout, *block, found.end(layout, *block)));
        let points = leads.keys().map(told).collect();
        Scene { blocks, leads, points }
    }

    /// What the surroundings of one link tell: a block tells of the address that it is about.
    fn of_link(&self, layout: &Layout, number: usize, link: &Link) -> f32 {
        let block = self.blocks[&link.spot];
        let is_lead = self.leads[&block] == number;
        let told = if is_lead { self.points[&block] } else { -1.0 };
        of_place(layout, link, block) + told
    }

    /// Tells whether an address stands beside what several blocks are about and leads none: the
    /// name of a section, of an author.
    fn is_label(&self, number: usize, target: &Target) -> bool {
        let texts = target.links.iter().filter(|link| link.weight > 0);
        let texts: Vec<u32> = texts.map(|link| link.weight).collect();
        if texts.len() >= LABEL_LINKS_MIN && texts.iter().all(|weight| *weight == texts[0]) {
            return true;
        }
        let around: HashSet<usize> =
            target.links.iter().map(|link| self.blocks[&link.spot]).collect();
        around.len() >= 2 && around.iter().all(|block| self.leads[block] != number)
    }
}

/// Returns the address that each block is about: that of a heading, of a picture, of the most
/// words.
fn leads(
    layout: &Layout,
    targets: &[Target],
    blocks: &HashMap<usize, usize>,
) -> HashMap<usize, usize> {
    let mut leads: HashMap<usize, (i32, usize)> = HashMap::new();
    for (number, target) in targets.iter().enumerate() {
        for link in &target.links {
            let block = blocks[&link.spot];
            let rank = lead_rank(layout, target, link, block);
            let lead = leads.entry(block).or_insert((rank, number));
            if rank > lead.0 {
                *lead = (rank, number);
            }
        }
    }
    leads.into_iter().map(|(block, (_, number))| (block, number)).collect()
}

/// Returns a number that is higher for a link that is likelier to be what its block is about.
fn lead_rank(layout: &Layout, target: &Target, link: &Link, block: usize) -> i32 {
    let heading = if is_heading(layout, link.spot, block) { 1_000 } else { 0 };
    let has_picture = || layout.below(link.spot).any(|at| layout.name(at) == "img");
    let picture = if link.weight == 0 && has_picture() { 200 } else { 0 };
    let index = if target.form.is_index { -500 } else { 0 };
    heading + picture + index + link.weight.min(100) as i32
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

/// What stands in a block.
fn of_block(layout: &Layout, block: usize, end: usize) -> f32 {
    let has = |names: &[&str]| (block..end).any(|at| names.contains(&layout.name(at)));
    let time = if has(&["time"]) { 1.5 } else { 0.0 };
    let picture = if has(&["img", "picture"]) { 1.0 } else { 0.0 };
    let article = if has(&["article"]) { 1.0 } else { 0.0 };
    let teaser = if prose(layout, block, end) >= TEASER_WEIGHT { 1.0 } else { 0.0 };
    time + picture + article + teaser
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

/// Returns the folders that several addresses lie in.
fn parents(targets: &[Target]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for target in targets {
        let mut path = folder_key(target);
        for _ in 0..FOLDERS_MAX {
            let Some(slash) = path.rfind('/') else {
                break;
            };
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
