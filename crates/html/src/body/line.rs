//! Collects the spans of one paragraph, heading or caption, with blanks as browsers show them.

use crate::characters::{collapse, is_blank, is_cjk, is_dropped, is_space};
use news::{Address, Direction, PictureUse, SPAN_DEPTH_MAX, Span};

/// What an element does to the text inside it.
#[derive(Clone, PartialEq)]
pub enum Format {
    Strong,
    Emphasis,
    Link(Address),
    Code,
    Deleted,
    Inserted,
    Marked,
    Superscript,
    Subscript,
    Small,
    Cited,
    Underlined,
    Quoted,
    Keys,
    Output,
    Variable,
    Abbreviation(String),
    Time(String),
    Foreign(Option<String>, Option<Direction>),
    Reference(String),
    Contact(String),
}

impl Format {
    /// Tells whether one such format excludes the other inside it, whatever it says.
    fn is_like(&self, other: &Format) -> bool {
        let is_link = |format: &Format| {
            matches!(format, Format::Link(_) | Format::Reference(_) | Format::Contact(_))
        };
        match self {
            Format::Abbreviation(_) => matches!(other, Format::Abbreviation(_)),
            Format::Time(_) => matches!(other, Format::Time(_)),
            format if is_link(format) => is_link(other),
            format => format == other,
        }
    }
}

/// The spans of a line so far.
pub struct Line {
    /// The spans outside of every format, then those inside each open format.
    base: Vec<Span>,
    open: Vec<(Format, Vec<Span>)>,
    gap: Option<Gap>,
    /// The last character written, on this line.
    last: Option<char>,
    started: bool,
    /// How far the text after a break is indented, in half-width characters.
    indent: usize,
    /// Whether two breaks end the paragraph; in headings and captions they don't.
    pub splits: bool,
    /// Paragraphs that breaks have ended.
    done: Vec<Vec<Span>>,
    /// Places that stand before the next word.
    waiting: Vec<String>,
    /// Places in this line: they stand at its beginning.
    anchors: Vec<String>,
}

/// Room that is written only when something comes after it, and only where it began or further
/// out: `<b>a </b>c` is a bold `a` and a plain blank.
struct Gap {
    kind: Room,
    depth: usize,
}

#[derive(PartialEq)]
enum Room {
    Blank,
    /// Blanks with a line feed in the source, which is nothing between Chinese characters.
    Feed,
    Breaks(usize),
}

/// Text indented this far after a break begins a paragraph: two full-width blanks.
const INDENT_LEAST: usize = 4;

/// How deep languages and directions stand in one another.
const FOREIGN_DEPTH_MAX: usize = 2;

/// Stands for what is no character, where blanks are judged by their neighbours.
const OBJECT: char = '\u{fffc}';

impl Line {
    pub fn new() -> Line {
        Line {
            base: Vec::new(),
            open: Vec::new(),
            gap: None,
            last: None,
            started: false,
            indent: 0,
            splits: true,
            done: Vec::new(),
            waiting: Vec::new(),
            anchors: Vec::new(),
        }
    }

    pub fn is_started(&self) -> bool {
        self.started
    }

