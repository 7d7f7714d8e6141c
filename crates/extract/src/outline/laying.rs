//! Lays a tree flat in one pass.

use super::{Attributes, Block, LINE_BYTES_MAX, Node, Outline};
use crate::letter::{is_letter, lower};
use crate::weight::Weight;
use crate::words::{self, Names};
use html::{NodeId, Tag, Tree};
use std::collections::HashMap;

pub fn lay(tree: &Tree) -> Outline {
    let mut laying = Laying::default();
    for id in tree.descendants(tree.root()) {
        laying.close_to(tree.parent(id));
        if let Some(text) = tree.text_of_node(id) {
            laying.text(id, text);
        } else if let Some(name) = tree.name(id) {
            laying.open(tree, id, name);
        }
    }
    laying.close_to(None);
    let mut sum = Weight::default();
    let mut sums = vec![sum];
    for block in &laying.blocks {
        sum.add(block.weight);
        sums.push(sum);
    }
    Outline { nodes: laying.nodes, blocks: laying.blocks, sums }
}

#[derive(Default)]
struct Laying<'a> {
    nodes: Vec<Node>,
    blocks: Vec<Block>,
    /// The elements that are open, outmost first.
    open: Vec<usize>,
    /// Those of them that stand on lines of their own.
    open_blocks: Vec<usize>,
    /// How many of them are links, and how many show nothing.
    links: usize,
    unseen: usize,
    bold: usize,
    italic: usize,
    /// Links that have begun since the last block.
    begun: usize,
    block: Option<Block>,
    reader: words::Reader,
    /// What the names of a class and an id say, and the hash of the class.
    known: HashMap<(&'a str, &'a str), (Names, u64), foldhash::fast::RandomState>,
}

impl<'a> Laying<'a> {
    /// Closes the elements that the next node doesn't stand in.
    fn close_to(&mut self, parent: Option<NodeId>) {
        while let Some(&last) = self.open.last() {
            if Some(self.nodes[last].id) == parent {
                break;
            }
            self.open.pop();
            let tag = self.nodes[last].tag;
            if is_block(tag) {
                self.open_blocks.pop();
                self.flush();
            }
            self.links -= usize::from(tag == Tag::A);
            self.bold -= usize::from(is_bold(tag));
            self.italic -= usize::from(is_italic(tag));
            self.unseen -= usize::from(is_unseen(tag));
            self.nodes[last].end = self.nodes.len();
            self.nodes[last].block_to = self.blocks.len();
        }
    }

    fn open(&mut self, tree: &'a Tree, id: NodeId, name: &str) {
        let at = self.nodes.len();
        let tag = tree.tag(id);
        if is_block(tag) {
            self.flush();
            self.open_blocks.push(at);
        }
        if tag == Tag::Br {
            self.flush();
        }
        let (class, own, attributes) = read_attributes(tree, id);
        let (names, class_hash) = self.names(class, own);
        self.nodes.push(Node {
            id,
            tag,
            parent: self.open.last().copied().unwrap_or(at),
            end: at + 1,
            names,
            attributes,
            names_hash: (name_hash(tag, name) ^ class_hash).wrapping_mul(FNV_PRIME),
            block_from: self.blocks.len(),
            block_to: self.blocks.len(),
        });
        self.open.push(at);
        self.links += usize::from(tag == Tag::A);
        self.begun += usize::from(tag == Tag::A);
        self.bold += usize::from(is_bold(tag));
        self.italic += usize::from(is_italic(tag));
        self.unseen += usize::from(is_unseen(tag));
    }

    /// Reads the names of an element; pages repeat theirs, so each is read once.
    fn names(&mut self, class: &'a str, id: &'a str) -> (Names, u64) {
        if class.is_empty() && id.is_empty() {
            return (Names::default(), FNV_START);
        }
        let reader = &mut self.reader;
        let read = || (reader.read(class, id), hash_of(class));
        *self.known.entry((class, id)).or_insert_with(read)
    }

    fn text(&mut self, id: NodeId, text: &str) {
        let is_blank = text.trim_ascii_start().is_empty();
        if self.unseen > 0 || is_blank || !text.chars().any(Weight::counts) {
            return;
        }
        let Some(&node) = self.open_blocks.last() else { return };
        let block = self.block.get_or_insert_with(|| Block::new(node, id));
        let weight = block.read(text);
        block.weight.linked += if self.links > 0 { weight } else { 0 };
        block.bold += if self.bold > 0 { weight } else { 0 };
        block.italic += if self.italic > 0 { weight } else { 0 };
        block.links += std::mem::take(&mut self.begun);
        block.last = id;
    }

    fn flush(&mut self) {
        self.blocks.extend(self.block.take());
    }
}

