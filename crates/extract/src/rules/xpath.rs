//! The part of XPath 1.0 in which rules are written, read once and kept as a tree.

mod read;
mod tokens;

/// An expression longer than this isn't read, in bytes.
pub const EXPRESSION_BYTES_MAX: usize = 4_000;
/// How deep brackets may nest, and how many operators may follow another of their kind: whoever
/// walks a tree of expressions does so by calling himself.
pub const DEPTH_MAX: usize = 32;

/// What is asked of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    Or(Vec<Expression>),
    And(Vec<Expression>),
    Compare(Comparison, Box<[Expression; 2]>),
    Reckon(Operation, Box<[Expression; 2]>),
    Negative(Box<Expression>),
    /// `a | b`: all that either finds.
    Union(Vec<Expression>),
    Path(Path),
    Call(Function, Vec<Expression>),
    Text(String),
    Number(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// Steps through the page, each from all that the one before found.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub start: Start,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The page itself: `/`.
    Page,
    /// What is looked at now.
    Here,
    /// What an expression finds, as far as its predicates hold: `(//article)[1]`.
    Found(Box<Expression>, Vec<Expression>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub axis: Axis,
    pub test: Test,
    pub predicates: Vec<Expression>,
}

/// In which direction a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Itself,
    Child,
    Descendant,
    DescendantOrSelf,
    Parent,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Attribute,
}

/// What a step finds there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `*`: any element or attribute.
    Any,
    /// An element or an attribute of this name, in lower case as the tree has it.
    Name(String),
    Text,
    Comment,
    Node,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Last,
    Position,
    Count,
    Id,
    Name,
    String,
    Concat,
    StartsWith,
    Contains,
    SubstringBefore,
    SubstringAfter,
    Substring,
    StringLength,
    NormalizeSpace,
    Translate,
    Not,
    Boolean,
    True,
    False,
    Number,
}

impl Expression {
    /// Reads an expression; the error says in one sentence what can't be read.
    pub fn read(text: &str) -> Result<Expression, String> {
        read::whole(text)
    }

    /// Tells whether it finds attributes and no elements.
    pub fn finds_attributes(&self) -> bool {
        match self {
            Expression::Path(path) => {
                path.steps.last().is_some_and(|step| step.axis == Axis::Attribute)
            }
            Expression::Union(all) => all.iter().all(Expression::finds_attributes),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
