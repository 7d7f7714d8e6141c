//! The functions of expressions (XPath 1.0 §4).

use super::{Context, Evaluation, Item, STEP_BYTES, TEXT_BYTES_MAX, Value};
use crate::rules::xpath::{Expression, Function};
use std::collections::HashMap;

impl Evaluation<'_> {
    /// Calls a function; how many arguments it has was seen to when it was read.
    pub(super) fn call(
        &self,
        function: Function,
        arguments: &[Expression],
        at: &Context,
    ) -> Option<Value> {
        let text = |number: usize| self.argument(arguments, number, at);
        Some(match function {
            Function::Last => Value::Number(at.last as f64),
            Function::Position => Value::Number(at.position as f64),
            Function::Count => Value::Number(self.items(&arguments[0], at)?.len() as f64),
            Function::Id => Value::Items(self.with_id(&text(0)?)?),
            Function::Name => Value::Text(self.name(arguments, at)?),
            Function::String => Value::Text(text(0)?),
            Function::Concat => Value::Text(self.concat(arguments, at)?),
            Function::StartsWith => Value::Truth(text(0)?.starts_with(&text(1)?)),
            Function::Contains => Value::Truth(text(0)?.contains(&text(1)?)),
            Function::SubstringBefore => {
                let (text, sign) = (text(0)?, text(1)?);
                Value::Text(text.split_once(&sign).map_or("", |(before, _)| before).to_owned())
            }
            Function::SubstringAfter => {
                let (text, sign) = (text(0)?, text(1)?);
                Value::Text(text.split_once(&sign).map_or("", |(_, after)| after).to_owned())
            }
            Function::Substring => Value::Text(self.substring(&text(0)?, arguments, at)?),
            Function::StringLength => Value::Number(text(0)?.chars().count() as f64),
            Function::NormalizeSpace => Value::Text(squeezed(&text(0)?)),
            Function::Translate => {
                let (text, from, to) = (text(0)?, text(1)?, text(2)?);
                // Looking a character up takes longer than reading it.
                self.spend(text.len() + from.len())?;
                Value::Text(translated(&text, &from, &to))
            }
            Function::Not => Value::Truth(!self.value(&arguments[0], at)?.is_true()),
            Function::Boolean => Value::Truth(self.value(&arguments[0], at)?.is_true()),
            Function::True => Value::Truth(true),
            Function::False => Value::Truth(false),
            Function::Number => Value::Number(match arguments.first() {
                Some(argument) => self.number_of(argument, at)?,
                None => self.number(&Value::Items(vec![at.item]))?,
            }),
        })
    }

    /// Returns an argument as text; where none stands, that of the item looked at.
    fn argument(&self, arguments: &[Expression], number: usize, at: &Context) -> Option<String> {
        let text = match arguments.get(number) {
            Some(argument) => self.text(&self.value(argument, at)?)?,
            None => self.text_of(at.item)?,
        };
        self.spend(1 + text.len() / STEP_BYTES)?;
        Some(text)
    }

    fn items(&self, expression: &Expression, at: &Context) -> Option<Vec<Item>> {
        Some(match self.value(expression, at)? {
            Value::Items(items) => items,
            _ => Vec::new(),
        })
    }

    fn with_id(&self, wanted: &str) -> Option<Vec<Item>> {
        self.spend(self.order.all().len())?;
        let is_it = |id: &&html::NodeId| self.tree.attr(**id, "id") == Some(wanted);
        Some(self.order.all().iter().filter(is_it).map(|id| Item::Node(*id)).collect())
    }

    fn name(&self, arguments: &[Expression], at: &Context) -> Option<String> {
        let item = match arguments.first() {
            Some(argument) => self.items(argument, at)?.first().copied(),
            None => Some(at.item),
        };
        let name = item.and_then(|item| match item {
            Item::Node(id) => self.tree.name(id),
            Item::Attribute(id, number) => self.tree.attrs(id).nth(number).map(|(name, _)| name),
        });
        Some(name.unwrap_or_default().to_owned())
    }

    fn concat(&self, arguments: &[Expression], at: &Context) -> Option<String> {
        let mut joined = String::new();
        for number in 0..arguments.len() {
            let text = self.argument(arguments, number, at)?;
            let room = TEXT_BYTES_MAX - joined.len();
            joined.push_str(&text[..text.floor_char_boundary(room)]);
        }
        Some(joined)
    }

    /// Returns the characters whose rounded places, counted from 1, are asked for.
    fn substring(&self, text: &str, arguments: &[Expression], at: &Context) -> Option<String> {
        let from = rounded(self.number_of(&arguments[1], at)?);
        let until = match arguments.get(2) {
            Some(len) => from + rounded(self.number_of(len, at)?),
            None => f64::INFINITY,
        };
        let is_in = |place: usize| place as f64 >= from && (place as f64) < until;
        let within = text.chars().enumerate().filter(|(before, _)| is_in(before + 1));
        Some(within.map(|(_, c)| c).collect())
    }
}

/// Rounds as XPath does: halves go up.
fn rounded(number: f64) -> f64 {
    (number + 0.5).floor()
}

/// Returns a text with its white space squeezed, as XML understands white space.
fn squeezed(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Puts for each character of `from` the one at its place in `to`, or nothing where there is none.
fn translated(text: &str, from: &str, to: &str) -> String {
    let mut others: HashMap<char, Option<char>> = HashMap::new();
    let mut to = to.chars();
    for c in from.chars() {
        let other = to.next();
        others.entry(c).or_insert(other);
    }
    text.chars().filter_map(|c| others.get(&c).copied().unwrap_or(Some(c))).collect()
}
