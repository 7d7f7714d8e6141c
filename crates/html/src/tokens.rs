//! Stands between html5ever's tokeniser and its tree builder, and keeps what nests within limits.
//!
//! The tree builder walks its stack of open elements for nearly every tag, and opens all unclosed
//! `<b>` and `<font>` anew in each paragraph; left alone it is quadratic in both.

use crate::sink::Sink;
use crate::tree::{NodeId, Tree};
use crate::{Limits, pieces};
use html5ever::interface::{QualName, Tracer};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink, create_element};
use html5ever::{LocalName, local_name, ns};
use news::Note;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// How many `<b>`, `<font>` … may wait to be opened anew in the next paragraph.
const WAITING_MAX: usize = 32;

pub enum Whole {
    Page,
    Fragment,
}

/// Parses within the limits.
pub fn read(text: &str, limits: &Limits, whole: Whole) -> Tree {
    let (text, cut) = cut_at(text, limits.bytes_max);
    let sink = Sink::new(limits.attributes_max);
    let options = TreeBuilderOpts {
        // So that what stands in <noscript> is elements: pictures, mostly.
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let builder = match whole {
        Whole::Page => TreeBuilder::new(sink, options),
        Whole::Fragment => {
            let name = QualName::new(None, ns!(html), local_name!("div"));
            let context = create_element(&sink, name, Vec::new());
            TreeBuilder::new_for_fragment(sink, context, None, options)
        }
    };
    let tokenizer = Tokenizer::new(Capped::new(builder, limits), TokenizerOpts::default());
    let attributes_cut = feed(&tokenizer, text, limits.attributes_max);
    tokenizer.end();
    let mut tree = tokenizer.sink.finish();
    if cut {
        let text = format!("only the first {} bytes were read", limits.bytes_max);
        tree.notes.push(Note::new("page-cut", "", text));
    }
    if attributes_cut {
        let text = format!("tags with more than {} attributes", limits.attributes_max);
        tree.notes.push(Note::new("attributes-cut", "", text));
    }
    tree
}

/// Feeds the text piece by piece; tells whether attributes were left out.
fn feed(tokenizer: &Tokenizer<Capped>, text: &str, attributes_max: usize) -> bool {
    let queue = BufferQueue::default();
    let mut cut = false;
    let mut rest = text;
    // Whether the tokeniser has been silent since it saw a comment begin.
    let mut in_comment = false;
    while !rest.is_empty() {
        let piece = pieces::next(rest, !in_comment, attributes_max);
        tokenizer.sink.has_spoken.set(false);
        queue.push_back(StrTendril::from_slice(piece.text));
        queue.push_back(StrTendril::from_slice(piece.tail));
        // `</<` may be a comment or, in a script, two brackets; with a blank it is told apart.
        if piece.text == "</" {
            queue.push_back(StrTendril::from_slice(" "));
        }
        // Everything but the end interrupts: a script that would run now, a charset named late.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        in_comment =
            (in_comment || pieces::opens_comment(piece.text)) && !tokenizer.sink.has_spoken.get();
        cut |= piece.is_cut;
        rest = piece.rest;
    }
    cut
}

fn cut_at(text: &str, bytes_max: usize) -> (&str, bool) {
    let end = text.floor_char_boundary(bytes_max);
    (&text[..end], end < text.len())
}

/// A tree builder that is fed no more than it can bear.
struct Capped {
    builder: TreeBuilder<NodeId, Sink>,
    depth_max: usize,
    nodes_max: usize,
    /// At most this many elements are open: what was counted last, and every tag since.
    open_at_most: Cell<usize>,
    /// At most this many formatting elements wait to be opened anew.
    waiting_at_most: Cell<usize>,
    /// Whether a tag since the last count may have closed elements.
    may_have_closed: Cell<bool>,
    /// How many start tags of a name were left out, so that their end tags are left out too.
    dropped: RefCell<HashMap<LocalName, usize>>,
    too_deep: Cell<usize>,
    too_many: Cell<usize>,
    /// Whether any token has come since this was last asked.
    has_spoken: Cell<bool>,
}

impl Capped {
    fn new(builder: TreeBuilder<NodeId, Sink>, limits: &Limits) -> Capped {
        Capped {
            builder,
            depth_max: limits.depth_max,
            nodes_max: limits.nodes_max,
            open_at_most: Cell::new(0),
            waiting_at_most: Cell::new(0),
            may_have_closed: Cell::new(true),
            dropped: RefCell::default(),
            too_deep: Cell::new(0),
            too_many: Cell::new(0),
            has_spoken: Cell::new(false),
        }
    }

    fn finish(self) -> Tree {
        let mut tree = self.builder.sink.finish();
        let mut note = |kind, count: usize, why: &str| {
            if count > 0 {
                let text = format!("{count} tags were left out: {why}");
                tree.notes.push(Note::new(kind, "", text));
            }
        };
        note("page-deep", self.too_deep.get(), "elements nest too deep");
        note("page-large", self.too_many.get(), "the page has too many");
        tree
    }

    /// Tells whether the tree builder may see this tag.
    fn admits(&self, tag: &Tag) -> bool {
        if self.builder.sink.nodes_len() >= self.nodes_max && !opens_raw_text(&tag.name) {
            self.too_many.set(self.too_many.get() + 1);
            return false;
        }
        match tag.kind {
            StartTag => self.admits_start(tag),
            _ => self.admits_end(tag),
        }
    }

    fn admits_start(&self, tag: &Tag) -> bool {
        if is_void(&tag.name) || opens_raw_text(&tag.name) {
            self.may_have_closed.set(true);
            return true;
        }
        let formats = is_formatting(&tag.name);
        if self.is_full(formats) && self.may_have_closed.get() {
            self.count();
        }
        if self.is_full(formats) {
            *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
            self.too_deep.set(self.too_deep.get() + 1);
            return false;
        }
        // A start tag may close others: `<li>` the `<li>` before it.
        self.may_have_closed.set(true);
        // A formatting element stands in two lists.
        let more = 1 + usize::from(formats);
        self.open_at_most.set(self.open_at_most.get() + more);
        self.waiting_at_most.set(self.waiting_at_most.get() + usize::from(formats));
        true
    }

    fn is_full(&self, formats: bool) -> bool {
        self.open_at_most.get() >= self.depth_max
            || (formats && self.waiting_at_most.get() >= WAITING_MAX)
    }

    fn admits_end(&self, tag: &Tag) -> bool {
        match self.dropped.borrow_mut().get_mut(&tag.name) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => {
                self.may_have_closed.set(true);
                true
            }
        }
    }

    /// Counts what really is open; takes as long as the stack is deep, which is bounded.
    fn count(&self) {
        let seen = Seen::default();
        self.builder.trace_handles(&seen);
        let mut seen = seen.0.into_inner();
        seen.sort_unstable();
        let sink = &self.builder.sink;
        // An open formatting element is in both lists; one that waits is in the second alone.
        let waits = |same: &&[NodeId]| same.len() == 1 && sink.is_named(same[0], is_formatting);
        let waiting = seen.chunk_by(|one, other| one == other).filter(waits).count();
        self.open_at_most.set(seen.len());
        self.waiting_at_most.set(waiting);
        self.may_have_closed.set(false);
    }
}

impl TokenSink for Capped {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if !matches!(token, Token::ParseError(_)) {
            self.has_spoken.set(true);
        }
        match &token {
            Token::TagToken(tag) if !self.admits(tag) => TokenSinkResult::Continue,
            Token::CommentToken(_) if self.builder.sink.nodes_len() >= self.nodes_max => {
                TokenSinkResult::Continue
            }
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The nodes that the tree builder holds, those twice that it holds twice.
#[derive(Default)]
struct Seen(RefCell<Vec<NodeId>>);

impl Tracer for Seen {
    type Handle = NodeId;

    fn trace_handle(&self, id: &NodeId) {
        self.0.borrow_mut().push(*id);
    }
}

/// Elements that are never open: HTML §13.1.2, and those the parser treats like them.
#[rustfmt::skip]
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "basefont" | "bgsound" | "br" | "col" | "embed" | "frame" | "hr"
            | "image" | "img" | "input" | "keygen" | "link" | "meta" | "param" | "source"
            | "track" | "wbr"
    )
}

/// Elements that switch the tokeniser: to leave out the tag would turn a script into text.
fn opens_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
    )
}

/// Elements that the tree builder opens anew (HTML §13.2.4.3).
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

#[cfg(test)]
mod tests;
