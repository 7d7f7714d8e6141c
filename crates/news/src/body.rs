//! The typed tree between the extractor and every press.

use crate::{Address, PictureUse};
use serde::{Deserialize, Serialize};

/// How deep blocks may stand in one another; what lies deeper is put into the block at the limit.
///
/// A list is four levels of JSON, and the archive's reader of JSON stops at 127: lists, a figure's
/// caption and its spans at their limits must stay below that, or a kept article reads no more.
pub const BLOCK_DEPTH_MAX: usize = 20;

/// How deep spans may stand in one another; what lies deeper loses its markup and stays text.
pub const SPAN_DEPTH_MAX: usize = 16;

/// The text of an article as a tree of [`Block`]s and [`Span`]s.
///
/// It has no room for a script, an event handler, a style or an address that is not absolute
/// http(s): whatever was hostile in a page can't be said here, so every press may trust it.
/// Whoever builds one keeps to [`BLOCK_DEPTH_MAX`] and [`SPAN_DEPTH_MAX`], so that walks may
/// recurse.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body {
    pub blocks: Vec<Block>,
}

/// A piece of a body that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Paragraph(Vec<Span>),
    /// `level` is 2 to 6: 1 is the article's own headline.
    Heading {
        level: u8,
        spans: Vec<Span>,
    },
    /// `start` is the number of the first item of an ordered list; `None` is an unordered one.
    /// A `reversed` one counts down from `start`.
    List {
        start: Option<i64>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reversed: bool,
        items: Vec<Vec<Block>>,
    },
    /// Terms, each with what is said of it.
    Definitions(Vec<Definition>),
    Quote(Vec<Block>),
    /// Text whose line breaks and blanks count.
    Code {
        language: Option<String>,
        text: String,
    },
    Table {
        caption: Vec<Span>,
        rows: Vec<Row>,
    },
    Figure(Figure),
    /// Something of another site that a page had embedded: shown as a link, never loaded.
    Embed {
        address: Address,
        title: String,
    },
    /// A part that the page shows when its summary is opened, or at once where it is `open`.
    Details {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        open: bool,
        summary: Vec<Span>,
        blocks: Vec<Block>,
    },
    Rule,
}

/// A row of a table, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// A cell of a table; `columns` and `rows` are how many it spans, 1 to 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heading: bool,
    pub columns: u8,
    pub rows: u8,
    pub blocks: Vec<Block>,
}

/// One or more terms of a list of definitions, and what is said of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Vec<Span>>,
    pub blocks: Vec<Block>,
}

/// One picture or several that share a caption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub pictures: Vec<PictureUse>,
    /// The caption of them all; a caption of one picture stands with that picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Span>,
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    Text(String),
    Strong(Vec<Span>),
    Emphasis(Vec<Span>),
    Link {
        to: Address,
        spans: Vec<Span>,
    },
    Code(String),
    Deleted(Vec<Span>),
    Inserted(Vec<Span>),
    Marked(Vec<Span>),
    Superscript(Vec<Span>),
    Subscript(Vec<Span>),
    Small(Vec<Span>),
    Cited(Vec<Span>),
    Underlined(Vec<Span>),
    /// Words in quotation marks, which its reader adds.
    Quoted(Vec<Span>),
    /// What is typed on a keyboard, what a machine answers, what stands for a number.
    Keys(Vec<Span>),
    Output(Vec<Span>),
    Variable(Vec<Span>),
    Abbreviation {
        /// What it stands for.
        title: String,
        spans: Vec<Span>,
    },
    Time {
        /// The moment as machines read it, an HTML `datetime`.
        at: String,
        spans: Vec<Span>,
    },
    /// Words in another language or direction than those around; a direction alone is kept too.
    Foreign {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direction: Option<Direction>,
        spans: Vec<Span>,
    },
    /// A way to reach somebody: `mailto:`, `tel:` or `magnet:` and plain ASCII behind it.
    Contact {
        to: String,
        spans: Vec<Span>,
    },
    /// A place in the text that a [`Span::Reference`] leads to: a footnote, a part.
    Anchor(String),
    Reference {
        to: String,
        spans: Vec<Span>,
    },
    /// Text with its reading above it.
    Ruby {
        base: String,
        reading: String,
    },
    /// A picture that stands in the line: an emoji, a formula.
    Picture(PictureUse),
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Body {
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Returns the words alone, one block a line, without captions.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        self.blocks.iter().for_each(|block| block.lines(&mut lines));
        lines.join("\n")
    }

    /// Returns the pictures in reading order.
    pub fn pictures(&self) -> Vec<&PictureUse> {
        let mut found = Vec::new();
        self.blocks.iter().for_each(|block| block.pictures(&mut found));
        found
    }
}

