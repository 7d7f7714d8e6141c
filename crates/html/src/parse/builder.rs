//! Makes a tree of tokens (HTML §13.2.6), within limits.
//!
//! The stack of open elements is walked for nearly every tag, and formatting elements left open are
//! opened anew in each paragraph: both are capped, or pages could take time quadratic in them.

mod adoption;
mod body;
mod foreign;
mod head;
mod stack;
mod table;

use super::tag::Tag;
use crate::Limits;
use crate::tree::{Kind, Namespace, NodeId, Piece, Tree};
use news::Note;
use stack::{Format, Open};
use std::collections::HashMap;

/// How many `<b>`, `<font>` … may wait to be opened anew in the next paragraph.
const WAITING_MAX: usize = 32;

/// A start tag or an end tag.
#[derive(Clone, Copy)]
pub struct Token {
    pub tag: Tag,
    pub name: Piece,
    /// Its attributes in the tree's.
    pub from: u32,
    pub len: u16,
    pub closes_itself: bool,
}

/// What comes next in the source.
#[derive(Clone, Copy, PartialEq)]
pub enum Content {
    Markup,
    /// Text up to the end tag, and whether it has character references.
    Text(Tag, bool),
    /// Text up to the end.
    Plain,
}

/// The insertion modes (§13.2.4.1).
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

pub struct Builder {
    pub tree: Tree,
    mode: Mode,
    /// Where the modes of text lead back to.
    back: Mode,
    template_modes: Vec<Mode>,
    open: Vec<Open>,
    formats: Vec<Format>,
    head: Option<NodeId>,
    form: Option<NodeId>,
    /// What stands inside each template, apart from the tree.
    templates: HashMap<NodeId, NodeId>,
    /// Text in a table, until it is known whether it is blank.
    pending: Vec<Piece>,
    content: Content,
    frameset_ok: bool,
    foster: bool,
    is_quirky: bool,
    is_fragment: bool,
    skips_feed: bool,
    limits: Limits,
    /// How many start tags of a name were left out, so that their end tags are left out too.
    dropped: HashMap<String, usize>,
    too_deep: usize,
    too_many: usize,
}

impl Builder {
    pub fn page(tree: Tree, limits: &Limits) -> Builder {
        Builder {
            tree,
            mode: Mode::Initial,
            back: Mode::InBody,
            template_modes: Vec::new(),
            open: Vec::new(),
            formats: Vec::new(),
            head: None,
            form: None,
            templates: HashMap::new(),
            pending: Vec::new(),
            content: Content::Markup,
            frameset_ok: true,
            foster: false,
            is_quirky: false,
            is_fragment: false,
            skips_feed: false,
            limits: limits.clone(),
            dropped: HashMap::new(),
            too_deep: 0,
            too_many: 0,
        }
    }

    /// The context is a `<div>`.
    pub fn fragment(tree: Tree, limits: &Limits) -> Builder {
        let mut builder = Builder::page(tree, limits);
        builder.is_fragment = true;
        builder.create_root(0, 0);
        builder.mode = Mode::InBody;
        builder
    }

    /// Returns how the source is to be read from here.
    pub fn take_content(&mut self) -> Content {
        let content = self.content;
        if content != Content::Plain {
            self.content = Content::Markup;
        }
        content
    }

    pub fn finish(mut self) -> Tree {
        let mut note = |kind, count: usize, why: &str| {
            if count > 0 {
                let text = format!("{count} tags were left out: {why}");
                self.tree.notes.push(Note::new(kind, "", text));
            }
        };
        note("page-deep", self.too_deep, "elements nest too deep");
        note("page-large", self.too_many, "the page has too many");
        self.tree
    }

    pub fn doctype(&mut self, is_quirky: bool) {
        if self.mode == Mode::Initial {
            self.is_quirky = is_quirky;
            self.mode = Mode::BeforeHtml;
        }
        self.skips_feed = false;
    }

