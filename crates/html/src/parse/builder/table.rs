//! The modes of tables (HTML §13.2.6.4.9 to .15).

use super::stack::Scope;
use super::{Builder, Format, Mode, Token, is_blank};
use crate::parse::tag::Tag;
use crate::tree::{Namespace, Piece};

impl Builder {
    /// Text right in a table waits until it is known whether it is blank.
    pub fn table_text(&mut self, piece: Piece) {
        let is_table = self.current().is_some_and(|open| {
            open.namespace == Namespace::Html
                && matches!(
                    open.tag,
                    Tag::Table | Tag::Tbody | Tag::Template | Tag::Tfoot | Tag::Thead | Tag::Tr
                )
        });
        if !is_table {
            return self.foster_text(piece);
        }
        self.back = self.mode;
        self.mode = Mode::InTableText;
        self.pending.push(piece);
    }

    fn foster_text(&mut self, piece: Piece) {
        self.foster = true;
        self.body_text(piece);
        self.foster = false;
    }

    /// Puts the text that waited into the table if it is blank, before it if it isn't.
    pub fn flush_pending(&mut self) {
        if self.mode != Mode::InTableText {
            return;
        }
        self.mode = self.back;
        let pieces = std::mem::take(&mut self.pending);
        let are_blank = pieces.iter().all(|piece| self.tree.piece(*piece).chars().all(is_blank));
        for piece in pieces {
            if are_blank { self.insert_text(piece) } else { self.foster_text(piece) }
        }
    }

    fn clear_to(&mut self, tags: &[Tag]) {
        while let Some(open) = self.open.last() {
            let stays = matches!(open.tag, Tag::Html | Tag::Template) || tags.contains(&open.tag);
            if open.namespace == Namespace::Html && stays {
                break;
            }
            self.open.pop();
        }
    }

