//! Runs of text.

use super::escape;
use news::{PictureUse, Span};

/// Where a line of text stands, which decides how some signs must be written.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    picture: &'a dyn Fn(&PictureUse) -> String,
    /// A line break can't be written as one: in a heading, in a cell.
    single: bool,
    in_cell: bool,
    in_link: bool,
    /// Inside `*…*` or `**…**`: a second pair could be read as the end of the first.
    in_stars: bool,
    /// Something stands before this run on its first line.
    opened: bool,
    /// The signs around this run.
    before: Option<char>,
    after: Option<char>,
}

impl<'a> Line<'a> {
    pub fn new(picture: &'a dyn Fn(&PictureUse) -> String) -> Line<'a> {
        Line {
            picture,
            single: false,
            in_cell: false,
            in_link: false,
            in_stars: false,
            opened: false,
            before: None,
            after: None,
        }
    }

    /// For a heading, where `#` at the end would close it and a line can't break.
    pub fn heading(self) -> Line<'a> {
        Line { single: true, ..self }
    }

    pub fn cell(self) -> Line<'a> {
        Line { single: true, in_cell: true, ..self }
    }

    /// Returns words without markup.
    pub fn plain(self, text: &str) -> String {
        self.heading().spans(&[Span::text(text)])
    }

    /// Returns the spans without white space or line breaks at either end.
    pub fn spans(self, spans: &[Span]) -> String {
        let out = self.run(spans);
        let mut text = out.trim_matches(BLANKS);
        while let Some(shorter) = text.strip_prefix("\\\n") {
            text = shorter.trim_start_matches(BLANKS);
        }
        while let Some(shorter) = text.strip_suffix("\\\n").or(text.strip_suffix("\\\n\\")) {
            text = shorter.trim_end_matches(BLANKS);
        }
        text.to_owned()
    }

    fn run(self, spans: &[Span]) -> String {
        let mut out = String::new();
        for (span, after) in spans.iter().zip(self.afters(spans)) {
            let before = out.chars().next_back().or(self.before);
            let here = Line { before, after, ..self };
            here.push(&mut out, span);
        }
        out
    }

    /// Returns for each span the sign that comes after it.
    fn afters(self, spans: &[Span]) -> Vec<Option<char>> {
        let mut after = self.after;
        let backwards = spans.iter().rev().map(|span| {
            let here = after;
            after = first_sign(span).or(after);
            here
        });
        let mut afters: Vec<Option<char>> = backwards.collect();
        afters.reverse();
        afters
    }

    fn push(self, out: &mut String, span: &Span) {
        match span {
            Span::Text(text) => self.push_text(out, text),
            Span::Code(text) if text.is_empty() => {}
            Span::Code(text) => out.push_str(&self.code(text)),
            Span::Strong(spans) => out.push_str(&self.stressed(spans, "**", "strong")),
            Span::Emphasis(spans) => out.push_str(&self.stressed(spans, "*", "em")),
            Span::Link { spans, .. } if self.in_link => out.push_str(&self.run(spans)),
            Span::Link { to, spans } => out.push_str(&self.link(to.as_str(), spans)),
            Span::Deleted(spans) => out.push_str(&self.tagged(spans, "del")),
            Span::Inserted(spans) => out.push_str(&self.tagged(spans, "ins")),
            Span::Marked(spans) => out.push_str(&self.tagged(spans, "mark")),
            Span::Superscript(spans) => out.push_str(&self.tagged(spans, "sup")),
            Span::Subscript(spans) => out.push_str(&self.tagged(spans, "sub")),
            Span::Small(spans) => out.push_str(&self.tagged(spans, "small")),
            Span::Cited(spans) => out.push_str(&self.tagged(spans, "cite")),
            Span::Underlined(spans) => out.push_str(&self.tagged(spans, "u")),
            Span::Quoted(spans) => out.push_str(&self.tagged(spans, "q")),
            Span::Keys(spans) => out.push_str(&self.tagged(spans, "kbd")),
            Span::Output(spans) => out.push_str(&self.tagged(spans, "samp")),
            Span::Variable(spans) => out.push_str(&self.tagged(spans, "var")),
            Span::Abbreviation { title, spans } => {
                out.push_str(&self.tagged_with(spans, "abbr", &[("title", title)]));
            }
            Span::Time { at, spans } => {
                out.push_str(&self.tagged_with(spans, "time", &[("datetime", at)]));
            }
            Span::Foreign { language, direction, spans } => {
                let told = html::foreign(language.as_deref(), *direction);
                out.push_str(&self.tagged_with(spans, "bdi", &told));
            }
            Span::Anchor(name) => {
                out.push_str(&format!("<span id=\"{}\"></span>", html::escape(&html::place(name))));
            }
            Span::Contact { spans, .. } | Span::Reference { spans, .. } if self.in_link => {
                out.push_str(&self.run(spans))
            }
            Span::Contact { to, spans } if html::is_contact(to) => {
                out.push_str(&self.link(to, spans));
            }
            Span::Contact { spans, .. } => out.push_str(&self.run(spans)),
            Span::Reference { to, spans } => {
                out.push_str(&self.link(&format!("#{}", html::place(to)), spans));
            }
            Span::Ruby { base, reading } => {
                let base = self.inside('>', '<').run(&[Span::text(base.as_str())]);
                let reading = self.inside('>', '<').run(&[Span::text(reading.as_str())]);
                out.push_str(&format!("<ruby>{base}<rt>{reading}</rt></ruby>"));
            }
            Span::Picture(picture) => out.push_str(&self.image(picture)),
            Span::Break if self.single => out.push_str("<br>"),
            Span::Break => {
                out.truncate(out.trim_end_matches(BLANKS).len());
                out.push_str("\\\n");
            }
        }
    }

    fn push_text(self, out: &mut String, text: &str) {
        // Where the line starts, unless it started before this run, with another sign.
        let line = match out.rfind('\n') {
            Some(at) => Some(at + 1),
            None => (!self.opened).then_some(0),
        };
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let starts = line.is_some_and(|line| out[line..].is_empty());
            let sign = match c {
                '\n' | '\r' | '\t' | ' ' if starts => continue,
                '\n' | '\r' | '\t' => {
                    out.push(' ');
                    continue;
                }
                '#' => starts || self.single,
                '|' => starts || self.in_cell,
                // Before a link, a `!` would make a picture of it.
                '!' => rest.is_empty(),
                '&' => escape::is_entity(rest),
                '.' | ')' => line.is_some_and(|line| escape::is_number(&out[line..])),
                c => escape::is_sign(c) || starts && escape::is_sign_of_line(c),
            };
            if sign {
                out.push('\\');
            }
            out.push(c);
        }
    }

    fn inside(self, before: char, after: char) -> Line<'a> {
        Line { opened: true, before: Some(before), after: Some(after), ..self }
    }

    /// Returns a code span, or a tag where it would be misread: after a backtick, and with a `]`
    /// in a link (`[` and `]:` at the start of a line define a name before anything is code).
    fn code(self, text: &str) -> String {
        if self.before == Some('`') || self.in_link && text.contains(']') {
            return self.tagged(&[Span::text(text)], "code");
        }
        let code = escape::code(text);
        if self.in_cell {
            return code.replace('|', "\\|");
        }
        code
    }

    /// Returns the spans between stars where those are sure to be read as such, else in tags.
    ///
    /// CommonMark lets stars open and close only by what stands around them (its rules of left-
    /// and right-flanking runs), and those were made for words with blanks between: `**“好”**的`
    /// is not strong in it.
    fn stressed(self, spans: &[Span], stars: &str, tag: &str) -> String {
        let starred = Line { in_stars: true, ..self.inside('*', '*') };
        let inner = starred.run(spans);
        if self.in_stars || !self.stars_hold(&inner) {
            return self.tagged(spans, tag);
        }
        format!("{stars}{inner}{stars}")
    }

    fn stars_hold(self, inner: &str) -> bool {
        let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else {
            return false;
        };
        let apart = |c: Option<char>| {
            c.is_none_or(|c| c != '*' && (c.is_whitespace() || c.is_ascii_punctuation()))
        };
        let edge = |c: char, outside: Option<char>| {
            let plain = c.is_alphanumeric() && outside != Some('*');
            let sign = !c.is_whitespace() && c != '*' && apart(outside);
            plain || sign
        };
        edge(first, self.before) && edge(last, self.after)
    }

    fn tagged(self, spans: &[Span], tag: &str) -> String {
        self.tagged_with(spans, tag, &[])
    }

    fn tagged_with(self, spans: &[Span], tag: &str, attributes: &[(&str, &str)]) -> String {
        let inner = self.inside('>', '<').run(spans);
        if inner.is_empty() {
            return inner;
        }
        let told =
            attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", html::escape(value)));
        format!("<{tag}{}>{inner}</{tag}>", told.collect::<String>())
    }

    fn link(self, to: &str, spans: &[Span]) -> String {
        let inner = Line { in_link: true, ..self.inside('[', ']') }.run(spans);
        format!("[{inner}]({})", escape::destination(to))
    }

    pub fn image(self, picture: &PictureUse) -> String {
        let alt = self.inside('[', ']').heading().run(&[Span::text(picture.alt.trim())]);
        let source = escape::destination(&(self.picture)(picture));
        format!("![{alt}]({source})")
    }
}

/// The blanks that CommonMark takes from the ends of a line.
const BLANKS: [char; 2] = [' ', '\t'];

/// Returns a sign that the span will start with, in kind: a letter, a blank or a mark.
fn first_sign(span: &Span) -> Option<char> {
    match span {
        Span::Text(text) => text.chars().next(),
        Span::Code(text) => (!text.is_empty()).then_some('`'),
        Span::Strong(spans) | Span::Emphasis(spans) => {
            spans.iter().find_map(first_sign).map(|_| '*')
        }
        Span::Link { .. } | Span::Contact { .. } | Span::Reference { .. } => Some('['),
        Span::Picture(_) => Some('!'),
        Span::Break => Some('\\'),
        _ => Some('<'),
    }
}