    /// Returns the paragraphs that breaks have ended.
    pub fn ended(&mut self) -> std::vec::Drain<'_, Vec<Span>> {
        self.done.drain(..)
    }

    /// Ends the line and returns its spans; open formats stay open for the next one.
    pub fn take(&mut self) -> Vec<Span> {
        let mut formats = Vec::new();
        while let Some((format, spans)) = self.open.pop() {
            formats.push(format.clone());
            fold(self.level(), format, spans);
        }
        let mut spans = std::mem::take(&mut self.base);
        self.open = formats.into_iter().rev().map(|format| (format, Vec::new())).collect();
        (self.gap, self.last, self.started, self.indent) = (None, None, false, 0);
        trim_end(&mut spans);
        match spans.is_empty() {
            true => self.waiting.append(&mut self.anchors),
            false => drop(spans.splice(0..0, self.anchors.drain(..).map(Span::Anchor))),
        }
        spans
    }

    /// Opens a format, unless it would change nothing or lie too deep.
    pub fn open(&mut self, format: Format) -> bool {
        let stacks = matches!(format, Format::Superscript | Format::Subscript);
        let is_open = self.open.iter().any(|(open, _)| open.is_like(&format));
        let is_foreign = |(open, _): &&(Format, _)| matches!(open, Format::Foreign(..));
        let is_mixed = matches!(format, Format::Foreign(..))
            && self.open.iter().filter(is_foreign).count() >= FOREIGN_DEPTH_MAX;
        if (is_open && !stacks) || is_mixed || self.open.len() + 1 >= SPAN_DEPTH_MAX {
            return false;
        }
        self.open.push((format, Vec::new()));
        true
    }

    pub fn close(&mut self) {
        if let Some((format, spans)) = self.open.pop() {
            fold(self.level(), format, spans);
        }
        if let Some(gap) = &mut self.gap {
            gap.depth = gap.depth.min(self.open.len());
        }
    }

    pub fn text(&mut self, text: &str) {
        let parts = text.split_inclusive(|c| is_space(c) || is_dropped(c));
        for part in parts {
            let word = part.trim_end_matches(|c| is_space(c) || is_dropped(c));
            if !word.is_empty() {
                self.word(word);
            }
            match part[word.len()..].chars().next() {
                Some(c) if is_space(c) => self.blank(c == '\n' || c == '\r'),
                _ => {}
            }
        }
    }

    pub fn line_break(&mut self) {
        self.breaks(|count| count + 1);
    }

    /// Makes sure that what follows stands on a line of its own.
    pub fn boundary(&mut self) {
        self.breaks(|count| count.max(1));
    }

    /// Marks the place where the next word or picture stands: the beginning of its line.
    pub fn anchor(&mut self, name: String) {
        self.waiting.push(name);
    }

    pub fn picture(&mut self, picture: PictureUse) {
        self.write_gap(OBJECT);
        self.level().push(Span::Picture(picture));
        self.last = Some(OBJECT);
    }

    pub fn ruby(&mut self, base: &str, reading: &str) {
        self.write_gap(base.chars().next().unwrap_or(OBJECT));
        self.level().push(Span::Ruby { base: base.to_owned(), reading: reading.to_owned() });
        self.last = base.chars().next_back();
    }

    fn word(&mut self, word: &str) {
        let mut word = word;
        if !self.started || matches!(&self.gap, Some(gap) if matches!(gap.kind, Room::Breaks(_))) {
            let rest = word.trim_start_matches(is_blank);
            let blanks = word[..word.len() - rest.len()].chars();
            self.indent += blanks.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum::<usize>();
            word = rest;
        }
        let Some(first) = word.chars().next() else {
            return;
        };
        self.write_gap(first);
        self.last = word.chars().next_back();
        push_text(self.level(), word);
    }

    fn blank(&mut self, feeds: bool) {
        let depth = self.open.len();
        match &mut self.gap {
            Some(gap) if gap.kind == Room::Blank && feeds => gap.kind = Room::Feed,
            Some(_) => {}
            None if self.started => {
                let kind = if feeds { Room::Feed } else { Room::Blank };
                self.gap = Some(Gap { kind, depth });
            }
            None => {}
        }
    }

    fn breaks(&mut self, count: impl Fn(usize) -> usize) {
        if !self.started {
            return;
        }
        let depth = self.open.len();
        let (known, depth) = match &self.gap {
            Some(Gap { kind: Room::Breaks(known), depth }) => (*known, *depth),
            Some(gap) => (0, gap.depth.min(depth)),
            None => (0, depth),
        };
        self.indent = 0;
        let kind = Room::Breaks(count(known));
        self.gap = Some(Gap { kind, depth });
    }

    fn write_gap(&mut self, next: char) {
        let indent = std::mem::take(&mut self.indent);
        if let Some(gap) = self.gap.take() {
            match gap.kind {
                Room::Breaks(count) if self.splits && (count > 1 || indent >= INDENT_LEAST) => {
                    let spans = self.take();
                    self.done.push(spans);
                }
                Room::Breaks(_) => self.outermost(gap.depth).push(Span::Break),
                Room::Feed if is_cjk(next) && self.last.is_some_and(is_cjk) => {}
                Room::Feed | Room::Blank => push_text(self.outermost(gap.depth), " "),
            }
        }
        self.started = true;
        self.anchors.append(&mut self.waiting);
    }

    fn level(&mut self) -> &mut Vec<Span> {
        match self.open.last_mut() {
            Some((_, spans)) => spans,
            None => &mut self.base,
        }
    }

    /// Returns the level at this depth, or the one around it in which something stands.
    fn outermost(&mut self, depth: usize) -> &mut Vec<Span> {
        let filled = self.open[..depth].iter().rposition(|(_, spans)| !spans.is_empty());
        match filled {
            Some(at) => &mut self.open[at].1,
            None => &mut self.base,
        }
    }
}

