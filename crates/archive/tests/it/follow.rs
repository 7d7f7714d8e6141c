//! Following sources: adding them, visiting their listings, what is announced.

use crate::library::*;
use archive::*;

#[tokio::test]
async fn a_new_source_is_found_by_all_its_names_and_due_at_once() {
    let library = Library::new().await;
    let source = library.follow("post", "www.post.example").await;
    assert_eq!((source.articles_len, source.latest), (0, None));
    for word in ["post", "post.example", "www.post.example", "https://post.example/feed"] {
        let found = library.archive.find_source(word).await.unwrap();
        assert_eq!(found.as_ref(), Some(&source), "{word}");
    }
    assert_eq!(library.archive.find_source("nobody").await.unwrap(), None);
    let due = library.due_listing(at(0)).await;
    assert_eq!(due.address, source.listings[0].address);
    assert_eq!(due.host, "www.post.example");
    assert_eq!(library.archive.next_due(None).await.unwrap(), Some(at(0)));
}

#[tokio::test]
async fn nothing_is_added_twice() {
    let library = Library::new().await;
    let post = library.follow("post", "post.example").await;
    let double = |result: Result<Source, Error>| assert!(matches!(result, Err(Error::Double(_))));
    double(library.archive.add_source(&source("post", "other.example"), at(1)).await);
    double(library.archive.add_source(&source("other", "post.example"), at(1)).await);
    assert_eq!(library.archive.sources().await.unwrap().len(), 1, "the second left nothing");
    let more = address("https://post.example/sport.xml");
    library.archive.add_listing(post.id, &more, at(1)).await.unwrap();
    let again = library.archive.add_listing(post.id, &more, at(2)).await;
    assert!(matches!(again, Err(Error::Double(_))));
    assert!(library.archive.add_listing(99, &address("https://x.example/f"), at(2)).await.is_err());
    assert_eq!(library.archive.sources().await.unwrap()[0].listings.len(), 2);
}

#[tokio::test]
async fn a_visit_keeps_entries_and_validators_in_one_step() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let named =
        vec![entry("https://post.example/1", "One"), entry("https://post.example/2", "Two")];
    let kept = library.announce(at(0), named.clone()).await;
    assert_eq!(kept, ListingKept { entries_new: 2, entries_changed: 0 });
    assert_eq!(library.archive.errands_len(at(0)).await.unwrap(), 2, "the pages are due");

    let listing = library.due_listing(at(HOUR)).await;
    assert_eq!(listing.validators.etag.as_deref(), Some("\"v1\""));
    let source = &library.archive.sources().await.unwrap()[0];
    assert_eq!(source.language.as_deref(), Some("en"), "learned from the listing");
    let state = &source.listings[0];
    assert_eq!((state.visited, state.well, state.entries_len), (Some(at(0)), Some(at(0)), 2));
    assert_eq!(state.next_visit, at(HOUR));

    let waiting = library.archive.entries_without_article(None).await.unwrap();
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|entry| entry.failing.is_some()), "nothing lost in silence");

    let mut changed = named;
    changed[1].title = "Two, corrected".to_owned();
    let kept = library.announce(at(HOUR), changed).await;
    assert_eq!(kept, ListingKept { entries_new: 0, entries_changed: 1 });
    library.verified().await;
}

#[tokio::test]
async fn an_entry_that_changed_makes_its_page_due_again() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library.keep(at(0), entry(page, "One"), article(page, "One", "Text.")).await;
    assert_eq!(library.archive.errands_len(at(HOUR)).await.unwrap(), 1, "the listing alone");
    library.announce(at(HOUR), vec![entry(page, "One, corrected")]).await;
    assert_eq!(library.due_page(at(HOUR)).await.address, address(page));
}

#[tokio::test]
async fn what_is_asked_for_while_under_way_stays_due() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library.announce(at(0), vec![entry(page, "One")]).await;
    let under_way = library.due_page(at(0)).await;
    library.archive.ask_now(None, at(1)).await.unwrap();
    library.announce(at(1), vec![entry(page, "One, corrected")]).await;
    let visit = article_visit(under_way, at(2), article(page, "One", "Text."));
    library.archive.keep_article(visit).await.unwrap();
    assert_eq!(library.due_page(at(2)).await.address, address(page), "the correction is fetched");
}

