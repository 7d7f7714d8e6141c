//! The door for hubs.

use crate::library::{Folder, add, address, now};
use crate::{Answer, ask, send};
use archive::{Archive, Asking, Subscription, SubscriptionState};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use ring::hmac;
use serve::{LOOPBACK, Options, router};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const TOPIC: &str = "https://tide-post.example/feed?kind=all";
const FEED: &[u8] = b"<rss version=\"2.0\"><channel/></rss>";

/// A library whose one listing has asked a hub.
struct Library {
    router: Router,
    archive: Archive,
    listing: i64,
    _folder: Folder,
}

async fn asked() -> Library {
    let folder = Folder::new();
    let archive = Archive::open(folder.path()).await.unwrap();
    let source = add(&archive, "tide-post", "The Tide Post", "en").await;
    let listing = source.listings[0].id;
    let hub = address("https://hub.example/");
    let words = (TOKEN.to_owned(), "a secret".to_owned());
    archive.name_hubs(listing, std::slice::from_ref(&hub), TOPIC, words, now()).await.unwrap();
    let asking = Asking {
        hub,
        callback: address(&format!("https://news.example/hub/{TOKEN}")),
        token: TOKEN.to_owned(),
        secret: "a secret".to_owned(),
        at: now(),
        due: now(),
    };
    let id = archive.subscription_of(listing).await.unwrap().unwrap().id;
    archive.ask_hub(id, &asking).await.unwrap();
    let options = Options {
        hosts: LOOPBACK.map(str::to_owned).to_vec(),
        public: Some(address("https://News.example/")),
        ..Options::default()
    };
    Library { router: router(archive.clone(), options, now), archive, listing, _folder: folder }
}

impl Library {
    async fn subscription(&self) -> Subscription {
        self.archive.find_subscription(TOKEN).await.unwrap().unwrap()
    }

    async fn state(&self) -> SubscriptionState {
        self.subscription().await.state
    }

    /// Asks below `/hub/` as a hub does.
    async fn hear(&self, path: &str) -> Answer {
        let answer = ask(&self.router, &format!("/hub/{path}"), &[("host", "news.example")]).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("content-type").contains("html"), "{path}");
        answer
    }

    /// Asks for a mode with the right topic; `more` begins with `&`.
    async fn hear_mode(&self, mode: &str, more: &str) -> Answer {
        let topic = "https%3A%2F%2Ftide-post.example%2Ffeed%3Fkind%3Dall";
        self.hear(&format!("{TOKEN}?hub.mode={mode}&hub.topic={topic}{more}")).await
    }

    async fn push(&self, token: &str, signature: &str, body: impl Into<Body>) -> StatusCode {
        let request = Request::post(format!("/hub/{token}"))
            .header("host", "news.example")
            .header("content-type", "application/rss+xml")
            .header("x-hub-signature", signature);
        send(&self.router, request.body(body.into()).unwrap()).await.status
    }

    async fn has_push(&self) -> bool {
        self.archive.waiting_push(self.listing).await.unwrap().is_some()
    }
}

fn signature(secret: &str, body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body);
    let digits: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={digits}")
}

#[tokio::test]
async fn a_hub_that_asks_whether_it_was_we_who_asked_hears_its_word_again() {
    let library = asked().await;
    let answer =
        library.hear_mode("subscribe", "&hub.challenge=%3Cb%3Ehi&hub.lease_seconds=900").await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, "<b>hi"));
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let held = library.subscription().await;
    assert_eq!(held.state, SubscriptionState::Held);
    assert_eq!(held.lease_until, Some(now() + std::time::Duration::from_secs(900)));
    assert_eq!(held.due, now() + std::time::Duration::from_secs(600));
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_agreed_to() {
    let library = asked().await;
    let long = format!("&hub.challenge={}", "x".repeat(1025));
    for (mode, more) in [
        ("unsubscribe", "&hub.challenge=w"),
        ("publish", "&hub.challenge=w"),
        ("subscribe", ""),
        ("subscribe", "&hub.challenge="),
        ("subscribe", &long),
        ("subscribe", "&hub.challenge=w&hub.challenge=v"),
    ] {
        let answer = library.hear_mode(mode, more).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::NOT_FOUND, ""), "{mode}{more}");
    }
    let other = "https%3A%2F%2Ftide-post.example%2Fother";
    for path in [
        TOKEN.to_owned(),
        format!("{TOKEN}?hub.mode=subscribe&hub.challenge=w"),
        format!("{TOKEN}?hub.mode=subscribe&hub.challenge=w&hub.topic={other}"),
        format!("{}?hub.mode=subscribe&hub.challenge=w&hub.topic={other}", "f".repeat(32)),
        "%FF?hub.mode=subscribe".to_owned(),
        "x".repeat(1000),
    ] {
        let status = library.hear(&path).await.status;
        assert!(matches!(status.as_u16(), 404 | 400), "{path}: {status}");
    }
    assert_eq!(library.state().await, SubscriptionState::Asked);
}