    pub fn comment(&mut self, text: Piece) {
        self.skips_feed = false;
        if self.tree.nodes.len() >= self.limits.nodes_max {
            return;
        }
        self.flush_pending();
        let node = self.tree.add(Kind::Comment(text));
        let parent = match self.mode {
            _ if self.is_in_foreign() => return self.insert(node),
            Mode::Initial | Mode::BeforeHtml | Mode::AfterAfterBody | Mode::AfterAfterFrameset => {
                self.tree.root()
            }
            Mode::AfterBody => self.open[0].id,
            _ => return self.insert(node),
        };
        self.tree.append(parent, node);
    }

    pub fn text(&mut self, mut piece: Piece) {
        if std::mem::take(&mut self.skips_feed) && self.tree.piece(piece).starts_with('\n') {
            piece = piece.skip(1);
        }
        if piece.is_empty() {
            return;
        }
        if self.is_in_foreign() {
            return self.foreign_text(piece);
        }
        self.text_in(self.mode, piece);
    }

    fn text_in(&mut self, mode: Mode, piece: Piece) {
        match mode {
            Mode::InBody | Mode::InCaption | Mode::InCell | Mode::InTemplate => {
                self.body_text(piece)
            }
            Mode::Text => self.insert_text(piece),
            Mode::InTable | Mode::InTableBody | Mode::InRow => self.table_text(piece),
            Mode::InTableText => self.pending.push(piece),
            _ => self.text_by_blanks(mode, piece),
        }
    }

    /// In the other modes blanks and words part ways.
    fn text_by_blanks(&mut self, mode: Mode, piece: Piece) {
        let text = self.tree.piece(piece);
        let blank = text.len() - text.trim_start_matches(is_blank).len();
        if matches!(mode, Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset) {
            return self.frameset_text(mode, piece);
        }
        if blank > 0 {
            let blanks = piece.take(blank);
            match mode {
                Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead | Mode::InColumnGroup => {
                    self.insert_text(blanks);
                }
                Mode::AfterBody | Mode::AfterAfterBody => self.body_text(blanks),
                _ => {}
            }
        }
        let rest = piece.skip(blank);
        if rest.is_empty() {
            return;
        }
        if self.leave_mode(mode) {
            self.text_again(rest);
        }
    }

    fn text_again(&mut self, piece: Piece) {
        if self.is_in_foreign() { self.foreign_text(piece) } else { self.text_in(self.mode, piece) }
    }

    pub fn start_tag(&mut self, token: &Token) {
        self.skips_feed = false;
        if !self.admits_start(token) {
            self.tree.attributes.truncate(token.from as usize);
            return;
        }
        self.flush_pending();
        if self.is_foreign_start(token) {
            return self.foreign_start(token);
        }
        self.start_in(self.mode, token);
    }

    pub fn end_tag(&mut self, token: &Token) {
        self.skips_feed = false;
        if !self.admits_end(token) {
            return;
        }
        self.flush_pending();
        if self.is_in_foreign() {
            return self.foreign_end(token);
        }
        self.end_in(self.mode, token);
    }

    fn start_in(&mut self, mode: Mode, token: &Token) {
        match mode {
            Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead => self.before_start(mode, token),
            Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead => self.head_start(mode, token),
            Mode::InBody => self.body_start(token),
            Mode::Text | Mode::InTableText => {}
            Mode::InTable => self.table_start(token),
            Mode::InCaption => self.caption_start(token),
            Mode::InColumnGroup => self.column_start(token),
            Mode::InTableBody => self.rows_start(token),
            Mode::InRow => self.row_start(token),
            Mode::InCell => self.cell_start(token),
            Mode::InTemplate => self.template_start(token),
            Mode::AfterBody | Mode::AfterAfterBody => {
                if token.tag != Tag::Html {
                    self.mode = Mode::InBody;
                }
                self.body_start(token);
            }
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => {
                self.frameset_start(mode, token);
            }
        }
    }

