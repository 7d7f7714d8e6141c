//! What stands before the body: the modes up to "after head" (HTML §13.2.6.4.1 to .6), and frames.

use super::{Builder, Content, Mode, Token};
use crate::parse::tag::Tag;
use crate::tree::{Kind, Namespace, Piece};

impl Builder {
    pub fn create_root(&mut self, from: u32, len: u16) {
        let token = Token { from, len, ..self.made(Tag::Html) };
        let id = self.create(&token);
        let root = self.tree.root();
        self.tree.append(root, id);
        self.push(id, Tag::Html, Namespace::Html);
    }

    /// Does what the end of a mode does by itself; tells whether the token is to be read again.
    pub fn leave_mode(&mut self, mode: Mode) -> bool {
        match mode {
            Mode::Initial => {
                self.is_quirky = true;
                self.mode = Mode::BeforeHtml;
            }
            Mode::BeforeHtml => {
                self.create_root(0, 0);
                self.mode = Mode::BeforeHead;
            }
            Mode::BeforeHead => {
                let token = self.made(Tag::Head);
                self.head = Some(self.open(&token));
                self.mode = Mode::InHead;
            }
            Mode::InHead => {
                self.open.pop();
                self.mode = Mode::AfterHead;
            }
            Mode::InHeadNoscript => {
                self.open.pop();
                self.mode = Mode::InHead;
            }
            Mode::AfterHead => {
                let token = self.made(Tag::Body);
                self.open(&token);
                self.mode = Mode::InBody;
            }
            Mode::InColumnGroup => {
                if !self.is_current(Tag::Colgroup) {
                    return false;
                }
                self.open.pop();
                self.mode = Mode::InTable;
            }
            Mode::AfterBody | Mode::AfterAfterBody => self.mode = Mode::InBody,
            _ => return false,
        }
        true
    }

