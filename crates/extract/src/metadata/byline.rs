//! The people who wrote an article, as people.

/// How long one name may be, in characters.
const NAME_CHARS_MAX: usize = 60;
/// How many authors are kept.
const AUTHORS_MAX: usize = 30;

/// Cuts what pages give as authors into single names; what is no name is left out.
pub fn people<'a>(said: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in said.into_iter().flat_map(parts) {
        let known = names.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        if !known && names.len() < AUTHORS_MAX {
            names.push(name);
        }
    }
    names
}

/// Tells whether a name is a house's or an office's and not a person's.
fn is_office(name: &str) -> bool {
    let is_address = name.split_whitespace().any(|word| {
        word.rsplit_once('.').is_some_and(|(before, end)| {
            before.len() > 2 && end.len() >= 2 && end.chars().all(char::is_lowercase)
        })
    });
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    is_address || lower.starts_with("the ") || words.any(|word| OFFICES.contains(&word))
}

/// Words of houses and offices, and of no name.
#[rustfmt::skip]
const OFFICES: [&str; 59] = [
    "media", "news", "press", "presse", "journal", "times", "tribune", "gazette", "herald", "magazine",
    "magazin", "agency", "agentur", "agence", "editorial", "editor", "editors", "staff", "team",
    "redaktion", "redaction", "rédaction", "redacción", "redazione", "desk", "reporter", "reporters",
    "correspondent", "contributor", "contributors", "officer", "director", "chief", "head", "writer",
    "writers", "zeitung", "radio", "tv", "network", "company", "inc", "ltd", "llc", "gmbh", "ag",
    "university", "universität", "institute", "institut", "photographer", "fotograf", "freelance", "columnist", "analyst", "senior", "manager", "ceo", "professor",
];

fn parts(said: &str) -> Vec<String> {
    if said.contains("://") || said.contains('@') {
        return Vec::new();
    }
    let said = without_brackets(said);
    // `Ada Strand | The Tide` and `Ada Strand > Blog` name the house behind the bar.
    let said = said.split(['|', '｜', '»', '>']).find(|part| is_name(part.trim())).unwrap_or("");
    let mut parts = vec![without_lead(said.trim()).to_owned()];
    for separator in [
        ";", "|", "｜", "•", "·\u{20}", " / ", "/", " - ", " – ", " — ", "、", "，", ", ", " and ",
        " & ", " und ", " et ", " y ", " e ", " og ", " och ",
    ] {
        if parts.iter().any(|part| part.contains(separator)) {
            let split = parts.iter().flat_map(|part| part.split(separator));
            parts = split.map(str::to_owned).collect();
        }
    }
    let names =
        parts.iter().map(|part| without_lead(part.trim()).trim_end_matches([',', '.', ':']));
    let mut names: Vec<String> = names.filter(|name| is_name(name)).map(squeezed).collect();
    // Beside people, their houses and offices are no authors: `Ada Strand, Editor`.
    if names.iter().any(|name| !is_office(name)) {
        names.retain(|name| !is_office(name));
    }
    names
}

/// Leaves out `(Reuters)` and the like.
fn without_brackets(said: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Words that stand before a name, longest first.
const LEADS: [&str; 42] = [
    "written by",
    "reported by",
    "posted by",
    "published by",
    "story by",
    "words by",
    "photos by",
    "article by",
    "review by",
    "edited by",
    "opinion by",
    "analysis by",
    "guest post by",
    "ein kommentar von",
    "eine analyse von",
    "kommentar von",
    "interview von",
    "ein gastbeitrag von",
    "geschrieben von",
    "von",
    "publié par",
    "par",
    "escrito por",
    "por",
    "di",
    "da",
    "av",
    "af",
    "autor",
    "autorin",
    "author",
    "byline",
    "authors",
    "autoren",
    "by",
    "text",
    "文",
    "作者",
    "記者",
    "记者",
    "撰文",
    "编辑",
];

fn without_lead(name: &str) -> &str {
    let mut name = name.trim();
    for _ in 0..2 {
        for lead in LEADS {
            let Some(head) = name.get(..lead.len()) else {
                continue;
            };
            let rest = &name[lead.len()..];
            let parted = rest.starts_with([' ', ':', '：', '/', '／', '\u{a0}']);
            if head.to_lowercase() == lead && parted {
                name = rest.trim_start_matches([' ', ':', '：', '/', '／', '\u{a0}']);
            }
        }
    }
    name
}

/// Tells whether a text can be the name of somebody.
fn is_name(name: &str) -> bool {
    let len = name.chars().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    (2..=NAME_CHARS_MAX).contains(&len)
        && digits == 0
        && !crate::dateline::has_month(name)
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '{', '<', '='])
        && !lower.starts_with("http")
        && !lower.starts_with("www.")
        && name.split_whitespace().count() <= 7
        && !matches!(
            lower.as_str(),
            "admin"
                | "administrator"
                | "author"
                | "unknown"
                | "null"
                | "undefined"
                | "none"
                | "updated"
                | "share"
                | "follow"
                | "editor"
                | "name"
                | "posted"
                | "anonymous"
                | "guest"
        )
}

fn squeezed(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
