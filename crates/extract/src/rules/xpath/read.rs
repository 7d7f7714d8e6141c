//! Tokens → an expression, the loosest operator first (XPath 1.0 §3).

use super::tokens::{self, Token};
use super::{
    Axis, Comparison, DEPTH_MAX, EXPRESSION_BYTES_MAX, Expression, Function, Operation, Path,
    Start, Step, Test,
};

type Read<T> = Result<T, String>;

/// Reads a text that is one expression.
pub fn whole(text: &str) -> Read<Expression> {
    if text.len() > EXPRESSION_BYTES_MAX {
        return Err(format!("it is longer than {EXPRESSION_BYTES_MAX} bytes"));
    }
    let mut reader = Reader { tokens: tokens::cut(text)?, at: 0, depth: 0, chained: 0 };
    let read = reader.expression()?;
    match reader.peek() {
        None => Ok(read),
        Some(token) => Err(format!("{} can't stand where it stands", told(Some(token)))),
    }
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    /// How many operators of the whole expression follow another of their kind.
    chained: usize,
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("=", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    (">", Comparison::More),
    (">=", Comparison::MoreOrEqual),
];

const SUMS: [(&str, Operation); 2] = [("+", Operation::Add), ("-", Operation::Subtract)];
const PRODUCTS: [(&str, Operation); 3] =
    [("*", Operation::Multiply), ("div", Operation::Divide), ("mod", Operation::Remainder)];

impl<'a> Reader<'a> {
    fn expression(&mut self) -> Read<Expression> {
        self.list("or", Expression::Or, |reader| {
            reader.list("and", Expression::And, Reader::comparison)
        })
    }

    /// Reads what stands between equal words, as one if there is but one.
    fn list(
        &mut self,
        between: &str,
        make: fn(Vec<Expression>) -> Expression,
        each: impl Fn(&mut Reader<'a>) -> Read<Expression>,
    ) -> Read<Expression> {
        let first = each(self)?;
        let mut all = vec![first];
        while self.take(between) {
            all.push(each(self)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { make(all) })
    }

    fn comparison(&mut self) -> Read<Expression> {
        self.chain(&COMPARISONS, Expression::Compare, Reader::sum)
    }

    fn sum(&mut self) -> Read<Expression> {
        self.chain(&SUMS, Expression::Reckon, |reader| {
            reader.chain(&PRODUCTS, Expression::Reckon, Reader::negative)
        })
    }

    /// Reads `a - b - c` as `(a - b) - c`: each further operator makes it a level deeper.
    fn chain<How: Copy>(
        &mut self,
        signs: &[(&str, How)],
        make: fn(How, Box<[Expression; 2]>) -> Expression,
        each: impl Fn(&mut Reader<'a>) -> Read<Expression>,
    ) -> Read<Expression> {
        let mut left = each(self)?;
        let mut is_further = false;
        while let Some((_, how)) = signs.iter().find(|(sign, _)| self.is(sign)) {
            self.at += 1;
            self.chained += usize::from(is_further);
            self.check_depth()?;
            left = make(*how, Box::new([left, each(self)?]));
            is_further = true;
        }
        Ok(left)
    }

    fn negative(&mut self) -> Read<Expression> {
        let mut is_negative = false;
        while self.take("-") {
            is_negative = !is_negative;
        }
        let all = self.list("|", Expression::Union, Reader::path)?;
        Ok(if is_negative { Expression::Negative(Box::new(all)) } else { all })
    }

    fn path(&mut self) -> Read<Expression> {
        let start = match self.peek() {
            Some(Token::Sign("/" | "//")) => Start::Page,
            Some(Token::Sign("(") | Token::Text(_) | Token::Number(_)) => return self.found(),
            Some(Token::Name(name)) if self.is_call(name) => return self.found(),
            _ => Start::Here,
        };
        let mut steps = Vec::new();
        if start == Start::Page && self.take("/") {
            if self.is_step() {
                steps.push(self.step()?);
            }
        } else if start == Start::Here {
            steps.push(self.step()?);
        }
        self.further(&mut steps)?;
        Ok(Expression::Path(Path { start, steps }))
    }

    /// Reads what isn't a path by itself but may begin one: a call, a text, brackets.
    fn found(&mut self) -> Read<Expression> {
        let first = self.primary()?;
        let predicates = self.predicates()?;
        let mut steps = Vec::new();
        self.further(&mut steps)?;
        if predicates.is_empty() && steps.is_empty() {
            return Ok(first);
        }
        Ok(Expression::Path(Path { start: Start::Found(Box::new(first), predicates), steps }))
    }

    fn primary(&mut self) -> Read<Expression> {
        match self.next() {
            Some(Token::Text(text)) => Ok(Expression::Text(text.to_owned())),
            Some(Token::Number(number)) => Ok(Expression::Number(number)),
            Some(Token::Name(name)) => self.call(name),
            _ => self.inside(")"),
        }
    }

    fn call(&mut self, name: &str) -> Read<Expression> {
        let known = FUNCTIONS.iter().find(|(known, ..)| *known == name);
        let (_, function, least, most) =
            known.ok_or_else(|| format!("the function `{name}()` isn't known"))?;
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.take(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.nested()?);
        }
        match (*least..=*most).contains(&arguments.len()) {
            true => Ok(Expression::Call(*function, arguments)),
            false => Err(format!("`{name}()` doesn't take {} arguments", arguments.len())),
        }
    }

    /// Reads the steps behind a first one: `/p`, `//a`.
    fn further(&mut self, steps: &mut Vec<Step>) -> Read<()> {
        loop {
            if self.take("//") {
                let (axis, test) = (Axis::DescendantOrSelf, Test::Node);
                steps.push(Step { axis, test, predicates: Vec::new() });
            } else if !self.take("/") {
                return Ok(());
            }
            steps.push(self.step()?);
        }
    }

    fn step(&mut self) -> Read<Step> {
        let short = match self.peek() {
            Some(Token::Sign(".")) => Some(Axis::Itself),
            Some(Token::Sign("..")) => Some(Axis::Parent),
            _ => None,
        };
        if let Some(axis) = short {
            self.at += 1;
            return Ok(Step { axis, test: Test::Node, predicates: self.predicates()? });
        }
        let axis = self.axis()?;
        Ok(Step { axis, test: self.test()?, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Read<Axis> {
        if self.take("@") {
            return Ok(Axis::Attribute);
        }
        let (Some(Token::Name(name)), Some(Token::Sign("::"))) = (self.peek(), self.second())
        else {
            return Ok(Axis::Child);
        };
        self.at += 2;
        let known = AXES.iter().find(|(known, _)| *known == name);
        known.map(|(_, axis)| *axis).ok_or_else(|| format!("the axis `{name}::` isn't known"))
    }

    fn test(&mut self) -> Read<Test> {
        let name = match self.next() {
            Some(Token::Sign("*")) => return Ok(Test::Any),
            Some(Token::Name(name)) => name,
            other => return Err(format!("a name is missing before {}", told(other))),
        };
        if !self.take("(") {
            return Ok(Test::Name(name.to_lowercase()));
        }
        self.expect(")")?;
        match name {
            "text" => Ok(Test::Text),
            "node" => Ok(Test::Node),
            "comment" => Ok(Test::Comment),
            _ => Err(format!("`{name}()` can't be a step")),
        }
    }

    fn predicates(&mut self) -> Read<Vec<Expression>> {
        let mut all = Vec::new();
        while self.take("[") {
            all.push(self.inside("]")?);
        }
        Ok(all)
    }

    /// Reads up to the bracket that closes.
    fn inside(&mut self, close: &str) -> Read<Expression> {
        let read = self.nested()?;
        self.expect(close)?;
        Ok(read)
    }

    fn nested(&mut self) -> Read<Expression> {
        self.depth += 1;
        self.check_depth()?;
        let read = self.expression()?;
        self.depth -= 1;
        Ok(read)
    }

    fn check_depth(&self) -> Read<()> {
        match self.depth.max(self.chained) <= DEPTH_MAX {
            true => Ok(()),
            false => Err(format!("it nests deeper than {DEPTH_MAX}")),
        }
    }

    fn is_call(&self, name: &str) -> bool {
        self.second() == Some(Token::Sign("(")) && !matches!(name, "text" | "node" | "comment")
    }

    fn is_step(&self) -> bool {
        matches!(self.peek(), Some(Token::Name(_) | Token::Sign("*" | "@" | "." | "..")))
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn second(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at + 1).copied()
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn is(&self, word: &str) -> bool {
        match self.peek() {
            Some(Token::Sign(sign)) => sign == word,
            Some(Token::Name(name)) => name == word,
            _ => false,
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let is_it = self.is(word);
        self.at += usize::from(is_it);
        is_it
    }

    fn expect(&mut self, word: &str) -> Read<()> {
        match self.take(word) {
            true => Ok(()),
            false => Err(format!("`{word}` is missing before {}", told(self.peek()))),
        }
    }
}

fn told(token: Option<Token>) -> String {
    match token {
        None => "the end".to_owned(),
        Some(Token::Sign(text) | Token::Name(text)) => format!("`{text}`"),
        Some(Token::Text(text)) => format!("the text `{text}`"),
        Some(Token::Number(number)) => format!("`{number}`"),
    }
}

const AXES: [(&str, Axis); 12] = [
    ("self", Axis::Itself),
    ("child", Axis::Child),
    ("descendant", Axis::Descendant),
    ("descendant-or-self", Axis::DescendantOrSelf),
    ("parent", Axis::Parent),
    ("ancestor", Axis::Ancestor),
    ("ancestor-or-self", Axis::AncestorOrSelf),
    ("following-sibling", Axis::FollowingSibling),
    ("preceding-sibling", Axis::PrecedingSibling),
    ("following", Axis::Following),
    ("preceding", Axis::Preceding),
    ("attribute", Axis::Attribute),
];

/// Functions, and how many arguments each takes at least and at most.
const FUNCTIONS: [(&str, Function, usize, usize); 21] = [
    ("last", Function::Last, 0, 0),
    ("position", Function::Position, 0, 0),
    ("count", Function::Count, 1, 1),
    ("id", Function::Id, 1, 1),
    ("name", Function::Name, 0, 1),
    ("local-name", Function::Name, 0, 1),
    ("string", Function::String, 0, 1),
    ("concat", Function::Concat, 2, usize::MAX),
    ("starts-with", Function::StartsWith, 2, 2),
    ("contains", Function::Contains, 2, 2),
    ("substring-before", Function::SubstringBefore, 2, 2),
    ("substring-after", Function::SubstringAfter, 2, 2),
    ("substring", Function::Substring, 2, 3),
    ("string-length", Function::StringLength, 0, 1),
    ("normalize-space", Function::NormalizeSpace, 0, 1),
    ("translate", Function::Translate, 3, 3),
    ("not", Function::Not, 1, 1),
    ("boolean", Function::Boolean, 1, 1),
    ("true", Function::True, 0, 0),
    ("false", Function::False, 0, 0),
    ("number", Function::Number, 0, 1),
];