#[tokio::test]
async fn an_entry_without_a_page_is_an_article_at_once() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let short = |guid: &str, text: &str| NewEntry {
        guid: guid.to_owned(),
        address: None,
        article: Some(article("https://post.example/", guid, text)),
        ..entry("https://post.example/", guid)
    };
    library.announce(at(0), vec![short("a", "First."), short("b", "Second.")]).await;
    let lines = library.lines().await;
    assert_eq!(lines.len(), 2, "one site address does not make them one");
    assert_eq!(library.archive.errands_len(at(0)).await.unwrap(), 0, "nothing to fetch");
    library.announce(at(HOUR), vec![short("a", "First, longer."), short("b", "Second.")]).await;
    let edited = Query { edited: true, ..all() };
    assert_eq!(library.archive.articles_len(&edited).await.unwrap(), 1);

    let nothing =
        NewEntry { guid: "c".to_owned(), address: None, ..entry("https://x.example/", "C") };
    library.announce(at(2 * HOUR), vec![nothing]).await;
    let without = library.archive.entries_without_article(None).await.unwrap();
    assert_eq!(without.len(), 1);
    assert!(without[0].failing.as_ref().unwrap().contains("no page"));
    library.verified().await;
}

#[tokio::test]
async fn a_listing_that_floods_is_cut_and_says_so() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = |i: usize| entry(&format!("https://post.example/{i}"), "Flood");
    let kept = library.announce(at(0), (0..5_010).map(page).collect()).await;
    assert_eq!(kept.entries_new, 5_000);
    let state = library.archive.sources().await.unwrap()[0].listings[0].clone();
    assert!(state.failing.unwrap().contains("10 of them new"));
    assert_eq!((state.failures, state.well), (0, Some(at(0))));
    let kept = library.announce(at(HOUR), (0..5_010).map(page).collect()).await;
    assert_eq!(kept.entries_new, 10, "the rest comes with the next visit");
    assert_eq!(library.archive.sources().await.unwrap()[0].listings[0].failing, None);
}

#[tokio::test]
async fn an_entry_tells_what_was_announced_and_what_became_of_it() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    let announced = NewEntry {
        published: Some(news::Stamp::utc(at(-5))),
        article: Some(article(page, "One", "In short.")),
        ..entry(page, "One")
    };
    let kept = library.keep(at(0), announced.clone(), article(page, "One", "In full.")).await;
    let Task::Page { entry: id } = library.due_page(at(7 * HOUR)).await.task else {
        unreachable!()
    };
    let entry = library.archive.entry(id).await.unwrap().unwrap();
    assert_eq!(entry.article, announced.article);
    assert_eq!((entry.published, entry.title), (announced.published, "One".to_owned()));
    assert_eq!((entry.pressmark, entry.failing), (Some(kept.pressmark), None));
    assert_eq!(library.archive.entry(id + 1).await.unwrap(), None);
}

#[tokio::test]
async fn entries_that_share_one_id_are_told_apart_by_their_pages() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let same = |n: usize| NewEntry {
        guid: "https://post.example/".to_owned(),
        ..entry(&format!("https://post.example/{n}"), &format!("Number {n}"))
    };
    let kept = library.announce(at(0), vec![same(1), same(2), same(2)]).await;
    assert_eq!(kept.entries_new, 2);
    let kept = library.announce(at(HOUR), vec![same(1), same(2), same(2)]).await;
    assert_eq!(kept, ListingKept::default(), "and they are the same the next time");
}

#[tokio::test]
async fn a_link_that_is_rewritten_for_tracking_is_no_change() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let link = |word: &str| NewEntry {
        guid: "7".to_owned(),
        ..entry(&format!("https://post.example/7?utm_source={word}"), "Seven")
    };
    library.announce(at(0), vec![link("monday")]).await;
    let kept = library.announce(at(HOUR), vec![link("tuesday")]).await;
    assert_eq!(kept, ListingKept::default());
}
