//! Mends JSON that a template wrote carelessly.

/// Returns the text with what publishers get wrong set right: comments and CDATA round it, raw
/// control characters in strings, escapes that don't exist, commas before a closing bracket.
pub fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut quoted = false;
    let mut chars = unwrapped(text).chars().peekable();
    while let Some(c) = chars.next() {
        if !quoted {
            if matches!(c, '}' | ']') {
                drop_comma(&mut out);
            }
            quoted = c == '"';
            out.push(c);
            continue;
        }
        match c {
            '"' => {
                quoted = false;
                out.push(c);
            }
            '\\' => match chars.peek() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                    out.push(c);
                    out.extend(chars.next());
                }
                _ => out.push_str("\\\\"),
            },
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => {}
            c => out.push(c),
        }
    }
    out
}

/// Returns the text from its first bracket to its last.
fn unwrapped(text: &str) -> &str {
    let from = text.find(['{', '[']).unwrap_or(0);
    let to = text.rfind(['}', ']']).map_or(text.len(), |at| at + 1);
    text.get(from..to).unwrap_or(text)
}

fn drop_comma(out: &mut String) {
    let kept = out.trim_end().len();
    if out[..kept].ends_with(',') {
        out.truncate(kept - 1);
    }
}
