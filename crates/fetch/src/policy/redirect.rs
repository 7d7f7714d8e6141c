//! Where an answer sends us, and whether we go.

use crate::Why;
use news::{ADDRESS_BYTES_MAX, Address};
use std::fmt::Write as _;

/// Tells whether an answer with this status may send us elsewhere (RFC 9110 §15.4).
///
/// A `Location` on other answers (201, 300, 304) and a `Refresh` header are never followed.
pub fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Tells whether an answer sends a form on as it is (RFC 9110 §15.4.8 and §15.4.9).
///
/// After any other redirect a browser would come without the form, which helps nobody.
pub fn is_redirect_with_form(status: u16) -> bool {
    matches!(status, 307 | 308)
}

/// Tells whether what was meant for a secure address would go over the wire for all to read.
pub fn exposes(from: &Address, to: &Address) -> bool {
    from.is_https() && !to.is_https()
}

/// Returns the next address, or why the journey ends.
///
/// `seen` holds every address asked so far, the last one being that which answered. Name, port
/// and address of the next one are still to be judged by the guard.
pub fn next(
    seen: &[Address],
    status: u16,
    location: Option<&[u8]>,
    hops_max: usize,
) -> Result<Address, Why> {
    let (Some(from), Some(location)) = (seen.last(), location) else {
        return Err(Why::RedirectNowhere(status));
    };
    if location.len() > ADDRESS_BYTES_MAX {
        let what = "the address of the redirect";
        return Err(Why::TooBig { what, bytes_max: ADDRESS_BYTES_MAX });
    }
    let to = read(from, &text(location))?;
    if seen.contains(&to) {
        return Err(Why::RedirectLoop);
    }
    if seen.len() > hops_max {
        return Err(Why::TooMany { what: "redirects", max: hops_max });
    }
    Ok(to)
}

/// Reads the address; a name and password in it are dropped there.
fn read(from: &Address, location: &str) -> Result<Address, Why> {
    let unreadable = || Why::RedirectUnreadable(location.to_owned());
    let url = from.as_url().join(location.trim()).map_err(|_| unreadable())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Why::Scheme(url.scheme().to_owned()));
    }
    let to = Address::from_url(url).ok_or_else(unreadable)?;
    Ok(to.without_fragment())
}

/// Returns the header as text: UTF-8 where it is that, else each odd byte percent-encoded.
fn text(location: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(location) {
        return text.to_owned();
    }
    location.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii() {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}
