//! What is known of each block of a page: the numbers from which [`crate::forest`] tells the text.
//!
//! Shares are in percent, weights as [`crate::weight`] counts them and never above [`MOST`].

use crate::dateline;
use crate::forest;
use crate::ground::{self, Place, Sums, within};
use crate::judge::Verdict;
use crate::kinds;
use crate::letter::is_letter;
use crate::marks::{self, Marks};
use crate::metadata::Metadata;
use crate::outline::{Block, Outline, hash_of};
use crate::topics;
use crate::trim::phrases::Line;
use crate::weight::Weight;
use html::Tag;
use std::collections::HashMap;

/// A block heavier than this is no label.
const LABEL_WEIGHT_MAX: usize = 400;

/// How many letters of a description are compared.
const BEGINNING_LETTERS: usize = 40;

/// How many blocks of a section are asked what they are about.
const SECTION_BLOCKS_MAX: usize = 60;

/// No number is larger.
pub const MOST: usize = 30_000;

/// How many numbers a block has.
pub const COUNT: usize = OWN
    + PHRASES
    + PLACE
    + kinds::COUNT * 2
    + ground::AROUND.len()
    + HOLDERS * HOLDER
    + ALIKE
    + NEIGHBOURS * NEIGHBOUR
    + ORDER
    + topics::COUNT * 2
    + MORE;
const MORE: usize = 14;
const OWN: usize = 12;
const PHRASES: usize = 8;
const PLACE: usize = 6;
/// The nearest part with more blocks than one, the part around it, the section.
const HOLDERS: usize = 3;
const HOLDER: usize = 7;
const ALIKE: usize = 5;
const NEIGHBOURS: usize = 4;
const NEIGHBOUR: usize = 6;
const ORDER: usize = 11;

/// What the page says elsewhere, to be compared with its blocks.
pub struct Said<'a> {
    pub headline: &'a str,
    pub description: &'a str,
    pub authors: &'a [String],
    /// For each block whether it stands in a text told elsewhere, where one is believed.
    pub told: Option<&'a [bool]>,
}

impl<'a> Said<'a> {
    pub fn of(meta: &'a Metadata, verdict: &'a Verdict) -> Said<'a> {
        Said {
            headline: meta.headline.as_deref().unwrap_or_default(),
            description: meta.description.as_deref().unwrap_or_default(),
            authors: &meta.authors,
            told: verdict.told.as_ref().map(|told| told.inside.as_slice()),
        }
    }
}

/// A page's blocks with all that the numbers need.
pub struct Features<'a> {
    outline: &'a Outline,
    marks: &'a Marks,
    said: &'a Said<'a>,
    sums: Sums,
    places: Vec<Place>,
    core: usize,
    alike: Map<Group>,
    seen: Map<Seen>,
    headline: u64,
    /// How the description begins.
    description: Vec<char>,
    authors: Vec<String>,
    /// The block of the headline, or where the core begins.
    head: usize,
    topics: Vec<u16>,
    /// How many main headings and how many articles begin before each block.
    heads: Vec<(usize, usize)>,
    /// How many blocks since the last one of the same names.
    group_before: Vec<usize>,
    /// The last heading before each block, and whether such a one ends articles.
    heading: Vec<Option<(usize, bool)>>,
    /// How many blocks before each, and in all, are about something.
    topical: Vec<usize>,
    /// The `<article>` around the headline.
    article: Option<usize>,
}

type Map<T> = HashMap<u64, T, foldhash::fast::RandomState>;

/// Blocks in elements of the same names.
#[derive(Default)]
struct Group {
    blocks: usize,
    prose: usize,
    weight: Weight,
}

/// Blocks of the same words.
struct Seen {
    first: usize,
    times: usize,
}

