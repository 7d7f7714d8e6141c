//! SVG and MathML (HTML §13.2.6.5).

use super::{Builder, Content, Token, is_blank};
use crate::parse::tag::Tag;
use crate::tree::{Namespace, Piece};

impl Builder {
    /// Whether a start tag is read by the rules of foreign content (§13.2.6).
    pub fn is_foreign_start(&self, token: &Token) -> bool {
        let Some(open) = self.open.last() else { return false };
        match open.namespace {
            Namespace::Html => false,
            Namespace::Math => match open.tag {
                Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext => {
                    matches!(token.tag, Tag::Mglyph | Tag::Malignmark)
                }
                Tag::Annotation => token.tag != Tag::Svg && !open.holds_html,
                _ => true,
            },
            Namespace::Svg => !matches!(open.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
        }
    }

    /// Whether HTML may stand right here.
    pub fn is_point(&self) -> bool {
        self.open.last().is_none_or(|open| match open.namespace {
            Namespace::Html => true,
            Namespace::Svg => matches!(open.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
            Namespace::Math => {
                open.holds_html
                    || matches!(open.tag, Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext)
            }
        })
    }

    pub fn foreign_text(&mut self, piece: Piece) {
        if self.is_point() {
            return self.text_in(self.mode, piece);
        }
        if !self.tree.piece(piece).chars().all(is_blank) {
            self.frameset_ok = false;
        }
        self.insert_text(piece);
    }

    pub fn open_foreign(&mut self, token: &Token, namespace: Namespace) {
        // Of `xlink:href` the local name counts.
        let from = token.from as usize;
        for at in from..from + usize::from(token.len) {
            let name = self.tree.attributes[at].name;
            let prefix = match self.tree.piece(name) {
                "xmlns:xlink" => "xmlns:".len(),
                "xml:lang" | "xml:space" => "xml:".len(),
                name if name.starts_with("xlink:") => "xlink:".len(),
                _ => 0,
            };
            self.tree.attributes[at].name = name.skip(prefix);
        }
        let id = self.create(token);
        self.insert(id);
        if token.closes_itself {
            return;
        }
        self.push(id, token.tag, namespace);
        let encoding = self.tree.attr(id, "encoding").unwrap_or_default();
        let holds_html = namespace == Namespace::Math
            && token.tag == Tag::Annotation
            && ["text/html", "application/xhtml+xml"]
                .iter()
                .any(|own| encoding.eq_ignore_ascii_case(own));
        if let Some(open) = self.open.last_mut() {
            open.holds_html = holds_html;
        }
    }

    pub fn foreign_start(&mut self, token: &Token) {
        if self.breaks_out(token) {
            while !self.is_point() {
                self.open.pop();
            }
            return self.start_in(self.mode, token);
        }
        let namespace = self.open.last().map_or(Namespace::Svg, |open| open.namespace);
        let token = match (namespace, token.tag) {
            (Namespace::Svg, Tag::Image) => Token { tag: Tag::Image, ..*token },
            _ => *token,
        };
        self.open_foreign(&token, namespace);
        if token.tag == Tag::Script && !token.closes_itself {
            self.content = Content::Markup;
        }
    }

    /// Elements of HTML that end foreign content.
    #[rustfmt::skip]
    fn breaks_out(&self, token: &Token) -> bool {
        let by_font = || {
            let from = token.from as usize;
            let attributes = &self.tree.attributes[from..from + usize::from(token.len)];
            attributes.iter().any(|own| matches!(self.tree.piece(own.name), "color" | "face" | "size"))
        };
        matches!(token.tag, Tag::B | Tag::Big | Tag::Blockquote | Tag::Body | Tag::Br | Tag::Center | Tag::Code
            | Tag::Dd | Tag::Div | Tag::Dl | Tag::Dt | Tag::Em | Tag::Embed | Tag::H1 | Tag::H2 | Tag::H3
            | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Head | Tag::Hr | Tag::I | Tag::Img | Tag::Li | Tag::Listing
            | Tag::Menu | Tag::Meta | Tag::Nobr | Tag::Ol | Tag::P | Tag::Pre | Tag::Ruby | Tag::S | Tag::Small
            | Tag::Span | Tag::Strong | Tag::Strike | Tag::Sub | Tag::Sup | Tag::Table | Tag::Tt | Tag::U
            | Tag::Ul | Tag::Var)
            || (token.tag == Tag::Font && by_font())
    }

    pub fn foreign_end(&mut self, token: &Token) {
        if matches!(token.tag, Tag::Br | Tag::P) {
            while !self.is_point() {
                self.open.pop();
            }
            return self.end_in(self.mode, token);
        }
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            if open.namespace == Namespace::Html {
                return self.end_in(self.mode, token);
            }
            if at == 0 {
                return;
            }
            if self.is_named(&open, token) {
                self.open.truncate(at);
                return;
            }
        }
    }
}
