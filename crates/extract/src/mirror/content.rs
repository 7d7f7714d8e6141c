//! The article itself, with the lines of the mirror's own that stand above it.

use html::{Limits, NodeId, Tree, body};
use news::{Address, Block, Body, PictureUse, Span, date};
use pulldown_cmark::{Options, Parser};
use std::borrow::Cow;

/// The longest line of a date or a byline, in characters.
const LINE_CHARS_MAX: usize = 200;

/// How many elements that only wrap the rest are looked into.
const WRAPPERS_MAX: usize = 4;

/// What stands below the head of a file.
#[derive(Debug, Default)]
pub struct Content {
    pub dateline: Option<String>,
    pub byline: Option<String>,
    pub lead: Option<PictureUse>,
    pub body: Body,
}

/// Reads HTML as a mirror's feed gave it: date, picture, caption, then the text.
pub fn read_html(html: &str, base: &Address, title: &str) -> Content {
    let tree = Tree::fragment(unframed(html), &Limits::default());
    let mut top =
        Top { tree: &tree, base, skipped: Vec::new(), embed: None, content: Content::default() };
    let children = top.children();
    top.read_head(&children);
    top.read_end(&children);
    top.skip_title(title);
    top.finish()
}

/// Reads Markdown as Turndown writes it.
pub fn read_markdown(text: &str, base: &Address, title: &str) -> Content {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, parser);
    read_html(&html, base, title)
}

/// The upper edge of a document, while it is taken apart.
struct Top<'a> {
    tree: &'a Tree,
    base: &'a Address,
    /// What is told elsewhere and not to be read as text.
    skipped: Vec<NodeId>,
    /// The film whose poster is the lead picture.
    embed: Option<Address>,
    content: Content,
}

impl Top<'_> {
    /// Returns the elements and words side by side at the top, inside of what wraps them all.
    fn children(&self) -> Vec<NodeId> {
        let mut at = self.tree.root();
        for _ in 0..WRAPPERS_MAX {
            match self.shown_children(at)[..] {
                [only] if self.is_wrapper(only) => at = only,
                _ => break,
            }
        }
        self.shown_children(at)
    }

    fn is_wrapper(&self, id: NodeId) -> bool {
        // The tree of a fragment has an `html` of its own.
        let name = self.tree.name(id).unwrap_or_default();
        matches!(name, "html" | "div" | "article" | "section") && self.date_of(id).is_none()
    }

    /// Returns what is under an element, blanks and comments left out.
    fn shown_children(&self, id: NodeId) -> Vec<NodeId> {
        let blank = |id: &NodeId| {
            let words = self.tree.text_of_node(*id);
            words.is_some_and(|words| words.trim().is_empty()) || self.tree.is_comment(*id)
        };
        self.tree.children(id).filter(|id| !blank(id)).collect()
    }

    /// Takes date, byline, picture and caption from the start, up to the first piece of text.
    fn read_head(&mut self, children: &[NodeId]) {
        for id in children {
            let taken = self.take_date(*id)
                || self.take_byline(*id)
                || self.take_lead(*id)
                || self.take_caption(*id);
            if !taken {
                break;
            }
            self.skipped.push(*id);
        }
    }

    /// Takes a byline from the end, where the seed's layout puts it.
    fn read_end(&mut self, children: &[NodeId]) {
        if let Some(last) = children.last().filter(|id| !self.skipped.contains(id))
            && self.take_byline(*last)
        {
            self.skipped.push(*last);
        }
    }

    fn take_date(&mut self, id: NodeId) -> bool {
        if self.content.dateline.is_some() {
            return false;
        }
        self.content.dateline = self.date_of(id);
        self.content.dateline.is_some()
    }

    /// Reads `<div><i>DATE</i></div>` or `<time pudate="DATE">`.
    fn date_of(&self, id: NodeId) -> Option<String> {
        let text = match self.tree.name(id)? {
            "time" => self.time_of(id),
            "div" => match self.shown_children(id)[..] {
                [only] if self.tree.name(only) == Some("i") => self.tree.text(only),
                _ => return None,
            },
            _ => return None,
        };
        let line = text.trim();
        let is_date = line.chars().count() <= LINE_CHARS_MAX
            && (date::read(line, None).is_some() || crate::dateline::is_date(line));
        is_date.then(|| line.to_owned())
    }

    fn time_of(&self, id: NodeId) -> String {
        let told = ["pudate", "pubdate", "datetime"].into_iter();
        let told = told.filter_map(|name| self.tree.attr(id, name)).find(|told| !told.is_empty());
        told.map_or_else(|| self.tree.text(id), str::to_owned)
    }

    fn take_byline(&mut self, id: NodeId) -> bool {
        if self.tree.name(id) != Some("address") || self.content.byline.is_some() {
            return false;
        }
        let line = self.tree.text(id);
        let line = line.trim();
        if line.is_empty() || line.contains('\n') || line.chars().count() > LINE_CHARS_MAX {
            return false;
        }
        self.content.byline = Some(line.to_owned());
        true
    }

    fn take_lead(&mut self, id: NodeId) -> bool {
        if self.content.lead.is_some() {
            return false;
        }
        let source = match self.tree.name(id) {
            Some("img") => self.tree.attr(id, "src"),
            Some("video") => self.tree.attr(id, "poster"),
            _ => None,
        };
        let Some(lead) = source.and_then(|source| self.picture(source)) else {
            return false;
        };
        if self.tree.name(id) == Some("video") {
            self.embed = self.film(id);
        }
        self.content.lead = Some(lead);
        true
    }

    /// Returns the picture at an address, picture proxies seen through.
    fn picture(&self, source: &str) -> Option<PictureUse> {
        let html = format!("<img src=\"{}\">", html::escape(source));
        let body = html::clean(&html, Some(self.base));
        body.pictures().first().map(|picture| (*picture).clone())
    }

    fn film(&self, id: NodeId) -> Option<Address> {
        let source = self.tree.find(id, "source");
        let source = source.and_then(|source| self.tree.attr(source, "src"));
        self.tree.attr(id, "src").or(source).and_then(|source| self.base.join(source))
    }

    /// Takes `<div><small>CAPTION</small></div>` below the picture.
    fn take_caption(&mut self, id: NodeId) -> bool {
        let small = match self.shown_children(id)[..] {
            [only] if self.tree.name(only) == Some("small") => only,
            _ => return false,
        };
        let caption = spans(self.tree, small, self.base);
        let Some(lead) = self.content.lead.as_mut().filter(|lead| lead.caption.is_empty()) else {
            return false;
        };
        lead.caption = caption;
        true
    }

    /// Skips the page's own headline where it is the one the head of the file has.
    fn skip_title(&mut self, title: &str) {
        let Some(id) = self.tree.find(self.tree.root(), "h1") else {
            return;
        };
        let text = self.tree.text(id);
        if !text.trim().is_empty() && title.starts_with(text.trim()) {
            self.skipped.push(id);
        }
    }

    fn finish(self) -> Content {
        let mut content = self.content;
        let options = body::Options {
            base: Some(self.base),
            skip: &|_, id| self.skipped.contains(&id),
            reveal: &[],
        };
        content.body = body::read(self.tree, &[self.tree.root()], &options);
        if content.lead.is_none() {
            content.lead = first_picture(&mut content.body);
        }
        if let Some(address) = self.embed {
            let title = String::new();
            content.body.blocks.insert(0, Block::Embed { address, title });
        }
        content
    }
}

