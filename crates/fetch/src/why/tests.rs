//! What a person is told.

use super::{TlsFault, Why};

#[test]
fn a_reason_is_a_sentence() {
    let host = || "a.example".to_owned();
    assert_eq!(Why::Status(503).to_string(), "the site answered 503");
    assert_eq!(Why::Robots.to_string(), "robots.txt asks not to fetch this page");
    assert_eq!(
        Why::Tls { host: host(), fault: TlsFault::WrongName }.to_string(),
        "the certificate of `a.example` is for another name"
    );
    assert_eq!(
        Why::TooBig { what: "the page", bytes_max: 8 << 20 }.to_string(),
        "the page is over 8 MiB"
    );
    assert_eq!(
        Why::NoRobots(Box::new(Why::Status(500))).to_string(),
        "robots.txt could not be read: the site answered 500"
    );
    assert_eq!(
        Why::Private { host: host(), found: Some([10, 0, 0, 5].into()) }.to_string(),
        "`a.example` leads to 10.0.0.5, which is not a public address"
    );
}

#[test]
fn a_strangers_words_are_tamed() {
    let words = "\u{1b}[2Jx\r\n\0\u{202e}y".to_owned() + &"z".repeat(5_000);
    let said = Why::Malformed(words).to_string();
    assert!(!said.chars().any(|c| c.is_control() || c == '\u{202e}'), "{said:?}");
    assert!(said.chars().count() < 300);
}