impl<'a> Features<'a> {
    pub fn of(
        outline: &'a Outline,
        marks: &'a Marks,
        core: usize,
        said: &'a Said<'a>,
    ) -> Features<'a> {
        let sums = Sums::of(outline);
        let places = ground::places(outline, &sums, core);
        let headline = hash_of(said.headline);
        let heads = outline.blocks.iter().enumerate();
        let core_from = outline.nodes[core].block_from;
        let alike_headline = |block: &Block| block.hash == headline;
        let head = heads.filter(|(_, block)| alike_headline(block)).map(|(at, _)| at);
        let head = head.min_by_key(|at| at.abs_diff(core_from)).unwrap_or(core_from);
        let mut features = Features {
            outline,
            marks,
            said,
            sums,
            places,
            core,
            alike: Map::default(),
            seen: Map::default(),
            headline,
            description: beginning(said.description).collect(),
            article: outline
                .blocks
                .get(head)
                .or(outline.blocks.last())
                .and_then(|block| article(outline, block.node)),
            topical: Vec::with_capacity(outline.blocks.len() + 1),
            authors: said.authors.iter().map(|author| author.to_lowercase()).collect(),
            head,
            heading: Vec::with_capacity(outline.blocks.len()),
            topics: outline.blocks.iter().map(|block| topics::of(&block.line)).collect(),
            heads: heads_before(outline),
            group_before: Vec::with_capacity(outline.blocks.len()),
        };
        features.gather();
        features
    }

    fn gather(&mut self) {
        let mut heading = None;
        let mut last: Map<usize> = Map::default();
        let mut topical = 0;
        self.topical.push(topical);
        for (at, block) in self.outline.blocks.iter().enumerate() {
            let group = self.alike.entry(signature(self.outline, block)).or_default();
            group.blocks += 1;
            group.prose += marks::prose(block);
            group.weight.add(block.weight);
            self.seen.entry(block.hash).or_insert(Seen { first: at, times: 0 }).times += 1;
            let before = last.insert(signature(self.outline, block), at);
            self.group_before.push(before.map_or(300, |before| (at - before).min(299)));
            topical += usize::from(self.topics[at] != 0);
            self.topical.push(topical);
            self.heading.push(heading);
            if ground::is_heading(self.outline.nodes[block.node].tag) {
                heading = Some((at, Line::of(&block.line).is_end_mark()));
            }
        }
    }

    /// Returns the numbers of a block.
    pub fn row(&self, at: usize) -> forest::Row {
        let mut row = Row { numbers: [0; 256], len: 0 };
        let block = &self.outline.blocks[at];
        self.own(&mut row, block);
        self.phrases(&mut row, block);
        self.place(&mut row, at, block);
        self.holders(&mut row, at, block);
        self.alike(&mut row, at, block);
        for offset in [-2, -1, 1, 2] {
            self.neighbour(&mut row, at, block, offset);
        }
        self.order(&mut row, at);
        self.more(&mut row, at, block);
        debug_assert_eq!(row.len, COUNT);
        row.numbers
    }

    fn own(&self, row: &mut Row, block: &Block) {
        let weight = block.weight;
        row.add(weight.all);
        row.add(weight.linked_percent());
        row.add(weight.ends);
        row.add(weight.commas);
        row.add(weight.words);
        row.add(percent(weight.digits, weight.all));
        row.add(percent(weight.capitals, weight.all));
        row.add(percent(weight.cjk * 3, weight.all));
        row.add(end(block.end));
        row.add(start(&block.line));
        row.add(tag(self.outline.nodes[block.node].tag));
        row.add(block.line.matches(['|', '•', '·', '/', '»', '›']).count());
    }

    fn phrases(&self, row: &mut Row, block: &Block) {
        if block.weight.all > LABEL_WEIGHT_MAX {
            (0..PHRASES - 1).for_each(|_| row.flag(false));
        } else {
            let line = Line::of(&block.line);
            row.flag(line.is_head_label());
            row.flag(line.is_end_mark());
            row.flag(line.is_tail());
            row.flag(line.is_aside());
            row.flag(line.is_advert());
            row.flag(dateline::is_one(block.line.trim()));
            row.flag(self.authors.iter().any(|author| line.lower().contains(author.as_str())));
        }
        row.flag(
            block
                .line
                .trim_start()
                .starts_with(['©', '(', '[', '（', '【', '*', '—', '▲', '■', '●', '→', '>', '▼']),
        );
    }

    fn place(&self, row: &mut Row, at: usize, block: &Block) {
        let place = &self.places[block.node];
        row.add(place.depth as usize);
        row.add(place.apart as usize);
        row.flag((self.core..self.outline.nodes[self.core].end).contains(&block.node));
        row.flag(self.marks.is_left_out(block.node));
        let inside = self.said.told.map(|told| told[at]);
        row.add(inside.map_or(1, |inside| if inside { 2 } else { 0 }));
        row.add((place.depth.saturating_sub(self.places[self.core].depth)) as usize);
        for bit in 0..kinds::COUNT {
            row.flag(place.kinds.has(bit));
        }
        for bit in 0..kinds::COUNT {
            row.flag(place.near.has(bit));
        }
        for bit in 0..ground::AROUND.len() {
            row.flag(place.around >> bit & 1 == 1);
        }
    }

    fn holders(&self, row: &mut Row, at: usize, block: &Block) {
        let nearest = larger(self.outline, block.node, 1);
        let nodes = &self.outline.nodes;
        let next =
            larger(self.outline, nearest, nodes[nearest].block_to - nodes[nearest].block_from);
        for holder in [nearest, next, self.places[block.node].section] {
            let node = &nodes[holder];
            let weight = self.outline.weight_of(holder);
            let blocks = node.block_to - node.block_from;
            row.add(blocks);
            row.add(weight.all);
            row.add(weight.linked_percent());
            row.add(percent(within(&self.sums.prose, self.outline, holder), weight.all));
            row.add(percent(within(&self.sums.linked, self.outline, holder), blocks));
            row.add(percent(within(&self.sums.headings, self.outline, holder), blocks));
            row.add(percent(at.saturating_sub(node.block_from), blocks));
        }
    }

    fn alike(&self, row: &mut Row, at: usize, block: &Block) {
        let all = self.sums.prose.last().copied().unwrap_or(0);
        let group = &self.alike[&signature(self.outline, block)];
        row.add(group.blocks);
        row.add(percent(group.prose, all));
        row.add(group.weight.linked_percent());
        let seen = &self.seen[&block.hash];
        row.add(seen.times);
        row.flag(seen.first < at);
    }

    fn neighbour(&self, row: &mut Row, at: usize, block: &Block, offset: isize) {
        let Some(other) = at.checked_add_signed(offset).and_then(|at| self.outline.blocks.get(at))
        else {
            (0..NEIGHBOUR).for_each(|_| row.add(0));
            return;
        };
        row.add(other.weight.all);
        row.add(other.weight.linked_percent());
        row.add(other.weight.ends);
        row.add(1 + tag(self.outline.nodes[other.node].tag));
        row.flag(signature(self.outline, other) == signature(self.outline, block));
        row.flag(self.outline.nodes[other.node].parent == self.outline.nodes[block.node].parent);
    }

    fn order(&self, row: &mut Row, at: usize) {
        let core = &self.outline.nodes[self.core];
        let prose = |from: usize, to: usize| self.sums.prose[to.max(from)] - self.sums.prose[from];
        let (from, to) = (core.block_from, core.block_to);
        let all = prose(from, to);
        row.add(all);
        row.add(percent(prose(from, at.clamp(from, to)), all));
        row.add(percent(
            within(&self.sums.prose, self.outline, self.core),
            *self.sums.prose.last().unwrap_or(&0),
        ));
        row.add((at + 200).saturating_sub(from).min(400));
        row.add((at + 200).saturating_sub(to).min(400));
        row.add((at + 200).saturating_sub(self.head).min(400));
        let heading = self.heading[at];
        row.add(heading.map_or(99, |(heading, _)| at - heading).min(99));
        row.flag(heading.is_some_and(|(_, ends)| ends));
        let block = &self.outline.blocks[at];
        row.flag(block.hash == self.headline);
        row.flag(self.is_description(block));
        let near = prose(at.saturating_sub(4), (at + 5).min(self.outline.blocks.len()));
        row.add(near);
    }

    fn more(&self, row: &mut Row, at: usize, block: &Block) {
        let own = self.topics[at];
        for bit in 0..topics::COUNT {
            row.flag(own >> bit & 1 == 1);
        }
        let heading = self.heading[at].map_or(0, |(heading, _)| self.topics[heading]);
        for bit in 0..topics::COUNT {
            row.flag(heading >> bit & 1 == 1);
        }
        row.add(percent(block.bold, block.weight.all));
        row.add(percent(block.italic, block.weight.all));
        row.add(block.links);
        let nodes = &self.outline.nodes;
        let nearest = &nodes[larger(self.outline, block.node, 1)];
        let prose = |from: usize, to: usize| self.sums.prose[to.max(from)] - self.sums.prose[from];
        row.add(prose(nearest.block_from, at));
        row.add(prose((at + 1).min(nearest.block_to), nearest.block_to));
        row.add(self.group_before[at]);
        // Further headlines and articles begin other texts.
        row.add(self.heads[at].0);
        row.add(self.heads[at].1);
        let article = article(self.outline, block.node);
        row.flag(article == self.article);
        row.add(article.map_or(0, |article| {
            percent(
                within(&self.sums.prose, self.outline, article),
                self.sums.prose.last().copied().unwrap_or(0),
            )
        }));
        let section = self.places[block.node].section;
        row.add(own.count_ones() as usize);
        let from = nodes[section].block_from;
        let to = nodes[section].block_to.min(from + SECTION_BLOCKS_MAX);
        row.add(percent(self.topical[to] - self.topical[from], to - from));
        row.add(tag(nodes[section].tag));
        row.add(self.outline.blocks.len());
    }

    fn is_description(&self, block: &Block) -> bool {
        !self.description.is_empty() && beginning(&block.line).eq(self.description.iter().copied())
    }
}

