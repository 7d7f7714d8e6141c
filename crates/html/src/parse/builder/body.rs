//! The mode "in body" (HTML §13.2.6.4.7).

use super::head::is_of_head;
use super::stack::Scope;
use super::{Builder, Content, Format, Mode, Token, is_blank};
use crate::parse::tag::Tag;
use crate::tree::{Namespace, Piece};

impl Builder {
    pub fn body_text(&mut self, piece: Piece) {
        self.reconstruct();
        if self.frameset_ok {
            self.frameset_ok = self.tree.piece(piece).chars().all(is_blank);
        }
        self.insert_text(piece);
    }

    #[rustfmt::skip]
    pub fn body_start(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.add_to_root(token),
            tag if is_of_head(tag) => { self.in_head(token); }
            Tag::Body => self.add_to_body(token),
            Tag::Frameset => self.frameset_in_body(token),
            Tag::Address | Tag::Article | Tag::Aside | Tag::Blockquote | Tag::Center | Tag::Details
            | Tag::Dialog | Tag::Dir | Tag::Div | Tag::Dl | Tag::Fieldset | Tag::Figcaption | Tag::Figure
            | Tag::Footer | Tag::Header | Tag::Hgroup | Tag::Main | Tag::Menu | Tag::Nav | Tag::Ol | Tag::P
            | Tag::Search | Tag::Section | Tag::Summary | Tag::Ul => {
                self.close_paragraph();
                self.open(token);
            }
            tag if tag.is_heading() => {
                self.close_paragraph();
                if self.current().is_some_and(|open| open.namespace == Namespace::Html && open.tag.is_heading()) {
                    self.open.pop();
                }
                self.open(token);
            }
            Tag::Pre | Tag::Listing => {
                self.close_paragraph();
                self.open(token);
                self.skips_feed = true;
                self.frameset_ok = false;
            }
            Tag::Form => self.form(token),
            Tag::Li | Tag::Dd | Tag::Dt => self.item(token),
            Tag::Plaintext => {
                self.close_paragraph();
                self.open(token);
                self.content = Content::Plain;
            }
            Tag::Button => {
                if self.in_scope(Scope::Default, Tag::Button) {
                    self.close_implied(None);
                    self.pop_until(Tag::Button);
                }
                self.reconstruct();
                self.open(token);
                self.frameset_ok = false;
            }
            Tag::A => {
                self.close_link();
                self.reconstruct();
                self.open_format(token);
            }
            Tag::Nobr => {
                self.reconstruct();
                if self.in_scope(Scope::Default, Tag::Nobr) {
                    self.adopt(&self.made(Tag::Nobr));
                    self.reconstruct();
                }
                self.open_format(token);
            }
            tag if tag.is_formatting() => {
                self.reconstruct();
                self.open_format(token);
            }
            Tag::Applet | Tag::Marquee | Tag::Object => {
                self.reconstruct();
                self.open(token);
                self.formats.push(Format::Marker);
                self.frameset_ok = false;
            }
            Tag::Table => {
                if !self.is_quirky {
                    self.close_paragraph();
                }
                self.open(token);
                self.frameset_ok = false;
                self.mode = Mode::InTable;
            }
            Tag::Area | Tag::Br | Tag::Embed | Tag::Img | Tag::Keygen | Tag::Wbr => {
                self.reconstruct();
                self.put(token);
                self.frameset_ok = false;
            }
            Tag::Image => self.body_start(&Token { tag: Tag::Img, ..*token }),
            Tag::Input => self.input(token),
            Tag::Param | Tag::Source | Tag::Track => self.put(token),
            Tag::Hr => {
                self.close_paragraph();
                if self.in_scope(Scope::Default, Tag::Select) {
                    self.close_implied(None);
                }
                self.put(token);
                self.frameset_ok = false;
            }
            Tag::Textarea => {
                self.open_text(token, true);
                self.skips_feed = true;
                self.frameset_ok = false;
            }
            Tag::Xmp => {
                self.close_paragraph();
                self.reconstruct();
                self.frameset_ok = false;
                self.open_text(token, false);
            }
            Tag::Iframe => {
                self.frameset_ok = false;
                self.open_text(token, false);
            }
            Tag::Noembed => self.open_text(token, false),
            Tag::Select => self.select(token),
            Tag::Option | Tag::Optgroup => self.option(token),
            Tag::Rb | Tag::Rtc | Tag::Rp | Tag::Rt => {
                if self.in_scope(Scope::Default, Tag::Ruby) {
                    let is_reading = matches!(token.tag, Tag::Rp | Tag::Rt);
                    self.close_implied(is_reading.then_some(Tag::Rtc));
                }
                self.open(token);
            }
            Tag::Math => {
                self.reconstruct();
                self.open_foreign(token, Namespace::Math);
            }
            Tag::Svg => {
                self.reconstruct();
                self.open_foreign(token, Namespace::Svg);
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Frame | Tag::Head | Tag::Tbody | Tag::Td
            | Tag::Tfoot | Tag::Th | Tag::Thead | Tag::Tr => {}
            _ => {
                self.reconstruct();
                self.open(token);
            }
        }
    }

