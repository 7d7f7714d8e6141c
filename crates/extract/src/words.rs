//! The words of class names and ids by which pages name their parts, in many languages.

/// Splits a class or id attribute into lower-case words: `articleBody post__Text` gives
/// `article body post text`.
pub fn split(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    let mut before = ' ';
    for c in names.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push(' ');
        }
        out.push(if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
        before = c;
    }
    out
}

/// What the names of an element call it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// A part that is never text of the article.
    pub junk: bool,
    pub comments: bool,
    pub consent: bool,
    /// The container of an article's text.
    pub body: bool,
    pub caption: bool,
}

impl Names {
    /// Reads the words that [`split`] made.
    pub fn of(words: &str) -> Names {
        Names {
            junk: is_junk(words),
            comments: is_comments(words),
            consent: is_consent(words),
            body: is_body(words),
            caption: is_caption(words),
        }
    }
}

/// Tells whether the words (from [`split`]) name a part that is never text of the article.
fn is_junk(words: &str) -> bool {
    words.split(' ').any(|word| JUNK.binary_search(&word).is_ok()) || has_any(words, &JUNK_PHRASES)
}

/// Tells whether the words name readers' comments.
fn is_comments(words: &str) -> bool {
    words.split(' ').any(|word| {
        matches!(
            word,
            "comments"
                | "disqus"
                | "kommentare"
                | "comentarios"
                | "commentaires"
                | "commentlist"
                | "respond"
                | "pinglun"
                | "kommentar"
                | "commentarea"
                | "komentarze"
                | "comment"
        )
    })
}

/// Tells whether the words name a question for consent.
fn is_consent(words: &str) -> bool {
    words.split(' ').any(|word| {
        matches!(
            word,
            "cookie"
                | "cookies"
                | "gdpr"
                | "consent"
                | "onetrust"
                | "cookielaw"
                | "cookiebar"
                | "cookiebanner"
                | "cmp"
                | "usercentrics"
                | "didomi"
        )
    })
}

/// Tells whether the words name the caption or the credit of a picture.
fn is_caption(words: &str) -> bool {
    words.split(' ').any(|word| {
        matches!(
            word,
            "caption"
                | "captions"
                | "figcaption"
                | "credit"
                | "credits"
                | "copyright"
                | "bildunterschrift"
                | "legende"
                | "imgcaption"
                | "bu"
        )
    })
}

/// Tells whether the words name the container of an article's text.
fn is_body(words: &str) -> bool {
    has_any(words, &BODY)
}

/// Tells whether one of the sorted phrases stands in the words, on word boundaries.
fn has_any(words: &str, phrases: &[&str]) -> bool {
    let starts = words
        .bytes()
        .enumerate()
        .filter(|(at, byte)| *byte != b' ' && (*at == 0 || words.as_bytes()[at - 1] == b' '));
    starts.map(|(at, _)| &words[at..]).any(|rest| begins_with_any(rest, phrases))
}

/// The phrases that a text may begin with stand right before it in order, and share its first word.
fn begins_with_any(rest: &str, phrases: &[&str]) -> bool {
    let word = rest.split(' ').next().unwrap_or_default();
    let before = &phrases[..phrases.partition_point(|phrase| *phrase <= rest)];
    let near = before.iter().rev().take_while(|phrase| phrase.starts_with(word));
    near.into_iter().any(|phrase| {
        let after = rest.strip_prefix(phrase);
        after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
    })
}

/// Sorted, because they are searched by halves.
#[rustfmt::skip]
const JUNK: [&str; 109] = [
    "ad", "adbox", "addthis", "addtoany", "ads", "adsbygoogle", "adslot", "advert",
    "advertisement", "advertising", "adwrapper", "affiliate", "anzeige", "authorbio", "authorbox",
    "backlinks", "banner", "bookmark", "breadcrumb", "breadcrumbs", "byline", "carousel",
    "colophon", "consent", "cookie", "cookiebar", "cookies", "copyright", "cta", "dfp", "donate",
    "donation", "dropdown", "fenxiang", "follow", "footer", "gdpr", "guanggao", "inread",
    "jiathis", "livefyre", "login", "masthead", "megamenu", "menu", "metabox", "modal", "moreon",
    "mostpopular", "mostread", "mpu", "nav", "navbar", "navi", "navigation", "newsletter",
    "newsticker", "noprint", "offscreen", "outbrain", "pagenav", "pager", "pagination",
    "pinterest", "poll", "popular", "popup", "postmeta", "prevnext", "promo", "promobox",
    "promotion", "publicidad", "rating", "readmore", "recirc", "recirculation", "reco",
    "recommend", "recommendation", "recommendations", "recommended", "relacionadas", "related",
    "relatedposts", "sharebar", "sharebox", "sharedaddy", "sharethis", "sharing", "sidebar",
    "signup", "skip", "skyscraper", "social", "sponsor", "sponsored", "subscribe", "subscription",
    "taboola", "tagcloud", "taglist", "tags", "teasers", "toolbar", "tooltip", "trending",
    "tuijian", "weiterlesen",
];

#[rustfmt::skip]
const JUNK_PHRASES: [&str; 46] = [
    "a lire", "about author", "about the author", "article footer", "article share", "article tags",
    "author bio", "author box", "author info", "entry footer", "entry meta", "leer mas",
    "lire aussi", "mehr zum thema", "more from", "more news", "more stories", "most popular",
    "most read", "news tags", "next article", "post footer", "post meta", "post nav",
    "post navigation", "post share", "prev article", "print only", "read also", "read more",
    "read next", "screen reader", "see also", "share", "share bar", "share buttons", "share tools",
    "shares", "social share", "sr only", "story tags", "te puede", "up next", "visually hidden",
    "xiang guan", "you may",
];

#[rustfmt::skip]
const BODY: [&str; 84] = [
    "art body", "art content", "art text", "artbody", "artcontent", "article body", "article con",
    "article cont", "article content", "article copy", "article detail", "article details",
    "article main", "article page", "article post", "article text", "articlebody", "articlecontent",
    "articletext", "artikel", "artikel content", "artikel text", "artikelbody", "artikeltext",
    "blog content", "blog post", "blog text", "body content", "body copy", "body text", "bodytext",
    "contenido", "content article", "content body", "content main", "content text", "contentbody",
    "contenttext", "corps", "cuerpo", "cuerpo noticia", "detail body", "detail content", "entry",
    "entry content", "entry text", "entrycontent", "itemtext", "main article", "main content",
    "main text", "maincontent", "mw parser output", "neirong", "news body", "news content",
    "news detail", "news text", "newscontent", "newstext", "page content", "post body",
    "post content", "post entry", "post text", "postbody", "postcontent", "postentry", "rich text",
    "richtext", "single content", "story", "story body", "story content", "story text", "storybody",
    "storytext", "text content", "texte", "texto", "tresc", "trs editor", "wsw", "zhengwen",
];

#[cfg(test)]
mod tests;