impl Block {
    fn new(node: usize, first: NodeId) -> Block {
        Block {
            node,
            weight: Weight::default(),
            line: String::new(),
            first,
            last: first,
            hash: FNV_START,
            end: ' ',
            bold: 0,
            italic: 0,
            links: 0,
        }
    }

    /// Adds a piece of text; returns what it weighs.
    fn read(&mut self, text: &str) -> usize {
        let mut weight = Weight::default();
        let (mut hash, mut last) = (self.hash, ' ');
        for c in text.chars() {
            weight.count(c, last);
            hash = hashed(hash, c);
            last = c;
        }
        self.hash = hash;
        self.weight.add(weight);
        self.end = text.trim_end().chars().next_back().unwrap_or(self.end);
        self.begin(text);
        weight.all
    }

    fn begin(&mut self, text: &str) {
        for c in text.chars() {
            if self.line.len() >= LINE_BYTES_MAX {
                break;
            }
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || !self.line.ends_with(' ') {
                self.line.push(c);
            }
        }
    }
}

/// Where FNV-1a begins (Fowler, Noll, Vo; 64 bits), and its prime.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Goes on with a hash over letters and digits, in lower case.
#[inline]
fn hashed(hash: u64, c: char) -> u64 {
    let with = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(FNV_PRIME);
    match c {
        c if c.is_ascii_alphanumeric() => with(hash, c.to_ascii_lowercase()),
        c if is_letter(c) => lower(c).fold(hash, with),
        _ => hash,
    }
}

/// Returns a number that elements of one name share.
fn name_hash(tag: Tag, name: &str) -> u64 {
    if tag == Tag::Other { hash_of(name) } else { tag as u64 }
}

/// Returns the hash that a block of this text has.
pub fn hash_of(text: &str) -> u64 {
    text.chars().fold(FNV_START, hashed)
}

/// Returns the class and the id of an element, and what its other attributes say.
fn read_attributes(tree: &Tree, id: NodeId) -> (&str, &str, Attributes) {
    let (mut class, mut own) = ("", "");
    let mut told = Attributes::default();
    for (name, value) in tree.attrs(id) {
        match name.as_bytes() {
            b"class" => class = value,
            b"id" => own = value,
            b"style" => told.is_hidden |= shows_nothing(value),
            b"hidden" => told.is_hidden |= value != "until-found",
            b"aria-hidden" => told.is_beside |= value == "true",
            b"role" => {
                told.is_beside |= ROLES_BESIDE.contains(&value);
                told.is_main = value == "main";
            }
            b"itemprop" => {
                told.has_property = true;
                told.is_article_body = value.split(' ').any(|one| one == "articleBody");
            }
            b"rel" => told.is_by_author = value.split(' ').any(|one| one == "author"),
            _ => {}
        }
    }
    (class, own, told)
}

const ROLES_BESIDE: [&str; 8] = [
    "navigation",
    "complementary",
    "contentinfo",
    "search",
    "dialog",
    "menu",
    "menubar",
    "alertdialog",
];

fn shows_nothing(style: &str) -> bool {
    let style: String = style.split_whitespace().collect();
    style.to_ascii_lowercase().contains("display:none") || style.contains("visibility:hidden")
}

/// Elements that stand on lines of their own.
#[rustfmt::skip]
pub fn is_block(tag: Tag) -> bool {
    matches!(tag, Tag::Html | Tag::Body | Tag::Address | Tag::Article | Tag::Aside | Tag::Blockquote
        | Tag::Center | Tag::Dd | Tag::Details | Tag::Dialog | Tag::Dir | Tag::Div | Tag::Dl | Tag::Dt
        | Tag::Fieldset | Tag::Figcaption | Tag::Figure | Tag::Footer | Tag::Form | Tag::H1 | Tag::H2
        | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Header | Tag::Hgroup | Tag::Hr | Tag::Li
        | Tag::Main | Tag::Menu | Tag::Nav | Tag::Ol | Tag::P | Tag::Pre | Tag::Section | Tag::Summary
        | Tag::Table | Tag::Caption | Tag::Tbody | Tag::Td | Tag::Tfoot | Tag::Th | Tag::Thead
        | Tag::Tr | Tag::Ul | Tag::Option)
}

fn is_bold(tag: Tag) -> bool {
    matches!(tag, Tag::B | Tag::Strong)
}

fn is_italic(tag: Tag) -> bool {
    matches!(tag, Tag::I | Tag::Em)
}

/// Elements whose text nobody reads.
#[rustfmt::skip]
fn is_unseen(tag: Tag) -> bool {
    matches!(tag, Tag::Script | Tag::Style | Tag::Template | Tag::Noscript | Tag::Head | Tag::Svg
        | Tag::Iframe | Tag::Object | Tag::Select | Tag::Button | Tag::Textarea | Tag::Video
        | Tag::Audio | Tag::Canvas | Tag::Datalist | Tag::Title)
}
