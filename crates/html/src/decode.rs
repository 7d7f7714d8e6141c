//! Bytes to text, as browsers do it, but without believing a charset that can't be true.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED,
};
use memchr::{memchr, memmem};
use news::Note;

/// How far a page is searched for its own `<meta charset>`, in bytes.
///
/// Browsers stop at 1,024, and begin anew if one comes later; one page of fifty has it behind more
/// than 8 kB of styles and scripts.
const PRESCAN_BYTES_MAX: usize = 64 * 1024;

/// How much of a page's text beyond ASCII is looked at to guess its encoding, in bytes.
const GUESS_BYTES_MAX: usize = 4_000;

/// This many characters of several bytes, and no slip, are no coincidence: the text is UTF-8.
const UTF8_PROOF: usize = 4;

/// A page as text.
pub struct Decoded {
    pub text: String,
    /// The name of the WHATWG encoding standard: `UTF-8`, `gb18030`.
    pub encoding: &'static str,
    pub notes: Vec<Note>,
}

/// Decodes a page whose `Content-Type` was `content_type`; what can't be decoded becomes U+FFFD.
///
/// A byte order mark counts most, then the header, then the page's own `<meta>`; each only if the
/// bytes bear it out. UTF-7 is never read.
pub fn decode(bytes: &[u8], content_type: &str) -> Decoded {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark_len..], Vec::new());
    }
    let header = charset_of(content_type).and_then(named);
    let meta = meta_charset(bytes).and_then(named).map(not_utf16);
    let mut notes = Vec::new();
    if let (Some(header), Some(meta)) = (header, meta)
        && header != meta
    {
        let text = format!("the header says {}, the page {}", header.name(), meta.name());
        notes.push(Note::new("charset-conflict", "", text));
    }
    let told = told(bytes, header, meta);
    let encoding = borne_out(bytes, told);
    if let Some(told) = told
        && told != encoding
    {
        let text = format!("it says {} but is {}", told.name(), encoding.name());
        notes.push(Note::new("charset-lie", "", text));
    }
    with(encoding, bytes, notes)
}

fn with(encoding: &'static Encoding, bytes: &[u8], mut notes: Vec<Note>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let text = format!("not all of it is {}", encoding.name());
        notes.push(Note::new("charset-broken", "", text));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// Chooses between header and page: servers say latin-1 of everything, editors know better.
fn told(
    bytes: &[u8],
    header: Option<&'static Encoding>,
    meta: Option<&'static Encoding>,
) -> Option<&'static Encoding> {
    match (header, meta) {
        (Some(header), Some(meta)) if header == WINDOWS_1252 && is_clean(meta, bytes) => Some(meta),
        (header, meta) => header.or(meta),
    }
}

/// Returns the encoding that was told if the bytes can be read in it, else the likeliest.
fn borne_out(bytes: &[u8], told: Option<&'static Encoding>) -> &'static Encoding {
    let utf8_len = utf8_len(bytes);
    match told {
        _ if utf8_len.is_some_and(|len| len >= UTF8_PROOF) => UTF_8,
        None if utf8_len.is_some() => UTF_8,
        Some(told) if told == UTF_8 && mostly_utf8(bytes) => told,
        Some(told) if told != UTF_8 && is_likely(told, bytes) => told,
        _ => guess(bytes),
    }
}

/// Counts the characters of several bytes if all the bytes are UTF-8; a cut end is forgiven.
fn utf8_len(bytes: &[u8]) -> Option<usize> {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => bytes,
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        Err(_) => return None,
    };
    Some(beyond_ascii(valid))
}

/// Counts the characters of several bytes in UTF-8: each has one byte that leads.
fn beyond_ascii(valid: &[u8]) -> usize {
    // Sums of single bytes, because processors add many of those at once.
    let in_few = |few: &[u8]| few.iter().map(|byte| u8::from(*byte >= 0xc0)).sum::<u8>();
    valid.chunks(usize::from(u8::MAX)).map(|few| usize::from(in_few(few))).sum()
}

/// Tells whether UTF-8 has only slips: at most one bad run for 20 good characters beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += beyond_ascii(chunk.valid().as_bytes());
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || bad * 20 <= good
}

fn is_clean(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    !encoding.decode_without_bom_handling(bytes).1
}

/// Tells whether the bytes can be read in an encoding but for a slip in a hundred.
fn is_likely(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return bytes.iter().take(512).filter(|byte| **byte == 0).count() >= 8;
    }
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if !broken {
        return true;
    }
    let bad = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let beyond = beyond_ascii(text.as_bytes());
    bad * 100 <= beyond
}

/// Begins what ISO-2022-JP writes in ASCII.
const ESCAPE: u8 = 0x1b;

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Tags and scripts in ASCII tell nothing; `<` is no part of a longer character in any encoding.
    let tells = |piece: &&[u8]| !piece.is_ascii() || memchr(ESCAPE, piece).is_some();
    let mut told = Vec::with_capacity(GUESS_BYTES_MAX);
    for piece in bytes.split_inclusive(|byte| *byte == b'<').filter(tells) {
        told.extend_from_slice(&piece[..piece.len().min(GUESS_BYTES_MAX - told.len())]);
    }
    // What is cut may end within a character.
    detector.feed(&told, told.len() < GUESS_BYTES_MAX);
    widened(detector.guess(None, Utf8Detection::Allow))
}

/// Returns the encoding of a label; a label that none has, `utf-7` above all, is no label.
fn named(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    match encoding {
        _ if encoding == REPLACEMENT => None,
        _ if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
        _ => Some(widened(encoding)),
    }
}

/// GB 18030 holds all of GBK and GB 2312, and pages that say either use it.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// A `<meta>` that could be read as ASCII does not stand in UTF-16 (HTML §13.2.3.3).
fn not_utf16(encoding: &'static Encoding) -> &'static Encoding {
    match encoding {
        _ if encoding == UTF_16LE || encoding == UTF_16BE => UTF_8,
        _ => encoding,
    }
}

/// Finds `charset=` in a header or in the content of a `<meta http-equiv>`.
fn charset_of(text: &str) -> Option<&[u8]> {
    label_after_charset(text.as_bytes())
}

/// Finds the label in the page's own `<meta charset>`, `<meta content="…charset=…">` or XML
/// declaration.
fn meta_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES_MAX)];
    if head.starts_with(b"<?xml")
        && let Some(end) = memmem::find(head, b"?>")
        && let Some(label) = label_after(&head[..end], b"encoding")
    {
        return Some(label);
    }
    let mut rest = head;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            rest = &rest[memmem::find(rest, b"-->")? + 3..];
        } else if rest.len() > 5 && rest[1..5].eq_ignore_ascii_case(b"meta") {
            let end = memchr(b'>', rest).unwrap_or(rest.len());
            if let Some(label) = label_after_charset(&rest[..end]) {
                return Some(label);
            }
            rest = &rest[end..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

fn label_after_charset(text: &[u8]) -> Option<&[u8]> {
    label_after(text, b"charset")
}

fn label_after<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))?;
    let rest = text[at + word.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let quotes: &[u8] = b"\"'";
    let rest = match rest.first() {
        Some(quote) if quotes.contains(quote) => &rest[1..],
        _ => rest,
    };
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"';,/>?".contains(byte);
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

#[cfg(test)]
mod tests;
