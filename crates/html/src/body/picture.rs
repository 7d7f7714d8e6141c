//! Pictures: which of the addresses that a page gives is the picture.

use super::Reader;
use crate::characters::collapse;
use crate::picture_address::{ALSO_MAX, see_through};
use crate::tree::{NodeId, Tree};
use news::{Address, PictureUse};

/// Widths beyond this, in pixels, are no better.
const WIDTH_ENOUGH: u32 = 2_600;

/// What an address without a width is taken for, in pixels.
const WIDTH_UNTOLD: u32 = 900;

/// How many addresses of one picture are looked at.
const CANDIDATES_MAX: usize = 64;

/// The longest words for a picture, in bytes.
const ALT_BYTES_MAX: usize = 4_000;

/// A picture up to this high or wide stands in the line, in pixels.
const INLINE_SIZE_MAX: u32 = 32;

/// The attributes in which scripts that load pictures late look for the address.
#[rustfmt::skip]
const LAZY: [&str; 20] = [
    "data-original", "data-src", "data-lazy-src", "data-lazy", "data-actualsrc", "data-orig-file",
    "data-large-file", "data-full-src", "data-hi-res-src", "data-original-src", "data-image-src",
    "data-img-src", "data-url", "data-echo", "data-ks-lazyload", "data-lazyload", "data-image",
    "data-source", "zoomfile", "file",
];

const LAZY_SETS: [&str; 4] =
    ["data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set"];

/// One address of a picture, and how good it is.
struct Candidate {
    address: Address,
    width: u32,
}

impl Reader<'_> {
    /// Reads an `<img>` with the `<source>`s beside it; none if it shows nothing.
    pub fn picture(&self, id: NodeId) -> Option<PictureUse> {
        let late = self.late(id);
        if late.is_empty() && self.is_pixel(id) {
            return None;
        }
        let mut candidates = late;
        self.add_set(&mut candidates, self.tree.attr(id, "srcset"), 0);
        self.add_one(&mut candidates, self.tree.attr(id, "src"), WIDTH_UNTOLD);
        self.add_sources(&mut candidates, id);
        // A file that is named like a placeholder is the last choice, and none if it is alone.
        candidates.retain(|candidate| !is_placeholder(&candidate.address));
        candidates.sort_by_key(|candidate| std::cmp::Reverse(rank(candidate)));
        let addresses: Vec<Address> = candidates.into_iter().map(|one| one.address).collect();
        let (first, others) = addresses.split_first()?;
        let mut picture = named(first);
        picture.alt = words(self.tree.attr(id, "alt").unwrap_or_default());
        picture.size = size(self.tree, id);
        for other in others {
            let is_known = picture.address == *other || picture.also.contains(other);
            if !is_known && picture.also.len() < ALSO_MAX {
                picture.also.push(other.clone());
            }
        }
        Some(picture)
    }

    /// Tells whether an element is told to be a point or nothing, as counters of readers are.
    pub fn is_pixel(&self, id: NodeId) -> bool {
        let told = |name| self.tree.attr(id, name).and_then(number);
        match (told("width"), told("height")) {
            (Some(width), Some(height)) => width <= 2 && height <= 2,
            (Some(one), None) | (None, Some(one)) => one <= 1,
            (None, None) => false,
        }
    }

    fn late(&self, id: NodeId) -> Vec<Candidate> {
        let mut found = Vec::new();
        for name in LAZY_SETS {
            self.add_set(&mut found, self.tree.attr(id, name), 0);
        }
        for name in LAZY {
            self.add_one(&mut found, self.tree.attr(id, name), WIDTH_UNTOLD + 100);
        }
        if found.is_empty() {
            let others = self.tree.attrs(id).filter(|(name, _)| name.starts_with("data-"));
            for (_, value) in others.filter(|(_, value)| is_picture_name(value)) {
                self.add_one(&mut found, Some(value), WIDTH_UNTOLD + 50);
            }
        }
        found
    }

    /// Adds what a `<picture>` around the image offers; browsers might take it, so it exists.
    fn add_sources(&self, to: &mut Vec<Candidate>, id: NodeId) {
        let Some(parent) = self.tree.parent(id) else {
            return;
        };
        if self.tree.name(parent) != Some("picture") {
            return;
        }
        let is_source = |at: &NodeId| self.tree.name(*at) == Some("source");
        for source in self.tree.children(parent).filter(is_source).take(CANDIDATES_MAX) {
            // AVIF is the newest form and the one that fewest can show.
            let type_ = self.tree.attr(source, "type").unwrap_or_default();
            let less = if type_.contains("avif") { WIDTH_ENOUGH } else { WIDTH_UNTOLD / 10 };
            for name in ["srcset", "data-srcset", "data-lazy-srcset"] {
                self.add_set(to, self.tree.attr(source, name), less);
            }
        }
    }

    fn add_set(&self, to: &mut Vec<Candidate>, set: Option<&str>, less: u32) {
        let Some(set) = set else {
            return;
        };
        for (reference, width) in parse_set(set) {
            self.add_one(to, Some(reference), width.min(WIDTH_ENOUGH).saturating_sub(less));
        }
    }

    fn add_one(&self, to: &mut Vec<Candidate>, reference: Option<&str>, width: u32) {
        let reference = reference.unwrap_or_default().trim();
        let is_told = !reference.is_empty() && !reference.starts_with(['#', '{', '[']);
        if to.len() >= CANDIDATES_MAX || !is_told || reference == "null" {
            return;
        }
        // Some templates write a whole `srcset` where one address belongs, some its blanks as well.
        if reference.contains(",%20http") {
            return self.add_set(to, Some(&reference.replace("%20", " ")), 0);
        }
        if reference.contains(", http") && parse_set(reference).len() > 1 {
            return self.add_set(to, Some(reference), 0);
        }
        if let Some(address) = self.address(reference) {
            // A page is no picture of itself: `src=""` and `src="?"` are read so.
            let is_page = self
                .options
                .base
                .is_some_and(|base| base.without_fragment() == address.without_fragment());
            if !is_page {
                to.push(Candidate { address, width });
            }
        }
    }
}

