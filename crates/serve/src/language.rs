//! What language a text is in, as far as setting it needs to know.

use serde::Serialize;

/// The `lang` and `dir` attributes of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// A BCP 47 tag; empty where nothing is known, which is what HTML means by it.
    pub lang: String,
    pub dir: &'static str,
}

/// The longest language tag that is passed on, in bytes (RFC 5646 §4.4.1 asks for 35).
const TAG_BYTES_MAX: usize = 35;

/// How many characters are looked at to tell a script.
const GUESS_CHARS_MAX: usize = 200;

const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur"];

/// Returns the tag of a text: as told, or else by its script.
pub fn tag(told: Option<&str>, text: &str) -> Tag {
    let told = told.map(str::trim).filter(|tag| is_tag(tag)).map(str::to_owned);
    match told.or_else(|| guess(text).map(str::to_owned)) {
        Some(lang) => Tag { dir: direction(&lang), lang },
        None => Tag { lang: String::new(), dir: "auto" },
    }
}

fn is_tag(tag: &str) -> bool {
    let fits = (2..=TAG_BYTES_MAX).contains(&tag.len());
    let plain = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits && plain && !tag.to_ascii_lowercase().starts_with("und")
}

fn direction(lang: &str) -> &'static str {
    let mut parts = lang.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.next().filter(|part| part.len() == 4).map(str::to_ascii_lowercase);
    let rtl = match script.as_deref() {
        Some("arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm") => true,
        Some(_) => false,
        None => RIGHT_TO_LEFT.contains(&language.as_str()),
    };
    if rtl { "rtl" } else { "ltr" }
}

/// Guesses a language where the script alone decides which faces to set it in.
fn guess(text: &str) -> Option<&'static str> {
    let (mut kana, mut han, mut hangul, mut arabic, mut hebrew, mut letters) = (0, 0, 0, 0, 0, 0);
    for c in text.chars().take(GUESS_CHARS_MAX).filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => han += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => arabic += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            _ => {}
        }
    }
    let mostly = |count: u32| count * 3 > letters;
    match () {
        () if kana > 0 && mostly(kana + han) => Some("ja"),
        () if mostly(hangul) => Some("ko"),
        () if mostly(han) => Some("zh"),
        () if mostly(arabic) => Some("ar"),
        () if mostly(hebrew) => Some("he"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[track_caller]
    fn check(told: Option<&str>, text: &str, lang: &str, dir: &str) {
        let tag = tag(told, text);
        assert_eq!((tag.lang.as_str(), tag.dir), (lang, dir));
    }

    #[test]
    fn a_told_language_counts() {
        check(Some("zh-Hant"), "x", "zh-Hant", "ltr");
        check(Some("ar"), "x", "ar", "rtl");
        check(Some("az-Arab"), "x", "az-Arab", "rtl");
        check(Some("ku-Latn"), "x", "ku-Latn", "ltr");
    }

    #[test]
    fn what_is_no_tag_is_not_passed_on() {
        check(Some("en\" onload=\"x"), "A headline", "", "auto");
        check(Some("und"), "港口的灯塔", "zh", "ltr");
    }

    #[test]
    fn a_script_tells_a_language() {
        check(None, "港口的灯塔重新点亮", "zh", "ltr");
        check(None, "港の灯台、塗り替え", "ja", "ltr");
        check(None, "항구의 등대", "ko", "ltr");
        check(None, "منارة الميناء", "ar", "rtl");
        check(None, "The lighthouse", "", "auto");
    }
}
