//! The words of class names and ids by which pages name their parts, in many languages.

mod author;

use crate::kinds::Kinds;
use crate::lexicon::Lexicon;
use author::Author;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Splits a class or id attribute into lower-case words: `articleBody post__Text` gives
/// `article body post text`.
pub fn split(names: &str) -> String {
    let mut out = String::new();
    split_into(&mut out, names);
    out
}

fn split_into(out: &mut String, names: &str) {
    let mut before = ' ';
    out.reserve(names.len() + 8);
    for c in names.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push(' ');
        }
        let is_part = c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric());
        out.push(if is_part { c.to_ascii_lowercase() } else { ' ' });
        before = c;
    }
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
    /// How surely its class marks the byline; 0 where it doesn't.
    pub byline: u8,
    /// Whether its class marks a date.
    pub dated: bool,
    pub kinds: Kinds,
}

impl Names {
    /// Tells whether they say nothing against being text of the article.
    pub fn is_plain(&self) -> bool {
        !self.junk && !self.comments && !self.consent && !self.kinds.tells_against()
    }
}

/// Reads classes and ids; the words of a page recur, so each is looked up once.
#[derive(Default)]
pub struct Reader {
    known: HashMap<Box<str>, Word, foldhash::fast::RandomState>,
    words: String,
}

/// What a word tells.
#[derive(Clone, Copy)]
struct Word {
    kinds: Kinds,
    is_junk: bool,
    part: Option<Part>,
    author: Author,
    dated: bool,
    begins_junk: bool,
    begins_body: bool,
}

impl Word {
    fn of(word: &str) -> Word {
        Word {
            kinds: Kinds::of(word),
            is_junk: JUNK.has(word),
            part: PARTS.get(word),
            author: Author::of(word),
            dated: DATES.has(word),
            begins_junk: JUNK_PHRASES.has_beginning(word),
            begins_body: BODY.has_beginning(word),
        }
    }
}

impl Reader {
    pub fn read(&mut self, class: &str, id: &str) -> Names {
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        for name in class.split_ascii_whitespace().filter(|name| !is_subject(name)) {
            split_into(&mut words, name);
            words.push(' ');
        }
        let class_len = words.len();
        split_into(&mut words, id);
        let names = self.names(&words, class_len);
        self.words = words;
        names
    }

    /// `class_len` tells which of the words are the class's.
    fn names(&mut self, words: &str, class_len: usize) -> Names {
        let mut names = Names::default();
        let mut author = Author::default();
        for (from, word) in parts(words) {
            let told = self.word(word);
            let rest = &words[from..];
            names.kinds = names.kinds.with(told.kinds);
            names.junk |= told.is_junk || (told.begins_junk && JUNK_PHRASES.begins_words(rest));
            names.body |= told.begins_body && BODY.begins_words(rest);
            match told.part {
                Some(Part::Comments) => names.comments = true,
                Some(Part::Consent) => names.consent = true,
                Some(Part::Caption) => names.caption = true,
                None => {}
            }
            names.dated |= told.dated;
            if from < class_len {
                author = author.with(told.author);
            }
        }
        names.byline = author.sureness();
        names
    }

    fn word(&mut self, word: &str) -> Word {
        if let Some(told) = self.known.get(word) {
            return *told;
        }
        let told = Word::of(word);
        self.known.insert(word.into(), told);
        told
    }
}

/// Tells whether a class says what an article is about and not what the element is: blogs give each
/// article its categories and tags so.
fn is_subject(name: &str) -> bool {
    name.starts_with("category-") || name.starts_with("tag-")
}

/// Returns the words between blanks, each with where it begins.
fn parts(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = words.as_bytes();
        let from = at + bytes[at..].iter().position(|byte| *byte != b' ')?;
        let len = bytes[from..].iter().position(|byte| *byte == b' ');
        at = len.map_or(bytes.len(), |len| from + len);
        Some((from, &words[from..at]))
    })
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
static DATES: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "date", "pubdate", "published", "datetime", "pubtime", "time", "timestamp", "dateline", "datum",
    "fecha", "paperdate", "newsdate", "postdate", "publishdate", "articledate",
]));

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
