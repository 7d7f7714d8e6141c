//! Where on a page something stands, as the page's own markup tells it.

use super::layout::Layout;
use super::words;
use std::collections::HashMap;

/// The part of a page in which a link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    #[default]
    Plain,
    Main,
    Aside,
    /// The head of the site, not that of an article.
    Head,
    Nav,
    Foot,
    Tags,
    Share,
    Byline,
    Comments,
    Pager,
}

impl Place {
    /// Tells whether all that lies in this place is of it, whatever it calls itself.
    pub fn is_final(self) -> bool {
        !matches!(self, Place::Plain | Place::Main | Place::Aside | Place::Head)
    }
}

/// A header with fewer links may be that of a card.
const HEAD_LINKS_MIN: usize = 4;

/// Words for an article on a page: its foot is no foot of the page.
const OF_ARTICLES: [&str; 6] = ["card", "post", "entry", "article", "teaser", "story"];

/// Words for what is chosen between by tabs: lists of articles as often as menus.
const OF_TABS: [&str; 4] = ["tab", "tabs", "pane", "content"];

/// What the classes of elements were found to say, so that no class is read twice.
pub type Known = HashMap<String, Option<Place>>;

/// Returns the place that an element makes, if it makes one.
pub fn told(layout: &Layout, spot: usize, known: &mut Known) -> Option<Place> {
    by_tag(layout, spot).or_else(|| {
        let is_whole = layout.links_len(spot) * 2 > layout.links_len(0);
        let is_page = matches!(layout.name(spot), "html" | "body" | "main") || is_whole;
        if is_page { None } else { by_names(layout, spot, known) }
    })
}

fn by_tag(layout: &Layout, spot: usize) -> Option<Place> {
    let is_inner = || layout.around(spot).any(|at| is_part(layout.name(at)));
    match (layout.name(spot), layout.attr(spot, "role").unwrap_or_default()) {
        ("nav" | "menu", _) | (_, "navigation" | "menubar" | "menu" | "search") => Some(Place::Nav),
        (_, "banner") => Some(Place::Head),
        (_, "contentinfo") => Some(Place::Foot),
        ("footer", _) if !is_inner() => Some(Place::Foot),
        ("header", _) if layout.links_len(spot) >= HEAD_LINKS_MIN && !is_inner() => {
            Some(Place::Head)
        }
        ("main", _) | (_, "main") => Some(Place::Main),
        ("aside", _) | (_, "complementary") => Some(Place::Aside),
        _ => None,
    }
}

/// Tells whether an element is a part of a page with a head and a foot of its own.
fn is_part(name: &str) -> bool {
    matches!(name, "article" | "section" | "main" | "li" | "td" | "aside")
}

fn by_names(layout: &Layout, spot: usize, known: &mut Known) -> Option<Place> {
    let class = layout.attr(spot, "class").unwrap_or_default();
    let id = layout.attr(spot, "id").unwrap_or_default();
    if class.is_empty() && id.is_empty() {
        return None;
    }
    // An id may name what it serves (`nav-content`); only its last word says what it is.
    let id = words::names(id).pop().unwrap_or_default();
    let names = format!("{class} {id}");
    *known.entry(names).or_insert_with_key(|names| named(names))
}

/// Reads a class or an id; one that names a part of an article means no part of the page.
fn named(names: &str) -> Option<Place> {
    let mut found = None;
    let has_any = |words: &[String], others: &[&str]| {
        words.iter().any(|word| others.contains(&word.as_str()))
    };
    let is_of_tabs = has_any(&words::names(names), &OF_TABS);
    for name in names.split_ascii_whitespace() {
        let words = words::names(name);
        let place = words.iter().find_map(|word| place_of(word, words.len()));
        found = found.or(place.filter(|place| match place {
            Place::Foot | Place::Head | Place::Tags => !has_any(&words, &OF_ARTICLES),
            Place::Nav => !is_of_tabs,
            _ => true,
        }));
    }
    found
}

fn place_of(word: &str, words_len: usize) -> Option<Place> {
    match word {
        "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb" | "breadcrumbs"
        | "topbar" | "crumb" | "crumbs" | "megamenu" | "mainmenu" | "topnav" | "subnav"
        | "sitemap" | "langs" | "languages" => Some(Place::Nav),
        "footer" | "colophon" | "copyright" | "imprint" => Some(Place::Foot),
        // `foot` is a ball game in French.
        "foot" if words_len == 1 => Some(Place::Foot),
        "masthead" | "topline" => Some(Place::Head),
        "header" | "head" if words_len == 1 => Some(Place::Head),
        "tags" | "tagcloud" | "taglist" | "keywords" | "hashtags" => Some(Place::Tags),
        "share" | "sharing" | "social" | "follow" | "sns" => Some(Place::Share),
        "byline" | "author" | "authors" => Some(Place::Byline),
        "comments" | "respond" | "disqus" => Some(Place::Comments),
        "pagination" | "pager" | "paging" | "paginator" | "pagenavi" | "pages" => {
            Some(Place::Pager)
        }
        _ => None,
    }
}
