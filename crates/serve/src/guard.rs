//! What holds for every answer: who may ask, and the headers.

use crate::problem::{Problem, page};
use crate::room::Room;
use crate::words::Tongue;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// No script at all, and nothing of anybody else's.
const POLICY: &str = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
    require-trusted-types-for 'script'";

/// Everything that a page could ask a browser for, refused.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
    xr-spatial-tracking=()";

/// Headers of every answer that does not bring its own.
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request through if its host is ours, and dresses the answer.
pub async fn watch(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let tongue = Tongue::of(request.headers());
    let mut response = match hosts_agree(&room.hosts, &request) {
        true => next.run(request).await,
        false => Problem::Misdirected.into_response(),
    };
    if let Some(problem) = Problem::of(&response) {
        response = page(&room, tongue, problem).await;
    }
    dress(&mut response);
    response
}

/// Gives an answer the headers that it does not bring.
pub fn dress(response: &mut Response) {
    let headers = response.headers_mut();
    // What says itself how it is kept is the same in every language.
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.entry(VARY).or_insert(HeaderValue::from_static("accept-language, save-data"));
    }
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Tells whether a request is for one of the names that are known; none: any.
pub fn hosts_agree(known: &[String], request: &Request) -> bool {
    known.is_empty() || host(request).is_some_and(|host| known.contains(&host))
}

/// Returns the name that was asked for, in lower case and without the port.
fn host(request: &Request) -> Option<String> {
    let named = |headers: &HeaderMap| {
        let text = headers.get(HOST)?.to_str().ok()?.to_owned();
        Some(text)
    };
    // An absolute request target outranks the Host header (RFC 9112 §3.2.2).
    let text = match request.uri().authority() {
        Some(authority) => authority.as_str().to_owned(),
        None => named(request.headers())?,
    };
    Some(without_port(&text).to_ascii_lowercase())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn a_host_is_told_from_its_port() {
        for (host, name) in [
            ("localhost:7070", "localhost"),
            ("[::1]:7070", "[::1]"),
            ("[::1]", "[::1]"),
            ("news.example", "news.example"),
        ] {
            assert_eq!(without_port(host), name);
        }
    }
}
