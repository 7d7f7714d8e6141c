//! Hubs: what they are asked for, what they agree to, what they bring.

use crate::library::*;
use archive::*;
use news::Timestamp;

const HUB: &str = "https://hub.example/";
const TOPIC: &str = "https://post.example/feed";
const DAY: i64 = 24 * HOUR;

/// A library that follows one source, and the row of its listing.
async fn followed() -> (Library, i64) {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    (library, source.listings[0].id)
}

async fn name(library: &Library, listing: i64, hubs: &[&str], topic: &str, now: Timestamp) {
    let hubs: Vec<_> = hubs.iter().map(|hub| address(hub)).collect();
    let words = (format!("token at {now}"), "secret".to_owned());
    library.archive.name_hubs(listing, &hubs, topic, words, now).await.unwrap();
}

/// Notes that the hub is asked now and that it is looked after in an hour.
async fn ask(library: &Library, subscription: &Subscription, now: i64) -> Subscription {
    let asking = Asking {
        hub: subscription.hub.clone(),
        callback: address(&format!("https://news.example/hub/{}", subscription.id)),
        token: subscription.token.clone(),
        secret: subscription.secret.clone(),
        at: at(now),
        due: at(now + HOUR),
    };
    library.archive.ask_hub(subscription.id, &asking).await.unwrap();
    found(library, subscription).await
}

async fn found(library: &Library, subscription: &Subscription) -> Subscription {
    library.archive.find_subscription(&subscription.token).await.unwrap().unwrap()
}

async fn due(library: &Library, now: i64) -> Vec<Subscription> {
    library.archive.subscriptions_due(at(now), 10).await.unwrap()
}

/// A subscription that a hub has agreed to at eight for ten days.
async fn held() -> (Library, Subscription) {
    let (library, listing) = followed().await;
    name(&library, listing, &[HUB], TOPIC, at(0)).await;
    let subscription = ask(&library, &due(&library, 0).await[0], 0).await;
    let [until, renew] = [at(9 * DAY), at(6 * DAY)];
    library.archive.hold_subscription(subscription.id, until, renew).await.unwrap();
    let subscription = found(&library, &subscription).await;
    (library, subscription)
}

#[tokio::test]
async fn a_listing_names_its_hubs_and_one_is_asked() {
    let (library, listing) = followed().await;
    assert_eq!(library.archive.next_subscription_due().await.unwrap(), None);
    let mut bell = library.archive.bell();
    name(&library, listing, &[HUB, "https://other.example/"], TOPIC, at(0)).await;
    bell.rings().await;
    let due_now = due(&library, 0).await;
    let named = &due_now[0];
    assert_eq!((due_now.len(), named.hub.as_str(), named.hubs.len()), (1, HUB, 2));
    assert_eq!((named.topic.as_str(), named.state), (TOPIC, SubscriptionState::Asked));
    assert_eq!((named.listing, named.wanted, named.callback.as_ref()), (Some(listing), true, None));

    let asked = ask(&library, named, 0).await;
    assert_eq!((asked.asked, asked.failures, asked.due), (Some(at(0)), 1, at(HOUR)));
    assert!(due(&library, 1).await.is_empty());
    assert_eq!(library.archive.next_subscription_due().await.unwrap(), Some(at(HOUR)));
    library.archive.keep_hub_failure(asked.id, at(0), "it said 503", at(9)).await.unwrap();
    let failed = found(&library, named).await;
    assert_eq!((failed.reason.as_deref(), failed.due), (Some("it said 503"), at(9)));
    assert_eq!(library.archive.find_subscription("guessed").await.unwrap(), None);
    library.verified().await;
}

#[tokio::test]
async fn what_a_hub_agreed_to_is_held_until_its_time() {
    let (library, held) = held().await;
    assert_eq!((held.state, held.failures), (SubscriptionState::Held, 0));
    assert!(held.is_live(at(8 * DAY)) && !held.is_live(at(9 * DAY)));
    let late = library.archive.keep_hub_failure(held.id, at(0), "it took too long", at(1)).await;
    late.unwrap();
    assert_eq!(found(&library, &held).await, held, "it has agreed while it was asked");

    let renewed = ask(&library, &held, 6 * DAY).await;
    assert_eq!((renewed.state, renewed.lease_until), (SubscriptionState::Held, Some(at(9 * DAY))));
    let lapsed = ask(&library, &held, 10 * DAY).await;
    assert_eq!((lapsed.state, lapsed.failures), (SubscriptionState::Asked, 2));
}

