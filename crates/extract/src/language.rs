//! In which language an article is written.

/// How many letters of a text are looked at.
const LETTERS_MAX: usize = 4_000;

/// Returns a BCP 47 tag: the declared one, made more exact by the text, or one told by the script.
///
/// Nothing is returned where the page declares none and the script serves many languages.
pub fn of(declared: Option<&str>, text: &str) -> Option<String> {
    let declared = declared.and_then(tag);
    let seen = by_script(text);
    match (declared, seen) {
        (Some(said), Some(seen)) if !agree(&said, seen) => Some(seen.to_owned()),
        (Some(said), Some(seen)) if said.starts_with("zh") && seen.starts_with("zh") => {
            Some(chinese(&said, seen))
        }
        (Some(said), _) => Some(said),
        (None, seen) => seen.map(str::to_owned),
    }
}

/// Returns a declared language in the usual form (`en_us` → `en-US`), if it is one at all.
pub fn tag(declared: &str) -> Option<String> {
    let first = declared.split([',', ';', ' ']).next()?.trim();
    let mut parts = first.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let sane =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    if !sane || matches!(language.as_str(), "und" | "mul" | "zxx") {
        return None;
    }
    let mut tag = language;
    for part in parts.take(2) {
        if !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        match part.len() {
            2 => tag.extend(["-", &part.to_ascii_uppercase()]),
            3 => tag.extend(["-", part]),
            4 => {
                tag.extend(["-", &part[..1].to_ascii_uppercase(), &part[1..].to_ascii_lowercase()])
            }
            _ => break,
        }
    }
    Some(tag)
}

/// A page that calls itself English and is full of hanzi is not English.
fn agree(said: &str, seen: &str) -> bool {
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let (said, seen) = (language(said), language(seen));
    let shared: &[&[&str]] = &[
        &["ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "uz", "az", "bs"],
        &["ar", "fa", "ur", "ps", "ckb", "ku", "ug", "sd", "azb"],
        &["hi", "mr", "ne", "sa"],
        &["zh", "yue", "wuu", "ja"],
        &["am", "ti"],
    ];
    said == seen
        || shared
            .iter()
            .any(|family| family.contains(&said.as_str()) && family.contains(&seen.as_str()))
            && !(said == "zh" && seen == "ja")
}

/// Keeps a declared region or script, and adds the script where it was left out.
fn chinese(said: &str, seen: &str) -> String {
    let region = said.split('-').nth(1).filter(|part| part.len() == 2 || part.len() == 4);
    match region {
        Some(part) if part.len() == 4 => said.to_owned(),
        Some(part) => {
            let usual = match part {
                "TW" | "HK" | "MO" => "zh-Hant",
                _ => "zh-Hans",
            };
            // The region tells the script; where the text says otherwise, the text is believed.
            if usual == seen { said.to_owned() } else { seen.to_owned() }
        }
        None => seen.to_owned(),
    }
}

#[derive(Default)]
struct Scripts {
    letters: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    arabic: usize,
    persian: usize,
    cyrillic: usize,
    ukrainian: usize,
    others: [usize; OTHERS.len()],
    simple: usize,
    traditional: usize,
}

/// Scripts that (nearly) serve one language: first and last character, language.
const OTHERS: [(char, char, &str); 14] = [
    ('\u{0370}', '\u{03ff}', "el"),
    ('\u{0530}', '\u{058f}', "hy"),
    ('\u{0590}', '\u{05ff}', "he"),
    ('\u{0900}', '\u{097f}', "hi"),
    ('\u{0980}', '\u{09ff}', "bn"),
    ('\u{0a80}', '\u{0aff}', "gu"),
    ('\u{0b80}', '\u{0bff}', "ta"),
    ('\u{0c00}', '\u{0c7f}', "te"),
    ('\u{0e00}', '\u{0e7f}', "th"),
    ('\u{0e80}', '\u{0eff}', "lo"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1780}', '\u{17ff}', "km"),
    ('\u{0f00}', '\u{0fff}', "bo"),
];

fn by_script(text: &str) -> Option<&'static str> {
    let mut seen = Scripts::default();
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MAX) {
        count(&mut seen, c);
    }
    let most = |part: usize| part * 2 > seen.letters && part > 0;
    if seen.kana * 20 > seen.letters && most(seen.kana + seen.han) {
        return Some("ja");
    }
    if most(seen.han) {
        return Some(if seen.traditional > seen.simple { "zh-Hant" } else { "zh-Hans" });
    }
    if most(seen.hangul) {
        return Some("ko");
    }
    if most(seen.arabic) {
        return Some(if seen.persian * 50 > seen.arabic { "fa" } else { "ar" });
    }
    if most(seen.cyrillic) {
        return Some(if seen.ukrainian * 50 > seen.cyrillic { "uk" } else { "ru" });
    }
    let other = OTHERS.iter().zip(seen.others).find(|(_, part)| most(*part));
    other.map(|((_, _, language), _)| *language)
}

fn count(seen: &mut Scripts, c: char) {
    seen.letters += 1;
    match c {
        '\u{3040}'..='\u{30ff}' => seen.kana += 1,
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => {
            seen.han += 1;
            seen.simple += usize::from(SIMPLE.contains(c));
            seen.traditional += usize::from(TRADITIONAL.contains(c));
        }
        '\u{ac00}'..='\u{d7af}' => seen.hangul += 1,
        '\u{0600}'..='\u{06ff}' => {
            seen.arabic += 1;
            seen.persian += usize::from("پچژگکی".contains(c));
        }
        '\u{0400}'..='\u{04ff}' => {
            seen.cyrillic += 1;
            seen.ukrainian += usize::from("іїєґІЇЄҐ".contains(c));
        }
        _ => {
            let at = OTHERS.iter().position(|(from, to, _)| (*from..=*to).contains(&c));
            if let Some(at) = at {
                seen.others[at] += 1;
            }
        }
    }
}

/// Frequent hanzi whose form tells Simplified writing; the same in Traditional below.
const SIMPLE: &str = "们这国个来为时说对发会过动无与现经学后业当车东马门问间见长书员军战场实议总统报记讲认让应该两开关电话机务";
const TRADITIONAL: &str = "們這國個來為時說對發會過動無與現經學後業當車東馬門問間見長書員軍戰場實議總統報記講認讓應該兩開關電話機務";

#[cfg(test)]
mod tests;
