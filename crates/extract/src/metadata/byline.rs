//! The people who wrote an article, as people.

use crate::weight::is_cjk;

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
    // `Ada Strand The Tide` beside `Ada Strand` is the same name with its house.
    let whole = names.clone();
    let is_longer = |name: &String| {
        whole.iter().any(|other| {
            name.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with(' '))
        })
    };
    names.retain(|name| !is_longer(name));
    names
}

/// Tells whether a name is a house's or an office's and not a person's.
pub fn is_office(name: &str) -> bool {
    let is_address = name.split_whitespace().any(|word| {
        word.rsplit_once('.').is_some_and(|(before, end)| {
            before.len() > 2 && end.len() >= 2 && end.chars().all(char::is_lowercase)
        })
    });
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    is_address
        || super::hanzi::is_house(name)
        || lower.starts_with("the ")
        || words.any(|word| OFFICES.contains(&word))
}

/// Tells whether a word begins as names do: not with a small letter.
pub fn is_cased(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Words of houses and offices, and of no name.
#[rustfmt::skip]
const OFFICES: [&str; 77] = [
    "media", "news", "press", "presse", "journal", "times", "tribune", "gazette", "herald", "magazine",
    "magazin", "agency", "agentur", "agence", "editorial", "editor", "editors", "staff", "team",
    "redaktion", "redaction", "rédaction", "redacción", "redazione", "desk", "reporter", "reporters",
    "correspondent", "contributor", "contributors", "officer", "director", "chief", "head", "writer",
    "writers", "zeitung", "radio", "tv", "network", "company", "inc", "ltd", "llc", "gmbh", "ag",
    "university", "universität", "institute", "institut", "photographer", "fotograf", "freelance", "columnist", "analyst", "senior", "manager", "ceo", "professor",
    "marketing", "managing", "associate", "assistant", "deputy", "publisher", "founder", "coordinator",
    "agencies", "agenturen", "agences", "agencias", "board", "contributing", "opinion", "executive",
    "content", "daily",
];

fn parts(said: &str) -> Vec<String> {
    if said.contains("://") {
        return Vec::new();
    }
    let said = without_brackets(said);
    if let Some(name) = turned(said.trim()) {
        return vec![name];
    }
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
    let names = parts.iter().map(|part| without_tail(without_lead(part)));
    let mut names: Vec<String> =
        names.map(|name| once(&squeezed(name))).filter(|name| is_name(name)).collect();
    // Beside people, their houses, offices and degrees are no authors: `Ada Strand, Editor, PhD`.
    if names.iter().any(|name| !is_office(name) && !is_degree(name)) {
        names.retain(|name| !is_office(name) && !is_degree(name));
    }
    names
}

/// `Strand, Ada` is one name and not two.
fn turned(said: &str) -> Option<String> {
    let (last, first) = said.split_once(", ")?;
    let is_word = |part: &str| {
        let mut chars = part.chars();
        part.chars().count() > 2
            && chars.next().is_some_and(char::is_uppercase)
            && chars.all(char::is_lowercase)
    };
    let is_it = is_word(last) && is_word(first) && !is_office(last) && !is_office(first);
    is_it.then(|| format!("{first} {last}"))
}

/// Takes off the end what is no name: degrees, the person's office, arrows, invitations.
fn without_tail(name: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || ",.:→»›-–*".contains(c);
    let name = name.trim_end_matches(is_sign);
    let is_end = |word: &str| {
        let lower = word.trim_end_matches(is_sign).to_lowercase();
        is_degree(word) || POSTS.contains(&lower.as_str()) || MONTHS.contains(&lower.as_str())
    };
    // A name in hanzi or Hangul is one word.
    let least = if name.starts_with(is_cjk) { 1 } else { NAME_WORDS_MIN };
    let mut end = 0;
    for (at, word) in name.split_inclusive(' ').enumerate() {
        if at >= least && is_end(word) {
            break;
        }
        end += word.len();
    }
    let person = name[..end].trim_end_matches(is_sign);
    if is_office(person) { name } else { person }
}

/// Words of the post that somebody holds.
#[rustfmt::skip]
const POSTS: [&str; 30] = [
    "editor", "staff", "reporter", "correspondent", "contributor", "officer", "director", "chief",
    "writer", "photographer", "fotograf", "freelance", "columnist", "analyst", "senior", "manager",
    "ceo", "professor", "marketing", "managing", "associate", "assistant", "deputy", "publisher",
    "founder", "coordinator", "redakteur", "기자", "특파원", "記者",
];

/// Months as a date behind a name begins, but for `May` and `Mar`, which names end with.
const MONTHS: [&str; 10] = ["jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov"];

/// What stands behind so many words may be an office and no name.
const NAME_WORDS_MIN: usize = 2;

/// `PhD`, `M.D.`, `RDN`.
fn is_degree(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && DEGREES.contains(&letters.to_lowercase().as_str())
}

#[rustfmt::skip]
const DEGREES: [&str; 34] = [
    "phd", "md", "rd", "rdn", "ld", "ms", "msc", "ma", "mph", "rn", "dds", "dvm", "cpa", "cfa", "cfp",
    "mba", "jd", "bsc", "ba", "pharmd", "dpt", "cscs", "lcsw", "psyd", "edd", "dsc", "llm", "mfa",
    "mpp", "mpa", "np", "facc", "facp", "cissp",
];

/// A name that stands twice is read once: a link and the same words for screen readers.
fn once(name: &str) -> String {
    let half = name.len() / 2;
    match (name.get(..half), name.get(half + 1..)) {
        (Some(first), Some(second)) if first == second && name[half..].starts_with(' ') => {
            first.to_owned()
        }
        _ => name.to_owned(),
    }
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

/// Words that stand before a name, the longer ones before what they begin with.
#[rustfmt::skip]
const LEADS: [&str; 75] = [
    "about the author", "written by", "reported by", "posted by", "published by", "story by",
    "words by", "photos by", "article by", "review by", "edited by", "opinion by", "analysis by",
    "guest post by", "view all posts by", "view more posts by", "more posts by", "all posts by",
    "posts by", "authored by", "content by", "report by", "submitted by", "ein kommentar von", "eine analyse von",
    "zeige alle beiträge von", "alle beiträge von", "kommentar von", "interview von",
    "ein gastbeitrag von", "gastbeitrag von", "geschrieben von", "verfasst von",
    "veröffentlicht von", "publiziert von", "eingestellt von", "artikel von", "beitrag von",
    "pressemitteilung von", "ein artikel von", "von", "vom", "publié par", "écrit par",
    "voir tous les articles de", "par", "escrito por", "publicado por", "redactado por",
    "ver todas las entradas de", "por", "scritto da", "pubblicato da", "di", "da", "door", "av",
    "af", "autor", "autorin", "author", "auteur", "autore", "byline", "authors", "autoren",
    "interview", "by", "text", "文", "作者", "記者", "记者", "撰文", "编辑",
];

/// Leads that are parts of names as well.
const PARTICLES: [&str; 5] = ["di", "da", "von", "av", "af"];

fn without_lead(name: &str) -> &str {
    let mut name = name.trim();
    for _ in 0..3 {
        for lead in LEADS {
            let Some(head) = name.get(..lead.len()) else {
                continue;
            };
            let rest = &name[lead.len()..];
            let parted = rest.is_empty() || rest.starts_with([' ', ':', '：', '/', '／', '\u{a0}']);
            // `Di Wang`, `Von Miller` and `Da Costa` are names.
            let is_name = PARTICLES.contains(&lead)
                && head.starts_with(char::is_uppercase)
                && rest.split_whitespace().count() < NAME_WORDS_MIN;
            if parted && !is_name && head.to_lowercase() == lead {
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
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '{', '<', '='])
        && !lower.starts_with("http")
        && !lower.starts_with("www.")
        && name.split_whitespace().count() <= 7
        && !NO_NAMES.contains(&lower.as_str())
        && !SPEAKS.iter().any(|verb| lower.ends_with(verb))
}

/// What stands where a name is expected, and is none.
#[rustfmt::skip]
const NO_NAMES: [&str; 71] = [
    "admin", "administrator", "author", "unknown", "null", "undefined", "none", "updated", "share",
    "follow", "editor", "name", "posted", "anonymous", "guest", "read more", "learn more",
    "see all", "view all", "view more posts", "bio", "biography", "profile", "twitter", "facebook",
    "linkedin", "instagram", "youtube", "rss", "email", "e-mail", "website", "contact", "subscribe",
    "publiziert am", "veröffentlicht am", "posted on", "published", "gesponserte inhalte",
    "sponsored content", "afficher mon profil complet", "view my complete profile",
    "vollständiges profil anzeigen", "ver todo mi perfil", "nom", "nombre", "nome", "naam", "mehr",
    "mehr erfahren", "en savoir plus", "comments", "kommentare", "reply", "antworten", "home",
    "menu", "search", "advertisement", "not provided", "default", "webmaster", "super user", "alle beiträge", "all posts", "connect on linkedin", "test", "von", "by",
    "par", "por",
];

/// Ends the head of a comment.
const SPEAKS: [&str; 7] = [" says", " said", " sagt", " schreibt", " dice", " dit", " skriver"];

fn squeezed(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
