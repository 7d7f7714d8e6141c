//! Many at once share syncs and transactions, and a bad one spoils nobody else's.

use crate::library::*;
use archive::*;
use std::time::Instant;

async fn announced(len: usize) -> (Library, Vec<Errand>) {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = |n: usize| entry(&format!("https://post.example/{n}"), "Page");
    library.announce(at(0), (0..len).map(page).collect()).await;
    let due = library.due(at(0)).await;
    assert_eq!(due.len(), len);
    (library, due)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_articles_at_once_are_all_kept() {
    let (library, due) = announced(1_000).await;
    let text = "A sentence of the usual length stands here. ".repeat(60);
    let started = Instant::now();
    let mut all = Vec::new();
    for errand in due {
        let archive = library.archive.clone();
        let story = article(errand.address.as_str(), "Page", &text);
        let visit = article_visit(errand, at(1), story);
        all.push(tokio::spawn(async move { archive.keep_article(visit).await.unwrap() }));
    }
    for kept in all {
        assert_eq!(kept.await.unwrap().change, Change::New);
    }
    let took = started.elapsed().as_secs_f64();
    eprintln!("kept 1000 articles in {took:.2} s: {:.0} a second", 1000.0 / took);
    assert_eq!(library.archive.holdings().await.unwrap().revisions, 1_000);
    library.verified().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_item_does_not_spoil_its_batch() {
    let (library, due) = announced(20).await;
    let mut all = Vec::new();
    for (n, mut errand) in due.into_iter().enumerate() {
        if n % 5 == 0 {
            errand.task = Task::Page { entry: 9_999 };
        }
        let archive = library.archive.clone();
        let story = article(errand.address.as_str(), "Page", "Text.");
        let visit = article_visit(errand, at(1), story);
        all.push(tokio::spawn(async move { archive.keep_article(visit).await }));
    }
    let mut kept = 0;
    for one in all {
        match one.await.unwrap() {
            Ok(_) => kept += 1,
            Err(error) => assert!(matches!(error, Error::Unknown(_)), "{error:?}"),
        }
    }
    assert_eq!(kept, 16);
    assert_eq!(library.lines().await.len(), 16);
    library.verified().await;
}
