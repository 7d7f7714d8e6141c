//! What the form of an address tells: dates, numbers, the words of a headline.

use super::words;
use news::{Address, Stamp};

/// The forms of what one address may be, as far as its own letters tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// How many words its last part has: a headline's make many.
    pub words_len: usize,
    /// How many digits the longest number of its last part or of its query has.
    pub digits_len: usize,
    /// A number in letters and digits, as content systems make them.
    pub is_code: bool,
    pub date: DateForm,
    /// It says itself that it is of something else: tags, authors, a search, a log-in.
    pub is_index: bool,
    /// How many parts its path has.
    pub depth: usize,
    /// Its parts by their kinds, the same for addresses that a content system made alike.
    pub shape: String,
    /// The same with the words that sections are called by.
    pub fine_shape: String,
}

/// How exactly an address tells a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd)]
pub enum DateForm {
    #[default]
    None,
    Month,
    Day,
    /// A date and nothing after it: an archive's page.
    Alone,
}

/// Parts of paths below which lie collections, whatever their names.
#[rustfmt::skip]
const COLLECTIONS: [&str; 38] = [
    "agenda", "author", "authors", "autor", "calendar", "cart", "categories", "category", "columnists",
    "contributor", "contributors", "crosswords", "event", "events", "games", "keyword", "keywords",
    "label", "labels", "login", "page", "poll", "polls", "product", "products", "profile", "profiles",
    "puzzles", "search", "share", "shop", "store", "tag", "tags", "topic", "topics", "user", "users",
];

/// Last parts of paths that are never an article's.
#[rustfmt::skip]
const SERVICES: [&str; 46] = [
    "about", "about-us", "account", "advertise", "advertising", "agb", "app", "apps", "archive",
    "archives", "calendar", "careers", "channel", "contact", "contact-us", "contacts", "contacto",
    "cookies", "cookie-policy", "datenschutz", "epaper", "faq", "feed", "feeds", "help", "impressum",
    "imprint", "jobs", "kontakt", "logout", "newsletter", "newsletters", "password", "privacy",
    "privacy-policy", "register", "registration", "rss", "signin", "signup", "sitemap", "staff",
    "subscribe", "subscription", "terms", "terms-of-use",
];

/// Parameters that choose among many articles and name none.
const INDEX_PARAMETERS: [&str; 14] = [
    "author", "cat", "category", "tag", "s", "q", "query", "search", "page", "paged", "sort",
    "order", "keyword", "page_id",
];

/// Ends of files that are no pages.
#[rustfmt::skip]
const FILES: [&str; 30] = [
    "7z", "apk", "atom", "avi", "css", "csv", "doc", "docx", "epub", "gif", "ico", "ics", "jpeg",
    "jpg", "js", "json", "m3u", "mov", "mp3", "mp4", "pdf", "png", "ppt", "rar", "rss", "svg", "webp",
    "xls", "xml", "zip",
];

/// The years in which the web may have dated a page.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2100;

/// Tells whether an address is that of a file and not of a page.
pub fn is_file(address: &Address) -> bool {
    let path = address.as_url().path();
    let last = path.rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.')
        .is_some_and(|(_, end)| FILES.binary_search(&end.to_ascii_lowercase().as_str()).is_ok())
}

impl Form {
    pub fn of(address: &Address) -> Form {
        let parts = parts(address.as_url().path());
        let mut form = Form { depth: parts.len(), ..Form::default() };
        let kinds: Vec<Part> = parts.iter().map(|part| Part::of(part)).collect();
        form.is_index = parts.iter().any(|part| COLLECTIONS.contains(&part.as_str()))
            || parts.last().is_some_and(|last| SERVICES.contains(&last.as_str()));
        form.date = date_form(&kinds);
        if let Some(last) = kinds.last() {
            form.words_len = last.words_len;
            form.digits_len = last.digits_len;
            form.is_code = last.is_code;
        }
        form.read_query(address);
        form.name_shapes(address, &parts, &kinds);
        form
    }

    /// Returns the shape of the folder in which the address lies.
    pub fn folder_shape(&self) -> &str {
        let parts = self.fine_shape.rsplit_once('/').map_or("", |(parts, _)| parts);
        parts.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn read_query(&mut self, address: &Address) {
        for (name, value) in address.as_url().query_pairs() {
            let name = name.to_ascii_lowercase();
            self.is_index |= INDEX_PARAMETERS.contains(&name.as_str());
            if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
                self.digits_len = self.digits_len.max(value.len());
            }
        }
    }

    fn name_shapes(&mut self, address: &Address, parts: &[String], kinds: &[Part]) {
        let url = address.as_url();
        let end = url.path().rsplit('/').next().and_then(|last| last.split_once('.'));
        let mut query: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        query.sort();
        let tail = format!(".{}?{}", end.map_or("", |(_, end)| end), query.join("&"));
        let is_dated = self.date != DateForm::None;
        for (at, (part, kind)) in parts.iter().zip(kinds).enumerate() {
            let is_last = at + 1 == parts.len();
            let mark = if is_last && is_dated { '*' } else { kind.mark() };
            self.shape.push(mark);
            self.fine_shape.push(mark);
            if mark == 'w' && !is_last {
                self.fine_shape.push_str(part);
            }
            self.fine_shape.push('/');
        }
        self.shape.push_str(&tail);
        self.fine_shape.push_str(&tail);
    }
}

