//! What an expression finds in a page.
//!
//! The page is walked without recursion, in the order of the document; only the expression, whose
//! depth is limited, is walked by calling oneself. Every node and every text that is looked at
//! costs steps. When they are used up there is no answer, so no expression holds up a reading.

mod functions;
mod order;
mod value;

use super::xpath::{Axis, Expression, Operation, Path, Start, Step, Test};
use html::{NodeId, Tree};
use order::Order;
use std::cell::Cell;

pub use value::Value;

/// How many steps all rules may take on one page: nodes looked at, and every [`STEP_BYTES`] of text
/// read. A large page has 20,000 nodes, and a rule looks at each once or twice.
pub const STEPS_MAX: usize = 20_000_000;
/// How much text is read in one step, in bytes.
const STEP_BYTES: usize = 16;
/// A text longer than this is cut, in bytes.
const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// From so many items on, those that were found twice are taken out in between.
const ITEMS_TIDIED: usize = 100_000;

/// What a path finds: a node, or the attribute of an element by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Node(NodeId),
    Attribute(NodeId, usize),
}

/// A page, and the steps that are left on it.
pub struct Evaluation<'a> {
    tree: &'a Tree,
    order: Order,
    steps_left: Cell<usize>,
}

/// What an expression is asked of: an item, and its place among others.
#[derive(Clone, Copy)]
struct Context {
    item: Item,
    position: usize,
    last: usize,
}

