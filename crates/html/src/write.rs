//! A body as clean HTML that is well-formed XML too.
//!
//! Everything written is made here from typed values; no piece of the page passes through.

mod tables;

use crate::body::PLACE_PREFIX;
use news::{Address, Block, Body, Definition, Direction, Figure, PictureUse, Span};

/// How a press or a page shows a picture: what is written into its `<img>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub src: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub srcset: Option<String>,
    /// How wide it is shown, so that a browser can choose from `srcset`.
    pub sizes: Option<String>,
    /// Words of a link to `src`, which stands in the picture's place.
    pub later: Option<String>,
}

/// Writes a body as HTML.
///
/// `picture` tells how each picture is shown; for `None` a marked placeholder is written, with the
/// picture's words and a link to its address.
pub fn write(body: &Body, picture: &dyn Fn(&PictureUse) -> Option<Shown>) -> String {
    let mut writer = Writer { out: String::new(), picture };
    writer.blocks(&body.blocks);
    writer.out
}

/// Writes a run of spans, a caption for example, as HTML.
pub fn write_spans(spans: &[Span], picture: &dyn Fn(&PictureUse) -> Option<Shown>) -> String {
    let mut writer = Writer { out: String::new(), picture };
    writer.spans(spans);
    writer.out
}

/// Returns a text as it may stand in HTML and XML, between tags or in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// Returns the name under which a place in the text is written.
pub fn place(name: &str) -> String {
    format!("{PLACE_PREFIX}{name}")
}

/// Tells whether an address is a way to reach somebody, whatever a kept body says.
pub fn is_contact(to: &str) -> bool {
    ["mailto:", "tel:", "magnet:"].iter().any(|scheme| to.starts_with(scheme))
}

/// Returns a language and a direction as attributes of HTML.
pub fn foreign(language: Option<&str>, direction: Option<Direction>) -> Vec<(&str, &str)> {
    let way = direction.map(|direction| match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    });
    let told = [("lang", language), ("dir", way)];
    told.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Recurses as deep as the body nests, which `news::BLOCK_DEPTH_MAX` bounds.