#[tokio::test]
async fn a_refusal_is_heard_with_its_reason() {
    let library = asked().await;
    assert_eq!(library.hear_mode("denied", "&hub.reason=members%0Aonly").await.status, 200);
    let refused = library.subscription().await;
    assert_eq!(refused.state, SubscriptionState::Refused);
    assert_eq!(refused.reason.as_deref(), Some("the hub refuses: members only"));
    assert_eq!(library.hear_mode("subscribe", "&hub.challenge=w").await.status, 404);
    assert_eq!(library.push(TOKEN, &signature("a secret", FEED), FEED).await, StatusCode::GONE);
}

#[tokio::test]
async fn an_end_is_confirmed_only_where_there_is_one() {
    let library = asked().await;
    library.hear_mode("subscribe", "&hub.challenge=w").await;
    assert_eq!(library.hear_mode("unsubscribe", "&hub.challenge=w").await.status, 404);
    let id = library.subscription().await.id;
    library.archive.end_subscription(id, now()).await.unwrap();
    assert_eq!(library.hear_mode("subscribe", "&hub.challenge=w").await.status, 404);
    for _ in 0..2 {
        let answer = library.hear_mode("unsubscribe", "&hub.challenge=w").await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "w"));
    }
    assert_eq!(library.subscription().await.lease_until, None);
    assert_eq!(library.push(TOKEN, &signature("a secret", FEED), FEED).await, StatusCode::GONE);
}

#[tokio::test]
async fn what_is_signed_is_kept_and_what_is_not_is_ignored() {
    let library = asked().await;
    library.hear_mode("subscribe", "&hub.challenge=w").await;
    for wrong in ["", "sha256=00", &signature("another", FEED), &signature("a secret", b"other")] {
        assert_eq!(library.push(TOKEN, wrong, FEED).await, StatusCode::ACCEPTED, "{wrong}");
        assert!(!library.has_push().await, "{wrong}");
    }
    let right = signature("a secret", FEED);
    assert_eq!(library.push(&"f".repeat(32), &right, FEED).await, StatusCode::NOT_FOUND);
    assert_eq!(library.push(TOKEN, &right, FEED).await, StatusCode::ACCEPTED);
    let push = library.archive.waiting_push(library.listing).await.unwrap().unwrap();
    assert_eq!((push.capture.body.as_slice(), push.capture.at), (FEED, now()));
    assert_eq!(push.capture.content_type, "application/rss+xml");
    let due = library.archive.next_due(None).await.unwrap();
    assert!(due.is_some_and(|due| due <= now()), "the listing is due: {due:?}");
}

#[tokio::test]
async fn too_large_a_document_is_not_taken() {
    let library = asked().await;
    let body = vec![b'x'; 16 * 1024 * 1024 + 1];
    let signed = signature("a secret", &body);
    assert_eq!(library.push(TOKEN, &signed, body).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!library.has_push().await);
}

#[tokio::test]
async fn the_public_name_opens_the_door_for_hubs_alone() {
    let library = asked().await;
    let status = async |path: &str, host: &str| {
        ask(&library.router, path, &[("host", host)]).await.status.as_u16()
    };
    let door = format!("/hub/{TOKEN}");
    for (path, host, expected) in [
        ("/", "localhost", 200),
        ("/", "news.example", 421),
        ("/about", "news.example:443", 421),
        ("/hub", "news.example", 421),
        (door.as_str(), "news.example", 404),
        (door.as_str(), "localhost", 404),
        (door.as_str(), "evil.example", 421),
    ] {
        assert_eq!(status(path, host).await, expected, "{host}{path}");
    }
}

#[tokio::test]
async fn without_a_public_address_there_is_no_door() {
    let library = asked().await;
    let closed = router(library.archive.clone(), Options::default(), now);
    let path = format!("/hub/{TOKEN}?hub.mode=subscribe&hub.challenge=w&hub.topic=x");
    assert_eq!(ask(&closed, &path, &[]).await.status, 404);
    let post = Request::post(format!("/hub/{TOKEN}")).body(Body::empty()).unwrap();
    assert_eq!(send(&closed, post).await.status, 404);
}