impl Block {
    fn lines(&self, lines: &mut Vec<String>) {
        match self {
            Block::Paragraph(spans) | Block::Heading { spans, .. } => {
                let text = Span::text_of(spans);
                lines.extend(
                    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned),
                );
            }
            Block::List { items, .. } => {
                items.iter().flatten().for_each(|block| block.lines(lines));
            }
            Block::Definitions(items) => items.iter().for_each(|item| {
                lines.extend(item.terms.iter().map(|term| Span::text_of(term)));
                item.blocks.iter().for_each(|block| block.lines(lines));
            }),
            Block::Quote(blocks) => blocks.iter().for_each(|block| block.lines(lines)),
            Block::Details { summary, blocks, .. } => {
                lines.push(Span::text_of(summary));
                blocks.iter().for_each(|block| block.lines(lines));
            }
            Block::Code { text, .. } => lines.extend(text.lines().map(str::to_owned)),
            Block::Table { rows, .. } => lines.extend(rows.iter().map(Row::line)),
            Block::Figure(_) | Block::Embed { .. } | Block::Rule => {}
        }
    }

    fn pictures<'a>(&'a self, found: &mut Vec<&'a PictureUse>) {
        match self {
            Block::Paragraph(spans) | Block::Heading { spans, .. } => pictures_of(spans, found),
            Block::List { items, .. } => {
                items.iter().flatten().for_each(|block| block.pictures(found));
            }
            Block::Definitions(items) => items.iter().for_each(|item| {
                item.terms.iter().for_each(|term| pictures_of(term, found));
                item.blocks.iter().for_each(|block| block.pictures(found));
            }),
            Block::Quote(blocks) | Block::Details { blocks, .. } => {
                blocks.iter().for_each(|block| block.pictures(found));
            }
            Block::Table { rows, .. } => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.blocks).for_each(|block| block.pictures(found));
            }
            Block::Figure(figure) => found.extend(&figure.pictures),
            Block::Code { .. } | Block::Embed { .. } | Block::Rule => {}
        }
    }
}

impl Row {
    /// Returns the words of the row, cells parted by tabulators.
    fn line(&self) -> String {
        let cell = |cell: &Cell| {
            let mut lines = Vec::new();
            cell.blocks.iter().for_each(|block| block.lines(&mut lines));
            lines.join(" ")
        };
        self.cells.iter().map(cell).collect::<Vec<_>>().join("\t")
    }
}

/// What holds for the spans inside a span, and what where it has none: the one list of both.
macro_rules! inner {
    ($span:expr, $spans:ident => $some:expr, $none:expr) => {
        match $span {
            Span::Strong($spans)
            | Span::Emphasis($spans)
            | Span::Link { spans: $spans, .. }
            | Span::Deleted($spans)
            | Span::Inserted($spans)
            | Span::Marked($spans)
            | Span::Superscript($spans)
            | Span::Subscript($spans)
            | Span::Small($spans)
            | Span::Cited($spans)
            | Span::Underlined($spans)
            | Span::Quoted($spans)
            | Span::Keys($spans)
            | Span::Output($spans)
            | Span::Variable($spans)
            | Span::Abbreviation { spans: $spans, .. }
            | Span::Time { spans: $spans, .. }
            | Span::Foreign { spans: $spans, .. }
            | Span::Contact { spans: $spans, .. }
            | Span::Reference { spans: $spans, .. } => $some,
            Span::Text(_)
            | Span::Code(_)
            | Span::Ruby { .. }
            | Span::Picture(_)
            | Span::Anchor(_)
            | Span::Break => $none,
        }
    };
}

impl Span {
    pub fn text(text: impl Into<String>) -> Span {
        Span::Text(text.into())
    }

    /// Returns the words of a run of spans; a break is a line feed.
    pub fn text_of(spans: &[Span]) -> String {
        let mut text = String::new();
        spans.iter().for_each(|span| span.write(&mut text));
        text
    }

    /// Returns the spans inside this one, if it is a kind that has any.
    pub fn inner(&self) -> &[Span] {
        inner!(self, spans => spans, &[])
    }

    /// The same, to be changed.
    pub fn inner_mut(&mut self) -> Option<&mut Vec<Span>> {
        inner!(self, spans => Some(spans), None)
    }

    fn write(&self, text: &mut String) {
        match self {
            Span::Text(words) | Span::Code(words) => text.push_str(words),
            Span::Ruby { base, .. } => text.push_str(base),
            Span::Break => text.push('\n'),
            Span::Quoted(spans) => {
                text.push('“');
                spans.iter().for_each(|span| span.write(text));
                text.push('”');
            }
            other => other.inner().iter().for_each(|span| span.write(text)),
        }
    }
}

fn pictures_of<'a>(spans: &'a [Span], found: &mut Vec<&'a PictureUse>) {
    for span in spans {
        if let Span::Picture(picture) = span {
            found.push(picture);
        }
        pictures_of(span.inner(), found);
    }
}