/// Returns HTML in which a frame that leads nowhere is what stood inside of it.
///
/// Medium's feeds have `<iframe src=""><a href="…">…</a></iframe>` for what a page embeds; to a
/// parser the link is not even an element.
fn unframed(html: &str) -> Cow<'_, str> {
    let mut parts = html.split("<iframe");
    let first = parts.next().unwrap_or_default();
    let mut out = Cow::Borrowed(first);
    for part in parts {
        match link_in_frame(part) {
            Some((link, rest)) => out.to_mut().extend(["<p>", link, "</p>", rest]),
            None => out.to_mut().extend(["<iframe", part]),
        }
    }
    out
}

fn link_in_frame(frame: &str) -> Option<(&str, &str)> {
    let (attributes, inside) = frame.split_once('>')?;
    let (inside, rest) = inside.split_once("</iframe>")?;
    let leads = attributes.contains("src=") && !attributes.contains("src=\"\"");
    (!leads && inside.trim_start().starts_with("<a ")).then_some((inside, rest))
}

/// Returns the spans of a caption, without the element that made it small.
fn spans(tree: &Tree, id: NodeId, base: &Address) -> Vec<Span> {
    let options = body::Options::all(Some(base));
    let mut spans = Vec::new();
    for block in body::read(tree, &[id], &options).blocks {
        match block {
            Block::Paragraph(line) => {
                if !spans.is_empty() {
                    spans.push(Span::Break);
                }
                spans.extend(line.into_iter().flat_map(large));
            }
            other => spans.extend(words(other)),
        }
    }
    spans
}

fn large(span: Span) -> Vec<Span> {
    match span {
        Span::Small(spans) => spans,
        span => vec![span],
    }
}

fn words(block: Block) -> Option<Span> {
    let body = Body { blocks: vec![block] };
    Some(body.text()).filter(|text| !text.is_empty()).map(Span::Text)
}

/// Takes the picture that stands above all text.
fn first_picture(body: &mut Body) -> Option<PictureUse> {
    match body.blocks.first() {
        Some(Block::Figure(figure)) if figure.pictures.len() == 1 && figure.caption.is_empty() => {}
        _ => return None,
    }
    match body.blocks.remove(0) {
        Block::Figure(figure) => figure.pictures.into_iter().next(),
        _ => None,
    }
}
