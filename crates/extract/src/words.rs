//! The words of class names and ids by which pages name their parts, in many languages.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

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
        let mut names = Names {
            junk: JUNK_PHRASES.stands_in(words),
            body: BODY.stands_in(words),
            ..Names::default()
        };
        for word in words.split_ascii_whitespace() {
            names.junk |= JUNK.has(word);
            match PARTS.get(word) {
                Some(Part::Comments) => names.comments = true,
                Some(Part::Consent) => names.consent = true,
                Some(Part::Caption) => names.caption = true,
                None => {}
            }
        }
        names
    }
}

#[derive(Clone, Copy)]
enum Part {
    /// Readers' comments.
    Comments,
    /// A question for consent.
    Consent,
    /// The caption or the credit of a picture.
    Caption,
}

static PARTS: LazyLock<Lexicon<Part>> = LazyLock::new(|| {
    let with = |words: &[&'static str], part| {
        words.iter().map(|word| (*word, part)).collect::<Vec<(&'static str, Part)>>()
    };
    let all = [
        with(&COMMENTS, Part::Comments),
        with(&CONSENT, Part::Consent),
        with(&CAPTION, Part::Caption),
    ];
    Lexicon::of(&all.concat())
});

#[rustfmt::skip]
const COMMENTS: [&str; 12] = [
    "comment", "commentarea", "commentaires", "commentlist", "comments", "comentarios", "disqus",
    "kommentar", "kommentare", "komentarze", "pinglun", "respond",
];

#[rustfmt::skip]
const CONSENT: [&str; 11] = [
    "cmp", "consent", "cookie", "cookiebanner", "cookiebar", "cookielaw", "cookies", "didomi", "gdpr",
    "onetrust", "usercentrics",
];

#[rustfmt::skip]
const CAPTION: [&str; 10] = [
    "bildunterschrift", "bu", "caption", "captions", "copyright", "credit", "credits", "figcaption",
    "imgcaption", "legende",
];

#[rustfmt::skip]
static JUNK: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
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
]));

#[rustfmt::skip]
static JUNK_PHRASES: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "a lire", "about author", "about the author", "article footer", "article share", "article tags",
    "author bio", "author box", "author info", "entry footer", "entry meta", "leer mas",
    "lire aussi", "mehr zum thema", "more from", "more news", "more stories", "most popular",
    "most read", "news tags", "next article", "post footer", "post meta", "post nav",
    "post navigation", "post share", "prev article", "print only", "read also", "read more",
    "read next", "screen reader", "see also", "share", "share bar", "share buttons", "share tools",
    "shares", "social share", "sr only", "story tags", "te puede", "up next", "visually hidden",
    "xiang guan", "you may",
]));

#[rustfmt::skip]
static BODY: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
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
]));

#[cfg(test)]
mod tests;