/// Ends a format: what is inside becomes a span of the level around it.
fn fold(to: &mut Vec<Span>, format: Format, spans: Vec<Span>) {
    let has_words = Span::text_of(&spans).chars().any(|c| !is_blank(c));
    if !has_words && !spans.iter().any(holds_picture) {
        return spans.into_iter().for_each(|span| push(to, span));
    }
    let span = match format {
        Format::Strong => Span::Strong(spans),
        Format::Emphasis => Span::Emphasis(spans),
        Format::Link(address) => Span::Link { to: address, spans },
        Format::Code => return fold_code(to, &spans),
        Format::Deleted => Span::Deleted(spans),
        Format::Inserted => Span::Inserted(spans),
        Format::Marked => Span::Marked(spans),
        Format::Superscript => Span::Superscript(spans),
        Format::Subscript => Span::Subscript(spans),
        Format::Small => Span::Small(spans),
        Format::Cited => Span::Cited(spans),
        Format::Underlined => Span::Underlined(spans),
        Format::Quoted => Span::Quoted(spans),
        Format::Keys => Span::Keys(spans),
        Format::Output => Span::Output(spans),
        Format::Variable => Span::Variable(spans),
        Format::Abbreviation(title) => Span::Abbreviation { title, spans },
        Format::Time(at) => Span::Time { at, spans },
        Format::Foreign(language, direction) => Span::Foreign { language, direction, spans },
        Format::Contact(to) => Span::Contact { to, spans },
        Format::Reference(to) => Span::Reference { to, spans },
    };
    push(to, span);
}

/// Code has no markup inside; pictures that stood there follow it.
fn fold_code(to: &mut Vec<Span>, spans: &[Span]) {
    let mut text = Span::text_of(spans).replace('\n', " ");
    if spans.iter().any(holds_picture) {
        // The blanks around what leaves would be blanks too many.
        text = collapse(&text);
    }
    if text.chars().any(|c| !is_blank(c)) {
        push(to, Span::Code(text));
    }
    push_pictures(to, spans);
}

fn push_pictures(to: &mut Vec<Span>, spans: &[Span]) {
    for span in spans {
        match span {
            Span::Picture(_) => to.push(span.clone()),
            other => push_pictures(to, other.inner()),
        }
    }
}

fn holds_picture(span: &Span) -> bool {
    matches!(span, Span::Picture(_)) || span.inner().iter().any(holds_picture)
}

fn push_text(spans: &mut Vec<Span>, text: &str) {
    match spans.last_mut() {
        Some(Span::Text(known)) => known.push_str(text),
        _ => spans.push(Span::text(text)),
    }
}

/// Adds a span; one that is like the last goes on with it.
pub fn push(spans: &mut Vec<Span>, span: Span) {
    match (spans.last_mut(), span) {
        (Some(Span::Text(known)), Span::Text(more)) => known.push_str(&more),
        (Some(Span::Code(known)), Span::Code(more)) => known.push_str(&more),
        (Some(Span::Strong(known)), Span::Strong(more))
        | (Some(Span::Emphasis(known)), Span::Emphasis(more))
        | (Some(Span::Deleted(known)), Span::Deleted(more))
        | (Some(Span::Inserted(known)), Span::Inserted(more))
        | (Some(Span::Marked(known)), Span::Marked(more))
        | (Some(Span::Small(known)), Span::Small(more))
        | (Some(Span::Cited(known)), Span::Cited(more))
        | (Some(Span::Underlined(known)), Span::Underlined(more))
        | (Some(Span::Keys(known)), Span::Keys(more))
        | (Some(Span::Output(known)), Span::Output(more))
        | (Some(Span::Variable(known)), Span::Variable(more)) => {
            more.into_iter().for_each(|span| push(known, span));
        }
        (Some(Span::Link { to, spans: known }), Span::Link { to: same, spans: more })
            if *to == same =>
        {
            more.into_iter().for_each(|span| push(known, span));
        }
        (_, span) => spans.push(span),
    }
}

/// Drops blanks and breaks at the end of a block.
fn trim_end(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        let is_empty = match last {
            Span::Text(text) => {
                text.truncate(text.trim_end_matches(is_blank).len());
                text.is_empty()
            }
            Span::Break => true,
            other => other.inner_mut().is_some_and(|inner| {
                trim_end(inner);
                inner.is_empty()
            }),
        };
        if !is_empty {
            return;
        }
        spans.pop();
    }
}
