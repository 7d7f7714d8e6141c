//! What the words of class names and ids say that a part of a page is, as a set of kinds.
//!
//! The kinds are evidence for [`crate::forest`], never a verdict: what each is worth was learned.

use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// A set of kinds, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(pub u32);

/// How many kinds there are.
pub const COUNT: usize = 22;

const RELATED: u32 = 1;
const SHARE: u32 = 1 << 1;
const LETTER: u32 = 1 << 2;
const AUTHOR: u32 = 1 << 3;
const META: u32 = 1 << 4;
const ADVERT: u32 = 1 << 5;
const SIDE: u32 = 1 << 6;
const MENU: u32 = 1 << 7;
const FOOT: u32 = 1 << 8;
const COMMENT: u32 = 1 << 9;
const CONSENT: u32 = 1 << 10;
const HIDDEN: u32 = 1 << 11;
const BODY: u32 = 1 << 12;
const CAPTION: u32 = 1 << 13;
const TITLE: u32 = 1 << 14;
const TEASER: u32 = 1 << 15;
const MEDIA: u32 = 1 << 16;
const WALL: u32 = 1 << 17;
const DECK: u32 = 1 << 18;
const TAGS: u32 = 1 << 19;
const LIST: u32 = 1 << 20;
const BOX: u32 = 1 << 21;

impl Kinds {
    /// Reads one of the words that [`crate::words::split`] makes of a class and an id.
    pub fn of(word: &str) -> Kinds {
        Kinds(STEMS.stem(word, STEM_BYTES_MIN).unwrap_or(0))
    }

