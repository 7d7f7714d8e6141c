//! Characters: what is blank, what is kept, how blanks collapse.

/// Tells whether HTML counts a character as white space.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Tells whether a character shows nothing but room: what is trimmed at the edges of a block.
pub fn is_blank(c: char) -> bool {
    is_space(c) || matches!(c, '\u{a0}' | '\u{3000}' | '\u{200b}' | '\u{2002}' | '\u{2003}')
}

/// Tells whether a character is left out everywhere: soft hyphens, byte order marks, and what XML
/// 1.0 forbids (§2.2), so that every press may write any text.
pub fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\x7f'..='\u{9f}')
        || (c < ' ' && !matches!(c, '\t' | '\n' | '\r'))
}

/// Tells whether a line break in the source next to this character means no blank.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Collapses white space of one text that has no markup: an attribute, a title.
pub fn collapse(text: &str) -> String {
    let mut words = Collapse::default();
    words.add(text);
    words.finish()
}

/// Collects words with collapsed blanks, line by line.
#[derive(Default)]
pub struct Collapse {
    text: String,
    gap: bool,
    feed: bool,
    line_ended: bool,
}

impl Collapse {
    pub fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| !is_dropped(*c)) {
            if is_space(c) {
                self.gap = true;
                self.feed |= c == '\n';
            } else {
                self.put(c);
            }
        }
    }

    pub fn end_line_if(&mut self, ended: bool) {
        self.line_ended |= ended;
    }

    pub fn finish(self) -> String {
        let trimmed = self.text.trim_matches(is_blank);
        match trimmed.len() == self.text.len() {
            true => self.text,
            false => trimmed.to_owned(),
        }
    }

    fn put(&mut self, c: char) {
        if let Some(last) = self.text.chars().next_back() {
            if self.line_ended {
                self.text.push('\n');
            } else if self.gap && !(self.feed && is_cjk(last) && is_cjk(c)) {
                self.text.push(' ');
            }
        }
        (self.gap, self.feed, self.line_ended) = (false, false, false);
        self.text.push(c);
    }
}
