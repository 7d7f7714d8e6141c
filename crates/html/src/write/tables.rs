//! Tables as HTML.

use super::Writer;
use news::{Cell, Row, Span};

impl Writer<'_> {
    /// The class tells a reader of this HTML that it is a table of facts and not a layout.
    pub fn table(&mut self, caption: &[Span], rows: &[Row]) {
        self.put("<table class=\"data\">");
        if !caption.is_empty() {
            self.element("caption", caption);
        }
        let is_head = |row: &&Row| row.cells.iter().all(|cell| cell.heading);
        let head_len = rows.iter().take_while(is_head).count();
        // A table of headings alone would have a head and nothing below it.
        let head_len = if head_len == rows.len() { 0 } else { head_len };
        let (head, rest) = rows.split_at(head_len);
        if !head.is_empty() {
            self.put("<thead>");
            head.iter().for_each(|row| self.row(row, " scope=\"col\""));
            self.put("</thead>");
        }
        if !rest.is_empty() {
            self.put("<tbody>");
            rest.iter().for_each(|row| self.row(row, " scope=\"row\""));
            self.put("</tbody>");
        }
        self.put("</table>");
    }

    fn row(&mut self, row: &Row, scope: &str) {
        self.put("<tr>");
        row.cells.iter().for_each(|cell| self.cell(cell, scope));
        self.put("</tr>");
    }

    fn cell(&mut self, cell: &Cell, scope: &str) {
        self.put(if cell.heading { "<th" } else { "<td" });
        if cell.heading {
            self.put(scope);
        }
        for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                self.attribute(name, &count.to_string());
            }
        }
        self.put(">");
        self.inner(&cell.blocks);
        self.put(if cell.heading { "</th>" } else { "</td>" });
    }
}
