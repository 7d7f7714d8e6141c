//! The queue: order, failure, ends.

use crate::library::*;
use archive::health::Trouble;
use archive::*;

#[tokio::test]
async fn a_host_is_asked_for_listings_then_pages_then_pictures() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    let text = with_lead(article(page, "One", "Text."), "https://post.example/p.png");
    library.keep(at(0), entry(page, "One"), text).await;
    let kinds: Vec<u8> = library
        .due(at(9 * HOUR))
        .await
        .iter()
        .map(|errand| match errand.task {
            Task::Listing { .. } => 0,
            Task::Page { .. } => 1,
            Task::Picture { .. } => 2,
        })
        .collect();
    assert_eq!(kinds, [0, 1, 2]);
    let one = library.archive.errands_due("post.example", None, at(9 * HOUR), 1).await.unwrap();
    assert_eq!(one.len(), 1);
    assert!(library.archive.hosts_due(None, at(-1)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_listing_that_fails_says_why_until_it_goes_well() {
    let library = Library::new().await;
    library.follow("well", "well.example").await;
    library.follow("ailing", "ailing.example").await;
    for round in 0..2 {
        let due = library.due(at(round)).await;
        let errand = due.into_iter().find(|errand| errand.host.starts_with("ailing")).unwrap();
        assert_eq!(errand.tries, round as u32);
        let failure = Failure {
            capture: Some(answer(errand.address.as_str(), at(round), 503, b"later")),
            errand,
            why: "the server is overloaded (503)".to_owned(),
            trouble: Trouble::Status(503),
            retry: Some(at(round + 1)),
        };
        library.archive.keep_failure(failure, at(round)).await.unwrap();
    }
    let sources = library.archive.sources().await.unwrap();
    assert_eq!(sources[0].name, "ailing", "failing first");
    let state = &sources[0].listings[0];
    assert_eq!((state.failures, state.failing_since, state.well), (2, Some(at(0)), None));
    assert!(state.failing.as_ref().unwrap().contains("503"));
    assert_eq!(library.archive.holdings().await.unwrap().captures, 2, "kept as evidence");

    let due = library.due(at(2)).await;
    let errand = due.into_iter().find(|errand| errand.host.starts_with("ailing")).unwrap();
    let capture = answer(errand.address.as_str(), at(2), 304, b"");
    library.archive.keep_unchanged(errand, capture, Some(at(HOUR))).await.unwrap();
    let sources = library.archive.sources().await.unwrap();
    let state = &sources[0].listings[0];
    assert_eq!((state.failures, &state.failing, state.well), (0, &None, Some(at(2))));
    library.verified().await;
}

#[tokio::test]
async fn what_is_gone_or_refused_is_never_asked_for_again() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let pages = ["https://post.example/1", "https://post.example/2"];
    library.announce(at(0), pages.iter().map(|page| entry(page, "Page")).collect()).await;
    let errand = library.due_page(at(0)).await;
    let failure = Failure {
        errand,
        capture: None,
        why: "robots.txt forbids it".to_owned(),
        trouble: Trouble::Robots,
        retry: None,
    };
    library.archive.keep_failure(failure, at(1)).await.unwrap();
    let errand = library.due_page(at(0)).await;
    let capture = answer(errand.address.as_str(), at(1), 410, b"gone");
    library.archive.keep_gone(errand, capture, at(1)).await.unwrap();
    library.archive.ask_now(None, at(2)).await.unwrap();
    let due = library.due(at(2)).await;
    assert!(due.iter().all(|errand| matches!(errand.task, Task::Listing { .. })));
    let without = library.archive.entries_without_article(None).await.unwrap();
    assert_eq!(without.len(), 2, "and each says why");
    assert!(without.iter().any(|e| e.failing.as_deref() == Some("robots.txt forbids it")));
    library.verified().await;
}

#[tokio::test]
async fn a_listing_that_is_gone_ends_and_is_only_looked_after() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let errand = library.due_listing(at(0)).await;
    let capture = answer(errand.address.as_str(), at(0), 410, b"");
    library.archive.keep_gone(errand, capture, at(0)).await.unwrap();
    library.archive.ask_now(Some(source.id), at(1)).await.unwrap();
    assert_eq!(library.archive.next_due(None).await.unwrap(), Some(at(24 * HOUR)));
    let errand = library.due_listing(at(24 * HOUR)).await;
    library.archive.rest_listing(errand, at(48 * HOUR)).await.unwrap();
    assert_eq!(library.archive.next_due(None).await.unwrap(), Some(at(48 * HOUR)));
    assert!(library.archive.sources().await.unwrap()[0].listings[0].ended);
}

#[tokio::test]
async fn one_round_now_looks_at_what_stands_in_the_listing_again() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let [old, new] = ["https://post.example/old", "https://post.example/new"];
    library.keep(at(0), entry(old, "Old"), article(old, "Old", "Text.")).await;
    library.keep(at(HOUR), entry(new, "New"), article(new, "New", "Text.")).await;
    let now = at(HOUR + 1);
    assert_eq!(library.archive.errands_len(now).await.unwrap(), 0);
    library.archive.ask_now(Some(source.id + 1), now).await.unwrap();
    assert_eq!(library.archive.errands_len(now).await.unwrap(), 0, "another source");
    library.archive.ask_now(Some(source.id), now).await.unwrap();
    let due: Vec<String> = library.due(now).await.iter().map(|e| e.address.to_string()).collect();
    assert_eq!(due, ["https://post.example/feed", new], "the old one has left the listing");
}
