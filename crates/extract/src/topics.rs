//! What the words of a line are about, as far as templates speak: subscriptions, cookies, rights …
//!
//! Evidence for [`crate::forest`], never a verdict. Words are compared as whole words or by their
//! first letters; hanzi and kana by pairs.

use crate::letter::{is_letter, lowered};
use crate::lexicon::Lexicon;
use crate::weight::{self, is_cjk};
use std::sync::LazyLock;

/// How many topics there are.
pub const COUNT: usize = 14;

const COOKIE: u16 = 1;
const SUBSCRIBE: u16 = 1 << 1;
const FOLLOW: u16 = 1 << 2;
const RIGHTS: u16 = 1 << 3;
const COMMENT: u16 = 1 << 4;
const WRITER: u16 = 1 << 5;
const MORE: u16 = 1 << 6;
const CONTACT: u16 = 1 << 7;
const PRICE: u16 = 1 << 8;
const LOGIN: u16 = 1 << 9;
const APP: u16 = 1 << 10;
const CREDIT: u16 = 1 << 11;
const TIME: u16 = 1 << 12;
const ADVERT: u16 = 1 << 13;

/// Returns the topics of a line, a bit each.
pub fn of(line: &str) -> u16 {
    let mut topics = 0;
    let mut word_from = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let is_cjk = !c.is_ascii() && is_cjk(c);
        if is_letter(c) && !is_cjk {
            word_from.get_or_insert(at);
        } else {
            topics |= word_from.take().map_or(0, |from| of_word(&line[from..at])) | of_sign(c);
        }
        if is_cjk && weight::is_cjk(before) {
            topics |= of_pair(before, c);
        }
        before = c;
    }
    topics | word_from.map_or(0, |from| of_word(&line[from..]))
}

fn of_sign(c: char) -> u16 {
    match c {
        '©' | '®' => RIGHTS,
        '@' => CONTACT,
        '€' | '$' | '£' | '¥' | '₹' => PRICE,
        '»' | '›' | '→' | '▶' | '►' => MORE,
        _ => 0,
    }
}

/// A stem this short must be the whole word.
const STEM_BYTES_MIN: usize = 5;

fn of_word(word: &str) -> u16 {
    if !WORDS.may_have(word) {
        return 0;
    }
    let word = lowered(word);
    WORDS.stem(&word, STEM_BYTES_MIN).unwrap_or(0)
}

