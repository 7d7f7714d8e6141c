//! Bytes to text: what a document says of its encoding is heard, and not always believed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// How many bytes the guesser looks at; more don't make it wiser.
const GUESS_BYTES_MAX: usize = 512 * 1024;

/// How far into a document its own declaration is looked for, in bytes.
const DECLARATION_BYTES_MAX: usize = 2048;

/// How many stray bytes make no other encoding of a document that says it is UTF-8.
const STRAY_BYTES_MAX: usize = 8;

/// A document as text.
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// A WHATWG label, or `utf-32be` and `utf-32le`, which that standard does not know.
    pub label: &'static str,
    /// What was odd, as kinds of damage.
    pub odd: Vec<&'static str>,
}

/// Reads bytes as text; some text always comes back.
///
/// In this order: a byte order mark, the zeros of UTF-16 and UTF-32, bytes that are strictly
/// UTF-8, the charset of the HTTP header, that of the document's declaration, a guess.
pub fn read<'a>(bytes: &'a [u8], content_type: &str, host: &str) -> Decoded<'a> {
    if let Some(decoded) = by_mark(bytes).or_else(|| by_zeros(bytes)) {
        return decoded;
    }
    let declared = declared(bytes);
    let header = charset(content_type).and_then(|label| known(label.as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Seven-bit bytes are UTF-8 too; only an escape sequence says that they mean more.
        let seven_bit = declared.or(header).filter(|_| bytes.contains(&0x1b));
        return match seven_bit {
            Some(encoding) => exactly(bytes, encoding).unwrap_or_else(|| plain(text, "utf-8")),
            None => Decoded { odd: lie(header.or(declared), bytes), ..plain(text, "utf-8") },
        };
    }
    for encoding in [header, declared].into_iter().flatten() {
        if encoding != UTF_8
            && let Some(decoded) = exactly(bytes, encoding)
        {
            return decoded;
        }
    }
    let told = [header, declared].into_iter().flatten().next();
    let said_utf8 = told == Some(UTF_8);
    if is_mostly_utf8(bytes, said_utf8) {
        return repaired(bytes);
    }
    guessed(bytes, host)
}

fn plain<'a>(text: &'a str, label: &'static str) -> Decoded<'a> {
    Decoded { text: Cow::Borrowed(text), label, odd: Vec::new() }
}

fn lie(told: Option<&'static Encoding>, bytes: &[u8]) -> Vec<&'static str> {
    let wrong = told.is_some_and(|told| told != UTF_8) && !bytes.is_ascii();
    if wrong { vec!["charset-lie"] } else { Vec::new() }
}

fn by_mark(bytes: &[u8]) -> Option<Decoded<'_>> {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => Some(utf32(rest, u32::from_le_bytes, "utf-32le")),
        [0, 0, 0xfe, 0xff, rest @ ..] => Some(utf32(rest, u32::from_be_bytes, "utf-32be")),
        [0xff, 0xfe, rest @ ..] => Some(loosely(rest, UTF_16LE)),
        [0xfe, 0xff, rest @ ..] => Some(loosely(rest, UTF_16BE)),
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(match std::str::from_utf8(rest) {
            Ok(text) => plain(text, "utf-8"),
            Err(_) => repaired(rest),
        }),
        _ => None,
    }
}

/// Knows UTF-16 and UTF-32 without a mark by the zeros around the first `<` or `{`.
fn by_zeros(bytes: &[u8]) -> Option<Decoded<'_>> {
    let head = &bytes[..bytes.len().min(64)];
    let text = |byte: u8| matches!(byte, b'<' | b'{' | b' ' | b'\t' | b'\r' | b'\n');
    match head {
        [a, 0, 0, 0, ..] if text(*a) => Some(utf32(bytes, u32::from_le_bytes, "utf-32le")),
        [0, 0, 0, a, ..] if text(*a) => Some(utf32(bytes, u32::from_be_bytes, "utf-32be")),
        [a, 0, b, 0, ..] if text(*a) && *b != 0 => Some(loosely(bytes, UTF_16LE)),
        [0, a, 0, b, ..] if text(*a) && *b != 0 => Some(loosely(bytes, UTF_16BE)),
        _ => None,
    }
}

