//! The four kinds of values, and how one is read as another (XPath 1.0 §3.4, §4).

use super::{Evaluation, Item, STEP_BYTES, TEXT_BYTES_MAX};
use crate::rules::xpath::Comparison;
use html::NodeId;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// In the order of the document, each once.
    Items(Vec<Item>),
    Text(String),
    Number(f64),
    Truth(bool),
}

impl Value {
    pub fn is_true(&self) -> bool {
        match self {
            Value::Items(items) => !items.is_empty(),
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Truth(truth) => *truth,
        }
    }
}

impl Evaluation<'_> {
    /// Returns a value as text: of items, that of the first.
    pub fn text(&self, value: &Value) -> Option<String> {
        match value {
            Value::Items(items) => match items.first() {
                Some(item) => self.text_of(*item),
                None => Some(String::new()),
            },
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(written(*number)),
            Value::Truth(truth) => Some(truth.to_string()),
        }
    }

    pub fn number(&self, value: &Value) -> Option<f64> {
        match value {
            Value::Number(number) => Some(*number),
            Value::Truth(truth) => Some(f64::from(u8::from(*truth))),
            _ => self.text(value).map(|text| read_number(&text)),
        }
    }

    /// Returns the text of an item: of an element, all text below it.
    pub fn text_of(&self, item: Item) -> Option<String> {
        let text = match item {
            Item::Attribute(id, number) => {
                let attribute = self.tree.attrs(id).nth(number);
                attribute.map(|(_, value)| cut(value)).unwrap_or_default().to_owned()
            }
            Item::Node(id) => match self.tree.comment(id) {
                Some(comment) => cut(comment).to_owned(),
                None => return self.text_below(id),
            },
        };
        self.spend(1 + text.len() / STEP_BYTES)?;
        Some(text)
    }

    fn text_below(&self, id: NodeId) -> Option<String> {
        let mut text = String::new();
        for id in self.order.itself_and_below(id) {
            let piece = self.tree.text_of_node(*id).unwrap_or_default();
            self.spend(1 + piece.len() / STEP_BYTES)?;
            let room = TEXT_BYTES_MAX - text.len();
            text.push_str(&piece[..piece.floor_char_boundary(room)]);
        }
        Some(text)
    }

    pub fn compare(&self, how: Comparison, left: &Value, right: &Value) -> Option<bool> {
        let is_equality = matches!(how, Comparison::Equal | Comparison::Unequal);
        match (left, right) {
            // Which is more is asked of numbers, but where one side is of items (XPath 1.0 §3.4).
            (Value::Truth(_), other) | (other, Value::Truth(_))
                if is_equality || matches!(other, Value::Items(_)) =>
            {
                let number = |value: &Value| f64::from(u8::from(value.is_true()));
                Some(ordered(how, number(left), number(right)))
            }
            // One of them is enough.
            (Value::Items(items), other) => {
                self.any_item(items, |one| self.compare(how, one, other))
            }
            (other, Value::Items(items)) => {
                self.any_item(items, |one| self.compare(how, other, one))
            }
            (Value::Text(left), Value::Text(right)) if how == Comparison::Equal => {
                Some(left == right)
            }
            (Value::Text(left), Value::Text(right)) if how == Comparison::Unequal => {
                Some(left != right)
            }
            _ => Some(ordered(how, self.number(left)?, self.number(right)?)),
        }
    }

    fn any_item(&self, items: &[Item], holds: impl Fn(&Value) -> Option<bool>) -> Option<bool> {
        for item in items {
            if holds(&Value::Text(self.text_of(*item)?))? {
                return Some(true);
            }
        }
        Some(false)
    }
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT_BYTES_MAX)]
}

fn ordered(how: Comparison, left: f64, right: f64) -> bool {
    match how {
        Comparison::Equal => left == right,
        Comparison::Unequal => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::More => left > right,
        Comparison::MoreOrEqual => left >= right,
    }
}

/// Reads a number as XPath writes it: digits and a point, no exponent, and nothing else is one.
fn read_number(text: &str) -> f64 {
    let text = text.trim();
    let is_written = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    text.parse().ok().filter(|_| is_written).unwrap_or(f64::NAN)
}

/// Writes a number as XPath does.
fn written(number: f64) -> String {
    match number {
        _ if number == 0.0 => "0".to_owned(),
        _ if number.is_infinite() && number > 0.0 => "Infinity".to_owned(),
        _ if number.is_infinite() => "-Infinity".to_owned(),
        _ => number.to_string(),
    }
}