/// The letters and digits by which a description is known.
fn beginning(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| is_letter(*c)).take(BEGINNING_LETTERS)
}

/// Returns the inmost `<article>` around a node.
fn article(outline: &Outline, node: usize) -> Option<usize> {
    outline.with_ancestors(node).find(|at| outline.nodes[*at].tag == Tag::Article)
}

struct Row {
    numbers: forest::Row,
    len: usize,
}

impl Row {
    fn add(&mut self, number: usize) {
        self.numbers[self.len] = number.min(MOST) as i16;
        self.len += 1;
    }

    fn flag(&mut self, is_so: bool) {
        self.add(usize::from(is_so));
    }
}

fn percent(part: usize, all: usize) -> usize {
    (part * 100).checked_div(all).unwrap_or(0)
}

/// Returns for each block how many main headings and articles begin before it.
fn heads_before(outline: &Outline) -> Vec<(usize, usize)> {
    let mut counts = Vec::with_capacity(outline.blocks.len());
    let (mut headings, mut articles, mut at) = (0, 0, 0);
    for number in 0..outline.blocks.len() {
        while at < outline.nodes.len() && outline.nodes[at].block_from <= number {
            headings += usize::from(outline.nodes[at].tag == Tag::H1);
            articles += usize::from(outline.nodes[at].tag == Tag::Article);
            at += 1;
        }
        counts.push((headings, articles));
    }
    counts
}

