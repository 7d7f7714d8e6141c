//! The words of an article as they are searched for.

use news::Article;

/// The most characters of a summary.
const SUMMARY_CHARS_MAX: usize = 200;

/// The most words of a query that are looked for.
pub const QUERY_WORDS_MAX: usize = 16;

/// Returns headline, deck and text as one folded string.
pub fn of(article: &Article) -> String {
    let deck = article.deck.as_deref().unwrap_or_default();
    fold(&format!("{}\n{deck}\n{}", article.headline, article.body.text()))
}

/// Returns the text in small letters, full-width ASCII (`ＡＢＣ１`) made half-width.
pub fn fold(text: &str) -> String {
    text.chars().map(half_width).flat_map(char::to_lowercase).collect()
}

/// Returns the pattern of LIKE (escape character `\`) that finds a word anywhere.
pub fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(word).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Returns the deck, or the first words of the text.
pub fn summary(article: &Article) -> String {
    let text = match &article.deck {
        Some(deck) if !deck.trim().is_empty() => deck.clone(),
        _ => article.body.text(),
    };
    shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Cuts a text that is too long behind a word, where it has blanks, and says so with `…`.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(SUMMARY_CHARS_MAX) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    // A word longer than a quarter of all is none: there the letters themselves are the words.
    let words_end = cut.rfind(' ').filter(|at| *at > end / 4 * 3).unwrap_or(end);
    let whole = cut[..words_end].trim_end_matches([' ', ',', ';', ':', '，', '、', '；', '：']);
    format!("{whole}…")
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{SUMMARY_CHARS_MAX, fold, pattern, shortened};

    #[test]
    fn a_long_text_is_cut_behind_a_word() {
        assert_eq!(shortened("Short enough."), "Short enough.");
        let long = shortened(&"The ferry, late again; ".repeat(20));
        assert!(long.ends_with(" ferry, late…"), "{long}");
        assert!(long.chars().count() <= SUMMARY_CHARS_MAX + 1, "{long}");
        let chinese = shortened(&"渡轮又晚点了，".repeat(40));
        assert_eq!(chinese.chars().count(), SUMMARY_CHARS_MAX + 1);
    }

    #[test]
    fn letters_fold_to_small_and_half_width() {
        assert_eq!(fold("ＡＢＣ　１２ Äöß 新闻"), "abc 12 äöß 新闻");
    }

    #[test]
    fn a_pattern_takes_wild_cards_for_themselves() {
        assert_eq!(pattern("100%_\\"), "%100\\%\\_\\\\%");
    }
}
