//! Which feeds a page names.

use super::page::join;
use super::{CANDIDATES_MAX, Candidate, Why};
use crate::names;
use html::{NodeId, Tree};
use news::Address;

/// What feeds of comments are called: WordPress's words in the languages it is used in most, as
/// their addresses don't always tell.
const OF_COMMENTS: &[&str] = &[
    "comments feed",
    "comment feed",
    "comments on",
    "comments for",
    "kommentar-feed",
    "kommentare zu",
    "flux des commentaires",
    "commentaires sur",
    "feed de los comentarios",
    "comentarios en",
    "feed dei commenti",
    "commenti a",
    "reacties feed",
    "reacties op",
    "feed de comentários",
    "лента комментариев",
    "комментарии к",
    "评论 feed",
    "评论feed",
    "的评论",
    "的留言",
    "コメントのフィード",
    "コメントフィード",
    "댓글 피드",
];

/// Returns the feeds that a page names, the best reasons first; `at` is where the page lies, and
/// `base` what its references are relative to.
pub fn find(
    tree: &Tree,
    base: Option<&Address>,
    at: Option<&Address>,
    is_article: bool,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let is_about_feeds = is_about_feeds(tree, at);
    for id in tree.descendants(tree.root()) {
        let Some((title, why)) = named(tree, id, is_about_feeds) else {
            continue;
        };
        let href = tree.attr(id, "href").unwrap_or_default();
        let Some(address) = join(base, unwrapped(href).as_ref()) else {
            continue;
        };
        let address = address.without_fragment();
        if at.is_some_and(|at| address.identity() == at.identity()) {
            continue;
        }
        let of_page = is_article && at.is_some_and(|at| is_below(&address, at));
        let why = if of_page || is_of_comments(&address, &title) { Why::Comments } else { why };
        add(&mut found, Candidate { address, title, why });
    }
    found.sort_by_key(|candidate| candidate.why);
    found.truncate(CANDIDATES_MAX);
    found
}

/// Tells whether an address or a title is that of a feed of comments.
pub fn is_of_comments(address: &Address, title: &str) -> bool {
    let url = address.as_url();
    let in_path = url
        .path()
        .split('/')
        .any(|part| matches!(part, "comments" | "comments.xml" | "comments.rss" | "comment-feed"));
    let in_query = url.query().is_some_and(|query| query.contains("feed=comments"));
    let title = names::folded(title);
    in_path || in_query || OF_COMMENTS.iter().any(|words| title.contains(words))
}

fn add(found: &mut Vec<Candidate>, candidate: Candidate) {
    match found.iter().position(|known| known.address == candidate.address) {
        Some(known) if candidate.why < found[known].why => found[known] = candidate,
        Some(_) => {}
        // More than are given back, so that a better reason further down still finds its place.
        None if found.len() < 4 * CANDIDATES_MAX => found.push(candidate),
        None => {}
    }
}

/// Tells whether an element names a feed: what it calls it, and why it is believed.
fn named(tree: &Tree, id: NodeId, is_about_feeds: bool) -> Option<(String, Why)> {
    match tree.name(id)? {
        "link" => announced(tree, id).map(|title| (title, Why::Announced)),
        "a" | "area" => linked(tree, id, is_about_feeds),
        _ => None,
    }
}

/// Tells whether a `link` of the head announces a feed, and what it calls it.
fn announced(tree: &Tree, id: NodeId) -> Option<String> {
    let rel = names::folded(tree.attr(id, "rel").unwrap_or_default());
    let kind = names::folded(tree.attr(id, "type").unwrap_or_default());
    let href = tree.attr(id, "href").unwrap_or_default();
    let mut words = rel.split_ascii_whitespace();
    let is_alternate = words.clone().any(|word| word == "alternate") && is_feed_type(&kind, href);
    let is_feed = words.any(|word| word == "feed");
    (is_alternate || is_feed).then(|| tree.attr(id, "title").unwrap_or_default().trim().to_owned())
}

/// Tells whether a media type is that of a feed; plain JSON is more often some API's.
fn is_feed_type(kind: &str, href: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind {
        "application/rss+xml"
        | "application/atom+xml"
        | "application/rdf+xml"
        | "application/feed+json"
        | "application/xml"
        | "text/xml"
        | "text/rss+xml"
        | "text/atom+xml"
        | "application/rss"
        | "application/atom"
        | "application/x.atom+xml"
        | "application/x-rss+xml" => true,
        "application/json" => href.contains("feed") && !href.contains("wp-json"),
        _ => false,
    }
}