/// Splits a path into its parts, decoded, in small letters, without the names that servers give
/// to the page of a folder and without the ends of files.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> =
        path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
    if let Some(last) = parts.last_mut()
        && let Some((stem, end)) = last.rsplit_once('.')
        && end.len() <= 6
        && end.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        *last = stem.to_owned();
    }
    if parts.last().is_some_and(|last| matches!(last.as_str(), "index" | "default" | "home")) {
        parts.pop();
    }
    parts
}

fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

/// What one part of a path is made of.
struct Part {
    words_len: usize,
    digits_len: usize,
    is_code: bool,
    /// Year, month, day, as far as the part tells them.
    numbers: Vec<u32>,
    is_number: bool,
}

impl Part {
    fn of(part: &str) -> Part {
        let pieces: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).collect();
        let pieces: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        let is_digits = |piece: &&str| piece.bytes().all(|byte| byte.is_ascii_digit());
        let is_word = |piece: &&&str| piece.chars().all(char::is_alphabetic);
        let written: u32 = pieces.iter().filter(is_word).map(|word| words::weight(word)).sum();
        let beyond_ascii = !part.is_ascii();
        let words_len = pieces.iter().filter(is_word).count();
        Part {
            // Scripts without blanks have their words in one piece.
            words_len: if beyond_ascii { words_len.max(written as usize / 6) } else { words_len },
            digits_len: pieces.iter().map(|piece| digits_len(piece)).max().unwrap_or(0),
            is_code: pieces.iter().any(|piece| is_code(piece)),
            numbers: pieces.iter().flat_map(|piece| date_numbers(piece)).take(4).collect(),
            is_number: !pieces.is_empty() && pieces.iter().all(is_digits),
        }
    }

    fn mark(&self) -> char {
        match () {
            () if self.is_number && self.digits_len <= 3 => 'n',
            () if self.is_number => 'N',
            () if self.words_len >= 3 && self.digits_len >= 4 => 'm',
            () if self.words_len >= 3 => 's',
            () if self.digits_len >= 4 => 'N',
            () if self.is_code => 'c',
            () => 'w',
        }
    }
}

/// Returns how many digits stand in a row at the most.
fn digits_len(piece: &str) -> usize {
    piece.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

fn is_code(piece: &str) -> bool {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
    piece.len() >= 8 && digits >= 2 && letters >= 2 && digits + letters == piece.len()
}

/// Returns the numbers of a date that a piece holds: `2024`, `07`, `20240703`, `t20240703`.
fn date_numbers(piece: &str) -> Vec<u32> {
    let digits = piece.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_short = piece.len() - digits.len() <= 1;
    let number = |text: &str| text.parse::<u32>().ok();
    if !is_short || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    match digits.len() {
        1..=2 => number(digits).into_iter().collect(),
        4 if is_year(digits) => number(digits).into_iter().collect(),
        4 => vec![number(&digits[..2]), number(&digits[2..])].into_iter().flatten().collect(),
        6 if is_year(&digits[..4]) => {
            [&digits[..4], &digits[4..]].into_iter().filter_map(number).collect()
        }
        8.. if is_year(&digits[..4]) && digits.len() <= 14 => {
            [&digits[..4], &digits[4..6], &digits[6..8]].into_iter().filter_map(number).collect()
        }
        _ => Vec::new(),
    }
}

fn is_year(digits: &str) -> bool {
    digits.parse().is_ok_and(|year: u32| YEARS.contains(&year))
}

/// A date in a path.
struct PathDate {
    year: u32,
    month: u32,
    day: Option<u32>,
    /// Whether nothing follows it.
    is_last: bool,
}

/// Finds a year, a month and a day that follow each other in a path; a day counts most.
fn path_date(kinds: &[Part]) -> Option<PathDate> {
    let numbers = |parts: &[Part]| parts.iter().flat_map(|part| part.numbers.clone()).collect();
    let all: Vec<u32> = numbers(kinds);
    let (last, before) = kinds.split_last()?;
    let before: Vec<u32> = numbers(before);
    let date_at = |at: usize| {
        let year = *all.get(at).filter(|year| YEARS.contains(*year))?;
        let month = *all.get(at + 1).filter(|month| (1..=12).contains(*month))?;
        let day = all.get(at + 2).copied().filter(|day| (1..=31).contains(day));
        let end = at + 2 + usize::from(day.is_some());
        let is_last = last.is_number && last.digits_len <= 8 && before.len() < end;
        Some(PathDate { year, month, day, is_last })
    };
    let mut dates = (0..all.len()).filter_map(date_at);
    let first = dates.next()?;
    let exact = |date: &PathDate| date.day.is_some();
    if exact(&first) { Some(first) } else { Some(dates.find(exact).unwrap_or(first)) }
}

fn date_form(kinds: &[Part]) -> DateForm {
    match path_date(kinds) {
        None => DateForm::None,
        Some(date) if date.is_last => DateForm::Alone,
        Some(PathDate { day: Some(_), .. }) => DateForm::Day,
        Some(_) => DateForm::Month,
    }
}

/// Returns the day that an address tells.
pub fn day(address: &Address) -> Option<Stamp> {
    let kinds: Vec<Part> =
        parts(address.as_url().path()).iter().map(|part| Part::of(part)).collect();
    let date = path_date(&kinds)?;
    news::date::read(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day?), None)
}
