//! The line of place or date above a text.

use crate::weight::is_cjk;

/// How long such a line may be, in characters.
const LINE_CHARS_MAX: usize = 90;
/// How many words of letters may stand in it beside months, days and zones.
const OTHER_WORDS_MAX: usize = 3;

/// Tells whether a line that stands alone is a date or a place of writing and no more.
pub fn is_one(line: &str) -> bool {
    is_date(line) || is_place(line)
}

/// Tells whether the line is a date: a year or a clock, and hardly a word that isn't of the time.
pub fn is_date(line: &str) -> bool {
    let line = line.trim();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3 || line.chars().count() > LINE_CHARS_MAX {
        return false;
    }
    if line.ends_with(['。', '?', '!', '？', '！']) || !(has_year(line) || has_clock(line)) {
        return false;
    }
    if line.chars().any(is_cjk) {
        let others = line.chars().filter(|c| is_cjk(*c) && !CJK_TIME.contains(*c)).count();
        return others <= 2;
    }
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
    let others = words.filter(|word| !is_time_word(word)).count();
    others == 0 || (others <= OTHER_WORDS_MAX && others * 3 <= digits)
}

/// `ASTANA —`, `北京 —`: a short place and a dash.
fn is_place(line: &str) -> bool {
    let Some(place) = line.trim().strip_suffix(['—', '–', '―']) else {
        return false;
    };
    let place = place.trim_end_matches(['—', '–', '―', ' ']);
    let cased = place.chars().filter(|c| c.is_alphabetic());
    let len = place.chars().count();
    (2..=40).contains(&len)
        && cased.clone().next().is_some()
        && cased.clone().all(|c| !c.is_lowercase())
}

/// Returns the part of a line that is its date: `发布时间：2005-05-07 12:00 来源：…` gives the digits.
pub fn within(line: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || "-/.: 年月日时時分T".contains(c);
    let starts = line.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    for start in starts {
        let rest = &line[start..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let part = rest[..end].trim();
        let year = part.get(..4).is_some_and(has_year) && part.starts_with(['1', '2']);
        let sign = part.get(4..).and_then(|rest| rest.chars().next());
        if year && sign.is_some_and(|sign| "-/.年".contains(sign)) && part.len() >= 8 {
            return Some(part);
        }
    }
    None
}

/// Returns the part of a line that is a date in words: `Posted on March 9, 2024 by Ada` gives
/// `March 9, 2024`.
pub fn written_within(line: &str) -> Option<&str> {
    let tokens: Vec<(usize, &str)> = tokens(line).collect();
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let year = tokens.iter().position(|(_, word)| is_year(word) && is_number(word))?;
    let before = &tokens[year.saturating_sub(4)..year];
    let words: Vec<&(usize, &str)> = before
        .iter()
        .filter(|(_, word)| !matches!(*word, "de" | "of" | "st" | "nd" | "rd" | "th"))
        .collect();
    let [.., (one_at, one), (_, other)] = words.as_slice() else { return None };
    let is_day = |word: &str| {
        word.trim_end_matches(char::is_alphabetic)
            .parse()
            .is_ok_and(|day: u8| (1..=31).contains(&day))
    };
    let is_month = |word: &str| word.chars().count() > 2 && !is_number(word) && is_month_word(word);
    let is_date = is_day(one) && is_month(other)
        || is_month(one) && is_day(other)
        || is_number(one) && is_number(other) && is_day(one) && is_day(other);
    let (year_at, year) = tokens[year];
    is_date.then(|| &line[*one_at..year_at + year.len()])
}

fn tokens(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let from = at;
        at += word.len();
        at += line[at..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((from, word))
    })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_year(line: &str) -> bool {
    numbers(line)
        .any(|number| number.len() == 4 && matches!(&number[..2], "19" | "20" | "13" | "14"))
        || numbers(line).any(|number| number.len() == 8 && matches!(&number[..2], "19" | "20"))
}

fn has_clock(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.windows(4).any(|four| {
        four[0].is_ascii_digit()
            && four[1] == b':'
            && four[2].is_ascii_digit()
            && four[3].is_ascii_digit()
    })
}

fn numbers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty())
}

/// Hanzi, kana and hangul of dates and of the words beside them (published, updated, time).
const CJK_TIME: &str = "年月日時时分秒點点星期周週一二三四五六天上下午晚早間间晨凌發发布表更新於于時間时间北京台东東刊出日期曜火水木金土公開配信最終終版년월일시분초오전후입력수정등록";

fn is_time_word(word: &str) -> bool {
    WORDS.contains(&word.to_lowercase().as_str()) || is_month_word(word)
}

/// Tells whether a word is the name of a month or of a weekday.
fn is_month_word(word: &str) -> bool {
    let stem: String = word.to_lowercase().chars().take(3).collect();
    word.chars().count() <= 10 && MONTHS.contains(&stem.as_str())
}

/// The first three letters of months and weekdays in the languages of the Latin and Cyrillic press.
#[rustfmt::skip]
const MONTHS: [&str; 78] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär",
    "mai", "okt", "dez", "ene", "abr", "ago", "set", "dic", "fév", "avr", "jui", "aoû", "déc",
    "fev", "out", "gen", "mag", "giu", "lug", "ott", "sty", "lut", "kwi", "maj", "cze", "lip",
    "sie", "wrz", "paź", "lis", "gru", "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл",
    "авг", "сен", "окт", "ноя", "дек", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die",
    "mit", "don", "fre", "sam", "son", "lun", "mié", "jue", "vie", "sáb", "dom", "пон", "вто",
];

#[rustfmt::skip]
const WORDS: [&str; 66] = [
    "am", "pm", "gmt", "utc", "est", "edt", "cst", "cdt", "pst", "pdt", "mst", "mdt", "bst", "cet",
    "cest", "ist", "jst", "kst", "aest", "msk", "et", "pt", "uhr", "um", "the", "at", "on", "of",
    "de", "del", "le", "la", "el", "st", "nd", "rd", "th", "published", "updated", "posted", "date",
    "modified", "last", "first", "update", "stand", "veröffentlicht", "aktualisiert", "publié",
    "mis", "jour", "publicado", "actualizado", "atualizado", "pubblicato", "aggiornato",
    "datum", "vom", "am,", "heures", "horas", "hrs", "ore", "г", "в", "года",
];

#[cfg(test)]
mod tests;
