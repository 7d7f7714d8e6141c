//! Names for what is not kept as a picture.

/// What files of other kinds start with, and what a person calls them.
const HEADS: &[(&[u8], &str)] = &[
    (b"BM", "a Windows bitmap"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"\0\0\x01\0", "an icon"),
    (b"\0\0\0\x0CjP  \r\n\x87\n", "a JPEG 2000"),
    (b"\xFF\x4F\xFF\x51", "a JPEG 2000"),
    (b"\0\0\0\x0CJXL \r\n\x87\n", "a JPEG XL"),
    (b"\xFF\x0A", "a JPEG XL"),
    (b"\x1F\x8B", "gzip"),
    (b"PK\x03\x04", "a ZIP"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"push graphic-context", "a drawing program (MVG)"),
    (b"{", "JSON"),
    (b"[", "JSON"),
];

/// How far into a text is looked for the element that names it.
const TEXT_BYTES_MAX: usize = 4 * 1024;

/// Returns what a person would call these bytes.
pub fn name(bytes: &[u8]) -> &'static str {
    if let Some((_, name)) = HEADS.iter().find(|(head, _)| bytes.starts_with(head)) {
        return name;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return "a HEIC or a film";
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(TEXT_BYTES_MAX)]);
    markup(start.trim_start_matches('\u{feff}').trim_start())
}

fn markup(text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    if !lower.starts_with('<') {
        return "of no known kind";
    }
    if lower.contains("<svg") {
        return "an SVG";
    }
    if lower.contains("<!doctype html") || lower.contains("<html") || lower.contains("<body") {
        return "HTML";
    }
    "markup"
}