fn of_pair(before: char, c: char) -> u16 {
    PAIRS.binary_search_by_key(&(before, c), |(pair, _)| *pair).map_or(0, |at| PAIRS[at].1)
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<u16>> = LazyLock::new(|| Lexicon::of(&[
    ("abo", LOGIN), ("abonn", SUBSCRIBE), ("abonnieren", SUBSCRIBE), ("account", LOGIN),
    ("advert", ADVERT), ("advertisement", ADVERT), ("affiliate", PRICE), ("afp", CREDIT),
    ("ago", TIME), ("aktualisiert", TIME), ("alamy", CREDIT), ("amazon", PRICE), ("anche", MORE),
    ("android", APP), ("anmelden", LOGIN), ("anmeldung", LOGIN), ("anschrift", CONTACT),
    ("ansprechpartner", CONTACT), ("antworten", COMMENT), ("anzeige", ADVERT), ("ap", CREDIT),
    ("app", APP), ("apps", APP), ("archivfoto", CREDIT), ("article", MORE), ("articles", MORE),
    ("artikel", MORE), ("auch", MORE), ("audio", APP), ("aussi", MORE), ("auteur", WRITER),
    ("author", WRITER), ("autor", WRITER), ("autorin", WRITER), ("bestellen", PRICE),
    ("bild", CREDIT), ("bilder", CREDIT), ("biograph", WRITER), ("bluesky", FOLLOW),
    ("browser", APP), ("buy", PRICE), ("cart", PRICE), ("ciasteczka", COOKIE), ("click", MORE),
    ("cliquez", MORE), ("columnist", WRITER), ("comentario", COMMENT), ("comment", COMMENT),
    ("commentaire", COMMENT), ("comments", COMMENT), ("commission", PRICE), ("commons", RIGHTS),
    ("compartir", FOLLOW), ("condividi", FOLLOW), ("confidentialité", COOKIE), ("consent", COOKIE),
    ("contact", CONTACT), ("contribut", WRITER), ("contributor", WRITER), ("cookie", COOKIE),
    ("cookiebot", COOKIE), ("cookies", COOKIE), ("copyright", RIGHTS), ("correspondent", WRITER),
    ("coupon", PRICE), ("courtesy", CREDIT), ("creative", RIGHTS), ("credit", CREDIT),
    ("datenschutz", COOKIE), ("deal", PRICE), ("deals", PRICE), ("derechos", RIGHTS),
    ("disclaimer", RIGHTS), ("discount", PRICE), ("discuss", COMMENT), ("diskut", COMMENT),
    ("donate", ADVERT), ("donation", ADVERT), ("download", APP), ("dpa", CREDIT),
    ("droits", RIGHTS), ("editor", WRITER), ("email", CONTACT), ("empfohlen", MORE),
    ("epa", CREDIT), ("epaper", APP), ("erschienen", TIME), ("erstellt", TIME), ("euro", PRICE),
    ("euros", PRICE), ("facebook", FOLLOW), ("fax", CONTACT), ("feedback", CONTACT),
    ("folge", FOLLOW), ("folgen", FOLLOW), ("follow", FOLLOW), ("forum", COMMENT), ("foto", CREDIT),
    ("fotos", CREDIT), ("gdpr", COOKIE), ("gesponsert", ADVERT), ("getty", CREDIT), ("here", MORE),
    ("herunterladen", APP), ("hier", MORE), ("hotline", CONTACT), ("image", CREDIT),
    ("images", CREDIT), ("imago", CREDIT), ("impressum", RIGHTS), ("inbox", SUBSCRIBE),
    ("inscri", SUBSCRIBE), ("instagram", FOLLOW), ("ios", APP), ("iphone", APP),
    ("iscriv", SUBSCRIBE), ("istock", CREDIT), ("javascrip", APP), ("javascript", APP),
    ("journalist", WRITER), ("kaufen", PRICE), ("klicken", MORE), ("kommentar", COMMENT),
    ("kontakt", CONTACT), ("konto", LOGIN), ("korrespondent", WRITER), ("latest", MORE),
    ("leer", MORE), ("leggi", MORE), ("lesen", MORE), ("leserbrief", COMMENT), ("lesezeit", TIME),
    ("licence", RIGHTS), ("licens", RIGHTS), ("license", RIGHTS), ("linkedin", FOLLOW),
    ("lire", MORE), ("log", LOGIN), ("login", LOGIN), ("mail", CONTACT), ("mailing", SUBSCRIBE),
    ("mastodon", FOLLOW), ("mehr", MORE), ("member", LOGIN), ("membership", LOGIN),
    ("minute", TIME), ("minuten", TIME), ("minutes", TIME), ("mitglied", LOGIN),
    ("moderat", COMMENT), ("moderiert", COMMENT), ("modified", TIME), ("more", MORE),
    ("nachdruck", RIGHTS), ("newsletter", SUBSCRIBE), ("partager", FOLLOW), ("partner", ADVERT),
    ("password", LOGIN), ("passwort", LOGIN), ("patreon", ADVERT), ("paywall", LOGIN),
    ("periodista", WRITER), ("phone", CONTACT), ("photo", CREDIT), ("photograph", CREDIT),
    ("photos", CREDIT), ("picture", CREDIT), ("pinterest", FOLLOW), ("pixabay", CREDIT),
    ("player", APP), ("plus", LOGIN), ("podcast", FOLLOW), ("popular", MORE), ("posted", TIME),
    ("posteingang", SUBSCRIBE), ("preis", PRICE), ("premium", LOGIN), ("prenumer", SUBSCRIBE),
    ("pressekontakt", CONTACT), ("pressestelle", CONTACT), ("price", PRICE), ("privacidad", COOKIE),
    ("privacy", COOKIE), ("promoted", ADVERT), ("provision", PRICE), ("pubblicato", TIME),
    ("publicado", TIME), ("publicidad", ADVERT), ("publicité", ADVERT), ("published", TIME),
    ("publié", TIME), ("quelle", CREDIT), ("rabatt", PRICE), ("read", MORE), ("rechte", RIGHTS),
    ("recommended", MORE), ("redactor", WRITER), ("redakteur", WRITER), ("redaktion", WRITER),
    ("registr", LOGIN), ("reklama", ADVERT), ("related", MORE), ("reply", COMMENT),
    ("reporter", WRITER), ("reproduction", RIGHTS), ("republish", RIGHTS), ("reservados", RIGHTS),
    ("reserved", RIGHTS), ("retweet", FOLLOW), ("reuters", CREDIT), ("rights", RIGHTS),
    ("rédaction", WRITER), ("réservés", RIGHTS), ("screenshot", CREDIT), ("seguici", FOLLOW),
    ("share", FOLLOW), ("shipping", PRICE), ("shop", PRICE), ("shutterstock", CREDIT),
    ("sign", SUBSCRIBE), ("signup", SUBSCRIBE), ("sigue", FOLLOW), ("snapchat", FOLLOW),
    ("source", CREDIT), ("spenden", ADVERT), ("sponsor", ADVERT), ("sponsored", ADVERT),
    ("spotify", FOLLOW), ("stand", TIME), ("stories", MORE), ("story", MORE),
    ("subscri", SUBSCRIBE), ("subscriber", LOGIN), ("subscribers", LOGIN), ("subskryp", SUBSCRIBE),
    ("suivez", FOLLOW), ("support", ADVERT), ("suscri", SUBSCRIBE), ("suscribirse", SUBSCRIBE),
    ("symbolbild", CREDIT), ("síguenos", FOLLOW), ("también", MORE), ("teilen", FOLLOW),
    ("tel", CONTACT), ("telefon", CONTACT), ("telegram", FOLLOW), ("terms", RIGHTS),
    ("threads", FOLLOW), ("tiktok", FOLLOW), ("tip", CONTACT), ("tips", CONTACT),
    ("trending", MORE), ("tweet", FOLLOW), ("twitter", FOLLOW), ("uhr", TIME), ("unlimited", LOGIN),
    ("unlock", LOGIN), ("unsplash", CREDIT), ("unterstützen", ADVERT), ("update", APP),
    ("updated", TIME), ("versand", PRICE), ("version", APP), ("veröffentlicht", TIME),
    ("video", APP), ("videos", APP), ("vorbehalten", RIGHTS), ("vorbehaltene", RIGHTS),
    ("warenkorb", PRICE), ("watch", MORE), ("weitere", MORE), ("weiterlesen", MORE),
    ("werbung", ADVERT), ("whatsapp", FOLLOW), ("writer", WRITER), ("writes", WRITER),
    ("youtube", FOLLOW), ("подпис", SUBSCRIBE),
]));

/// Sorted, because they are searched by halves.
#[rustfmt::skip]
const PAIRS: [((char, char), u16); 100] = [
    (('下', '載'), APP), (('下', '载'), APP), (('举', '报'), CONTACT), (('二', '维'), FOLLOW),
    (('会', '员'), LOGIN), (('会', '員'), LOGIN), (('作', '者'), WRITER), (('來', '源'), CREDIT),
    (('免', '责'), RIGHTS), (('公', '众'), FOLLOW), (('公', '眾'), FOLLOW), (('关', '注'), FOLLOW),
    (('关', '连'), MORE), (('写', '真'), CREDIT), (('分', '享'), FOLLOW), (('动', '漫'), APP),
    (('动', '画'), APP), (('发', '布'), TIME), (('图', '为'), CREDIT), (('图', '源'), CREDIT),
    (('图', '片'), CREDIT), (('圖', '片'), CREDIT), (('地', '址'), CONTACT), (('声', '明'), RIGHTS),
    (('广', '告'), ADVERT), (('廣', '告'), ADVERT), (('延', '伸'), MORE), (('影', '片'), APP),
    (('微', '信'), FOLLOW), (('微', '博'), FOLLOW), (('所', '有'), RIGHTS), (('扫', '码'), FOLLOW),
    (('捐', '款'), ADVERT), (('掃', '碼'), FOLLOW), (('授', '权'), RIGHTS), (('推', '广'), ADVERT),
    (('推', '荐'), MORE), (('推', '薦'), MORE), (('摄', '影'), CREDIT), (('撮', '影'), CREDIT),
    (('撰', '文'), WRITER), (('攝', '影'), CREDIT), (('支', '持'), ADVERT), (('时', '间'), TIME),
    (('時', '間'), TIME), (('更', '多'), MORE), (('更', '新'), TIME), (('會', '員'), LOGIN),
    (('来', '源'), CREDIT), (('注', '册'), LOGIN), (('点', '击'), MORE), (('热', '线'), CONTACT),
    (('热', '门'), MORE), (('版', '权'), RIGHTS), (('版', '權'), RIGHTS), (('电', '话'), CONTACT),
    (('留', '言'), COMMENT), (('登', '入'), LOGIN), (('登', '录'), LOGIN), (('發', '布'), TIME),
    (('相', '关'), MORE), (('相', '關'), MORE), (('禁', '止'), RIGHTS), (('精', '彩'), MORE),
    (('続', 'き'), MORE), (('編', '輯'), WRITER), (('编', '辑'), WRITER), (('网', '友'), COMMENT),
    (('联', '系'), CONTACT), (('聯', '絡'), CONTACT), (('聲', '明'), RIGHTS), (('著', '作'), RIGHTS),
    (('视', '频'), APP), (('訂', '閱'), SUBSCRIBE), (('記', '者'), WRITER), (('許', '可'), RIGHTS),
    (('註', '冊'), LOGIN), (('評', '論'), COMMENT), (('订', '阅'), SUBSCRIBE), (('记', '者'), WRITER),
    (('评', '论'), COMMENT), (('译', '者'), WRITER), (('責', '編'), WRITER), (('購', '読'), SUBSCRIBE),
    (('责', '编'), WRITER), (('购', '读'), SUBSCRIBE), (('赞', '助'), ADVERT), (('跟', '帖'), COMMENT),
    (('轉', '載'), RIGHTS), (('转', '载'), RIGHTS), (('邮', '件'), SUBSCRIBE), (('邮', '箱'), CONTACT),
    (('配', '信'), TIME), (('链', '接'), MORE), (('関', '連'), MORE), (('閱', '讀'), MORE),
    (('關', '注'), FOLLOW), (('阅', '读'), MORE), (('電', '話'), CONTACT), (('點', '擊'), MORE),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_are_sorted() {
        assert!(PAIRS.windows(2).all(|two| two[0].0 < two[1].0));
    }

    #[test]
    fn words_and_pairs_tell_topics() {
        assert_eq!(of("Subscribe to our Newsletter"), SUBSCRIBE);
        assert_eq!(of("版权所有，未经许可不得转载"), RIGHTS);
        assert_eq!(of("The harbour froze at night"), 0);
    }
}
