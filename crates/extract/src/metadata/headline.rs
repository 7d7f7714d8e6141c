//! The headline, without the name of the site.

use crate::letter::{is_letter, lower};
use std::collections::HashSet;

/// What separates a headline from the name of its site in a page's title.
#[rustfmt::skip]
const SEPARATORS: [&str; 15] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "｜", "_", "－", "|", "ㅣ"];

/// How alike an `<h1>` and a told headline must be for the `<h1>` to be it, in percent.
const ALIKE_PERCENT: usize = 50;
/// The same where the page has one `<h1>` alone.
const ALIKE_ALONE_PERCENT: usize = 20;
/// How many letters of two headlines are compared.
const LETTERS_MAX: usize = 300;

/// What a page calls its article outside the text, and what a listing called it.
pub struct Told<'a> {
    pub listed: Option<&'a str>,
    pub ld: Option<&'a str>,
    pub property: Option<&'a str>,
    pub graph: Option<&'a str>,
    pub title: Option<&'a str>,
}

/// Chooses the `<h1>` that is most like what the head tells, else what the head tells.
pub fn choose(shown: &[String], told: &Told, sites: &[String]) -> Option<String> {
    let shown: Vec<&str> = shown.iter().map(|said| cut(said)).collect();
    let mut known = shown.clone();
    known.extend(told.property.into_iter().chain(told.ld).map(cut));
    let all = [told.ld, told.property, told.graph, told.title, told.listed];
    let all = all.map(|said| said.map(cut));
    let proven: HashSet<String> = known.iter().map(|said| letters(said)).collect();
    let cleaned = |said: &str| without_site(said, sites, &proven);
    let told: Vec<String> = all.into_iter().flatten().map(cleaned).collect();
    let is_site = |said: &str| sites.iter().any(|site| letters(site) == letters(said));
    let told: Vec<String> =
        told.into_iter().filter(|said| is_wordy(said) && !is_site(said)).collect();
    let shown: Vec<String> = shown.iter().map(|said| cleaned(said)).collect();
    let shown: Vec<&String> =
        shown.iter().filter(|said| is_wordy(said) && !is_site(said)).collect();
    let alike = |one: &str| told.iter().map(|said| alike_percent(one, said)).max().unwrap_or(100);
    let best =
        shown.iter().enumerate().max_by_key(|(at, one)| (alike(one), std::cmp::Reverse(*at)));
    let enough = if shown.len() == 1 { ALIKE_ALONE_PERCENT } else { ALIKE_PERCENT };
    best.filter(|(_, one)| alike(one) >= enough)
        .map(|(_, one)| without_kicker(one, &told).unwrap_or(one).clone())
        .or_else(|| told.into_iter().next())
        .or_else(|| known.first().map(|said| (*said).to_owned()))
        .filter(|said| is_wordy(said))
}

/// What is longer is no headline, in bytes: a title that was never closed holds the whole page.
const HEADLINE_BYTES_MAX: usize = 1_000;

fn cut(said: &str) -> &str {
    &said[..said.floor_char_boundary(HEADLINE_BYTES_MAX)]
}

/// The least part of a heading that is its headline, in percent, where a kicker stands before it.
const HEADLINE_PERCENT: usize = 50;

/// Returns the headline as it was told, where the heading is that and a kicker before it.
fn without_kicker<'a>(heading: &str, told: &'a [String]) -> Option<&'a String> {
    let heading = letters(heading);
    told.iter().find(|said| {
        let said = letters(said);
        said.len() < heading.len()
            && said.len() * 100 >= heading.len() * HEADLINE_PERCENT
            && heading.ends_with(&said)
    })
}

fn is_wordy(said: &str) -> bool {
    said.chars().any(is_letter)
}

/// How many pairs of neighbouring letters two texts share (Dice), in percent.
fn alike_percent(one: &str, other: &str) -> usize {
    let pairs = |text: &str| {
        let letters: Vec<char> = letters(text).chars().take(LETTERS_MAX).collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|two| (two[0], two[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (one, other) = (pairs(one), pairs(other));
    let (mut at, mut there, mut shared) = (0, 0, 0usize);
    while at < one.len() && there < other.len() {
        match one[at].cmp(&other[there]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => there += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                at += 1;
                there += 1;
            }
        }
    }
    (shared * 200).checked_div(one.len() + other.len()).unwrap_or(0)
}

/// Returns a title without the site's name at its end or start.
///
/// A part is the site's name when one of `sites` says so, or when what is left is one of `proven`,
/// the letters of the headlines that other places of the page give.
pub fn without_site(title: &str, sites: &[String], proven: &HashSet<String>) -> String {
    let mut title = title.trim().to_owned();
    for _ in 0..3 {
        match cut_once(&title, sites, proven) {
            Some(rest) => title = rest,
            None => break,
        }
    }
    title
}

fn cut_once(title: &str, sites: &[String], proven: &HashSet<String>) -> Option<String> {
    for separator in SEPARATORS {
        let ends = title.rsplit_once(separator);
        let starts = title.split_once(separator).map(|(cut, rest)| (rest, cut));
        for (rest, cut) in ends.into_iter().chain(starts) {
            let rest = rest.trim();
            let named = sites.iter().any(|site| is_name(cut, site));
            let proven = proven.contains(&letters(rest));
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
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        } else if is_letter(c) {
            letters.extend(lower(c));
        }
    }
    letters
}

#[cfg(test)]
mod tests;
