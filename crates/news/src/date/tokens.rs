//! A date cut into numbers, words and marks.

/// The most tokens that are looked at; a date is told in fewer.
const TOKENS_MAX: usize = 48;

/// A piece of a date.
#[derive(Debug)]
pub enum Token {
    /// Digits of any script, as ASCII.
    Number {
        value: u64,
        digits: String,
        /// White space stands before it.
        spaced: bool,
    },
    /// Letters, in lower case and without accents; a Han character is a word of its own.
    Word {
        folded: String,
        /// It was written in capitals, as names of zones are.
        upper: bool,
        spaced: bool,
    },
    Mark {
        mark: char,
    },
}

pub fn of(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(16);
    let mut chars = text.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, c)) = chars.next() {
        if tokens.len() == TOKENS_MAX {
            break;
        }
        if c.is_whitespace() || is_invisible(c) {
            spaced = true;
            continue;
        }
        if let Some(digit) = digit(c) {
            let mut digits = String::with_capacity(8);
            digits.push(digit);
            while let Some(digit) = chars.peek().and_then(|(_, next)| self::digit(*next)) {
                digits.push(digit);
                chars.next();
            }
            let value = digits.parse().unwrap_or(u64::MAX);
            tokens.push(Token::Number { value, digits, spaced });
        } else if is_letter(c) {
            let mut end = start + c.len_utf8();
            while !is_han(c)
                && let Some(&(at, next)) = chars.peek()
                && (is_letter(next) && !is_han(next) || is_zone_slash(&text[start..end], next))
            {
                end = at + next.len_utf8();
                chars.next();
            }
            tokens.push(word_token(&text[start..end], spaced));
        } else {
            tokens.push(Token::Mark { mark: c });
        }
        spaced = false;
    }
    tokens
}

fn word_token(word: &str, spaced: bool) -> Token {
    let folded = match word.is_ascii() {
        true => word.to_ascii_lowercase(),
        false => word.chars().flat_map(char::to_lowercase).filter_map(fold).collect(),
    };
    Token::Word { folded, upper: word.chars().all(|c| !c.is_lowercase()), spaced }
}

/// Tells whether the slash belongs to a zone's name (`America/New_York`).
fn is_zone_slash(word: &str, next: char) -> bool {
    next == '/' && word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_letter(c: char) -> bool {
    c == '_' || (!c.is_ascii() && !is_mark(c)) || c.is_ascii_alphabetic()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | '\u{2010}'..='\u{206f}' | '−' | '：' | '，' | '（' | '）' | '\u{3000}'..='\u{303f}' | '،')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '๐'..='๙' => '๐',
        '໐'..='໙' => '໐',
        '០'..='៩' => '០',
        '၀'..='၉' => '၀',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// Returns the letter without its accent, or nothing for an accent that stands alone.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ı' | 'ī' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ő' | 'ø' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ţ' | 'ț' | 'ť' => 't',
        'ù'..='ü' | 'ű' | 'ū' | 'ů' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'أ' | 'إ' | 'آ' => 'ا',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        other => other,
    })
}