#[tokio::test]
async fn a_refusal_is_kept_with_its_reason() {
    let (library, held) = held().await;
    let why = "no such topic ".repeat(100);
    library.archive.refuse_subscription(held.id, &why, at(HOUR)).await.unwrap();
    let refused = found(&library, &held).await;
    assert_eq!((refused.state, refused.due), (SubscriptionState::Refused, at(HOUR)));
    assert_eq!(refused.reason.as_ref().map(|why| why.chars().count()), Some(500));
    library.archive.hold_subscription(held.id, at(DAY), at(DAY)).await.unwrap();
    assert_eq!(found(&library, &held).await, refused, "only one that is asked for is agreed to");
    library.archive.rest_subscription(held.id, at(DAY)).await.unwrap();
    assert!(due(&library, 2 * HOUR).await.is_empty());
    let again = ask(&library, &refused, DAY).await;
    assert_eq!(again.state, SubscriptionState::Asked);
}

#[tokio::test]
async fn another_topic_ends_the_old_one_and_the_same_changes_nothing() {
    let (library, held) = held().await;
    let listing = held.listing.unwrap();
    name(&library, listing, &["https://new.example/", HUB], TOPIC, at(1)).await;
    let same = library.archive.subscription_of(listing).await.unwrap().unwrap();
    assert_eq!((same.id, same.hub.as_str(), same.hubs.len()), (held.id, HUB, 2));

    name(&library, listing, &[HUB], "https://post.example/moved", at(2)).await;
    let new = library.archive.subscription_of(listing).await.unwrap().unwrap();
    assert_eq!((new.topic.as_str(), new.failures), ("https://post.example/moved", 0));
    let old = found(&library, &held).await;
    assert_eq!((old.state, old.due), (SubscriptionState::Ended, at(2)));
    assert_eq!(library.archive.subscriptions().await.unwrap(), [new]);

    let told = ask(&library, &old, 3).await;
    assert_eq!((told.state, told.lease_until.is_some()), (SubscriptionState::Ended, true));
    library.archive.let_subscription_go(old.id, at(DAY)).await.unwrap();
    assert_eq!(found(&library, &held).await.lease_until, None);
    library.archive.forget_subscription(old.id).await.unwrap();
    assert_eq!(library.archive.find_subscription(&held.token).await.unwrap(), None);
}

#[tokio::test]
async fn a_listing_that_is_gone_leaves_its_subscription_to_be_ended() {
    let (library, held) = held().await;
    let errand = library.due_listing(at(0)).await;
    let capture = answer(errand.address.as_str(), at(1), 410, b"");
    library.archive.keep_gone(errand, capture, at(1)).await.unwrap();
    let left = &due(&library, 2).await[0];
    assert_eq!((left.id, left.wanted), (held.id, false));
    library.archive.end_subscription(held.id, at(2)).await.unwrap();
    assert_eq!(due(&library, 2).await[0].state, SubscriptionState::Ended);
}

#[tokio::test]
async fn a_library_that_moved_asks_its_hubs_anew() {
    let (library, held) = held().await;
    library.archive.recall_subscriptions("https://news.example/hub/", at(1)).await.unwrap();
    assert_eq!(found(&library, &held).await, held);
    library.archive.recall_subscriptions("https://press.example/hub/", at(1)).await.unwrap();
    let recalled = found(&library, &held).await;
    assert_eq!((recalled.state, recalled.due), (SubscriptionState::Asked, at(1)));
    assert_eq!((recalled.callback, recalled.lease_until), (None, None));
}

fn push(subscription: &Subscription, now: Timestamp, body: &[u8]) -> Push {
    Push {
        subscription: subscription.clone(),
        at: now,
        content_type: "application/rss+xml".to_owned(),
        body: body.to_vec(),
    }
}