    pub fn before_start(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (Mode::BeforeHtml, Tag::Html) => {
                self.create_root(token.from, token.len);
                self.mode = Mode::BeforeHead;
            }
            (Mode::BeforeHead, Tag::Html) => self.body_start(token),
            (Mode::BeforeHead, Tag::Head) => {
                self.head = Some(self.open(token));
                self.mode = Mode::InHead;
            }
            _ => {
                self.leave_mode(mode);
                self.start_in(self.mode, token);
            }
        }
    }

    pub fn before_end(&mut self, mode: Mode, token: &Token) {
        let matters = matches!(token.tag, Tag::Head | Tag::Body | Tag::Html | Tag::Br);
        if mode == Mode::Initial || matters {
            self.leave_mode(mode);
            self.end_in(self.mode, token);
        }
    }

    pub fn head_start(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (_, Tag::Html) => self.body_start(token),
            (Mode::InHeadNoscript, Tag::Head | Tag::Noscript) => {}
            (
                Mode::InHeadNoscript,
                Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta | Tag::Noframes | Tag::Style,
            ) => {
                self.in_head(token);
            }
            (Mode::InHead, _) if self.in_head(token) => {}
            (Mode::AfterHead, Tag::Body) => {
                self.open(token);
                self.frameset_ok = false;
                self.mode = Mode::InBody;
            }
            (Mode::AfterHead, Tag::Frameset) => {
                self.open(token);
                self.mode = Mode::InFrameset;
            }
            (Mode::AfterHead, tag) if is_of_head(tag) => self.late_in_head(token),
            (Mode::AfterHead | Mode::InHead, Tag::Head) => {}
            _ => {
                self.leave_mode(mode);
                self.start_in(self.mode, token);
            }
        }
    }

    /// An element of the head that comes after it goes into it.
    fn late_in_head(&mut self, token: &Token) {
        let Some(head) = self.head else { return };
        self.push(head, Tag::Head, Namespace::Html);
        self.in_head(token);
        self.forget(head);
    }

    pub fn head_end(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (Mode::InHead, Tag::Head) | (Mode::InHeadNoscript, Tag::Noscript) => {
                self.leave_mode(mode);
            }
            (Mode::InHead | Mode::AfterHead, Tag::Template) => self.close_template(),
            (Mode::InHead | Mode::AfterHead, Tag::Body | Tag::Html | Tag::Br)
            | (Mode::InHeadNoscript, Tag::Br) => {
                self.leave_mode(mode);
                self.end_in(self.mode, token);
            }
            _ => {}
        }
    }

    /// Reads a start tag as in the head; tells whether it is one of the head's.
    pub fn in_head(&mut self, token: &Token) -> bool {
        match token.tag {
            Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta => self.put(token),
            Tag::Title => self.open_text(token, true),
            Tag::Noframes | Tag::Style | Tag::Script => self.open_text(token, false),
            Tag::Noscript => {
                self.open(token);
                self.mode = Mode::InHeadNoscript;
            }
            Tag::Template => self.open_template(token),
            _ => return false,
        }
        true
    }

    /// Opens an element whose content is text.
    pub fn open_text(&mut self, token: &Token, has_references: bool) {
        self.open(token);
        self.content = Content::Text(token.tag, has_references);
        self.back = self.mode;
        self.mode = Mode::Text;
    }

    fn open_template(&mut self, token: &Token) {
        let id = self.open(token);
        // A shadow root written into the page is what readers see in place of its host.
        if self.tree.attr(id, "shadowrootmode").is_none() {
            let contents = self.tree.add(Kind::Document);
            self.templates.insert(id, contents);
        }
        self.formats.push(super::Format::Marker);
        self.frameset_ok = false;
        self.mode = Mode::InTemplate;
        self.template_modes.push(Mode::InTemplate);
    }

    pub fn close_template(&mut self) {
        if !self.is_open(Tag::Template) {
            return;
        }
        self.close_all_implied();
        self.pop_until(Tag::Template);
        self.clear_formats();
        self.template_modes.pop();
        self.reset_mode();
    }

    /// Chooses the mode that fits what is open (§13.2.4.1).
    pub fn reset_mode(&mut self) {
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            let is_last = at == 0;
            if open.namespace != Namespace::Html {
                continue;
            }
            self.mode = match open.tag {
                Tag::Td | Tag::Th if !is_last => Mode::InCell,
                Tag::Tr => Mode::InRow,
                Tag::Tbody | Tag::Thead | Tag::Tfoot => Mode::InTableBody,
                Tag::Caption => Mode::InCaption,
                Tag::Colgroup => Mode::InColumnGroup,
                Tag::Table => Mode::InTable,
                Tag::Template => self.template_modes.last().copied().unwrap_or(Mode::InBody),
                Tag::Head if !is_last => Mode::InHead,
                Tag::Body => Mode::InBody,
                Tag::Frameset => Mode::InFrameset,
                Tag::Html if self.is_fragment => Mode::InBody,
                Tag::Html if self.head.is_none() => Mode::BeforeHead,
                Tag::Html => Mode::AfterHead,
                _ if is_last => Mode::InBody,
                _ => continue,
            };
            return;
        }
        self.mode = Mode::InBody;
    }

    pub fn template_start(&mut self, token: &Token) {
        let mode = match token.tag {
            Tag::Caption | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => Mode::InTable,
            Tag::Col => Mode::InColumnGroup,
            Tag::Tr => Mode::InTableBody,
            Tag::Td | Tag::Th => Mode::InRow,
            tag if is_of_head(tag) => {
                self.in_head(token);
                return;
            }
            _ => Mode::InBody,
        };
        self.template_modes.pop();
        self.template_modes.push(mode);
        self.mode = mode;
        self.start_in(mode, token);
    }

    pub fn frameset_start(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (_, Tag::Html) => self.body_start(token),
            (Mode::InFrameset, Tag::Frameset) => {
                self.open(token);
            }
            (Mode::InFrameset, Tag::Frame) => self.put(token),
            (_, Tag::Noframes) => {
                self.in_head(token);
            }
            _ => {}
        }
    }

    pub fn frameset_text(&mut self, mode: Mode, piece: Piece) {
        let blanks: String =
            self.tree.piece(piece).chars().filter(|c| super::is_blank(*c)).collect();
        if blanks.is_empty() {
            return;
        }
        let piece = self.tree.put_apart(&blanks);
        if mode == Mode::AfterAfterFrameset {
            self.body_text(piece)
        } else {
            self.insert_text(piece)
        }
    }
}

/// Elements that stand in the head wherever they are met.
pub fn is_of_head(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Base
            | Tag::Basefont
            | Tag::Bgsound
            | Tag::Link
            | Tag::Meta
            | Tag::Noframes
            | Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Title
    )
}