fn rank(candidate: &Candidate) -> u32 {
    candidate.width.min(WIDTH_ENOUGH)
}

/// Returns the picture behind an address; what was named comes first among the others.
fn named(address: &Address) -> PictureUse {
    let mut picture = PictureUse::new(see_through(address));
    if picture.address != *address {
        picture.also.push(address.clone());
    }
    picture
}

fn words(alt: &str) -> String {
    let end = alt.floor_char_boundary(ALT_BYTES_MAX);
    collapse(&alt[..end])
}

fn size(tree: &Tree, id: NodeId) -> Option<(u32, u32)> {
    let told = |name| tree.attr(id, name).and_then(number).filter(|n| (1..=20_000).contains(n));
    Some((told("width")?, told("height")?))
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    text.strip_suffix("px").unwrap_or(text).parse().ok()
}

/// Tells whether a picture stands in the line: an emoji, a formula, an icon.
pub fn is_inline(tree: &Tree, id: NodeId) -> bool {
    let class = tree.attr(id, "class").unwrap_or_default().to_ascii_lowercase();
    let is_named = ["emoji", "smiley", "emoticon", "latex"];
    let told = |name| tree.attr(id, name).and_then(number);
    class.split_ascii_whitespace().any(|word| word == "inline")
        || is_named.iter().any(|word| class.contains(word))
        || matches!((told("width"), told("height")),
            (Some(one), _) | (None, Some(one)) if one <= INLINE_SIZE_MAX)
}

/// Reads a `srcset` (HTML §4.8.4.2): addresses and widths in pixels; `2x` counts as 1,600.
fn parse_set(set: &str) -> Vec<(&str, u32)> {
    let mut found = Vec::new();
    let mut rest = set;
    while found.len() < CANDIDATES_MAX {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (reference, after) = rest.split_at(end);
        if reference.is_empty() {
            break;
        }
        // A width that lost its address.
        if reference.trim_end_matches(',').strip_suffix('w').is_some_and(is_number) {
            rest = after;
            continue;
        }
        if let Some(alone) = reference.strip_suffix(',') {
            found.push((alone.trim_end_matches(','), WIDTH_UNTOLD));
            rest = after;
            continue;
        }
        let end = after.find(',').unwrap_or(after.len());
        found.push((reference, width_of(after[..end].trim())));
        rest = &after[end..];
    }
    found
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn width_of(descriptor: &str) -> u32 {
    let first = descriptor.split_ascii_whitespace().next().unwrap_or_default();
    if let Some(width) = first.strip_suffix('w') {
        return width.parse().unwrap_or(WIDTH_UNTOLD);
    }
    match first.strip_suffix('x').and_then(|times| times.parse::<f32>().ok()) {
        // `as` saturates, whatever number stands there.
        Some(times) => (times * 800.0) as u32,
        None => WIDTH_UNTOLD,
    }
}

/// Tells whether a file is named like what stands there until the picture comes.
fn is_placeholder(address: &Address) -> bool {
    let path = address.as_url().path().to_ascii_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    matches!(
        stem,
        "blank"
            | "spacer"
            | "pixel"
            | "transparent"
            | "placeholder"
            | "lazy"
            | "lazyload"
            | "loading"
            | "grey"
            | "gray"
            | "1x1"
            | "1px"
            | "clear"
            | "empty"
            | "trans"
            | "loader"
            | "white"
            | "dot"
            | "lazy-placeholder"
            | "image-placeholder"
    )
}

/// Tells whether a value looks like the address of a picture file.
fn is_picture_name(value: &str) -> bool {
    let path = value.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let ends = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];
    ends.iter().any(|end| path.ends_with(end)) && !value.contains([' ', '"', '{'])
}