/// Returns the nearest part around a node with more blocks than these.
fn larger(outline: &Outline, from: usize, blocks: usize) -> usize {
    let has_more =
        |at: &usize| outline.nodes[*at].block_to - outline.nodes[*at].block_from > blocks;
    outline.with_ancestors(from).find(has_more).unwrap_or(0)
}

/// By what names a block's element and its parent go; equal for blocks that a template made alike.
fn signature(outline: &Outline, block: &Block) -> u64 {
    let node = &outline.nodes[block.node];
    node.names_hash.wrapping_mul(31).wrapping_add(outline.nodes[node.parent].names_hash)
}

fn end(c: char) -> usize {
    match c {
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' => 3,
        '"' | '”' | '’' | '»' | '」' | '』' | ')' | '）' | '“' => 2,
        ':' | '：' | ';' | ',' | '，' | '、' => 1,
        _ => 0,
    }
}

fn start(line: &str) -> usize {
    match line.trim_start().chars().next() {
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_uppercase() => 2,
        Some(c) if c.is_numeric() => 3,
        Some('"' | '“' | '„' | '«' | '「' | '‘' | '\'') => 4,
        Some(c) if c.is_alphabetic() => 5,
        _ => 0,
    }
}

fn tag(tag: Tag) -> usize {
    match tag {
        Tag::P => 1,
        Tag::Blockquote => 2,
        Tag::Pre => 3,
        Tag::Li => 4,
        Tag::Dd => 5,
        Tag::Dt => 6,
        Tag::Td => 7,
        Tag::Th => 8,
        Tag::H1 => 9,
        Tag::H2 => 10,
        Tag::H3 => 11,
        Tag::H4 => 12,
        Tag::H5 | Tag::H6 => 13,
        Tag::Div => 14,
        Tag::Article | Tag::Section | Tag::Main => 15,
        Tag::Figcaption | Tag::Figure | Tag::Caption => 16,
        Tag::Aside | Tag::Header | Tag::Footer | Tag::Nav => 17,
        _ => 18,
    }
}
