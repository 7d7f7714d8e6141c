//! What is read, as what is printed: an article in each form that leaves the library.
//!
//! Every press takes an [`Article`](news::Article) and the [`Facts`] that the library knows of it
//! and gives back text; nothing is fetched, opened or timed here. Only a
//! [`Body`](news::Body) reaches a reader, so nothing of a page's own HTML does.
//!
//! Start at [`markdown::article`].

mod facts;
pub mod html_page;
pub mod json;
pub mod markdown;
pub mod seed;
pub mod text;

pub use facts::Facts;

/// Returns what is written for a picture that is to be found there.
fn shown(src: String) -> Option<html::Shown> {
    let shown = html::Shown { src, ..html::Shown::default() };
    Some(shown)
}

/// Returns HTML of our own writing on one line, so that nothing of it ends early in Markdown.
///
/// Line feeds count in `<pre>` alone, and are named there; no text holds a bare `<`.
fn one_line(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (i, part) in html.split("<pre>").enumerate() {
        let (code, rest) = match part.split_once("</pre>") {
            Some((code, rest)) if i > 0 => (code, rest),
            _ => ("", part),
        };
        if i > 0 {
            out.push_str("<pre>");
            out.push_str(&code.replace("\r\n", "\n").replace(['\n', '\r'], "&#10;"));
            out.push_str("</pre>");
        }
        let rest = rest.trim_matches('\n').replace(">\n<", "><");
        out.push_str(&rest.replace(['\n', '\r'], " "));
    }
    out
}
