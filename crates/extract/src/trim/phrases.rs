//! The phrases by which templates speak, in the languages of the press.
//!
//! They are compared in lower case with the start of a line or with the whole of it.

use crate::letter::{is_letter, lowered};
use crate::lexicon::Lexicon;
use std::sync::LazyLock;

/// How long a line of a template may be, in characters.
const LINE_CHARS_MAX: usize = 160;

/// A line made ready to be compared.
pub struct Line {
    lower: String,
    /// Where in it what is between its signs begins and ends.
    bare: std::ops::Range<usize>,
    chars: usize,
}

impl Line {
    pub fn of(line: &str) -> Line {
        let line = line.trim();
        // What is longer is no line of a template, however it goes on.
        let cut = line.char_indices().nth(LINE_CHARS_MAX * 2 + 1).map_or(line.len(), |(at, _)| at);
        let lower = lowered(&line[..cut]);
        let from = lower.find(is_letter).unwrap_or(lower.len());
        let last = lower.char_indices().rev().find(|(_, c)| is_letter(*c));
        let to = last.map_or(from, |(at, c)| at + c.len_utf8());
        Line { chars: lower.chars().count(), bare: from..to.max(from), lower }
    }

    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// A label above the text: share, print, reading time, source.
    pub fn is_head_label(&self) -> bool {
        let ends = self.lower.ends_with(['.', '。']) && !self.lower.ends_with("min.");
        self.chars <= 70
            && !ends
            && (self.is_one_of(&HEAD)
                || HEAD_STARTS.begins(&self.lower)
                || HEAD_ENDS.iter().any(|phrase| self.lower.ends_with(phrase)))
    }

    /// A heading after which other things than the article follow.
    pub fn is_end_mark(&self) -> bool {
        self.chars <= 60 && self.is_one_of(&END)
    }

    /// A line at the end that invites or credits.
    pub fn is_tail(&self) -> bool {
        self.chars <= LINE_CHARS_MAX * 2
            && (TAIL.begins(&self.lower) || self.is_end_mark() || self.is_advert())
    }

    /// A line with a link that sends the reader to another article.
    pub fn is_aside(&self) -> bool {
        self.chars <= LINE_CHARS_MAX * 2 && ASIDE.begins(&self.lower)
    }

    /// A line that says that an advertisement follows.
    pub fn is_advert(&self) -> bool {
        self.is_one_of(&ADVERT) || is_duration(&self.lower)
    }

    fn is_one_of(&self, phrases: &Lexicon<()>) -> bool {
        phrases.has(&self.lower[self.bare.clone()])
    }
}

/// `0:03:12`: what a player leaves behind.
fn is_duration(line: &str) -> bool {
    let clock = line.bytes().all(|b| b.is_ascii_digit() || b == b':');
    clock && line.len() <= 8 && line.contains(':')
}

#[rustfmt::skip]
static HEAD: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "share", "share this", "share this article", "share this story", "share on facebook", "print",
    "email", "tweet", "facebook", "twitter", "whatsapp", "copy link", "save", "comments", "comment",
    "listen", "listen to this article", "play", "loading", "advertisement", "updated", "published",
    "teilen", "drucken", "merken", "anhören", "vorlesen", "artikel anhören", "kommentare",
    "partager", "imprimer", "compartir", "imprimir", "guardar", "escuchar", "condividi", "home",
    "分享", "打印", "字号", "评论", "收藏", "字體", "字体", "大", "中", "小", "大 中 小", "繁體", "简体",
    "follow", "report this content",
]));

#[rustfmt::skip]
static HEAD_STARTS: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "by ", "von ", "par ", "por ", "written by", "posted by", "posted on", "posted in", "published by", "published:", "published on",
    "updated:", "last updated", "last modified", "first published", "filed under", "category:",
    "categories:", "photo by", "stand:", "veröffentlicht", "publié le", "publicado", "作者：",
    "作者:", "记者：", "来源：", "来源:", "來源：", "來源:", "编辑：", "责任编辑", "發表時間", "发布时间",
]));

