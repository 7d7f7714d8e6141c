//! The blocks that are open while a body is read.

use super::line::Line;
use crate::characters::is_blank;
use news::{BLOCK_DEPTH_MAX, Block, Cell, Definition, Figure, PictureUse, Row, Span};

/// A block that is open, and the blocks inside it so far.
pub struct Frame {
    pub kind: Kind,
    pub blocks: Vec<Block>,
}

pub enum Kind {
    Root,
    Quote,
    List {
        start: Option<i64>,
        reversed: bool,
        items: Vec<Vec<Block>>,
    },
    Item,
    Definitions(Vec<Definition>),
    /// What is said of the terms before it.
    Description,
    Table {
        caption: Vec<Span>,
        rows: Vec<Row>,
    },
    Row(Vec<Cell>),
    Cell {
        heading: bool,
        columns: u8,
        rows: u8,
    },
    Details {
        open: bool,
        summary: Vec<Span>,
    },
    Figure(OpenFigure),
    /// Holds a line and no blocks.
    Host(Host),
}

/// A figure while it is read.
#[derive(Default)]
pub struct OpenFigure {
    pub pictures: Vec<PictureUse>,
    pub caption: Vec<Span>,
    pub credit: Option<String>,
}

/// What a line is for, where it makes no paragraph.
#[derive(Clone, Copy, PartialEq)]
pub enum Host {
    Heading(u8),
    /// A term of a list of definitions.
    Term,
    TableCaption,
    FigureCaption,
    /// A caption that stands below its figure.
    LooseCaption,
    Summary,
}

/// Text beside the pictures of a figure is their caption up to this length, in bytes.
const CAPTION_BYTES_MAX: usize = 1_500;

/// The longest credit line, in bytes.
pub const CREDIT_BYTES_MAX: usize = 240;

pub struct Frames {
    frames: Vec<Frame>,
    pub line: Line,
}

impl Frames {
    pub fn new() -> Frames {
        Frames { frames: vec![Frame::new(Kind::Root)], line: Line::new() }
    }