/// Tells whether an `a` plainly names a feed, by its type, its address or its words.
fn linked(tree: &Tree, id: NodeId, is_about_feeds: bool) -> Option<(String, Why)> {
    let href = tree.attr(id, "href")?.trim().to_ascii_lowercase();
    let kind = names::folded(tree.attr(id, "type").unwrap_or_default());
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let text = tree.text(id);
    let is_named = is_feed_scheme(&href)
        || has_feed_name(last)
        || kind.contains("rss+xml")
        || kind.contains("atom+xml")
        || (is_called_feed(&text) && (last.ends_with(".xml") || has_feed_word(&href)));
    let why = match (is_named, is_about_feeds) {
        (true, _) => Why::Named,
        (false, true) if last.ends_with(".xml") || has_feed_word(&href) => Why::Listed,
        _ => return None,
    };
    let title = tree.attr(id, "title").map_or(text.trim(), str::trim);
    Some((title.split_whitespace().collect::<Vec<_>>().join(" "), why))
}

fn is_feed_scheme(href: &str) -> bool {
    ["feed:", "rss:", "pcast:", "podcast:", "itpc:"].iter().any(|scheme| href.starts_with(scheme))
}

/// Tells whether the last part of a path is what feeds are called.
fn has_feed_name(last: &str) -> bool {
    let plain = matches!(last, "feed" | "rss" | "atom" | "feeds" | "rss2" | "rssfeed" | "rssfeeds");
    let file = matches!(
        last,
        "rss.xml" | "feed.xml" | "atom.xml" | "index.rdf" | "feed.json" | "rss.php" | "feed.php"
    );
    plain || file || [".rss", ".atom", ".rdf"].iter().any(|end| last.ends_with(end))
}

fn is_called_feed(text: &str) -> bool {
    let words = names::folded(text);
    matches!(
        words.as_str(),
        "rss"
            | "rss feed"
            | "rss feeds"
            | "rss-feed"
            | "rss-feeds"
            | "rss订阅"
            | "rss訂閱"
            | "atom"
            | "atom feed"
            | "rss 2.0"
            | "rss 1.0"
            | "feed"
            | "feeds"
            | "xml"
    )
}

/// Tells whether one of the words that an address is made of is a word for feeds.
fn has_feed_word(href: &str) -> bool {
    let is_feed = |word: &str| {
        matches!(
            word,
            "rss"
                | "rss2"
                | "feed"
                | "feeds"
                | "atom"
                | "rdf"
                | "rssfeed"
                | "rssfeeds"
                | "outboundfeeds"
        )
    };
    href.split(|c: char| !c.is_ascii_alphanumeric()).any(is_feed)
}

/// Tells whether the page is one on which a site lists its feeds.
fn is_about_feeds(tree: &Tree, at: Option<&Address>) -> bool {
    let last = at.and_then(|at| at.as_url().path_segments()?.rfind(|part| !part.is_empty()));
    if last.is_some_and(|last| has_feed_word(&last.to_ascii_lowercase())) {
        return true;
    }
    let mut titles = ["title", "h1"].iter().filter_map(|name| tree.find(tree.root(), name));
    titles.any(|id| {
        let words = tree.descendants(id).filter_map(|id| tree.text_of_node(id));
        words
            .flat_map(|words| words.split(|c: char| !c.is_ascii_alphanumeric()))
            .any(|word| word.eq_ignore_ascii_case("rss") || word.eq_ignore_ascii_case("feeds"))
    })
}

/// Returns the address in what browsers once opened their feed readers with.
fn unwrapped(href: &str) -> std::borrow::Cow<'_, str> {
    let href = href.trim();
    if !is_feed_scheme(&href.to_ascii_lowercase()) {
        return href.into();
    }
    let rest = href.split_once(':').map_or(href, |(_, rest)| rest);
    if rest.starts_with("//") { format!("https:{rest}").into() } else { rest.into() }
}

/// Tells whether an address lies below that of a page: a feed there is about this page alone.
fn is_below(address: &Address, page: &Address) -> bool {
    let rest = address.as_url().path().strip_prefix(page.as_url().path().trim_end_matches('/'));
    let is_root = page.as_url().path() == "/";
    !is_root && address.host() == page.host() && rest.is_some_and(|rest| rest.starts_with('/'))
}