    fn end_in(&mut self, mode: Mode, token: &Token) {
        match mode {
            Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead => self.before_end(mode, token),
            Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead => self.head_end(mode, token),
            Mode::InBody => self.body_end(token),
            Mode::Text => {
                self.open.pop();
                self.mode = self.back;
            }
            Mode::InTableText => {}
            Mode::InTable => self.table_end(token),
            Mode::InCaption => self.caption_end(token),
            Mode::InColumnGroup => self.column_end(token),
            Mode::InTableBody => self.rows_end(token),
            Mode::InRow => self.row_end(token),
            Mode::InCell => self.cell_end(token),
            Mode::InTemplate => {
                if token.tag == Tag::Template {
                    self.close_template();
                }
            }
            Mode::AfterBody => match token.tag {
                Tag::Html if self.is_fragment => {}
                Tag::Html => self.mode = Mode::AfterAfterBody,
                _ => {
                    self.mode = Mode::InBody;
                    self.body_end(token);
                }
            },
            Mode::AfterAfterBody => {
                self.mode = Mode::InBody;
                self.body_end(token);
            }
            Mode::InFrameset if token.tag == Tag::Frameset && self.open.len() > 1 => {
                self.open.pop();
                if !self.is_fragment && !self.is_current(Tag::Frameset) {
                    self.mode = Mode::AfterFrameset;
                }
            }
            Mode::AfterFrameset if token.tag == Tag::Html => self.mode = Mode::AfterAfterFrameset,
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => {}
        }
    }

    pub fn end(&mut self) {
        self.flush_pending();
        if self.mode == Mode::Text {
            self.open.pop();
            self.mode = self.back;
        }
        while !self.template_modes.is_empty() {
            self.pop_until(Tag::Template);
            self.clear_formats();
            self.template_modes.pop();
            self.reset_mode();
        }
        // An empty page has its three elements all the same.
        while is_before_body(self.mode) && self.leave_mode(self.mode) {}
    }

    /// Goes on to the body, as any sign that is no blank does.
    pub fn enter_body(&mut self) {
        while self.is_outside_body() && self.leave_mode(self.mode) {}
    }

    pub fn is_outside_body(&self) -> bool {
        is_before_body(self.mode) || matches!(self.mode, Mode::AfterBody | Mode::AfterAfterBody)
    }

    /// Tells whether a start tag is within the limits.
    fn admits_start(&mut self, token: &Token) -> bool {
        if self.tree.nodes.len() >= self.limits.nodes_max && !token.tag.holds_text() {
            self.too_many += 1;
            return false;
        }
        if token.tag.is_void() || token.tag.holds_text() {
            return true;
        }
        let is_deep = self.open.len() + self.formats.len() >= self.limits.depth_max;
        let waits = token.tag.is_formatting() && self.waiting() >= WAITING_MAX;
        if is_deep || waits {
            let name = self.tree.piece(token.name).to_owned();
            *self.dropped.entry(name).or_default() += 1;
            self.too_deep += 1;
            return false;
        }
        true
    }

    fn admits_end(&mut self, token: &Token) -> bool {
        if self.dropped.is_empty() {
            return true;
        }
        match self.dropped.get_mut(self.tree.piece(token.name)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        }
    }

    /// Returns how many formatting elements aren't open and wait to be opened anew.
    fn waiting(&self) -> usize {
        if self.formats.len() < WAITING_MAX {
            return 0;
        }
        let is_open = |id: NodeId| self.open.iter().any(|open| open.id == id);
        let formats = self.formats.iter().filter_map(Format::id);
        formats.filter(|id| !is_open(*id)).count()
    }

    /// Whether the next token is one of SVG or MathML (§13.2.6, the tree construction dispatcher).
    pub fn is_in_foreign(&self) -> bool {
        self.open.last().is_some_and(|open| open.namespace != Namespace::Html)
    }
}

fn is_before_body(mode: Mode) -> bool {
    matches!(
        mode,
        Mode::Initial
            | Mode::BeforeHtml
            | Mode::BeforeHead
            | Mode::InHead
            | Mode::InHeadNoscript
            | Mode::AfterHead
    )
}

pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0c' | '\r')
}
