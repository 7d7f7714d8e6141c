//! Lays a tree flat in one pass.

use super::{Block, LINE_BYTES_MAX, Node, Outline};
use crate::kinds::Kinds;
use crate::weight::Weight;
use crate::words::{self, Names};
use html::{NodeId, Tree};
use std::collections::HashMap;

pub fn lay(tree: &Tree) -> Outline<'_> {
    let mut laying = Laying::default();
    for id in tree.descendants(tree.root()) {
        laying.close_to(tree.parent(id));
        if let Some(name) = tree.name(id) {
            laying.open(tree, id, name);
        } else if let Some(text) = tree.text_of_node(id) {
            laying.text(id, text);
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
    nodes: Vec<Node<'a>>,
    blocks: Vec<Block>,
    /// The elements that are open, outmost first.
    open: Vec<usize>,
    /// How many of them are links, and how many show nothing.
    links: usize,
    unseen: usize,
    bold: usize,
    italic: usize,
    /// Links that have begun since the last block.
    begun: usize,
    block: Option<Block>,
    known: HashMap<(&'a str, &'a str), Named>,
}

/// What the class and the id of an element say.
#[derive(Clone, Copy, Default)]
struct Named {
    names: Names,
    kinds: Kinds,
    hash: u64,
}

impl<'a> Laying<'a> {
    /// Closes the elements that the next node doesn't stand in.
    fn close_to(&mut self, parent: Option<NodeId>) {
        while let Some(&last) = self.open.last() {
            if Some(self.nodes[last].id) == parent {
                break;
            }
            self.open.pop();
            let name = self.nodes[last].name;
            if is_block(name) {
                self.flush();
            }
            self.links -= usize::from(name == "a");
            self.bold -= usize::from(is_bold(name));
            self.italic -= usize::from(is_italic(name));
            self.unseen -= usize::from(is_unseen(name));
            self.nodes[last].end = self.nodes.len();
            self.nodes[last].block_to = self.blocks.len();
        }
    }

    fn open(&mut self, tree: &'a Tree, id: NodeId, name: &'a str) {
        if is_block(name) {
            self.flush();
        }
        if name == "br" {
            self.flush();
        }
        let at = self.nodes.len();
        let class = tree.attr(id, "class").unwrap_or_default();
        let own = tree.attr(id, "id").unwrap_or_default();
        let named = self.names(class, own);
        self.nodes.push(Node {
            id,
            name,
            parent: self.open.last().copied().unwrap_or(at),
            end: at + 1,
            names: named.names,
            kinds: named.kinds,
            names_hash: (hashed(FNV_START, name) ^ named.hash).wrapping_mul(FNV_PRIME),
            block_from: self.blocks.len(),
            block_to: self.blocks.len(),
        });
        self.open.push(at);
        self.links += usize::from(name == "a");
        self.begun += usize::from(name == "a");
        self.bold += usize::from(is_bold(name));
        self.italic += usize::from(is_italic(name));
        self.unseen += usize::from(is_unseen(name));
    }

    /// Reads the names of an element; pages repeat theirs, so each is read once.
    fn names(&mut self, class: &'a str, id: &'a str) -> Named {
        if class.is_empty() && id.is_empty() {
            return Named { hash: FNV_START, ..Named::default() };
        }
        *self.known.entry((class, id)).or_insert_with(|| {
            let words = words::split(&format!("{class} {id}"));
            Named {
                names: Names::of(&words),
                kinds: Kinds::of(&words),
                hash: hashed(FNV_START, class),
            }
        })
    }

    fn text(&mut self, id: NodeId, text: &str) {
        if self.unseen > 0 {
            return;
        }
        let mut weight = Weight::of(text);
        if weight.all == 0 {
            return;
        }
        if self.links > 0 {
            weight.linked = weight.all;
        }
        let Some(node) = self.open.iter().rev().find(|at| is_block(self.nodes[**at].name)) else {
            return;
        };
        let block = self.block.get_or_insert_with(|| Block {
            node: *node,
            weight: Weight::default(),
            line: String::new(),
            first: id,
            last: id,
            hash: FNV_START,
            end: ' ',
            bold: 0,
            italic: 0,
            links: 0,
        });
        block.weight.add(weight);
        block.links += std::mem::take(&mut self.begun);
        block.bold += if self.bold > 0 { weight.all } else { 0 };
        block.italic += if self.italic > 0 { weight.all } else { 0 };
        block.last = id;
        block.hash = hashed(block.hash, text);
        block.end = text.trim_end().chars().next_back().unwrap_or(block.end);
        for c in text.chars() {
            if block.line.len() >= LINE_BYTES_MAX {
                break;
            }
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || !block.line.ends_with(' ') {
                block.line.push(c);
            }
        }
    }

    fn flush(&mut self) {
        self.blocks.extend(self.block.take());
    }
}

/// Where FNV-1a begins (Fowler, Noll, Vo; 64 bits), and its prime.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Goes on with a hash over the letters and digits of a text, in lower case.
fn hashed(from: u64, text: &str) -> u64 {
    let with = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(FNV_PRIME);
    text.chars().fold(from, |hash, c| match c {
        c if c.is_ascii_alphanumeric() => with(hash, c.to_ascii_lowercase()),
        c if c.is_ascii() || !c.is_alphanumeric() => hash,
        c => c.to_lowercase().fold(hash, with),
    })
}

/// Returns the hash that a block of this text has.
pub fn hash_of(text: &str) -> u64 {
    hashed(FNV_START, text)
}

/// Elements that stand on lines of their own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "caption"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "option"
    )
}

fn is_bold(name: &str) -> bool {
    matches!(name, "b" | "strong")
}

fn is_italic(name: &str) -> bool {
    matches!(name, "i" | "em")
}

/// Elements whose text nobody reads.
fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "svg"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
            | "video"
            | "audio"
            | "canvas"
            | "datalist"
            | "title"
    )
}
