//! Relative addresses made absolute, alone and inside markup.

use memchr::{memchr, memchr2};
use news::Address;

/// Returns the address as a reader outside the document has to write it.
///
/// What is absolute already stays as written, `mailto:` and `urn:` as well; so does what can't be
/// resolved.
pub fn resolve(base: Option<&Address>, reference: &str) -> String {
    let reference = reference.trim();
    match base {
        Some(base) if !has_scheme(reference) => match base.join(reference) {
            Some(address) => address.as_str().to_owned(),
            None => reference.to_owned(),
        },
        _ => reference.to_owned(),
    }
}

pub fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Tells whether an attribute of HTML holds an address (HTML 4, table of attributes, and `poster`).
pub fn holds_address(attribute: &str) -> bool {
    let known = [
        "href",
        "src",
        "cite",
        "action",
        "longdesc",
        "background",
        "data",
        "poster",
        "usemap",
        "codebase",
        "classid",
        "profile",
    ];
    known.iter().any(|known| attribute.eq_ignore_ascii_case(known))
}

/// Returns the markup with the addresses in its attributes resolved, and all else as it was;
/// `None` if there is nothing to resolve.
pub fn markup(base: &Address, html: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &html.as_bytes()[at..]) {
        at += offset + 1;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = tag_end(html, at);
        while let Some((from, to)) = next_address(&html[..end], at) {
            let written = &html[from..to];
            if !has_scheme(written.trim()) && !written.trim().is_empty() {
                out.push_str(&html[copied..from]);
                let plain = written.replace("&amp;", "&");
                out.push_str(&resolve(Some(base), &plain).replace('&', "&amp;"));
                copied = to;
            }
            at = to;
        }
        at = end;
    }
    out.push_str(&html[copied..]);
    (copied > 0).then_some(out)
}

/// Returns where a tag ends: its `>`, or where another begins.
fn tag_end(html: &str, start: usize) -> usize {
    memchr2(b'>', b'<', &html.as_bytes()[start..]).map_or(html.len(), |end| start + end)
}

/// Returns where the value of the next attribute with an address lies, in a tag that ends where
/// the text ends.
fn next_address(text: &str, mut at: usize) -> Option<(usize, usize)> {
    while let Some(offset) = memchr(b'=', &text.as_bytes()[at..]) {
        let equals = at + offset;
        let name = text[at..equals].trim_end();
        let name = name
            .rsplit(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''))
            .next()
            .unwrap_or(name);
        let after = text[equals + 1..].trim_start();
        let start = text.len() - after.len();
        let (from, to) = match after.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inside = &after.as_bytes()[1..];
                let length = memchr(*quote, inside).unwrap_or(inside.len());
                (start + 1, start + 1 + length)
            }
            _ => {
                let length = after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len());
                (start, start + length)
            }
        };
        if holds_address(name) {
            return Some((from, to));
        }
        at = to;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{markup, resolve};
    use news::Address;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let base = Address::read("https://a.example/x/y").unwrap();
        assert_eq!(markup(&base, html).as_deref().unwrap_or(html), expected);
    }

    #[test]
    fn addresses_in_markup_are_resolved_and_nothing_else_changes() {
        check(
            "<A HREF='../b?c&amp;d'>x=\"y\"</A> <img alt=src=1 src=\"c.jpg\">",
            "<A HREF='https://a.example/b?c&amp;d'>x=\"y\"</A> <img alt=src=1 \
             src=\"https://a.example/x/c.jpg\">",
        );
        check("1 < 2 <a href=b>", "1 < 2 <a href=https://a.example/x/b>");
        check("<a href='mailto:a@b.example'>", "<a href='mailto:a@b.example'>");
        check("<a href=", "<a href=");
        check("习 <近 a=1> <p =>", "习 <近 a=1> <p =>");
    }

    #[test]
    fn what_is_absolute_stays_as_written() {
        let base = Address::read("https://a.example/").unwrap();
        assert_eq!(resolve(Some(&base), " HTTP://B.example "), "HTTP://B.example");
        assert_eq!(resolve(Some(&base), "urn:x:1"), "urn:x:1");
        assert_eq!(resolve(None, "/c"), "/c");
    }
}
