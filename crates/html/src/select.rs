//! A small CSS selector matcher.

use crate::tree::{NodeId, Tree};

pub fn select(tree: &Tree, from: NodeId, selector: &str) -> Vec<NodeId> {
    let Some(paths) = selector.split(',').map(Path::read).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    tree.descendants(from)
        .filter(|id| tree.name(*id).is_some())
        .filter(|id| paths.iter().any(|path| path.matches(tree, *id)))
        .collect()
}

/// `div > p.lead a`: the steps from the outermost to the element itself.
struct Path {
    steps: Vec<Step>,
}

/// One element of a path, and how it hangs on the step before.
struct Step {
    is_child: bool,
    tests: Vec<Test>,
}

enum Test {
    Any,
    Name(String),
    Id(String),
    Class(String),
    Attribute { name: String, how: How, value: String },
}

#[derive(Clone, Copy)]
enum How {
    Present,
    Equal,
    Contains,
    Starts,
    Ends,
    Word,
}

/// A path longer than this finds nothing.
const STEPS_MAX: usize = 8;

impl Path {
    fn read(text: &str) -> Option<Path> {
        let mut steps: Vec<Step> = Vec::new();
        let mut rest = text.trim();
        let mut is_child = false;
        while !rest.is_empty() {
            let (tests, after) = compound(rest)?;
            steps.push(Step { is_child, tests });
            rest = after.trim_start();
            is_child = rest.starts_with('>');
            rest = rest.strip_prefix('>').unwrap_or(rest).trim_start();
        }
        (!steps.is_empty() && steps.len() <= STEPS_MAX && !is_child).then_some(Path { steps })
    }

    fn matches(&self, tree: &Tree, id: NodeId) -> bool {
        let Some((step, outer)) = self.steps.split_last() else {
            return false;
        };
        step.matches(tree, id) && outer_match(tree, id, outer, step.is_child)
    }
}

/// Recurses once a step, of which there are few.
fn outer_match(tree: &Tree, id: NodeId, steps: &[Step], is_child: bool) -> bool {
    let Some((step, outer)) = steps.split_last() else {
        return true;
    };
    let count = if is_child { 1 } else { usize::MAX };
    tree.ancestors(id)
        .take(count)
        .any(|above| step.matches(tree, above) && outer_match(tree, above, outer, step.is_child))
}

impl Step {
    fn matches(&self, tree: &Tree, id: NodeId) -> bool {
        self.tests.iter().all(|test| test.matches(tree, id))
    }
}

impl Test {
    fn matches(&self, tree: &Tree, id: NodeId) -> bool {
        match self {
            Test::Any => true,
            Test::Name(name) => tree.name(id) == Some(name),
            Test::Id(value) => tree.attr(id, "id") == Some(value),
            Test::Class(class) => tree.has_class(id, class),
            Test::Attribute { name, how, value } => {
                tree.attr(id, name).is_some_and(|known| how.holds(known, value))
            }
        }
    }
}

impl How {
    fn holds(self, known: &str, value: &str) -> bool {
        match self {
            How::Present => true,
            How::Equal => known == value,
            How::Contains => !value.is_empty() && known.contains(value),
            How::Starts => !value.is_empty() && known.starts_with(value),
            How::Ends => !value.is_empty() && known.ends_with(value),
            How::Word => known.split_ascii_whitespace().any(|word| word == value),
        }
    }
}

/// Reads `tag#id.class[attr=value]` up to a blank or `>`.
fn compound(text: &str) -> Option<(Vec<Test>, &str)> {
    let mut tests = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let test = match first {
            '*' => {
                rest = &rest[1..];
                Test::Any
            }
            '#' => Test::Id(word(&mut rest, 1)?),
            '.' => Test::Class(word(&mut rest, 1)?),
            '[' => {
                let end = rest.find(']')?;
                let test = attribute(&rest[1..end])?;
                rest = &rest[end + 1..];
                test
            }
            '>' => break,
            c if c.is_whitespace() => break,
            _ if tests.is_empty() => Test::Name(word(&mut rest, 0)?.to_ascii_lowercase()),
            _ => return None,
        };
        tests.push(test);
    }
    (!tests.is_empty()).then_some((tests, rest))
}

fn word(rest: &mut &str, skip: usize) -> Option<String> {
    let text = &rest[skip..];
    let is_end = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let end = text.find(is_end).unwrap_or(text.len());
    *rest = &text[end..];
    (end > 0).then(|| text[..end].to_owned())
}

fn attribute(text: &str) -> Option<Test> {
    let (left, value) = text.split_once('=').unwrap_or((text, ""));
    let how = match (left.len() == text.len(), left.chars().next_back()?) {
        (true, _) => How::Present,
        (_, '*') => How::Contains,
        (_, '^') => How::Starts,
        (_, '$') => How::Ends,
        (_, '~') => How::Word,
        _ => How::Equal,
    };
    let name = left.trim_end_matches(['*', '^', '$', '~']).trim();
    (!name.is_empty()).then(|| Test::Attribute {
        name: name.to_ascii_lowercase(),
        how,
        value: value.trim().trim_matches(['"', '\'']).to_owned(),
    })
}

#[cfg(test)]
mod tests;
