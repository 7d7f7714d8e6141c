//! Cuts a text into pieces for the tokeniser, and too many attributes out of a tag.
//!
//! The tokeniser compares each attribute with all before it. A tag can only be judged before it is
//! fed, and only where it is known that a tag begins: not inside a comment.

/// A piece of the text, which begins at a `<` or is what stands before the first.
pub struct Piece<'a> {
    pub text: &'a str,
    /// What follows the piece once its further attributes are left out.
    pub tail: &'a str,
    pub rest: &'a str,
    pub is_cut: bool,
}

/// Takes a whole tag where one may begin, else the text up to the next `<`.
pub fn next(text: &str, may_be_tag: bool, attributes_max: usize) -> Piece<'_> {
    match may_be_tag && is_tag(text) {
        true => tag(text, attributes_max),
        false => {
            let end = text.get(1..).and_then(|rest| rest.find('<')).map_or(text.len(), |at| at + 1);
            split(text, end, end)
        }
    }
}

/// Tells whether the tokeniser, fed this from the start of a tag, may wait for more without a word.
pub fn opens_comment(text: &str) -> bool {
    text.starts_with("<!") || text.starts_with("<?") || text.starts_with("</")
}

fn is_tag(text: &str) -> bool {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Follows the states of HTML §13.2.5.32 to §13.2.5.40 to the end of the tag.
fn tag(text: &str, attributes_max: usize) -> Piece<'_> {
    let bytes = text.as_bytes();
    let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let skip = |at: usize, stop: &dyn Fn(u8) -> bool| {
        let more = bytes[at..].iter().position(|byte| stop(*byte));
        more.map_or(bytes.len(), |more| at + more)
    };
    let mut at = skip(1 + usize::from(text.starts_with("</")), &is_end);
    let mut cut_at = None;
    let mut count = 0;
    while at < bytes.len() {
        at = skip(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            break;
        }
        count += 1;
        if count > attributes_max && cut_at.is_none() {
            cut_at = Some(at);
        }
        // An attribute may begin with `=`.
        at = skip(at + 1, &|byte| is_end(byte) || byte == b'=');
        let after = skip(at, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(after) != Some(&b'=') {
            continue;
        }
        let value = skip(after + 1, &|byte| !byte.is_ascii_whitespace());
        at = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => {
                (skip(value + 1, &|byte| byte == *quote) + 1).min(bytes.len())
            }
            Some(_) => skip(value, &|byte| byte.is_ascii_whitespace() || byte == b'>'),
            None => bytes.len(),
        };
    }
    let end = (at + 1).min(bytes.len());
    split(text, cut_at.unwrap_or(end), end)
}

/// All places lie beside an ASCII character, so they are ends of characters.
fn split(text: &str, cut_at: usize, end: usize) -> Piece<'_> {
    let is_cut = cut_at < end;
    Piece { text: &text[..cut_at], tail: if is_cut { ">" } else { "" }, rest: &text[end..], is_cut }
}

#[cfg(test)]
mod tests;