impl<'a> Evaluation<'a> {
    pub fn new(tree: &'a Tree, steps_max: usize) -> Evaluation<'a> {
        Evaluation { tree, order: Order::of(tree), steps_left: Cell::new(steps_max) }
    }

    /// Evaluates an expression for the whole page; `None` when the steps are used up.
    pub fn of_page(&self, expression: &Expression) -> Option<Value> {
        let page = Item::Node(self.tree.root());
        self.value(expression, &Context { item: page, position: 1, last: 1 })
    }

    /// Returns all nodes of the page in the order of the document.
    pub fn nodes(&self) -> &[NodeId] {
        self.order.all()
    }

    /// Returns the places of a node and of all below it among them.
    pub fn range(&self, id: NodeId) -> std::ops::Range<usize> {
        self.order.with_below(id)
    }

    /// Takes steps; `None` when too few are left.
    pub fn spend(&self, steps: usize) -> Option<()> {
        let left = self.steps_left.get().checked_sub(steps);
        self.steps_left.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    fn value(&self, expression: &Expression, at: &Context) -> Option<Value> {
        match expression {
            Expression::Or(all) => Some(Value::Truth(self.any(all, at, true)?)),
            Expression::And(all) => Some(Value::Truth(!self.any(all, at, false)?)),
            Expression::Compare(how, sides) => {
                let (left, right) = (self.value(&sides[0], at)?, self.value(&sides[1], at)?);
                self.compare(*how, &left, &right).map(Value::Truth)
            }
            Expression::Reckon(how, sides) => {
                let (left, right) =
                    (self.number_of(&sides[0], at)?, self.number_of(&sides[1], at)?);
                Some(Value::Number(reckon(*how, left, right)))
            }
            Expression::Negative(inner) => Some(Value::Number(-self.number_of(inner, at)?)),
            Expression::Union(all) => self.union(all, at).map(Value::Items),
            Expression::Path(path) => self.path(path, at).map(Value::Items),
            Expression::Call(function, arguments) => self.call(*function, arguments, at),
            Expression::Text(text) => Some(Value::Text(text.clone())),
            Expression::Number(number) => Some(Value::Number(*number)),
        }
    }

    /// Tells whether one of them is as true as asked for.
    fn any(&self, all: &[Expression], at: &Context, wanted: bool) -> Option<bool> {
        for expression in all {
            if self.value(expression, at)?.is_true() == wanted {
                return Some(true);
            }
        }
        Some(false)
    }

    fn number_of(&self, expression: &Expression, at: &Context) -> Option<f64> {
        let value = self.value(expression, at)?;
        self.number(&value)
    }

    fn union(&self, all: &[Expression], at: &Context) -> Option<Vec<Item>> {
        let mut found = Vec::new();
        for expression in all {
            if let Value::Items(items) = self.value(expression, at)? {
                found.extend(items);
            }
        }
        self.tidy(&mut found);
        Some(found)
    }

    fn path(&self, path: &Path, at: &Context) -> Option<Vec<Item>> {
        let mut items = match &path.start {
            Start::Page => vec![Item::Node(self.tree.root())],
            Start::Here => vec![at.item],
            Start::Found(first, predicates) => match self.value(first, at)? {
                Value::Items(items) => self.filtered(items, predicates)?,
                _ => Vec::new(),
            },
        };
        for step in &path.steps {
            items = self.step(&items, step)?;
        }
        Some(items)
    }

    /// Goes a step on from all that the one before found.
    fn step(&self, from: &[Item], step: &Step) -> Option<Vec<Item>> {
        // What lies below one of them lies below what is around it, too, and is walked once.
        let goes_below = matches!(step.axis, Axis::Descendant | Axis::DescendantOrSelf);
        let is_once = goes_below && step.predicates.is_empty();
        let (mut walked, mut tidied) = (0, ITEMS_TIDIED);
        let mut found = Vec::new();
        for item in from {
            if let Item::Node(id) = item
                && is_once
            {
                let below = self.order.with_below(*id);
                if below.start < walked {
                    continue;
                }
                walked = below.end;
            }
            let near = self.along(step, *item)?;
            found.extend(self.filtered(near, &step.predicates)?);
            if found.len() > tidied {
                self.tidy(&mut found);
                tidied = ITEMS_TIDIED.max(found.len() * 2);
            }
        }
        self.tidy(&mut found);
        Some(found)
    }

    /// Keeps those for which all predicates hold.
    fn filtered(&self, items: Vec<Item>, predicates: &[Expression]) -> Option<Vec<Item>> {
        let mut items = items;
        for predicate in predicates {
            let last = items.len();
            let mut kept = Vec::new();
            for (at, item) in items.into_iter().enumerate() {
                self.spend(1)?;
                let position = at + 1;
                let holds = match self.value(predicate, &Context { item, position, last })? {
                    Value::Number(number) => number == position as f64,
                    value => value.is_true(),
                };
                if holds {
                    kept.push(item);
                }
            }
            items = kept;
        }
        Some(items)
    }

    /// Returns what a step meets from one item, the nearest first.
    fn along(&self, step: &Step, item: Item) -> Option<Vec<Item>> {
        let mut found = Vec::new();
        if step.axis == Axis::Attribute {
            if let Item::Node(id) = item {
                self.attributes(id, &step.test, &mut found)?;
            }
            return Some(found);
        }
        if matches!(item, Item::Attribute(..)) && is_own(step.axis) && step.test == Test::Node {
            found.push(item);
        }
        for id in self.nodes_along(step.axis, item) {
            self.spend(1)?;
            if self.is(id, &step.test) {
                found.push(Item::Node(id));
            }
        }
        Some(found)
    }

    fn attributes(&self, id: NodeId, test: &Test, found: &mut Vec<Item>) -> Option<()> {
        for (number, (name, _)) in self.tree.attrs(id).enumerate() {
            self.spend(1)?;
            let is_it = match test {
                Test::Any | Test::Node => true,
                Test::Name(wanted) => name == wanted,
                Test::Text | Test::Comment => false,
            };
            if is_it {
                found.push(Item::Attribute(id, number));
            }
        }
        Some(())
    }

    fn nodes_along(&self, axis: Axis, item: Item) -> Box<dyn Iterator<Item = NodeId> + '_> {
        let tree = self.tree;
        let id = match (item, axis) {
            (Item::Node(id), _) => id,
            // An attribute has nothing but what is around it.
            (Item::Attribute(owner, _), Axis::Parent) => return Box::new(std::iter::once(owner)),
            (Item::Attribute(owner, _), Axis::Ancestor | Axis::AncestorOrSelf) => {
                return Box::new(std::iter::once(owner).chain(tree.ancestors(owner)));
            }
            _ => return Box::new(std::iter::empty()),
        };
        match axis {
            Axis::Itself => Box::new(std::iter::once(id)),
            Axis::Child => Box::new(tree.children(id)),
            Axis::Parent => Box::new(tree.parent(id).into_iter()),
            Axis::Ancestor => Box::new(tree.ancestors(id)),
            Axis::AncestorOrSelf => Box::new(std::iter::once(id).chain(tree.ancestors(id))),
            Axis::Descendant => Box::new(self.order.below(id).iter().copied()),
            Axis::DescendantOrSelf => Box::new(self.order.itself_and_below(id).iter().copied()),
            Axis::Following => Box::new(self.order.behind(id).iter().copied()),
            Axis::Preceding => {
                Box::new(self.order.before(id).iter().rev().copied().filter(move |before| {
                    self.order.with_below(*before).end <= self.order.with_below(id).start
                }))
            }
            Axis::FollowingSibling => {
                let next = |id: &NodeId| tree.next_sibling(*id);
                Box::new(std::iter::successors(tree.next_sibling(id), next))
            }
            Axis::PrecedingSibling => {
                let next = |id: &NodeId| tree.previous_sibling(*id);
                Box::new(std::iter::successors(tree.previous_sibling(id), next))
            }
            Axis::Attribute => Box::new(std::iter::empty()),
        }
    }

    fn is(&self, id: NodeId, test: &Test) -> bool {
        match test {
            Test::Any => self.tree.name(id).is_some(),
            Test::Name(wanted) => self.tree.name(id) == Some(wanted),
            Test::Text => self.tree.text_of_node(id).is_some(),
            Test::Comment => self.tree.is_comment(id),
            Test::Node => true,
        }
    }

    /// Puts items into the order of the document, each once.
    fn tidy(&self, items: &mut Vec<Item>) {
        items.sort_by_key(|item| match item {
            Item::Node(id) => (self.order.with_below(*id).start, 0),
            Item::Attribute(id, number) => (self.order.with_below(*id).start, number + 1),
        });
        items.dedup();
    }
}

/// Tells whether a direction begins with the item itself.
fn is_own(axis: Axis) -> bool {
    matches!(axis, Axis::Itself | Axis::DescendantOrSelf | Axis::AncestorOrSelf)
}

fn reckon(how: Operation, left: f64, right: f64) -> f64 {
    match how {
        Operation::Add => left + right,
        Operation::Subtract => left - right,
        Operation::Multiply => left * right,
        Operation::Divide => left / right,
        Operation::Remainder => left % right,
    }
}

#[cfg(test)]
mod tests;
