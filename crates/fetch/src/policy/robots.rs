//! What a robots file asks (RFC 9309).

use news::{ADDRESS_BYTES_MAX, Address};
use std::fmt::Write as _;
use std::time::Duration;

/// The longest `crawl-delay` that is read at all, in seconds; the client clamps it further.
const CRAWL_DELAY_S_MAX: f64 = 86_400.0;

/// How many sitemaps of a robots file are kept.
const SITEMAPS_MAX: usize = 64;

/// What a site asks of us.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    pub crawl_delay: Option<Duration>,
    /// The sitemaps that the file names, as they are written there: they are for everybody.
    pub sitemaps: Vec<String>,
}

/// A path pattern in the normal form of [`normal`], with `*` for anything and `$` for the end.
#[derive(Clone, Debug, PartialEq)]
struct Rule {
    pattern: String,
    allow: bool,
}

impl Robots {
    /// Reads the groups that are for the crawler of this name, or else those for `*`.
    ///
    /// Lines that are no records are passed over, so a page of HTML in the place of a robots file
    /// asks nothing.
    pub fn read(file: &[u8], name: &str) -> Robots {
        let mut groups = Groups::new(name);
        let text = String::from_utf8_lossy(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file));
        for line in text.split(['\r', '\n']) {
            let record = line.split_once('#').map_or(line, |(record, _)| record);
            if let Some((key, value)) = record.split_once(':') {
                groups.add(&key.trim().to_ascii_lowercase(), value.trim());
            }
        }
        groups.chosen()
    }

    /// Tells whether the address may be asked for: the longest matching rule decides, and of two
    /// as long the one that allows.
    pub fn allows(&self, address: &Address) -> bool {
        let url = address.as_url();
        let mut path = url.path().to_owned();
        if path == "/robots.txt" {
            return true;
        }
        if let Some(query) = url.query() {
            path.push('?');
            path.push_str(query);
        }
        let path = normal(&path).replace('*', "%2A").replace('$', "%24");
        let matching = self.rules.iter().filter(|rule| rule.matches(&path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }

    /// Returns how much memory the rules hold, in bytes.
    pub fn bytes_len(&self) -> usize {
        let rules = self.rules.iter().map(|rule| size_of::<Rule>() + rule.pattern.len());
        let sitemaps = self.sitemaps.iter().map(|sitemap| size_of::<String>() + sitemap.len());
        rules.chain(sitemaps).sum()
    }
}

/// Tells whether an answer with this status says that there is no robots file (§2.3.1.3).
///
/// 429 is taken for "not now": whoever asks for less is not told by that that all is allowed.
pub fn is_absent(status: u16) -> bool {
    (400..500).contains(&status) && status != 429
}

/// Returns the name that robots files call a user agent by, if it has one.
pub fn name_of(user_agent: &str) -> Option<&str> {
    let end = user_agent.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'));
    let name = &user_agent[..end.unwrap_or(user_agent.len())];
    (!name.is_empty()).then_some(name)
}

/// The groups of a file while it is read.
struct Groups<'a> {
    name: &'a str,
    ours: Robots,
    ours_seen: bool,
    anybodys: Robots,
    sitemaps: Vec<String>,
    /// Whether the group that is being read is for us, and for anybody.
    for_us: bool,
    for_anybody: bool,
    /// Whether it has a rule yet; a user-agent line after one begins another group.
    begun: bool,
}

impl<'a> Groups<'a> {
    fn new(name: &'a str) -> Groups<'a> {
        Groups {
            name,
            ours: Robots::default(),
            ours_seen: false,
            anybodys: Robots::default(),
            sitemaps: Vec::new(),
            for_us: false,
            for_anybody: false,
            begun: false,
        }
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "user-agent" | "useragent" | "user agent" => self.add_agent(value),
            "allow" => self.add_rule(value, true),
            "disallow" => self.add_rule(value, false),
            "crawl-delay" => self.add_delay(value),
            "sitemap" | "site-map" => self.add_sitemap(value),
            _ => {}
        }
    }

    fn add_agent(&mut self, value: &str) {
        if self.begun {
            (self.begun, self.for_us, self.for_anybody) = (false, false, false);
        }
        self.for_anybody |= value == "*";
        self.for_us |= name_of(value).is_some_and(|name| name.eq_ignore_ascii_case(self.name));
        self.ours_seen |= self.for_us;
    }

    fn add_rule(&mut self, value: &str, allow: bool) {
        self.begun = true;
        if value.is_empty() || !(self.for_us || self.for_anybody) {
            return;
        }
        let rule = Rule { pattern: pattern(value), allow };
        for robots in self.addressed() {
            robots.rules.push(rule.clone());
        }
    }

    fn add_delay(&mut self, value: &str) {
        self.begun = true;
        let Ok(seconds) = value.parse::<f64>() else {
            return;
        };
        if seconds.is_finite() && seconds >= 0.0 {
            let delay = Duration::from_secs_f64(seconds.min(CRAWL_DELAY_S_MAX));
            for robots in self.addressed() {
                robots.crawl_delay = Some(delay);
            }
        }
    }

    /// Adds a sitemap; such a record belongs to no group and ends none.
    fn add_sitemap(&mut self, value: &str) {
        let is_kept = self.sitemaps.iter().any(|sitemap| sitemap == value);
        let is_sound = !value.is_empty() && value.len() <= ADDRESS_BYTES_MAX;
        if is_sound && !is_kept && self.sitemaps.len() < SITEMAPS_MAX {
            self.sitemaps.push(value.to_owned());
        }
    }

    /// Returns whom the group that is being read is for.
    fn addressed(&mut self) -> impl Iterator<Item = &mut Robots> {
        let ours = self.for_us.then_some(&mut self.ours);
        let anybodys = self.for_anybody.then_some(&mut self.anybodys);
        ours.into_iter().chain(anybodys)
    }

    fn chosen(self) -> Robots {
        let chosen = if self.ours_seen { self.ours } else { self.anybodys };
        Robots { sitemaps: self.sitemaps, ..chosen }
    }
}

impl Rule {
    /// Tells whether the pattern matches the beginning of the path; in one pass, because each
    /// piece between two `*` is found where it first can be.
    fn matches(&self, path: &str) -> bool {
        let (pattern, to_the_end) = match self.pattern.strip_suffix('$') {
            Some(pattern) => (pattern, true),
            None => (self.pattern.as_str(), false),
        };
        let mut pieces = pattern.split('*');
        let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
            return false;
        };
        let Some(last) = pieces.next_back() else {
            return !to_the_end || rest.is_empty();
        };
        for piece in pieces {
            let Some(at) = rest.find(piece) else {
                return false;
            };
            rest = &rest[at + piece.len()..];
        }
        if to_the_end { rest.ends_with(last) } else { rest.contains(last) }
    }
}

/// Returns a pattern in normal form; a `$` that is not at its end is an ordinary sign.
fn pattern(value: &str) -> String {
    let (body, end) = value.strip_suffix('$').map_or((value, ""), |body| (body, "$"));
    normal(body).replace('$', "%24") + end
}

/// Returns a path in the form in which two are compared (§2.2.2): what needs no percent sign has
/// none, what needs one has it with capital digits.
fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| hex(bytes.get(at + 1..at + 3)?)).flatten();
        match (bytes[at], escaped) {
            (_, Some(byte)) if is_unreserved(byte) => out.push(char::from(byte)),
            (byte, None) if byte.is_ascii_graphic() => out.push(char::from(byte)),
            (byte, escaped) => {
                let _ = write!(out, "%{:02X}", escaped.unwrap_or(byte));
            }
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