    #[rustfmt::skip]
    pub fn body_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Template => self.close_template(),
            Tag::Body | Tag::Html => {
                if self.in_scope(Scope::Default, Tag::Body) {
                    self.mode = Mode::AfterBody;
                    if token.tag == Tag::Html {
                        self.end_in(Mode::AfterBody, token);
                    }
                }
            }
            Tag::Address | Tag::Article | Tag::Aside | Tag::Blockquote | Tag::Button | Tag::Center
            | Tag::Details | Tag::Dialog | Tag::Dir | Tag::Div | Tag::Dl | Tag::Fieldset | Tag::Figcaption
            | Tag::Figure | Tag::Footer | Tag::Header | Tag::Hgroup | Tag::Listing | Tag::Main | Tag::Menu
            | Tag::Nav | Tag::Ol | Tag::Pre | Tag::Search | Tag::Section | Tag::Select | Tag::Summary
            | Tag::Ul => {
                if self.in_scope(Scope::Default, token.tag) {
                    self.close_implied(None);
                    self.pop_until(token.tag);
                }
            }
            Tag::Form => self.end_form(),
            Tag::P => {
                if !self.in_scope(Scope::Button, Tag::P) {
                    let token = self.made(Tag::P);
                    self.open(&token);
                }
                self.close_paragraph();
            }
            Tag::Li | Tag::Dd | Tag::Dt => {
                let scope = if token.tag == Tag::Li { Scope::ListItem } else { Scope::Default };
                if self.in_scope(scope, token.tag) {
                    self.close_implied(Some(token.tag));
                    self.pop_until(token.tag);
                }
            }
            tag if tag.is_heading() => {
                if self.in_scope_any(Scope::Default, Tag::is_heading) {
                    self.close_implied(None);
                    self.pop_until_any(Tag::is_heading);
                }
            }
            tag if tag.is_formatting() => self.adopt(token),
            Tag::Applet | Tag::Marquee | Tag::Object => {
                if self.in_scope(Scope::Default, token.tag) {
                    self.close_implied(None);
                    self.pop_until(token.tag);
                    self.clear_formats();
                }
            }
            Tag::Br => {
                let token = self.made(Tag::Br);
                self.body_start(&token);
            }
            _ => self.end_other(token),
        }
    }

    /// Any other end tag closes the nearest of its name, if no special element is in between.
    pub fn end_other(&mut self, token: &Token) {
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            if open.namespace == Namespace::Html && self.is_named(&open, token) {
                self.close_implied(Some(token.tag).filter(|tag| *tag != Tag::Other));
                self.open.truncate(at.clamp(1, self.open.len()));
                return;
            }
            let is_special = match open.namespace {
                Namespace::Html => open.tag.is_special(),
                Namespace::Svg => matches!(open.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
                Namespace::Math => matches!(
                    open.tag,
                    Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext | Tag::Annotation
                ),
            };
            if is_special {
                return;
            }
        }
    }

    pub fn is_named(&self, open: &super::Open, token: &Token) -> bool {
        open.tag == token.tag
            && (token.tag != Tag::Other
                || self.tree.name(open.id) == Some(self.tree.piece(token.name)))
    }

    fn add_to_root(&mut self, token: &Token) {
        if !self.is_open(Tag::Template) {
            let root = self.open[0].id;
            self.tree.add_missing(root, (token.from, token.len), self.limits.attributes_max);
        }
    }

    fn add_to_body(&mut self, token: &Token) {
        let body = self.open.get(1).filter(|open| open.tag == Tag::Body).map(|open| open.id);
        if let Some(body) = body
            && !self.is_open(Tag::Template)
        {
            self.frameset_ok = false;
            self.tree.add_missing(body, (token.from, token.len), self.limits.attributes_max);
        }
    }

    fn frameset_in_body(&mut self, token: &Token) {
        let body = self.open.get(1).filter(|open| open.tag == Tag::Body).map(|open| open.id);
        if let Some(body) = body
            && self.frameset_ok
        {
            self.tree.detach(body);
            self.open.truncate(1);
            self.open(token);
            self.mode = Mode::InFrameset;
        }
    }

    fn form(&mut self, token: &Token) {
        let in_template = self.is_open(Tag::Template);
        if self.form.is_some() && !in_template {
            return;
        }
        self.close_paragraph();
        let id = self.open(token);
        if !in_template {
            self.form = Some(id);
        }
    }

    fn end_form(&mut self) {
        if self.is_open(Tag::Template) {
            if self.in_scope(Scope::Default, Tag::Form) {
                self.close_implied(None);
                self.pop_until(Tag::Form);
            }
            return;
        }
        let Some(form) = self.form.take().filter(|form| self.node_in_scope(*form)) else {
            return;
        };
        self.close_implied(None);
        self.forget(form);
    }

    /// `<li>` closes the item before it, `<dd>` and `<dt>` each other.
    fn item(&mut self, token: &Token) {
        self.frameset_ok = false;
        let is_same = |tag: Tag| match token.tag {
            Tag::Li => tag == Tag::Li,
            _ => matches!(tag, Tag::Dd | Tag::Dt),
        };
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            let is_html = open.namespace == Namespace::Html;
            if is_html && is_same(open.tag) {
                self.close_implied(Some(open.tag));
                self.pop_until(open.tag);
                break;
            }
            let passes = matches!(open.tag, Tag::Address | Tag::Div | Tag::P);
            let is_special =
                if is_html { open.tag.is_special() && !passes } else { open.ends_item() };
            if is_special {
                break;
            }
        }
        self.close_paragraph();
        self.open(token);
    }

    /// A link closes the link before it.
    fn close_link(&mut self) {
        let before = self.formats.iter().rev().take_while(|entry| entry.id().is_some());
        let link = before.into_iter().find_map(|entry| match entry {
            Format::Element { id, token } if token.tag == Tag::A => Some(*id),
            _ => None,
        });
        if let Some(link) = link {
            self.adopt(&self.made(Tag::A));
            self.formats.retain(|entry| entry.id() != Some(link));
            self.forget(link);
        }
    }

    fn input(&mut self, token: &Token) {
        if self.in_scope(Scope::Default, Tag::Select) {
            self.pop_until(Tag::Select);
        }
        self.reconstruct();
        self.put(token);
        if !self.is_hidden_input(token) {
            self.frameset_ok = false;
        }
    }

    pub fn is_hidden_input(&self, token: &Token) -> bool {
        let from = token.from as usize;
        let attributes = &self.tree.attributes[from..from + usize::from(token.len)];
        attributes.iter().any(|attribute| {
            self.tree.piece(attribute.name) == "type"
                && self.tree.piece(attribute.value).eq_ignore_ascii_case("hidden")
        })
    }

    fn select(&mut self, token: &Token) {
        if self.in_scope(Scope::Default, Tag::Select) {
            self.pop_until(Tag::Select);
        } else {
            self.reconstruct();
            self.open(token);
            self.frameset_ok = false;
        }
    }

    fn option(&mut self, token: &Token) {
        if self.in_scope(Scope::Default, Tag::Select) {
            self.close_implied((token.tag == Tag::Option).then_some(Tag::Optgroup));
        } else if self.is_current(Tag::Option) {
            self.open.pop();
        }
        self.reconstruct();
        self.open(token);
    }
}

impl super::Open {
    /// Elements of SVG and MathML that end the search for an item.
    fn ends_item(&self) -> bool {
        match self.namespace {
            Namespace::Html => false,
            Namespace::Svg => matches!(self.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
            Namespace::Math => matches!(
                self.tag,
                Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext | Tag::Annotation
            ),
        }
    }
}
