//! The text of an expression → its signs, names, texts and numbers (XPath 1.0 §3.7).

/// A piece of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    Sign(&'static str),
    Name(&'a str),
    Text(&'a str),
    Number(f64),
}

/// The longer ones before what they begin with.
const SIGNS: [&str; 21] = [
    "//", "/", "::", "..", ".", "@", "(", ")", "[", "]", ",", "|", "!=", "=", "<=", "<", ">=", ">",
    "+", "-", "*",
];

/// Cuts an expression into tokens; the error says what can't be read.
pub fn cut(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, len) = first(rest)?;
        tokens.push(token);
        rest = rest[len..].trim_start();
    }
    Ok(tokens)
}

/// Returns the first token of a text that begins with no blank, and how many bytes it takes.
fn first(rest: &str) -> Result<(Token<'_>, usize), String> {
    let mut chars = rest.chars();
    let (c, next) = (chars.next().unwrap_or(' '), chars.next());
    if c == '\'' || c == '"' {
        let end =
            rest[1..].find(c).ok_or_else(|| format!("a text isn't closed: {c} is missing"))?;
        return Ok((Token::Text(&rest[1..=end]), end + 2));
    }
    if c.is_ascii_digit() || (c == '.' && next.is_some_and(|next| next.is_ascii_digit())) {
        return number(rest);
    }
    if is_name_start(c) {
        let len = name_len(rest);
        return Ok((Token::Name(&rest[..len]), len));
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    sign.map(|sign| (Token::Sign(sign), sign.len()))
        .ok_or_else(|| format!("`{c}` isn't understood"))
}

fn number(rest: &str) -> Result<(Token<'_>, usize), String> {
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let digits = &rest[..len];
    let number = digits.parse().map_err(|_| format!("`{digits}` is no number"))?;
    Ok((Token::Number(number), len))
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// A colon belongs to a name, as in `fb:like`, unless it is one of the two behind an axis.
fn name_len(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let is_prefix = c == ':' && chars.peek().is_some_and(|next| is_name_start(*next));
        let is_doubled = rest[..len].ends_with(':');
        if !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || (is_prefix && !is_doubled)) {
            break;
        }
        len += c.len_utf8();
    }
    len
}
