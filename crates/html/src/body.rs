//! A tree as a typed body.

mod embed;
mod frames;
mod line;
mod picture;
mod places;
mod ruby;
mod seen;
mod table;
mod words;

use crate::characters::collapse;
use crate::picture_address;
use crate::tree::{NodeId, Tree, is_block};
use frames::{Frames, Host, Kind};
use line::Format;
use news::{Address, Block, Body, PictureUse};
use places::Places;

pub use places::PREFIX as PLACE_PREFIX;

/// How a body is read.
pub struct Options<'a> {
    /// What relative addresses are relative to; without it they are dropped.
    pub base: Option<&'a Address>,
    /// Nodes that the caller has judged not to belong to the article.
    pub skip: &'a dyn Fn(&Tree, NodeId) -> bool,
    /// Nodes that are read although the page hides them.
    pub reveal: &'a [NodeId],
}

impl<'a> Options<'a> {
    /// Reads all that the page shows.
    pub fn all(base: Option<&'a Address>) -> Options<'a> {
        Options { base, skip: &|_, _| false, reveal: &[] }
    }
}

/// Reads these subtrees, in this order, as one body.
///
/// Scripts, styles, form controls, navigation and what a page hides are left out; an element that
/// isn't known leaves its text. The body keeps to `news::BLOCK_DEPTH_MAX` and
/// `news::SPAN_DEPTH_MAX`, and takes time in proportion to the tree.
pub fn read(tree: &Tree, from: &[NodeId], options: &Options) -> Body {
    let places = Places::of(tree, from, options);
    let page = words::Page::of(tree);
    let mut reader =
        Reader { tree, options, places, page, frames: Frames::new(), last_image: None };
    for top in from {
        reader.walk(*top);
        reader.frames.end_line();
    }
    let mut blocks = reader.frames.finish();
    if !reader.places.is_empty() {
        places::tidy(&mut blocks);
    }
    Body { blocks }
}

struct Reader<'a> {
    tree: &'a Tree,
    options: &'a Options<'a>,
    places: Places,
    page: words::Page<'a>,
    frames: Frames,
    /// The element of the picture that was read last.
    last_image: Option<NodeId>,
}

/// What an element has opened and must close.
enum Opened {
    Nothing,
    /// A line of its own.
    Block,
    Format,
    BlockFormat,
    Frame,
    /// What another language or direction opened, and what stands inside that.
    Foreign(Box<Opened>),
}

/// Whether the children of an element are read after it.
enum Then {
    Below(Opened),
    Past,
}