fn utf32<'a>(bytes: &[u8], read: fn([u8; 4]) -> u32, label: &'static str) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() / 3);
    for four in bytes.chunks_exact(4) {
        let code = read([four[0], four[1], four[2], four[3]]);
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text: Cow::Owned(text), label, odd: Vec::new() }
}

fn loosely<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let odd = if broken { vec!["bad-bytes"] } else { Vec::new() };
    Decoded { text, label: label(encoding), odd }
}

fn exactly<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Decoded<'a>> {
    // A document that says `gb2312` uses the larger sets as well.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, label: label(encoding), odd: Vec::new() })
}

fn label(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "GBK" | "gb18030" => "gb18030",
        name => name,
    }
}

/// Returns the encoding with this label, if its bytes can be what they are said to be: text in
/// UTF-16 would not have let its declaration be read.
fn known(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    (encoding.is_ascii_compatible() || encoding.name() == "ISO-2022-JP").then_some(encoding)
}

fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// Returns the encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES_MAX)];
    let start = memmem::find(head, b"<?xml")?;
    let end = start + memchr(b'>', &head[start..])?;
    let declaration = &head[start..end];
    let after = &declaration[memmem::find(declaration, b"encoding")? + "encoding".len()..];
    let open = after.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let value = &after[open + 1..];
    let close = value.iter().position(|byte| *byte == after[open])?;
    known(value[..close].trim_ascii())
}

/// Tells whether the letters beyond ASCII are more often whole UTF-8 than stray bytes, or the
/// stray bytes too few to make a guess from.
fn is_mostly_utf8(bytes: &[u8], said_utf8: bool) -> bool {
    let (mut whole, mut stray) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    whole >= stray || said_utf8 && stray <= STRAY_BYTES_MAX
}

/// Reads UTF-8 and the stray bytes in it as windows-1252, which is what they mostly are.
fn repaired<'a>(bytes: &[u8]) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() + 64);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            // The beginning of a letter that was cut off is no letter.
            [first, ..] if chunk.invalid().len() > 1 || *first == 0xff || *first == 0xfe => {
                text.push(char::REPLACEMENT_CHARACTER);
            }
            stray => text.push_str(&encoding_rs::WINDOWS_1252.decode(stray).0),
        }
    }
    Decoded { text: Cow::Owned(text), label: "utf-8", odd: vec!["bad-bytes"] }
}

fn guessed<'a>(bytes: &'a [u8], host: &str) -> Decoded<'a> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Lines without a foreign letter tell nothing, and most lines of a feed are such.
    let head = &bytes[..bytes.len().min(GUESS_BYTES_MAX)];
    for line in head.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        detector.feed(line, false);
    }
    detector.feed(&[], true);
    let tld = host
        .rsplit('.')
        .next()
        .filter(|tld| !tld.is_empty() && tld.bytes().all(|byte| byte.is_ascii_lowercase()));
    let mut encoding = detector.guess(tld.map(str::as_bytes), Utf8Detection::Deny);
    if encoding.is_single_byte() && has_signs_only(bytes) {
        encoding = encoding_rs::WINDOWS_1252;
    }
    let mut decoded = exactly(bytes, encoding).unwrap_or_else(|| loosely(bytes, encoding));
    decoded.odd.push("charset-guessed");
    decoded
}

/// Tells whether no byte is a letter of any single-byte encoding: dashes, quotes, `£` tell the
/// guesser nothing, and are most often windows-1252.
fn has_signs_only(bytes: &[u8]) -> bool {
    let is_sign =
        |byte: &u8| matches!(byte, 0x80 | 0x82..=0x89 | 0x8b | 0x91..=0x99 | 0x9b | 0xa0..=0xbf);
    bytes.iter().filter(|byte| !byte.is_ascii()).all(is_sign)
}

#[cfg(test)]
mod tests;
