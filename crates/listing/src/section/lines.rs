//! The lines of words in an element, without what is glued to a headline.

use super::layout::Layout;
use super::words;

/// The longest words that are looked at, in bytes.
const BYTES_MAX: usize = 4_000;

/// What weighs more is no count, no date, no time.
const COUNT_WEIGHT_MAX: u32 = 20;

/// Class names of what stands at a headline and is no part of it.
#[rustfmt::skip]
const EXTRAS: [&str; 34] = [
    "author", "badge", "byline", "category", "comment", "comments", "count", "counter", "date",
    "duration", "eyebrow", "flag", "hidden", "icon", "index", "kicker", "label", "meta", "num",
    "number", "overline", "paywall", "plus", "premium", "rank", "ranking", "roofline", "sr", "tag",
    "time", "timestamp", "topic", "views", "visually",
];

/// Words of an element, a line for each of its blocks.
#[derive(Default)]
pub struct Lines(pub Vec<String>);

impl Lines {
    /// Reads the lines of an element without times, counts and labels; with them if nothing else
    /// is there.
    pub fn read(layout: &Layout, spot: usize) -> Lines {
        match Lines::without(layout, spot, is_extra) {
            lines if lines.0.is_empty() => Lines::without(layout, spot, |_, _| false),
            lines => lines,
        }
    }

    /// Reads the lines of an element without those elements below it that are to be skipped.
    pub fn without(layout: &Layout, spot: usize, skip: impl Fn(&Layout, usize) -> bool) -> Lines {
        let mut lines = Lines::default();
        let (mut line, mut bytes) = (String::new(), 0);
        let mut block_ends = vec![layout.spots[spot].end];
        let mut at = spot;
        while at < layout.spots[spot].end && bytes < BYTES_MAX {
            while block_ends.last().is_some_and(|end| *end <= at) {
                block_ends.pop();
                lines.end(&mut line);
            }
            if at > spot && skip(layout, at) {
                line.push(' ');
                at = layout.spots[at].end;
                continue;
            }
            if let Some(text) = layout.tree.text_of_node(layout.spots[at].id) {
                line.push_str(&text[..text.floor_char_boundary(BYTES_MAX)]);
                bytes += text.len();
            } else if is_block(layout.name(at)) {
                lines.end(&mut line);
                block_ends.push(layout.spots[at].end);
            }
            at += 1;
        }
        lines.end(&mut line);
        lines
    }

    fn end(&mut self, line: &mut String) {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.0.push(words);
        }
        line.clear();
    }
}

/// Tells whether an element in a headline is a time, a count or a label.
fn is_extra(layout: &Layout, spot: usize) -> bool {
    match layout.name(spot) {
        "" => return false,
        "time" | "button" => return true,
        _ => {}
    }
    if layout.weight(spot) <= COUNT_WEIGHT_MAX && is_count(&layout.text(spot)) {
        return true;
    }
    let Some(class) = layout.attr(spot, "class") else {
        return false;
    };
    let names = words::names(class);
    let is_title = names.iter().any(|name| matches!(name.as_str(), "title" | "headline"));
    !is_title && names.iter().any(|name| EXTRAS.binary_search(&name.as_str()).is_ok())
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && words::is_numeric(text)
}

/// Tells whether an element has lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "aside"
            | "br"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}

/// Takes counts, dates and bullets off both ends of a headline: `· Bridge opens (12)`.
pub fn trimmed(line: &str) -> &str {
    let bullets = |c: char| c.is_whitespace() || "·•●▪■◆►▶»›>|-–—・*".contains(c);
    let mut text = line.trim_start_matches(bullets).trim();
    while let Some((start, _)) = last_in_brackets(text) {
        text = start.trim_end();
    }
    text.trim_end_matches(|c: char| c.is_whitespace() || "·|»›".contains(c))
}

/// Splits off brackets at the end that hold no letters: `(12)`, `[07-03]`, `（6:30）`.
fn last_in_brackets(text: &str) -> Option<(&str, &str)> {
    let (close, open) = match text.chars().next_back()? {
        ')' => (')', '('),
        ']' => (']', '['),
        '）' => ('）', '（'),
        _ => return None,
    };
    let at = text.rfind(open)?;
    let inner = text[at + open.len_utf8()..].trim_end_matches(close);
    let is_count = !inner.is_empty() && words::is_numeric(inner) && at > 0;
    // `(2024)` belongs to the name of a film or of a report.
    let is_year = inner.len() == 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
    (is_count && !is_year).then(|| (&text[..at], inner))
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    #[test]
    fn counts_and_bullets_are_taken_off() {
        assert_eq!(trimmed("· 港务局批准第二座大桥 (07-03)"), "港务局批准第二座大桥");
        assert_eq!(trimmed("Bridge opens (12)"), "Bridge opens");
        assert_eq!(trimmed("The Long Tide (2024)"), "The Long Tide (2024)");
        assert_eq!(trimmed("Ferry (late again)"), "Ferry (late again)");
    }
}