impl Reader<'_> {
    /// Walks without recursion, because pages nest as deep as they like.
    fn walk(&mut self, top: NodeId) {
        let mut above: Vec<(NodeId, Opened)> = Vec::new();
        let mut next = Some(top);
        while let Some(id) = next {
            if let Then::Below(opened) = self.enter(id) {
                if let Some(first) = self.tree.first_child(id) {
                    above.push((id, opened));
                    next = Some(first);
                    continue;
                }
                self.leave(&opened);
            }
            let mut at = id;
            next = loop {
                if at == top {
                    break None;
                }
                if let Some(sibling) = self.tree.next_sibling(at) {
                    break Some(sibling);
                }
                let Some((parent, opened)) = above.pop() else {
                    break None;
                };
                self.leave(&opened);
                at = parent;
            };
        }
    }

    fn enter(&mut self, id: NodeId) -> Then {
        if let Some(text) = self.tree.text_of_node(id) {
            if (self.options.skip)(self.tree, id) {
                return Then::Past;
            }
            self.frames.line.text(text);
            self.frames.keep_ended();
            return Then::Past;
        }
        let Some(name) = self.tree.name(id) else {
            return Then::Below(Opened::Nothing);
        };
        if is_left_out(self.tree, id, name, self.options) {
            if is_block(name) {
                self.frames.end_line();
            }
            return Then::Past;
        }
        if self.is_taken_as_credit(id) {
            return Then::Past;
        }
        if let Some(place) = self.places.name(id) {
            self.frames.line.anchor(place.clone());
        }
        let foreign = self.foreign(id, name);
        if !foreign.is_some_and(|format| self.frames.line.open(format)) {
            return self.element(id, name);
        }
        match self.element(id, name) {
            Then::Below(opened) => Then::Below(Opened::Foreign(Box::new(opened))),
            Then::Past => {
                self.frames.line.close();
                Then::Past
            }
        }
    }

    fn leave(&mut self, opened: &Opened) {
        match opened {
            Opened::Nothing => {}
            Opened::Block => self.frames.end_line(),
            Opened::Format => self.frames.line.close(),
            Opened::BlockFormat => {
                self.frames.line.close();
                self.frames.end_line();
            }
            Opened::Frame => self.frames.close(),
            Opened::Foreign(inner) => {
                self.leave(inner);
                self.frames.line.close();
            }
        }
    }

    fn element(&mut self, id: NodeId, name: &str) -> Then {
        if let Some(format) = self.format(id, name) {
            return Then::Below(match self.frames.line.open(format) {
                true => Opened::Format,
                false => Opened::Nothing,
            });
        }
        match name {
            "br" => self.past(|reader| {
                reader.frames.line.line_break();
            }),
            "hr" => self.past(Self::rule),
            "img" | "amp-img" => self.past(|reader| reader.image(id)),
            "noscript" => self.past(|reader| reader.noscript(id)),
            "iframe" | "video" | "audio" | "embed" | "amp-iframe" | "amp-video" | "amp-audio" => {
                self.past(|reader| reader.embed(id, name))
            }
            "object" | "applet" => match self.embed_address(id) {
                Some(_) => self.past(|reader| reader.embed(id, name)),
                None => Then::Below(Opened::Nothing),
            },
            "ruby" => self.past(|reader| reader.ruby(id)),
            "dt" if !matches!(self.frames.kind(), Kind::Definitions(_)) => self.term(),
            "pre" | "xmp" | "listing" | "plaintext" if self.frames.host().is_none() => {
                self.past(|reader| reader.code(id))
            }
            "p" | "div" if self.written_embed(id).is_some() => self.past(|reader| {
                if let Some(block) = reader.written_embed(id) {
                    reader.frames.end_line();
                    reader.frames.deliver(block);
                }
            }),
            _ => self.block(id, name),
        }
    }

    fn block(&mut self, id: NodeId, name: &str) -> Then {
        match self.frame(id, name) {
            Some(kind) => {
                self.frames.open(kind);
                Then::Below(Opened::Frame)
            }
            None if is_block(name) || seen::is_styled_block(self.tree, id) => {
                self.frames.end_line();
                Then::Below(Opened::Block)
            }
            None => Then::Below(Opened::Nothing),
        }
    }

    /// Returns the frame that an element opens where it stands.
    fn frame(&mut self, id: NodeId, name: &str) -> Option<Kind> {
        if self.frames.host().is_some() {
            return None;
        }
        if self.is_loose_caption(id) {
            return Some(Kind::Host(Host::LooseCaption));
        }
        match (name, self.frames.kind()) {
            ("h1" | "h2", _) => Some(Kind::Host(Host::Heading(2))),
            ("h3", _) => Some(Kind::Host(Host::Heading(3))),
            ("h4", _) => Some(Kind::Host(Host::Heading(4))),
            ("h5", _) => Some(Kind::Host(Host::Heading(5))),
            ("h6", _) => Some(Kind::Host(Host::Heading(6))),
            ("figcaption", Kind::Figure(_)) => Some(Kind::Host(Host::FigureCaption)),
            ("caption", Kind::Table { .. }) => Some(Kind::Host(Host::TableCaption)),
            ("dt", Kind::Definitions(_)) => Some(Kind::Host(Host::Term)),
            ("dd", Kind::Definitions(_)) => Some(Kind::Description),
            ("summary", Kind::Details { summary, .. }) if summary.is_empty() => {
                Some(Kind::Host(Host::Summary))
            }
            ("figure", _) => Some(Kind::Figure(frames::OpenFigure::default())),
            ("li", Kind::List { .. }) => Some(Kind::Item),
            ("tr", Kind::Table { .. }) => Some(Kind::Row(Vec::new())),
            ("td" | "th", Kind::Row(_)) => Some(table::cell(self.tree, id, name)),
            _ if !self.frames.may_nest() => None,
            ("blockquote", _) => Some(Kind::Quote),
            ("ul" | "menu" | "dir", _) => {
                Some(Kind::List { start: None, reversed: false, items: Vec::new() })
            }
            ("ol", _) => Some(words::ordered(self.tree, id)),
            ("dl", _) => Some(Kind::Definitions(Vec::new())),
            ("details", _) => Some(Kind::Details {
                open: self.tree.attr(id, "open").is_some(),
                summary: Vec::new(),
            }),
            ("table", _) if table::is_data(self.tree, id) => {
                Some(Kind::Table { caption: Vec::new(), rows: Vec::new() })
            }
            _ => None,
        }
    }

    fn format(&self, id: NodeId, name: &str) -> Option<Format> {
        match name {
            "a" => {
                let href = self.tree.attr(id, "href")?.trim();
                match href.is_empty() || href.starts_with('#') {
                    true => self.places.target(href).map(Format::Reference),
                    false => match words::contact(href) {
                        Some(to) => Some(Format::Contact(to)),
                        None => self.address(href).map(Format::Link),
                    },
                }
            }
            "strong" | "b" if seen::has_style(self.tree, id, "font-weight:normal") => None,
            "strong" | "b" => Some(Format::Strong),
            "em" | "i" | "dfn" => Some(Format::Emphasis),
            "var" => Some(Format::Variable),
            "code" | "tt" => Some(Format::Code),
            "kbd" => Some(Format::Keys),
            "samp" => Some(Format::Output),
            "u" => Some(Format::Underlined),
            "q" => Some(Format::Quoted),
            "abbr" | "acronym" => words::title(self.tree, id).map(Format::Abbreviation),
            "time" => words::moment(self.tree, id).map(Format::Time),
            "del" | "s" | "strike" => Some(Format::Deleted),
            "ins" => Some(Format::Inserted),
            "mark" => Some(Format::Marked),
            "sup" => Some(Format::Superscript),
            "sub" => Some(Format::Subscript),
            "small" => Some(Format::Small),
            "cite" => Some(Format::Cited),
            "span" | "font" if seen::has_style(self.tree, id, "font-weight:bold") => {
                Some(Format::Strong)
            }
            "span" | "font" if seen::has_style(self.tree, id, "font-style:italic") => {
                Some(Format::Emphasis)
            }
            _ => None,
        }
    }

    /// Returns the language and the direction of an element where they aren't the page's.
    fn foreign(&self, id: NodeId, name: &str) -> Option<Format> {
        if !words::holds_words(name) {
            return None;
        }
        let (language, direction) = self.page.foreign(self.tree, id, name);
        let is_foreign = language.is_some() || direction.is_some() || name == "bdi";
        is_foreign.then_some(Format::Foreign(language, direction))
    }

    fn past(&mut self, then: impl FnOnce(&mut Self)) -> Then {
        then(self);
        Then::Past
    }

    fn rule(&mut self) {
        self.frames.end_line();
        if self.frames.host().is_none() {
            self.frames.deliver(Block::Rule);
        }
    }

    /// A term outside a list of definitions is a bold paragraph.
    fn term(&mut self) -> Then {
        self.frames.end_line();
        Then::Below(match self.frames.line.open(Format::Strong) {
            true => Opened::BlockFormat,
            false => Opened::Block,
        })
    }

    fn code(&mut self, id: NodeId) {
        self.frames.end_line();
        let text = words::preformatted(self.tree, id);
        if !text.trim().is_empty() {
            let language = words::language(self.tree, id);
            self.frames.deliver(Block::Code { language, text });
        }
        for image in self.tree.find_all(id, "img") {
            self.image(image);
        }
    }

    fn image(&mut self, id: NodeId) {
        let Some(picture) = self.picture(id) else {
            return;
        };
        let is_figure = matches!(self.frames.kind(), Kind::Figure(_));
        if self.frames.host().is_some() || (!is_figure && picture::is_inline(self.tree, id)) {
            self.frames.line.picture(picture);
            self.frames.keep_ended();
        } else {
            self.frames.picture(picture);
        }
        self.last_image = Some(id);
    }

    /// What stands in for a picture that a script would load is that picture once more.
    fn noscript(&mut self, id: NodeId) {
        let stands_in = self.stands_in(id);
        for image in self.tree.find_all(id, "img") {
            let Some(picture) = self.picture(image) else {
                continue;
            };
            match self.frames.last_picture() {
                Some(last) if stands_in || last.address == picture.address => {
                    add_addresses(last, picture);
                }
                _ => self.image(image),
            }
        }
    }

    /// Tells whether the picture that was read last stands right before this element.
    fn stands_in(&self, id: NodeId) -> bool {
        let Some(last) = self.last_image else {
            return false;
        };
        let before = std::iter::successors(self.tree.previous_sibling(id), |at| {
            self.tree.previous_sibling(*at)
        });
        let Some(before) = before.take(4).find(|at| self.tree.name(*at).is_some()) else {
            return false;
        };
        std::iter::once(last).chain(self.tree.ancestors(last).take(4)).any(|at| at == before)
    }

    fn is_taken_as_credit(&mut self, id: NodeId) -> bool {
        if !seen::is_named_credit(self.tree, id) {
            return false;
        }
        let Some(text) = seen::short_text(self.tree, id, frames::CREDIT_BYTES_MAX) else {
            return false;
        };
        let text = collapse(&text);
        if text.is_empty() {
            return true;
        }
        let known = match self.frames.open_figure() {
            Some(figure) => &mut figure.credit,
            None => match self.frames.figure_before() {
                Some(picture) => &mut picture.credit,
                None => return false,
            },
        };
        add_credit(known, text)
    }

    fn is_loose_caption(&mut self, id: NodeId) -> bool {
        seen::is_named_caption(self.tree, id)
            && !matches!(self.frames.kind(), Kind::Figure(_))
            && seen::short_text(self.tree, id, frames::CREDIT_BYTES_MAX * 6).is_some()
            && self.frames.figure_before().is_some_and(|picture| picture.caption.is_empty())
    }

    /// Reads a reference of the page.
    fn address(&self, reference: &str) -> Option<Address> {
        let address = match self.options.base {
            Some(base) => base.join(reference)?,
            None => Address::read(reference)?,
        };
        // The standard leaves a backslash alone behind the `?`, where other parsers trip over it.
        match address.as_str().contains('\\') {
            true => Address::read(&address.as_str().replace('\\', "%5C")),
            false => Some(address),
        }
    }
}

/// Tells whether an element and all below it are not read.
fn is_left_out(tree: &Tree, id: NodeId, name: &str, options: &Options) -> bool {
    let is_hidden = || seen::is_hidden(tree, id, name) && !options.reveal.contains(&id);
    (options.skip)(tree, id) || is_hidden()
}

fn add_credit(known: &mut Option<String>, text: String) -> bool {
    match known {
        Some(known) if known.contains(&text) => true,
        Some(known) if known.len() + text.len() + 2 > frames::CREDIT_BYTES_MAX => false,
        Some(known) => {
            known.push_str(", ");
            known.push_str(&text);
            true
        }
        None => {
            *known = Some(text);
            true
        }
    }
}

fn add_addresses(to: &mut PictureUse, other: PictureUse) {
    let all = std::iter::once(other.address).chain(other.also);
    for address in all {
        let is_known = to.address == address || to.also.contains(&address);
        if !is_known && to.also.len() < picture_address::ALSO_MAX {
            to.also.push(address);
        }
    }
    if to.alt.is_empty() {
        to.alt = other.alt;
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod hostile_tests;