    pub fn table_start(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption => {
                self.clear_to(&[Tag::Table]);
                self.formats.push(Format::Marker);
                self.open(token);
                self.mode = Mode::InCaption;
            }
            Tag::Colgroup => {
                self.clear_to(&[Tag::Table]);
                self.open(token);
                self.mode = Mode::InColumnGroup;
            }
            Tag::Col => {
                let group = self.made(Tag::Colgroup);
                self.table_start(&group);
                self.column_start(token);
            }
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                self.clear_to(&[Tag::Table]);
                self.open(token);
                self.mode = Mode::InTableBody;
            }
            Tag::Td | Tag::Th | Tag::Tr => {
                let rows = self.made(Tag::Tbody);
                self.table_start(&rows);
                self.rows_start(token);
            }
            Tag::Table => {
                if self.in_scope(Scope::Table, Tag::Table) {
                    self.pop_until(Tag::Table);
                    self.reset_mode();
                    self.start_in(self.mode, token);
                }
            }
            Tag::Style | Tag::Script | Tag::Template => {
                self.in_head(token);
            }
            Tag::Input if self.is_hidden_input(token) => self.put(token),
            Tag::Form => {
                if self.form.is_none() && !self.is_open(Tag::Template) {
                    let id = self.open(token);
                    self.form = Some(id);
                    self.open.pop();
                }
            }
            _ => self.foster_start(token),
        }
    }

    fn foster_start(&mut self, token: &Token) {
        self.foster = true;
        self.body_start(token);
        self.foster = false;
    }

    pub fn table_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Table => {
                if self.in_scope(Scope::Table, Tag::Table) {
                    self.pop_until(Tag::Table);
                    self.reset_mode();
                }
            }
            Tag::Body
            | Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Html
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {}
            Tag::Template => self.close_template(),
            _ => {
                self.foster = true;
                self.body_end(token);
                self.foster = false;
            }
        }
    }

    /// Closes the caption; tells whether there was one.
    fn close_caption(&mut self) -> bool {
        if !self.in_scope(Scope::Table, Tag::Caption) {
            return false;
        }
        self.close_implied(None);
        self.pop_until(Tag::Caption);
        self.clear_formats();
        self.mode = Mode::InTable;
        true
    }

    pub fn caption_start(&mut self, token: &Token) {
        if is_of_table(token.tag) {
            if self.close_caption() {
                self.start_in(self.mode, token);
            }
            return;
        }
        self.body_start(token);
    }

    pub fn caption_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption => {
                self.close_caption();
            }
            Tag::Table => {
                if self.close_caption() {
                    self.end_in(self.mode, token);
                }
            }
            Tag::Body
            | Tag::Col
            | Tag::Colgroup
            | Tag::Html
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {}
            _ => self.body_end(token),
        }
    }

    pub fn column_start(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.body_start(token),
            Tag::Col => self.put(token),
            Tag::Template => {
                self.in_head(token);
            }
            _ => {
                if self.leave_mode(Mode::InColumnGroup) {
                    self.start_in(self.mode, token);
                }
            }
        }
    }

    pub fn column_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Colgroup => {
                self.leave_mode(Mode::InColumnGroup);
            }
            Tag::Col => {}
            Tag::Template => self.close_template(),
            _ => {
                if self.leave_mode(Mode::InColumnGroup) {
                    self.end_in(self.mode, token);
                }
            }
        }
    }

    pub fn rows_start(&mut self, token: &Token) {
        match token.tag {
            Tag::Tr => {
                self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
                self.open(token);
                self.mode = Mode::InRow;
            }
            Tag::Th | Tag::Td => {
                let row = self.made(Tag::Tr);
                self.rows_start(&row);
                self.row_start(token);
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.close_rows() {
                    self.start_in(self.mode, token);
                }
            }
            _ => self.table_start(token),
        }
    }

    fn close_rows(&mut self) -> bool {
        let is_open = |tag| matches!(tag, Tag::Tbody | Tag::Thead | Tag::Tfoot);
        if !self.in_scope_any(Scope::Table, is_open) {
            return false;
        }
        self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
        self.open.pop();
        self.mode = Mode::InTable;
        true
    }

    pub fn rows_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.in_scope(Scope::Table, token.tag) {
                    self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
                    self.open.pop();
                    self.mode = Mode::InTable;
                }
            }
            Tag::Table => {
                if self.close_rows() {
                    self.end_in(self.mode, token);
                }
            }
            Tag::Body
            | Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Html
            | Tag::Td
            | Tag::Th
            | Tag::Tr => {}
            _ => self.table_end(token),
        }
    }

    fn close_row(&mut self) -> bool {
        if !self.in_scope(Scope::Table, Tag::Tr) {
            return false;
        }
        self.clear_to(&[Tag::Tr]);
        self.open.pop();
        self.mode = Mode::InTableBody;
        true
    }

    pub fn row_start(&mut self, token: &Token) {
        match token.tag {
            Tag::Th | Tag::Td => {
                self.clear_to(&[Tag::Tr]);
                self.open(token);
                self.mode = Mode::InCell;
                self.formats.push(Format::Marker);
            }
            Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Tbody
            | Tag::Tfoot
            | Tag::Thead
            | Tag::Tr => {
                if self.close_row() {
                    self.start_in(self.mode, token);
                }
            }
            _ => self.table_start(token),
        }
    }

    pub fn row_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Tr => {
                self.close_row();
            }
            Tag::Table => {
                if self.close_row() {
                    self.end_in(self.mode, token);
                }
            }
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.in_scope(Scope::Table, token.tag) && self.close_row() {
                    self.end_in(self.mode, token);
                }
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html | Tag::Td | Tag::Th => {
            }
            _ => self.table_end(token),
        }
    }

    fn close_cell(&mut self) {
        self.close_implied(None);
        self.pop_until_any(|tag| matches!(tag, Tag::Td | Tag::Th));
        self.clear_formats();
        self.mode = Mode::InRow;
    }

    pub fn cell_start(&mut self, token: &Token) {
        if is_of_table(token.tag) {
            if self.in_scope_any(Scope::Table, |tag| matches!(tag, Tag::Td | Tag::Th)) {
                self.close_cell();
                self.start_in(self.mode, token);
            }
            return;
        }
        self.body_start(token);
    }

    pub fn cell_end(&mut self, token: &Token) {
        match token.tag {
            Tag::Td | Tag::Th => {
                if self.in_scope(Scope::Table, token.tag) {
                    self.close_implied(None);
                    self.pop_until(token.tag);
                    self.clear_formats();
                    self.mode = Mode::InRow;
                }
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html => {}
            Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if self.in_scope(Scope::Table, token.tag) {
                    self.close_cell();
                    self.end_in(self.mode, token);
                }
            }
            _ => self.body_end(token),
        }
    }
}

fn is_of_table(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr
    )
}