const HEAD_ENDS: [&str; 8] = [
    "min read",
    "minute read",
    "minutes read",
    "mins read",
    "min. lesezeit",
    "minuten lesezeit",
    "comments",
    "kommentare",
];

#[rustfmt::skip]
static END: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "related", "related articles", "related stories", "related content", "related posts", "related news",
    "related topics", "related links", "related reading", "more stories", "more news", "more on this story", "more on this", "more on this topic",
    "read more", "read next", "recommended", "recommended for you", "recommended stories", "you may also like",
    "you might also like", "you might like", "also read", "see also", "most read", "most popular", "popular",
    "trending", "trending now", "latest news", "latest stories", "top stories", "up next", "comments", "leave a reply",
    "leave a comment", "post a comment", "share this", "share this article", "share this story", "about the author",
    "about the authors", "sign up for our newsletter", "newsletter", "keep reading", "continue reading", "what to read next",
    "mehr zum thema", "lesen sie auch", "das könnte sie auch interessieren", "auch interessant", "weitere artikel", "weitere themen",
    "kommentare", "ähnliche artikel", "à lire aussi", "lire aussi", "sur le même sujet", "también te puede interesar", "te puede interesar",
    "noticias relacionadas", "leggi anche", "相关新闻", "相关阅读", "相关报道", "相關新聞", "相關報導", "延伸閱讀", "延伸阅读", "関連記事",
]));

#[rustfmt::skip]
static TAIL: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "©", "copyright", "(c) ", "all rights reserved", "follow us", "follow @", "follow him on", "follow her on", "subscribe",
    "sign up", "join our", "click here to", "click to share", "share this", "share on", "like this:", "tags:", "tagged", "topics:", "filed under",
    "posted in", "categories:", "category:", "read more", "related:", "more:", "see also", "read also", "also read", "read next",
    "have a tip", "got a tip", "send us", "contact the author", "email the author", "this article was originally", "this story was originally",
    "originally published", "source:", "via:", "image credit", "photo credit", "photo by", "photo:", "image:", "cover image",
    "featured image", "leave a comment", "post a comment", "comments are closed", "report a typo", "download the", "get the latest",
    "for more ", "listen to", "watch:", "advertisement", "support our", "donate",
    "mehr zum thema", "lesen sie auch", "lesen sie mehr", "quelle:", "foto:", "fotos:", "bild:", "schlagwörter", "schlagworte", "themen:", "teilen", "newsletter",
    "kommentar", "sie haben einen fehler", "hier geht es", "lire aussi", "à lire aussi", "abonnez-vous", "suscríbete", "síguenos", "leer más",
    "责任编辑", "責任編輯", "（责任编辑", "(责任编辑", "编辑：", "来源：", "本文来源", "版权", "相关", "转载", "【责任编辑",
]));

#[rustfmt::skip]
static ASIDE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "read more", "read also", "also read", "read:", "read next", "related:", "related article", "related story", "see also", "more:", "watch:", "listen:", "see more:", "don't miss", "recommended:",
    "must read", "what to know:", "sign up", "subscribe", "click here", "get our", "mehr:", "mehr zum thema", "lesen sie auch", "lesen sie hier", "lesen sie mehr",
    "auch interessant", "lire aussi", "à lire aussi", "à lire", "lire :", "leer más", "lea también", "lea más", "te puede interesar", "leggi anche", "czytaj także", "czytaj też",
    "читайте также", "延伸阅读", "延伸閱讀", "相关阅读", "相关新闻", "baca juga",
]));

#[rustfmt::skip]
static ADVERT: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::phrases(&[
    "advertisement", "advertisement - scroll to continue", "advertisment", "article continues below", "story continues below", "story continues", "article continues after advertisement", "continue reading below",
    "anzeige", "werbung", "publicité", "publicidad", "pubblicità", "реклама", "广告", "廣告", "ad", "advert", "media playback is unsupported on your device", "don't miss", "this slideshow requires javascript", "image", "loading", "please enable javascript", "no media source currently available",
    "没有媒体可用资源", "沒有媒體可用資源", "هیچ منبع رسانه‌ای در حال حاضر موجود نیست", "story continues below advertisement", "scroll to continue", "skip advertisement",
]));