#[tokio::test]
async fn what_a_hub_brings_is_kept_and_read_once() {
    let (library, held) = held().await;
    let page = "https://post.example/1";
    library.announce(at(0), vec![entry(page, "One")]).await;
    let mut bell = library.archive.bell();
    library.archive.keep_push(push(&held, at(60), b"<rss>new</rss>")).await.unwrap();
    bell.rings().await;

    let library = library.reopen().await;
    let errand = library.due_listing(at(60)).await;
    let listing = held.listing.unwrap();
    let waiting = library.archive.waiting_push(listing).await.unwrap().unwrap();
    let capture = &waiting.capture;
    assert_eq!((capture.at, capture.body.as_slice()), (at(60), &b"<rss>new</rss>"[..]));
    assert_eq!(
        (capture.content_type.as_str(), capture.address.as_str()),
        ("application/rss+xml", TOPIC)
    );
    let new = entry("https://post.example/2", "Two");
    let visit = PushVisit { push: waiting.id, errand, at: at(60), entries: vec![new] };
    let kept = library.archive.keep_pushed(visit).await.unwrap();
    assert_eq!((kept.entries_new, kept.entries_changed), (1, 0));
    assert!(library.archive.waiting_push(listing).await.unwrap().is_none());
    library.due_at(at(60), "https://post.example/2").await;

    library.archive.ask_now(None, at(61)).await.unwrap();
    library.due_at(at(61), page).await;
    library.archive.keep_push(push(&held, at(90), b"<rss>new</rss>")).await.unwrap();
    assert!(library.archive.waiting_push(listing).await.unwrap().is_none(), "the same bytes again");
    library.verified().await;
    let library = library.reopen().await;
    library.verified().await;
}

#[tokio::test]
async fn a_hub_that_pushes_without_end_makes_no_visit_without_end() {
    let (library, held) = held().await;
    let visit = async |now: i64| {
        library.announce(at(now), vec![]).await;
    };
    visit(0).await;
    for (second, due) in [(10, 10), (11, 25), (24, 25)] {
        let body = second.to_string();
        library.archive.keep_push(push(&held, at(second), body.as_bytes())).await.unwrap();
        assert_eq!(library.archive.next_due(None).await.unwrap(), Some(at(due)), "{second}");
        if due == 10 {
            visit(10).await;
        }
    }
    for second in ["10", "11", "24"] {
        let waiting = library.archive.waiting_push(held.listing.unwrap()).await.unwrap().unwrap();
        assert_eq!(waiting.capture.body, second.as_bytes());
        let errand = library.due_listing(at(25)).await;
        let visit = PushVisit { push: waiting.id, errand, at: at(25), entries: vec![] };
        library.archive.keep_pushed(visit).await.unwrap();
    }
}

#[tokio::test]
async fn what_a_hub_brought_never_stands_for_what_the_publisher_answered() {
    let (library, held) = held().await;
    let errand = library.due_listing(at(0)).await;
    let visit = listing_visit(errand, at(20), vec![]);
    let body = visit.capture.body.clone();
    library.archive.keep_push(push(&held, at(10), &body)).await.unwrap();
    library.archive.keep_listing(visit).await.unwrap();
    let warcs: Vec<u8> = library
        .folder
        .captures()
        .iter()
        .flat_map(|path| {
            let mut text = Vec::new();
            let file = std::fs::File::open(path).unwrap();
            std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(file), &mut text)
                .unwrap();
            text
        })
        .collect();
    let warcs = String::from_utf8_lossy(&warcs).into_owned();
    assert!(warcs.contains("Pressmark-Origin: pushed by https://hub.example/"), "{warcs}");
    assert!(warcs.contains("WARC-Type: response") && !warcs.contains("WARC-Type: revisit"));
    library.verified().await;
}

#[tokio::test]
async fn an_open_hub_is_not_believed_about_a_secure_publisher() {
    let (library, listing) = followed().await;
    name(&library, listing, &["http://hub.example/"], TOPIC, at(0)).await;
    let subscription = ask(&library, &due(&library, 0).await[0], 0).await;
    assert!(!subscription.is_believed());
    library.announce(at(0), vec![]).await;
    library.archive.keep_push(push(&subscription, at(9), b"<rss/>")).await.unwrap();
    library.due_listing(at(9)).await;
    assert!(library.archive.waiting_push(listing).await.unwrap().is_none());
}
