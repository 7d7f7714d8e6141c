//! How much a text says.

/// What a hanzi, a kana or a Hangul syllable weighs beside a letter of an alphabet.
const CJK_WEIGHT: usize = 3;

/// The weight of a run of text, and what in it tells prose from labels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// Letters and marks, hanzi counted threefold, blanks not at all.
    pub all: usize,
    /// The part of `all` that stands in links.
    pub linked: usize,
    /// Marks that end a sentence.
    pub ends: usize,
    /// Commas of any script.
    pub commas: usize,
    pub digits: usize,
    pub capitals: usize,
    /// Runs of letters between blanks; a hanzi is not counted.
    pub words: usize,
    /// Hanzi, kana and Hangul syllables.
    pub cjk: usize,
}

impl Weight {
    pub fn of(text: &str) -> Weight {
        let mut weight = Weight::default();
        let mut before = ' ';
        for c in text.chars() {
            weight.count(c, before);
            before = c;
        }
        weight
    }

    /// Tells whether a character weighs anything.
    pub fn counts(c: char) -> bool {
        !c.is_whitespace() && !is_invisible(c)
    }

    /// Adds a character that stands behind another.
    #[inline]
    pub fn count(&mut self, c: char, before: char) {
        if c.is_ascii_lowercase() {
            self.all += 1;
            self.words += usize::from(before.is_whitespace());
        } else if c != ' ' {
            self.count_other(c, before);
        }
    }

    fn count_other(&mut self, c: char, before: char) {
        match c {
            c if !Weight::counts(c) => return,
            '.' | '!' | '?' | '…' | '؟' | '।' | '။' | '۔' => {
                self.ends += usize::from(before.is_alphabetic() || before == '"' || before == ')');
            }
            '。' | '！' | '？' | '．' => self.ends += 1,
            ',' | '，' | '、' | '،' | ';' | '；' => self.commas += 1,
            _ => {}
        }
        if is_cjk(c) {
            self.all += CJK_WEIGHT;
            self.cjk += 1;
            return;
        }
        self.all += 1;
        self.digits += usize::from(c.is_ascii_digit());
        self.capitals += usize::from(c.is_uppercase());
        self.words += usize::from(before.is_whitespace());
    }

    pub fn add(&mut self, other: Weight) {
        self.all += other.all;
        self.linked += other.linked;
        self.ends += other.ends;
        self.commas += other.commas;
        self.digits += other.digits;
        self.capitals += other.capitals;
        self.words += other.words;
        self.cjk += other.cjk;
    }

    /// Returns what is left when a part of it is taken off.
    pub fn without(&self, part: Weight) -> Weight {
        Weight {
            all: self.all - part.all,
            linked: self.linked - part.linked,
            ends: self.ends - part.ends,
            commas: self.commas - part.commas,
            digits: self.digits - part.digits,
            capitals: self.capitals - part.capitals,
            words: self.words - part.words,
            cjk: self.cjk - part.cjk,
        }
    }

    /// Returns the share of the text that stands in links, in percent.
    pub fn linked_percent(&self) -> usize {
        (self.linked * 100).checked_div(self.all).unwrap_or(0)
    }
}

/// Tells whether a character is one of those that make words without blanks.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Soft hyphens, zero-width blanks and direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}
