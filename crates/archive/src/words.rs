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
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUMMARY_CHARS_MAX).collect()
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
    use super::{fold, pattern};

    #[test]
    fn letters_fold_to_small_and_half_width() {
        assert_eq!(fold("ＡＢＣ　１２ Äöß 新闻"), "abc 12 äöß 新闻");
    }

    #[test]
    fn a_pattern_takes_wild_cards_for_themselves() {
        assert_eq!(pattern("100%_\\"), "%100\\%\\_\\\\%");
    }
}
