//! What a person types or pastes when he means a site.

use super::slip;
use news::Address;

/// Schemes under which programs hand each other feeds; they say nothing of how one is fetched.
const FEED_SCHEMES: &[&str] = &[
    "feed",
    "feeds",
    "rss",
    "atom",
    "pcast",
    "podcast",
    "podcasts",
    "itpc",
    "itms-pcast",
    "itms-podcast",
    "web+feed",
    "web+rss",
];

/// Reads the addresses that the words may mean, likeliest first; the error is a sentence for a
/// person.
///
/// `news.example` is tried with https and then with http, with `www.` and without. The address may
/// stand in quotes, in brackets, in a whole sentence, or behind `view-source:` and the schemes of
/// feed readers.
pub fn read(typed: &str) -> Result<Vec<Address>, String> {
    let pieces = pieces(typed);
    let wanted: Vec<&str> = match pieces.as_slice() {
        [one] => vec![one],
        many => {
            let whole = many.iter().copied().filter(|piece| piece.contains("://"));
            let whole: Vec<&str> = whole.filter(|piece| means(piece).is_some()).collect();
            let hosts = || many.iter().copied().filter(|piece| looks_like_host(piece)).collect();
            if whole.is_empty() { hosts() } else { whole }
        }
    };
    match distinct(&wanted).as_slice() {
        [] if wanted.is_empty() => Err(format!("`{}` names no site to follow", typed.trim())),
        [] => Err(no_address(wanted[0])),
        [one] => Ok(one.clone()),
        many => {
            let named: Vec<&str> = many.iter().map(|addresses| addresses[0].as_str()).collect();
            Err(format!("there are several addresses in it: add {} apart", named.join(" and ")))
        }
    }
}

/// Returns what the pieces mean, none twice.
fn distinct(pieces: &[&str]) -> Vec<Vec<Address>> {
    let mut found: Vec<Vec<Address>> = Vec::new();
    for addresses in pieces.iter().filter_map(|piece| means(piece)) {
        if !found.contains(&addresses) {
            found.push(addresses);
        }
    }
    found
}

/// Returns what stands between blanks, quotes and brackets, without the marks of a sentence.
fn pieces(typed: &str) -> Vec<&str> {
    let parts = typed.split(|c: char| c.is_whitespace() || is_fence(c));
    parts.map(bare).filter(|piece| !piece.is_empty()).collect()
}

/// Tells whether a sign encloses an address or ends a sentence, and is part of none.
fn is_fence(c: char) -> bool {
    matches!(
        c,
        '"' | '<' | '>' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›' | '「' | '」'
            | '『' | '』' | '《' | '》' | '〈' | '〉' | '【' | '】' | '（' | '）' | '，' | '；' | '！' | '？'
            | '、' | '：' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Takes off what a sentence or Markdown puts around an address.
fn bare(piece: &str) -> &str {
    let start = match piece.find("://") {
        Some(colon) => {
            let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
            piece[..colon].trim_end_matches(is_scheme).len()
        }
        None => 0,
    };
    let mut rest = piece[start..].trim_start_matches(['\'', '(', '[', '{', '*', '_', ',']);
    loop {
        let shorter = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '。']);
        let shorter =
            [('(', ')'), ('[', ']'), ('{', '}')].iter().fold(shorter, |text, (from, to)| {
                let is_open = text.matches(*from).count() >= text.matches(*to).count();
                if is_open { text } else { text.strip_suffix(*to).unwrap_or(text) }
            });
        if shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}

/// Returns the addresses that one piece may mean, likeliest first.
fn means(piece: &str) -> Option<Vec<Address>> {
    let piece = without_prefix(piece);
    if let Some((scheme, rest)) = piece.split_once("://") {
        let scheme = scheme.to_ascii_lowercase();
        if rest.starts_with("http://") || rest.starts_with("https://") {
            return means(rest);
        }
        return match scheme.as_str() {
            "http" | "https" => Address::read(piece).map(|address| vec![address]),
            _ if FEED_SCHEMES.contains(&scheme.as_str()) => Some(with_both_schemes(rest)),
            _ => None,
        }
        .filter(|addresses| !addresses.is_empty());
    }
    if has_http_scheme(piece) {
        return Address::read(piece).map(|address| vec![address]);
    }
    if has_other_scheme(piece) || piece.contains('@') {
        return None;
    }
    let mut addresses = with_both_schemes(piece);
    if let Some(toggled) = addresses.first().and_then(with_www_toggled) {
        addresses.extend(with_both_schemes(&toggled));
    }
    (!addresses.is_empty()).then_some(addresses)
}

/// Takes off `view-source:`, and a feed reader's scheme that stands before a whole address.
fn without_prefix(piece: &str) -> &str {
    let Some((before, rest)) = piece.split_once(':') else {
        return piece;
    };
    let before = before.to_ascii_lowercase();
    let is_known = matches!(before.as_str(), "view-source" | "url" | "reader")
        || FEED_SCHEMES.contains(&before.as_str());
    if is_known && !rest.starts_with("//") { without_prefix(rest) } else { piece }
}

fn with_both_schemes(rest: &str) -> Vec<Address> {
    let with = |scheme: &&str| Address::read(&format!("{scheme}{rest}"));
    ["https://", "http://"].iter().filter_map(with).collect()
}

/// Returns the address with `www.` where it has none, and without it where it has one.
fn with_www_toggled(address: &Address) -> Option<String> {
    let (host, rest) = (address.host(), &address.as_str()["https://".len()..]);
    if let Some(shorter) = host.strip_prefix("www.") {
        return shorter.contains('.').then(|| rest["www.".len()..].to_owned());
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_domain = match labels.as_slice() {
        [_, top] => !top.bytes().all(|byte| byte.is_ascii_digit()),
        [_, second, country] => second.len() <= 3 && country.len() == 2,
        _ => false,
    };
    (is_domain && address.as_url().port().is_none()).then(|| format!("www.{rest}"))
}

fn has_http_scheme(piece: &str) -> bool {
    piece.split_once(':').is_some_and(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}

/// Tells `mailto:x` and `javascript:x` from `host:8080/x`.
fn has_other_scheme(piece: &str) -> bool {
    piece.split_once(':').is_some_and(|(before, after)| {
        !before.contains(['.', '/', '['])
            && before != "localhost"
            && !after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Tells whether a word of a sentence is a host, perhaps with a path.
fn looks_like_host(piece: &str) -> bool {
    let piece = without_prefix(piece);
    let host = piece.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_top = top.chars().count() >= 2 && top.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_number = top.bytes().all(|byte| byte.is_ascii_digit());
    !piece.contains('@')
        && host.len() > top.len() + 1
        && !host.contains("..")
        && is_top
        && !is_number
        && means(piece).is_some()
}

fn no_address(piece: &str) -> String {
    let said = format!("`{piece}` is no address of a site: http and https are followed");
    match slip::scheme(piece) {
        Some(meant) => format!("{said}; did you mean `{meant}`?"),
        None => said,
    }
}

#[cfg(test)]
mod tests;