    /// Returns the blocks, after everything has been closed.
    pub fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while self.frames.len() > 1 {
            self.close();
        }
        self.frames.pop().map(|root| root.blocks).unwrap_or_default()
    }

    pub fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the root is closed last")
    }

    pub fn kind(&self) -> &Kind {
        &self.frames.last().expect("the root is closed last").kind
    }

    pub fn host(&self) -> Option<Host> {
        match self.kind() {
            Kind::Host(host) => Some(*host),
            _ => None,
        }
    }

    /// Tells whether one more block may hold others.
    pub fn may_nest(&self) -> bool {
        // A table is as deep as two others, where articles are kept as JSON.
        let depth = |frame: &Frame| 1 + usize::from(matches!(frame.kind, Kind::Table { .. }));
        let nests = |frame: &&Frame| {
            matches!(
                frame.kind,
                Kind::Quote
                    | Kind::List { .. }
                    | Kind::Definitions(_)
                    | Kind::Table { .. }
                    | Kind::Details { .. }
            )
        };
        self.frames.iter().filter(nests).map(depth).sum::<usize>() + 2 <= BLOCK_DEPTH_MAX
    }

    /// Ends the paragraph, or in a heading or a caption the line.
    pub fn end_line(&mut self) {
        if self.host().is_some() {
            return self.line.boundary();
        }
        self.keep_ended();
        let spans = self.line.take();
        self.paragraph(spans);
    }

    /// Takes over the paragraphs that breaks have ended.
    pub fn keep_ended(&mut self) {
        let ended: Vec<_> = self.line.ended().collect();
        ended.into_iter().for_each(|spans| self.paragraph(spans));
    }

    pub fn open(&mut self, kind: Kind) {
        self.end_line();
        self.line.splits = !matches!(kind, Kind::Host(_));
        self.frames.push(Frame::new(kind));
    }

    pub fn close(&mut self) {
        if self.host().is_none() {
            self.end_line();
        }
        self.line.splits = true;
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            self.closed(frame);
        }
    }

    /// Puts a block where it belongs.
    pub fn deliver(&mut self, block: Block) {
        let frame = self.top();
        match &mut frame.kind {
            Kind::List { .. } if block == Block::Rule => {}
            Kind::List { items, .. } => match (items.last_mut(), block) {
                (Some(last), block @ Block::List { .. }) => last.push(block),
                (_, block) => items.push(vec![block]),
            },
            Kind::Definitions(items) => match items.last_mut() {
                Some(last) if block == Block::Rule && last.blocks.last() == Some(&block) => {}
                Some(last) => last.blocks.push(block),
                None => items.push(Definition { terms: Vec::new(), blocks: vec![block] }),
            },
            _ if block == Block::Rule && frame.blocks.last() == Some(&Block::Rule) => {}
            _ => frame.blocks.push(block),
        }
    }

    /// Returns the figure that a caption here would belong to.
    pub fn open_figure(&mut self) -> Option<&mut OpenFigure> {
        let is_caption = self.host() == Some(Host::FigureCaption);
        let at = self.frames.len() - 1 - usize::from(is_caption);
        match &mut self.frames.get_mut(at)?.kind {
            Kind::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// Returns the one picture of the figure that ends right here.
    pub fn figure_before(&mut self) -> Option<&mut PictureUse> {
        let is_caption = self.host() == Some(Host::LooseCaption);
        if self.line.is_started() && !is_caption {
            return None;
        }
        let at = self.frames.len() - 1 - usize::from(is_caption);
        match self.frames.get_mut(at)?.blocks.last_mut()? {
            Block::Figure(Figure { pictures, .. }) => match pictures.as_mut_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the picture that was put last, if nothing came after it.
    pub fn last_picture(&mut self) -> Option<&mut PictureUse> {
        let frame = self.top();
        match (&mut frame.kind, frame.blocks.last_mut()) {
            (Kind::Figure(figure), _) => figure.pictures.last_mut(),
            (_, Some(Block::Figure(figure))) => figure.pictures.last_mut(),
            _ => None,
        }
    }

    pub fn picture(&mut self, picture: PictureUse) {
        self.end_line();
        match &mut self.top().kind {
            Kind::Figure(figure) => figure.pictures.push(picture),
            _ => self.deliver(figure_of(picture)),
        }
    }

    fn paragraph(&mut self, spans: Vec<Span>) {
        if !spans.is_empty() {
            self.deliver(Block::Paragraph(spans));
        }
    }

    fn closed(&mut self, frame: Frame) {
        let blocks = frame.blocks;
        match frame.kind {
            Kind::Root => {}
            Kind::Quote if blocks.is_empty() => {}
            Kind::Quote => self.deliver(Block::Quote(blocks)),
            Kind::Item => {
                if let Kind::List { items, .. } = &mut self.top().kind
                    && !blocks.is_empty()
                {
                    items.push(blocks);
                }
            }
            Kind::List { items, .. } if items.is_empty() => {}
            Kind::List { start, reversed, items } => {
                self.deliver(Block::List { start, reversed, items });
            }
            Kind::Definitions(items) if items.is_empty() => {}
            Kind::Definitions(items) => self.deliver(Block::Definitions(items)),
            Kind::Description => blocks.into_iter().for_each(|block| self.deliver(block)),
            Kind::Cell { heading, columns, rows } => self.cell(heading, columns, rows, blocks),
            Kind::Row(cells) => self.row(cells, blocks),
            Kind::Table { caption, rows } => self.table(caption, rows, blocks),
            Kind::Details { open, summary } => self.details(open, summary, blocks),
            Kind::Figure(figure) => self.figure(figure, blocks),
            Kind::Host(host) => {
                let spans = self.line.take();
                self.hosted(host, spans);
            }
        }
    }

    fn cell(&mut self, heading: bool, columns: u8, rows: u8, blocks: Vec<Block>) {
        if let Kind::Row(cells) = &mut self.top().kind {
            cells.push(Cell { heading, columns, rows, blocks });
        }
    }

    fn row(&mut self, cells: Vec<Cell>, strays: Vec<Block>) {
        let top = self.top();
        if let Kind::Table { rows, .. } = &mut top.kind
            && !cells.is_empty()
        {
            rows.push(Row { cells });
        }
        top.blocks.extend(strays);
    }

    fn table(&mut self, caption: Vec<Span>, rows: Vec<Row>, strays: Vec<Block>) {
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        if cells.any(|cell| !cell.blocks.is_empty()) {
            self.deliver(Block::Table { caption, rows });
        } else {
            self.paragraph(caption);
        }
        strays.into_iter().for_each(|block| self.deliver(block));
    }

    fn details(&mut self, open: bool, summary: Vec<Span>, blocks: Vec<Block>) {
        if summary.is_empty() {
            blocks.into_iter().for_each(|block| self.deliver(block));
        } else if blocks.is_empty() {
            self.paragraph(summary);
        } else {
            self.deliver(Block::Details { open, summary, blocks });
        }
    }

    fn hosted(&mut self, host: Host, spans: Vec<Span>) {
        if spans.is_empty() {
            return;
        }
        match (host, &mut self.top().kind) {
            (Host::Heading(level), _) => self.heading(level, spans),
            (Host::TableCaption, Kind::Table { caption, .. }) => add_line(caption, spans),
            (Host::FigureCaption, Kind::Figure(figure)) => add_line(&mut figure.caption, spans),
            (Host::Summary, Kind::Details { summary, .. }) => add_line(summary, spans),
            (Host::Term, Kind::Definitions(items)) => match items.last_mut() {
                Some(last) if last.blocks.is_empty() => last.terms.push(spans),
                _ => items.push(Definition { terms: vec![spans], blocks: Vec::new() }),
            },
            (Host::LooseCaption, _) => match self.figure_before() {
                Some(picture) => add_line(&mut picture.caption, spans),
                None => self.paragraph(spans),
            },
            _ => self.paragraph(spans),
        }
    }

    /// A heading without words holds pictures: those are figures.
    fn heading(&mut self, level: u8, spans: Vec<Span>) {
        if Span::text_of(&spans).chars().any(|c| !is_blank(c)) {
            return self.deliver(Block::Heading { level, spans });
        }
        pictures_of(spans).into_iter().for_each(|picture| self.picture(picture));
    }

    fn figure(&mut self, mut figure: OpenFigure, blocks: Vec<Block>) {
        if figure.pictures.is_empty() {
            return self.figure_without_picture(figure, blocks);
        }
        let rest = if figure.caption.is_empty() && is_caption(&blocks) {
            lines(&mut figure.caption, blocks);
            Vec::new()
        } else {
            blocks
        };
        credit(&mut figure);
        if let [one] = figure.pictures.as_mut_slice()
            && one.caption.is_empty()
        {
            one.caption = std::mem::take(&mut figure.caption);
        }
        match &mut self.top().kind {
            Kind::Figure(outer) => {
                if let Some(last) = figure.pictures.last_mut() {
                    add_line(&mut last.caption, figure.caption);
                }
                outer.pictures.append(&mut figure.pictures);
            }
            _ => self.deliver(Block::Figure(Figure {
                pictures: figure.pictures,
                caption: figure.caption,
            })),
        }
        rest.into_iter().for_each(|block| self.deliver(block));
    }

    /// A figure of something else: a table, a quotation, a film.
    fn figure_without_picture(&mut self, figure: OpenFigure, mut blocks: Vec<Block>) {
        let mut caption_left = figure.caption;
        if let [Block::Table { caption, .. }] = blocks.as_mut_slice()
            && caption.is_empty()
        {
            *caption = std::mem::take(&mut caption_left);
        }
        blocks.into_iter().for_each(|block| self.deliver(block));
        self.paragraph(caption_left);
        if let Some(credit) = figure.credit {
            self.paragraph(vec![Span::text(credit)]);
        }
    }
}

impl Frame {
    fn new(kind: Kind) -> Frame {
        Frame { kind, blocks: Vec::new() }
    }
}

pub fn figure_of(picture: PictureUse) -> Block {
    Block::Figure(Figure { pictures: vec![picture], caption: Vec::new() })
}

/// Gives the credit of a figure to those of its pictures that have none.
fn credit(figure: &mut OpenFigure) {
    for picture in &mut figure.pictures {
        if picture.credit.is_none() {
            picture.credit.clone_from(&figure.credit);
        }
    }
}

/// Tells whether the blocks beside a picture are words enough for a caption and no more.
fn is_caption(blocks: &[Block]) -> bool {
    let len = |block: &Block| match block {
        Block::Paragraph(spans) => Span::text_of(spans).len(),
        _ => CAPTION_BYTES_MAX + 1,
    };
    blocks.iter().map(len).sum::<usize>() <= CAPTION_BYTES_MAX
}

fn lines(to: &mut Vec<Span>, blocks: Vec<Block>) {
    for block in blocks {
        if let Block::Paragraph(spans) = block {
            add_line(to, spans);
        }
    }
}

fn add_line(to: &mut Vec<Span>, spans: Vec<Span>) {
    if !to.is_empty() && !spans.is_empty() {
        to.push(Span::Break);
    }
    to.extend(spans);
}

fn pictures_of(spans: Vec<Span>) -> Vec<PictureUse> {
    let mut found = Vec::new();
    for span in spans {
        match span {
            Span::Picture(picture) => found.push(picture),
            other => found.extend(pictures_of(other.inner().to_vec())),
        }
    }
    found
}
