//! The paper's addresses, and conditional answers (RFC 9110 §13).

use super::newsroom::{CHINESE, DESKS, Desk, ENGLISH, NOTICES, Newsroom};
use super::{feed, page};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use news::Digest;
use std::sync::Arc;

const HTML: &str = "text/html; charset=utf-8";
const ROBOTS: &str = "User-agent: *\nDisallow: /newsroom/\n";
const STYLE: &str = include_str!("templates/lantern.css");
const SIGN_IN: &str = include_str!("templates/sign-in.html");
const MISSING: &str = include_str!("templates/missing.html");
const WITHDRAWN: &str = include_str!("templates/withdrawn.html");

type Room = State<Arc<Newsroom>>;

pub fn router(newsroom: Arc<Newsroom>) -> Router {
    let router = Router::new()
        .route("/", get(home))
        .route(
            "/robots.txt",
            get(|headers: HeaderMap, room: Room| async move {
                fixed(&headers, &room, "text/plain; charset=utf-8", ROBOTS.as_bytes())
            }),
        )
        .route(
            "/static/lantern.css",
            get(|headers: HeaderMap, room: Room| async move {
                fixed(&headers, &room, "text/css; charset=utf-8", STYLE.as_bytes())
            }),
        )
        .route("/pictures/{name}", get(picture))
        .route(CHINESE.feed, get(chinese_feed))
        .route(ENGLISH.feed, get(english_feed))
        .route(NOTICES.feed, get(notices_feed));
    DESKS
        .iter()
        .fold(router, |router, desk| router.route(desk.front, get(front_of(desk))))
        .fallback(get(article))
        .with_state(newsroom)
}

async fn home(headers: HeaderMap, room: Room) -> Response {
    fixed(&headers, &room, HTML, page::home().as_bytes())
}

fn front_of(
    desk: &'static Desk,
) -> impl Fn(HeaderMap, Room) -> std::future::Ready<Response> + Clone + Send + Sync + 'static {
    move |headers, State(room)| {
        let page = page::front(&room, desk);
        std::future::ready(answer(&headers, HTML, page, room.changed(desk)))
    }
}

async fn article(headers: HeaderMap, State(room): Room, uri: Uri) -> Response {
    let html = [(header::CONTENT_TYPE, HTML)];
    match room.find(uri.path()) {
        Some(story) if story.gone => (StatusCode::GONE, html, WITHDRAWN).into_response(),
        Some(story) => answer(&headers, HTML, page::article(&room, &story), story.updated),
        None => (StatusCode::NOT_FOUND, html, MISSING).into_response(),
    }
}

async fn chinese_feed(headers: HeaderMap, State(room): Room) -> Response {
    let kind = "application/rss+xml; charset=utf-8";
    answer(&headers, kind, feed::rss(&room), room.changed(&CHINESE))
}

async fn english_feed(headers: HeaderMap, State(room): Room) -> Response {
    let kind = "application/atom+xml; charset=utf-8";
    answer(&headers, kind, feed::atom(&room), room.changed(&ENGLISH))
}

async fn notices_feed(headers: HeaderMap, State(room): Room) -> Response {
    match room.signed_off.get() {
        Some(&at) => answer(&headers, HTML, SIGN_IN, at),
        None => {
            let kind = "application/rss+xml; charset=utf-8";
            answer(&headers, kind, feed::notices(&room), room.changed(&NOTICES))
        }
    }
}

async fn picture(headers: HeaderMap, room: Room, Path(name): Path<String>) -> Response {
    match PICTURES.iter().find(|(file, ..)| *file == name) {
        Some((_, kind, bytes)) => fixed(&headers, &room, kind, bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The name, media type and bytes of each picture; `draw.py` draws them.
pub static PICTURES: [(&str, &str, &[u8]); 7] = [
    ("ferry.jpg", "image/jpeg", include_bytes!("pictures/ferry.jpg")),
    ("library.webp", "image/webp", include_bytes!("pictures/library.webp")),
    ("lighthouse.jpg", "image/jpeg", include_bytes!("pictures/lighthouse.jpg")),
    ("market.webp", "image/webp", include_bytes!("pictures/market.webp")),
    ("salt-pans.jpg", "image/jpeg", include_bytes!("pictures/salt-pans.jpg")),
    ("snow-quay.jpg", "image/jpeg", include_bytes!("pictures/snow-quay.jpg")),
    ("tide-chart.png", "image/png", include_bytes!("pictures/tide-chart.png")),
];

/// Answers with something that never changes while the paper is open.
fn fixed(headers: &HeaderMap, room: &Newsroom, kind: &str, body: &[u8]) -> Response {
    answer(headers, kind, body.to_vec(), room.opened)
}

/// Answers 200 with validators, or 304 when the asker has this already.
fn answer(headers: &HeaderMap, kind: &str, body: impl Into<Bytes>, at: Timestamp) -> Response {
    let body = body.into();
    let tag = format!("\"{}\"", &Digest::of(&body).hex()[..16]);
    let modified = at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let known = is_known(headers, &tag, &modified);
    let validators = [(header::ETAG, tag), (header::LAST_MODIFIED, modified)];
    if known {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    (validators, [(header::CONTENT_TYPE, kind.to_owned())], body).into_response()
}

/// If-None-Match decides where it is given; a date must be the very one that was sent.
fn is_known(headers: &HeaderMap, tag: &str, modified: &str) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match value(header::IF_NONE_MATCH) {
        Some(tags) => tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag),
        None => value(header::IF_MODIFIED_SINCE) == Some(modified),
    }
}