struct Writer<'a> {
    out: String,
    picture: &'a dyn Fn(&PictureUse) -> Option<Shown>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.put("\n");
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(spans) => self.element("p", spans),
            Block::Heading { level, spans } => {
                const NAMES: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
                self.element(NAMES[usize::from((*level).clamp(2, 6)) - 2], spans);
            }
            Block::List { start, reversed, items } => self.list(*start, *reversed, items),
            Block::Definitions(items) => self.definitions(items),
            Block::Quote(blocks) => {
                self.put("<blockquote>");
                self.blocks(blocks);
                self.put("</blockquote>");
            }
            Block::Code { language, text } => self.code(language.as_deref(), text),
            Block::Table { caption, rows } => self.table(caption, rows),
            Block::Figure(figure) => self.figure(figure),
            Block::Embed { address, title } => self.embed(address, title),
            Block::Details { open, summary, blocks } => {
                self.put(if *open { "<details open=\"\">" } else { "<details>" });
                self.element("summary", summary);
                self.blocks(blocks);
                self.put("</details>");
            }
            Block::Rule => self.put("<hr/>"),
        }
    }

    fn list(&mut self, start: Option<i64>, reversed: bool, items: &[Vec<Block>]) {
        self.put(if start.is_some() { "<ol" } else { "<ul" });
        if let Some(start) = start.filter(|start| *start != 1 || reversed) {
            self.attribute("start", &start.to_string());
        }
        if reversed {
            self.attribute("reversed", "");
        }
        self.put(">");
        for item in items {
            self.put("<li>");
            self.inner(item);
            self.put("</li>");
        }
        self.put(if start.is_some() { "</ol>" } else { "</ul>" });
    }

    fn definitions(&mut self, items: &[Definition]) {
        self.put("<dl>");
        for item in items {
            item.terms.iter().for_each(|term| self.element("dt", term));
            if !item.blocks.is_empty() {
                self.put("<dd>");
                self.inner(&item.blocks);
                self.put("</dd>");
            }
        }
        self.put("</dl>");
    }

    /// Writes the blocks of an item or a cell; a lone paragraph needs no `<p>` there.
    fn inner(&mut self, blocks: &[Block]) {
        let is_list = |block: &Block| matches!(block, Block::List { .. });
        match blocks {
            [Block::Paragraph(spans), rest @ ..] if rest.iter().all(is_list) => {
                self.spans(spans);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        self.put("<pre><code");
        if let Some(language) = language {
            self.put(" class=\"language-");
            self.text(language);
            self.put("\"");
        }
        self.put(">");
        self.text(text);
        self.put("</code></pre>");
    }

    fn embed(&mut self, address: &Address, title: &str) {
        self.put("<p class=\"embed\">");
        self.open_link(address);
        self.text(if title.is_empty() { address.as_str() } else { title });
        self.put("</a></p>");
    }

    fn figure(&mut self, figure: &Figure) {
        match figure.pictures.as_slice() {
            [one] if figure.caption.is_empty() => self.figure_of(one),
            many => {
                self.put("<figure>");
                for picture in many {
                    // A figure in the figure, so that each has its caption; also where there is
                    // none: a picture on its own would take the caption of them all.
                    self.figure_of(picture);
                }
                self.caption(&figure.caption, None);
                self.put("</figure>");
            }
        }
    }

    fn figure_of(&mut self, picture: &PictureUse) {
        self.put("<figure>");
        self.image(picture, "");
        self.caption(&picture.caption, picture.credit.as_deref());
        self.put("</figure>");
    }

    fn caption(&mut self, caption: &[Span], credit: Option<&str>) {
        if caption.is_empty() && credit.is_none() {
            return;
        }
        self.put("<figcaption>");
        self.spans(caption);
        if let Some(credit) = credit {
            self.put(" <span class=\"credit\">");
            self.text(credit);
            self.put("</span>");
        }
        self.put("</figcaption>");
    }

    fn image(&mut self, picture: &PictureUse, class: &str) {
        match (self.picture)(picture) {
            Some(Shown { src, later: Some(words), .. }) => self.later(&src, &words, picture),
            Some(shown) => self.shown(&shown, picture, class),
            None => self.missing(picture),
        }
    }

    fn shown(&mut self, shown: &Shown, picture: &PictureUse, class: &str) {
        self.put("<img");
        if !class.is_empty() {
            self.attribute("class", class);
        }
        self.attribute("src", &shown.src);
        if let Some(srcset) = &shown.srcset {
            self.attribute("srcset", srcset);
        }
        if let Some(sizes) = &shown.sizes {
            self.attribute("sizes", sizes);
        }
        self.attribute("alt", &picture.alt);
        for (name, value) in [("width", shown.width), ("height", shown.height)] {
            if let Some(value) = value {
                self.attribute(name, &value.to_string());
            }
        }
        self.put(" loading=\"lazy\" decoding=\"async\"/>");
    }

    fn later(&mut self, src: &str, words: &str, picture: &PictureUse) {
        self.put("<span class=\"picture-missing\">");
        self.element_with("a", &[("href", src)], &[Span::Text(words.to_owned())]);
        if !picture.alt.is_empty() {
            self.put(" ");
            self.text(&picture.alt);
        }
        self.put("</span>");
    }

    fn missing(&mut self, picture: &PictureUse) {
        self.put("<span class=\"picture-missing\">");
        self.open_link(&picture.address);
        let words = if picture.alt.is_empty() { picture.address.as_str() } else { &picture.alt };
        self.text(words);
        self.put("</a></span>");
    }

    fn spans(&mut self, spans: &[Span]) {
        spans.iter().for_each(|span| self.span(span));
    }

    fn span(&mut self, span: &Span) {
        match span {
            Span::Text(text) => self.text(text),
            Span::Strong(spans) => self.element("strong", spans),
            Span::Emphasis(spans) => self.element("em", spans),
            Span::Link { to, spans } => {
                self.open_link(to);
                self.spans(spans);
                self.put("</a>");
            }
            Span::Code(text) => {
                self.put("<code>");
                self.text(text);
                self.put("</code>");
            }
            Span::Deleted(spans) => self.element("del", spans),
            Span::Inserted(spans) => self.element("ins", spans),
            Span::Marked(spans) => self.element("mark", spans),
            Span::Superscript(spans) => self.element("sup", spans),
            Span::Subscript(spans) => self.element("sub", spans),
            Span::Small(spans) => self.element("small", spans),
            Span::Cited(spans) => self.element("cite", spans),
            Span::Underlined(spans) => self.element("u", spans),
            Span::Quoted(spans) => self.element("q", spans),
            Span::Keys(spans) => self.element("kbd", spans),
            Span::Output(spans) => self.element("samp", spans),
            Span::Variable(spans) => self.element("var", spans),
            Span::Abbreviation { title, spans } => {
                self.element_with("abbr", &[("title", title)], spans);
            }
            Span::Time { at, spans } => self.element_with("time", &[("datetime", at)], spans),
            Span::Foreign { language, direction, spans } => {
                self.element_with("bdi", &foreign(language.as_deref(), *direction), spans);
            }
            Span::Anchor(name) => self.element_with("span", &[("id", &place(name))], &[]),
            Span::Contact { to, spans } if is_contact(to) => {
                self.element_with("a", &[("href", to)], spans);
            }
            Span::Contact { spans, .. } => self.spans(spans),
            Span::Reference { to, spans } => {
                self.element_with("a", &[("href", &format!("#{}", place(to)))], spans);
            }
            Span::Ruby { base, reading } => {
                self.put("<ruby>");
                self.text(base);
                self.put("<rp>(</rp><rt>");
                self.text(reading);
                self.put("</rt><rp>)</rp></ruby>");
            }
            Span::Picture(picture) => self.image(picture, "inline"),
            Span::Break => self.put("<br/>"),
        }
    }

    fn open_link(&mut self, to: &Address) {
        self.put("<a");
        self.attribute("href", to.as_str());
        self.put(">");
    }

    fn element(&mut self, name: &str, spans: &[Span]) {
        self.element_with(name, &[], spans);
    }

    fn element_with(&mut self, name: &str, attributes: &[(&str, &str)], spans: &[Span]) {
        self.put("<");
        self.put(name);
        attributes.iter().for_each(|(name, value)| self.attribute(name, value));
        self.put(">");
        self.spans(spans);
        self.put("</");
        self.put(name);
        self.put(">");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
        self.text(value);
        self.put("\"");
    }

    fn text(&mut self, text: &str) {
        escape_into(&mut self.out, text);
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }
}

#[cfg(test)]
mod tests;
