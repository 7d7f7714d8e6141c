//! What must not be mistaken for a sign.

/// Tells whether a character is a sign wherever it stands.
///
/// Says so more often than CommonMark does (of every `_`, of every `~`): one rule that holds
/// whatever stands next to it is worth a backslash.
pub fn is_sign(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~')
}

/// Tells whether a character is a sign at the start of a line: of a heading, a list, a quote.
pub fn is_sign_of_line(c: char) -> bool {
    matches!(c, '-' | '+' | '=' | '>' | ':')
}

/// Tells whether an `&` before these words starts the name of a character, or may once another
/// run follows.
pub fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.is_empty() || name.len() < rest.len() && name.starts_with(';')
}

/// Tells whether the line so far would make a list with a `.` after it.
pub fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns an address or a path as the destination of a link.
pub fn destination(to: &str) -> String {
    let mut out = String::with_capacity(to.len());
    for (at, c) in to.char_indices() {
        match c {
            '(' | ')' | '\\' | '<' | '>' | '`' | '|' => out.extend(['\\', c]),
            // `&copy;` in an address would come out as a sign.
            '&' if is_entity(&to[at + 1..]) => out.push_str("&amp;"),
            c if c.is_whitespace() || c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns an address as it stands between `<` and `>`, where nothing can be escaped.
pub fn autolink(address: &str) -> String {
    address.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

/// Returns a code span: as many backticks around it as it needs.
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    let pad = edge(text.chars().next()) || edge(text.chars().last());
    let pad = if pad && !text.trim_matches(' ').is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns the length of the longest run of backticks.
pub fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}
