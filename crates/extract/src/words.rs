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

fn has_any(words: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has(words, phrase))
}

/// Tells whether a phrase stands in the words on word boundaries.
fn has(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, found)| {
        let end = at + found.len();
        let open = at == 0 || words.as_bytes()[at - 1] == b' ';
        open && (end == words.len() || words.as_bytes()[end] == b' ')
    })
}

/// Sorted, because it is searched by halves.
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
    "share buttons", "share bar", "share tools", "social share", "post share", "article share",
    "share", "shares", "see also", "read more", "more from", "more stories", "more news", "most read",
    "most popular", "read also", "read next", "you may", "up next", "author bio", "author box",
    "author info", "about author", "about the author", "post meta", "entry meta", "post nav",
    "post navigation", "entry footer", "article footer", "post footer", "print only",
    "screen reader", "sr only", "visually hidden", "next article", "prev article", "xiang guan",
    "mehr zum thema", "a lire", "lire aussi", "leer mas", "te puede", "article tags", "story tags", "news tags",
];

#[rustfmt::skip]
const BODY: [&str; 84] = [
    "article body", "articlebody", "article content", "articlecontent", "article text",
    "articletext", "article main", "article copy", "article detail", "article details", "article post",
    "article page", "article cont", "article con", "art content", "artbody", "art text", "art body",
    "artcontent", "artikel", "artikel text", "artikeltext", "artikel content", "artikelbody",
    "body copy", "bodytext", "body text", "body content", "blog content", "blog post",
    "blog text", "content body", "content article", "content text", "contenttext", "content main",
    "contentbody", "contenido", "corps", "cuerpo", "cuerpo noticia", "detail content",
    "detail body", "entry", "entry content", "entrycontent", "entry text", "itemtext",
    "main content", "main text", "maincontent", "main article", "mw parser output", "news body", "news content",
    "newscontent", "news text", "newstext", "news detail", "neirong", "page content",
    "post body", "postbody", "post content", "postcontent", "post text", "post entry", "postentry", "rich text",
    "richtext", "story", "story body", "storybody", "story content", "story text", "storytext",
    "single content", "text content", "texte", "texto", "tresc", "trs editor", "wsw",
    "zhengwen",
];

#[cfg(test)]
mod tests;