    pub fn with(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Tells whether it is about who wrote the article.
    pub fn tells_author(self) -> bool {
        self.0 & AUTHOR != 0
    }

    /// Tells whether it is about other articles.
    pub fn tells_others(self) -> bool {
        self.0 & RELATED != 0
    }

    /// Tells whether it is anything that an article's text is not.
    pub fn tells_against(self) -> bool {
        let against = RELATED | SHARE | LETTER | AUTHOR | META | ADVERT | SIDE | MENU | FOOT;
        self.0 & (against | COMMENT | CONSENT | HIDDEN | TEASER | WALL | TAGS) != 0
    }

    pub fn has(self, bit: usize) -> bool {
        self.0 >> bit & 1 == 1
    }
}

/// A stem this short must be the whole word.
const STEM_BYTES_MIN: usize = 5;

#[rustfmt::skip]
static STEMS: LazyLock<Lexicon<u32>> = LazyLock::new(|| Lexicon::of(&[
    ("abonn", LETTER), ("abstract", DECK), ("actions", SHARE), ("ad", ADVERT), ("adbox", ADVERT),
    ("addthis", SHARE), ("addtoany", SHARE), ("ads", ADVERT), ("adsbygoogle", ADVERT),
    ("adslot", ADVERT), ("advert", ADVERT), ("adwrapper", ADVERT), ("aelinks", RELATED),
    ("affiliate", ADVERT), ("alsoread", RELATED), ("anzeige", ADVERT), ("archive", TEASER),
    ("artbody", BODY), ("article", BODY), ("articlebody", BODY), ("articlecontent", BODY),
    ("articletext", BODY), ("artikel", BODY), ("aside", SIDE), ("audio", MEDIA), ("auteur", AUTHOR),
    ("author", AUTHOR), ("autor", AUTHOR), ("avatar", AUTHOR), ("banner", ADVERT),
    ("bildunterschrift", CAPTION), ("bio", AUTHOR), ("biography", AUTHOR), ("blockquote", BOX),
    ("body", BODY), ("bodytext", BODY), ("bookmark", SHARE), ("bottom", FOOT), ("box", BOX),
    ("breadcrumb", META), ("buttons", SHARE), ("byline", AUTHOR), ("callout", BOX),
    ("caption", CAPTION), ("card", TEASER), ("carousel", TEASER), ("categories", META),
    ("category", META), ("chapeau", DECK), ("cmp", CONSENT), ("colophon", FOOT),
    ("comentario", COMMENT), ("comment", COMMENT), ("commentaire", COMMENT), ("commentlist", COMMENT),
    ("comments", COMMENT), ("commercial", ADVERT), ("complementary", SIDE), ("component", BOX),
    ("consent", CONSENT), ("contenido", BODY), ("content", BODY), ("contentbody", BODY),
    ("contributor", AUTHOR), ("cookie", CONSENT), ("copy", BODY), ("copyright", FOOT), ("corps", BODY),
    ("correction", BOX), ("credit", CAPTION), ("crumbs", META), ("cta", LETTER), ("cuerpo", BODY),
    ("cutline", CAPTION), ("date", META), ("dateline", META), ("datetime", META), ("datum", META),
    ("deal", ADVERT), ("deals", ADVERT), ("deck", DECK), ("dek", DECK), ("description", DECK),
    ("detail", BODY), ("dfp", ADVERT), ("dialog", HIDDEN), ("didomi", CONSENT), ("disclaimer", FOOT),
    ("discussion", COMMENT), ("disqus", COMMENT), ("donate", LETTER), ("donation", LETTER),
    ("dropdown", MENU), ("email", SHARE), ("embed", MEDIA), ("empfehl", RELATED), ("entry", BODY),
    ("entrycontent", BODY), ("excerpt", DECK), ("eyebrow", META), ("facebook", SHARE), ("factbox", BOX),
    ("factoid", BOX), ("faq", BOX), ("feed", TEASER), ("fenxiang", SHARE), ("figcaption", CAPTION),
    ("figure", MEDIA), ("follow", SHARE), ("foot", FOOT), ("footer", FOOT), ("forum", COMMENT),
    ("gallery", MEDIA), ("gated", WALL), ("gdpr", CONSENT), ("gpt", ADVERT), ("grid", TEASER),
    ("guanggao", ADVERT), ("header", MENU), ("header1", TITLE), ("heading", TITLE), ("headline", TITLE),
    ("hed", TITLE), ("hidden", HIDDEN), ("hide", HIDDEN), ("highlights", DECK), ("iframe", MEDIA),
    ("image", MEDIA), ("img", MEDIA), ("imgcaption", CAPTION), ("impressum", FOOT), ("imprint", FOOT),
    ("info", META), ("infobox", BOX), ("inline", BOX), ("inread", ADVERT), ("intro", DECK),
    ("invisible", HIDDEN), ("item", TEASER), ("jiathis", SHARE), ("keypoints", DECK),
    ("keywords", TAGS), ("kicker", META), ("kiosk", RELATED), ("komentarze", COMMENT),
    ("kommentar", COMMENT), ("kommentare", COMMENT), ("latest", RELATED), ("lead", DECK),
    ("lede", DECK), ("legal", FOOT), ("legende", CAPTION), ("leggi", RELATED), ("lesenswert", RELATED),
    ("lightbox", HIDDEN), ("linkedin", SHARE), ("linklist", LIST), ("links", LIST), ("lirea", RELATED),
    ("list", LIST), ("liste", LIST), ("listing", TEASER), ("livefyre", COMMENT), ("locked", WALL),
    ("login", WALL), ("mailchimp", LETTER), ("mailing", LETTER), ("main", BODY), ("maincontent", BODY),
    ("marginal", SIDE), ("marginalia", SIDE), ("masthead", MENU), ("media", MEDIA), ("megamenu", MENU),
    ("mehr", RELATED), ("meistgelesen", RELATED), ("membership", LETTER), ("menu", MENU),
    ("menuitems", LIST), ("meta", META), ("metered", WALL), ("modal", HIDDEN), ("module", BOX),
    ("morefrom", RELATED), ("moreon", RELATED), ("mostpopular", RELATED), ("mostread", RELATED),
    ("mpu", ADVERT), ("nav", MENU), ("navbar", MENU), ("navi", MENU), ("navigation", MENU),
    ("neirong", BODY), ("newsletter", LETTER), ("nextup", RELATED), ("noprint", HIDDEN), ("note", BOX),
    ("notice", BOX), ("offscreen", HIDDEN), ("onetrust", CONSENT), ("optin", LETTER),
    ("outbrain", RELATED), ("overlay", HIDDEN), ("pagenav", MENU), ("pager", MENU),
    ("pagination", MENU), ("paging", MENU), ("paragraph", BODY), ("partage", SHARE), ("paywall", WALL),
    ("photo", MEDIA), ("photocredit", CAPTION), ("piano", WALL), ("picture", MEDIA),
    ("pinglun", COMMENT), ("pinterest", SHARE), ("player", MEDIA), ("plista", RELATED),
    ("podcast", MEDIA), ("popular", RELATED), ("popup", HIDDEN), ("post", BODY), ("postbody", BODY),
    ("postcontent", BODY), ("premium", WALL), ("prevnext", MENU), ("print", SHARE),
    ("privacy", CONSENT), ("product", ADVERT), ("profile", AUTHOR), ("promo", ADVERT),
    ("promo2", TEASER), ("promoted", RELATED), ("promotion", ADVERT), ("prose", BODY),
    ("pubdate", META), ("publicidad", ADVERT), ("publicite", ADVERT), ("published", META),
    ("pullquote", BOX), ("quelle", META), ("quote", BOX), ("rail", SIDE), ("readalso", RELATED),
    ("readingtime", META), ("readmore", RELATED), ("readnext", RELATED), ("recirc", RELATED),
    ("reco", RELATED), ("recommend", RELATED), ("register", LETTER), ("registration", LETTER),
    ("regwall", WALL), ("reklama", ADVERT), ("relacionad", RELATED), ("related", RELATED),
    ("reply", COMMENT), ("reporter", AUTHOR), ("respond", COMMENT), ("richtext", BODY),
    ("river", TEASER), ("rte", BODY), ("rubric", META), ("rubrik", META), ("sapo", DECK),
    ("schlagwort", TAGS), ("screenreader", HIDDEN), ("search", MENU), ("secondary", SIDE),
    ("seealso", RELATED), ("share", SHARE), ("sharedaddy", SHARE), ("sharing", SHARE), ("shop", ADVERT),
    ("sidebar", SIDE), ("sidebox", SIDE), ("sidenote", BOX), ("signup", LETTER), ("similar", RELATED),
    ("skip", HIDDEN), ("skyscraper", ADVERT), ("slick", TEASER), ("slider", TEASER),
    ("slideshow", MEDIA), ("social", SHARE), ("source", META), ("sponsor", ADVERT),
    ("sponsored", ADVERT), ("sr", HIDDEN), ("standfirst", DECK), ("story", BODY), ("storybody", BODY),
    ("stream", TEASER), ("subhead", DECK), ("subheadline", DECK), ("subscri", LETTER),
    ("subscribe", LETTER), ("subscription", LETTER), ("subtitle", DECK), ("suggested", RELATED),
    ("suggestion", RELATED), ("summary", DECK), ("swiper", TEASER), ("tab", MENU), ("taboola", RELATED),
    ("tabs", MENU), ("tag", TAGS), ("tagcloud", TAGS), ("taglist", TAGS), ("tags", TAGS),
    ("teads", ADVERT), ("teaser", TEASER), ("teasertext", DECK), ("teilen", SHARE), ("telegram", SHARE),
    ("text", BODY), ("texte", BODY), ("texto", BODY), ("thumb", TEASER), ("thumbnail", TEASER),
    ("tile", TEASER), ("time", META), ("timestamp", META), ("titel", TITLE), ("title", TITLE),
    ("titre", TITLE), ("titulo", TITLE), ("toc", MENU), ("toolbar", SHARE), ("tools", SHARE),
    ("tooltip", HIDDEN), ("topbar", MENU), ("topic", TAGS), ("topics", TAGS), ("trending", RELATED),
    ("tresc", BODY), ("tuijian", RELATED), ("twitter", SHARE), ("ul", LIST), ("upnext", RELATED),
    ("usercentrics", CONSENT), ("verwandt", RELATED), ("video", MEDIA), ("visuallyhidden", HIDDEN),
    ("vorspann", DECK), ("weiterlesen", RELATED), ("werbung", ADVERT), ("whatsapp", SHARE),
    ("widget", SIDE), ("writer", AUTHOR), ("wsw", BODY), ("wysiwyg", BODY), ("xiangguan", RELATED),
    ("youmaylike", RELATED), ("zergnet", RELATED), ("zhengwen", BODY),
]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_says_what_its_words_say() {
        let kinds =
            |words: &str| words.split(' ').map(Kinds::of).fold(Kinds::default(), Kinds::with);
        assert_eq!(kinds("x related items newsletter box").0, RELATED | LETTER | BOX);
        assert_eq!(kinds("adapter badge").0, 0);
    }
}
