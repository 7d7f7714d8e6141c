//! Character references (HTML §13.2.5.72 to .80).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name of a reference, in bytes.
const NAME_BYTES_MAX: usize = 33;

/// Writes a text with its references resolved; in attributes some stay as they are.
pub fn resolve(text: &str, in_attribute: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let used = one(after, in_attribute, out);
        if used == 0 {
            out.push('&');
        }
        rest = &after[used..];
    }
    out.push_str(rest);
}

/// Reads one reference behind its `&`; returns how many bytes it took, none where it is none.
fn one(after: &str, in_attribute: bool, out: &mut String) -> usize {
    match after.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => numbered(digits, 16, out).map_or(0, |used| used + 2),
            None => numbered(number, 10, out).map_or(0, |used| used + 1),
        },
        None => named(after, in_attribute, out),
    }
}

fn numbered(digits: &str, radix: u32, out: &mut String) -> Option<usize> {
    let len = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if len == 0 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(radix).unwrap_or(0);
    let code = digits
        .bytes()
        .take(len)
        .fold(0u32, |code, byte| code.saturating_mul(radix).saturating_add(digit(byte)));
    out.push(meant(code));
    Some(len + usize::from(digits[len..].starts_with(';')))
}

/// Returns the character that a number means: those of windows-1252 are taken for it.
fn meant(code: u32) -> char {
    let replaced = match code {
        0x80..=0x9f => C1_REPLACEMENTS[(code - 0x80) as usize],
        _ => None,
    };
    let known = if code == 0 { None } else { char::from_u32(code) };
    replaced.or(known).unwrap_or('\u{fffd}')
}

fn named(after: &str, in_attribute: bool, out: &mut String) -> usize {
    let mut best = None;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
    let len = after.bytes().take(NAME_BYTES_MAX).take_while(|byte| is_name(byte)).count();
    let len = len + usize::from(after[len..].starts_with(';'));
    for end in 1..=len {
        match NAMED_ENTITIES.get(&after[..end]) {
            Some((0, _)) => {}
            Some(codes) => best = Some((end, *codes)),
            None => break,
        }
    }
    let Some((end, (first, second))) = best else {
        return 0;
    };
    let next = after[end..].bytes().next();
    let is_open = !after[..end].ends_with(';');
    if in_attribute && is_open && next.is_some_and(|byte| byte == b'=' || is_name(&byte)) {
        return 0;
    }
    out.extend(char::from_u32(first));
    if second != 0 {
        out.extend(char::from_u32(second));
    }
    end
}
