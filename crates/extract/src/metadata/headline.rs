//! The headline, without the name of the site.

/// What separates a headline from the name of its site in a page's title.
const SEPARATORS: [&str; 14] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "｜", "_", "－", "|",
];

/// Returns a title without the site's name at its end or start.
///
/// A part is the site's name when one of `sites` says so, or when what is left is one of `known`,
/// the headlines that other places of the page give.
pub fn without_site(title: &str, sites: &[String], known: &[&str]) -> String {
    let mut title = title.trim().to_owned();
    for _ in 0..3 {
        match cut_once(&title, sites, known) {
            Some(rest) => title = rest,
            None => break,
        }
    }
    title
}

fn cut_once(title: &str, sites: &[String], known: &[&str]) -> Option<String> {
    for separator in SEPARATORS {
        let ends = title.rsplit_once(separator).map(|(rest, cut)| (rest, cut));
        let starts = title.split_once(separator).map(|(cut, rest)| (rest, cut));
        for (rest, cut) in ends.into_iter().chain(starts) {
            let rest = rest.trim();
            let named = sites.iter().any(|site| is_name(cut, site));
            let proven = known.iter().any(|known| letters(known) == letters(rest));
            if !rest.is_empty() && (named || proven) {
                return Some(rest.to_owned());
            }
        }
    }
    None
}

/// Tells whether a part of a title is a form of the site's name or its host's.
fn is_name(part: &str, site: &str) -> bool {
    let (part, site) = (letters(part), letters(site));
    if part.is_empty() || site.is_empty() {
        return false;
    }
    let near = |long: &str, short: &str| {
        short.chars().count() >= 3 && long.contains(short) && long.len() <= short.len() * 2 + 4
    };
    part == site || near(&part, &site) || near(&site, &part)
}

/// Returns the letters and digits of a text in lower case: what two writings of it share.
pub fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
