//! Why nothing came, in words a person understands.

use std::fmt;
use std::net::IpAddr;

/// The longest piece of a stranger's text that a reason repeats, in characters.
const QUOTED_CHARS_MAX: usize = 200;

/// Why a request was refused or failed.
///
/// `Display` is one English sentence without a full stop; what a stranger sent stands in it
/// without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// robots.txt asks not to fetch this address.
    Robots,
    /// robots.txt itself could not be had, so nothing else of the site is asked for a while.
    NoRobots(Box<Why>),
    /// The name leads, or is known to lead, into a private network.
    Private {
        host: String,
        found: Option<IpAddr>,
    },
    Scheme(String),
    Port(u16),
    /// The name could not be turned into an address: the resolver's own words.
    Name {
        host: String,
        words: String,
    },
    /// No connection came about, or it broke: the system's own words.
    Connection {
        host: String,
        words: String,
    },
    Proxy(String),
    Tls {
        host: String,
        fault: TlsFault,
    },
    /// What took too long.
    Timeout(&'static str),
    TooSlow,
    Status(u16),
    /// An answer of 200 with nothing in it.
    Empty,
    /// A 304 though we had nothing that could be unchanged.
    UnaskedUnchanged,
    TooBig {
        what: &'static str,
        bytes_max: usize,
    },
    TooMany {
        what: &'static str,
        max: usize,
    },
    /// A small answer that unpacks to a huge one.
    Bomb {
        ratio_max: usize,
    },
    Truncated,
    Coding(String),
    BadCoding(&'static str),
    /// An answer that is not HTTP as RFC 9112 has it.
    Malformed(String),
    RedirectLoop,
    RedirectNowhere(u16),
    RedirectUnreadable(String),
    /// A form that came to a secure address would go on to one that is not.
    RedirectExposes,
}

/// What is wrong with a secure connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFault {
    Expired,
    NotYetValid,
    WrongName,
    UnknownIssuer,
    Revoked,
    Other(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Why::Robots => f.write_str("robots.txt asks not to fetch this page"),
            Why::NoRobots(why) => write!(f, "robots.txt could not be read: {why}"),
            Why::Private { host, found: None } => {
                write!(f, "`{}` is the name of a private place", quoted(host))
            }
            Why::Private { host, found: Some(found) } => {
                write!(f, "`{}` leads to {found}, which is not a public address", quoted(host))
            }
            Why::Scheme(scheme) => {
                write!(
                    f,
                    "`{}` is not a scheme that is fetched, only http and https",
                    quoted(scheme)
                )
            }
            Why::Port(port) => write!(f, "port {port} is not one that news is served on"),
            Why::Name { host, words } => {
                write!(f, "the name `{}` leads nowhere: {}", quoted(host), quoted(words))
            }
            Why::Connection { host, words } => {
                write!(f, "the connection with `{}` failed: {}", quoted(host), quoted(words))
            }
            Why::Proxy(words) => write!(f, "the proxy did not help: {}", quoted(words)),
            Why::Tls { host, fault } => fault.say(&quoted(host), f),
            Why::Timeout(what) => write!(f, "{what} took too long"),
            Why::TooSlow => f.write_str("the answer came too slowly"),
            Why::Status(status) => write!(f, "the site answered {status}"),
            Why::Empty => f.write_str("the site answered with nothing"),
            Why::UnaskedUnchanged => {
                f.write_str("the site answered `unchanged` though it was asked for the whole")
            }
            Why::TooBig { what, bytes_max } => write!(f, "{what} is over {}", size(*bytes_max)),
            Why::TooMany { what, max } => write!(f, "there are more than {max} {what}"),
            Why::Bomb { ratio_max } => {
                write!(f, "the answer unpacks to more than {ratio_max} times its size")
            }
            Why::Truncated => f.write_str("the answer ended before it was complete"),
            Why::Coding(name) => write!(f, "the content coding `{}` is not known", quoted(name)),
            Why::BadCoding(name) => write!(f, "the answer is not the {name} it says it is"),
            Why::Malformed(words) => write!(f, "the answer is not proper HTTP: {}", quoted(words)),
            Why::RedirectLoop => f.write_str("the redirects lead back to where they began"),
            Why::RedirectNowhere(status) => write!(f, "the redirect ({status}) leads nowhere"),
            Why::RedirectExposes => {
                f.write_str("the redirect leads from a secure address to one that is not")
            }
            Why::RedirectUnreadable(to) => {
                write!(f, "the redirect leads to `{}`, which is no address", quoted(to))
            }
        }
    }
}

impl Why {
    /// Tells whether asking again is no use until something is changed.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Why::Robots | Why::Private { .. } | Why::Scheme(_) | Why::Port(_))
    }
}

impl TlsFault {
    fn say(&self, host: &str, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            TlsFault::Expired => write!(f, "the certificate of `{host}` has expired"),
            TlsFault::NotYetValid => write!(f, "the certificate of `{host}` is not valid yet"),
            TlsFault::WrongName => write!(f, "the certificate of `{host}` is for another name"),
            TlsFault::UnknownIssuer => {
                write!(f, "the certificate of `{host}` is issued by nobody we trust")
            }
            TlsFault::Revoked => write!(f, "the certificate of `{host}` was revoked"),
            TlsFault::Other(words) => {
                write!(f, "no secure connection with `{host}`: {}", quoted(words))
            }
        }
    }
}

/// Returns a number of bytes as people say it.
fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}

/// Returns a stranger's text fit to stand in a log or on a terminal.
pub(crate) fn quoted(text: &str) -> String {
    let tame = |c: char| {
        if c.is_control() || is_format(c) { '\u{fffd}' } else { c }
    };
    let mut short: String = text.chars().take(QUOTED_CHARS_MAX).map(tame).collect();
    if text.chars().nth(QUOTED_CHARS_MAX).is_some() {
        short.push('…');
    }
    short
}

/// Tells whether a character turns or hides the text around it.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
