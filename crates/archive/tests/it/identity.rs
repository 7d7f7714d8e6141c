//! Which article a page is.

use crate::library::*;
use archive::*;
use news::{Address, Pressmark};

/// Announces an entry and keeps its page, which lay at `last` and claims to be `canonical`.
async fn keep(library: &Library, guid: &str, own: &str, last: &str, canonical: &str) -> Pressmark {
    library.archive.ask_now(None, at(0)).await.unwrap();
    let announced = NewEntry { guid: guid.to_owned(), ..entry(own, guid) };
    library.announce(at(0), vec![announced]).await;
    let errand = library.due_at(at(0), own).await;
    let mut visit = article_visit(errand, at(0), article(canonical, guid, "Text."));
    visit.capture.as_mut().unwrap().address = address(last);
    let mark = library.archive.keep_article(visit).await.unwrap().pressmark;
    library.verified().await;
    mark
}

async fn find(library: &Library, at: &str) -> Option<Pressmark> {
    library.archive.find_article(&Address::read(at).unwrap()).await.unwrap()
}

async fn newspaper() -> Library {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    library
}

#[tokio::test]
async fn a_feed_proxys_address_and_the_canonical_one_are_one_article() {
    let library = newspaper().await;
    let page = "https://post.example/story";
    let first = keep(&library, "p1", "https://proxy.example/r/1", page, page).await;
    let second = keep(&library, "p2", "https://post.example/story?utm_source=x", page, page).await;
    assert_eq!(first, second);
    assert_eq!(first, Pressmark::of("post.example/story"));
    for known in ["http://www.post.example/story/", "https://proxy.example/r/1"] {
        assert_eq!(find(&library, known).await, Some(first.clone()), "{known}");
    }
    assert_eq!(find(&library, "https://post.example/other").await, None);
}

#[tokio::test]
async fn a_canonical_address_that_all_pages_claim_merges_nothing() {
    let library = newspaper().await;
    let home = "https://post.example/";
    let page = |n: u32| format!("https://post.example/{n}");
    let mut marks = Vec::new();
    for n in 1..=3 {
        marks.push(keep(&library, &n.to_string(), &page(n), &page(n), home).await);
    }
    marks.dedup();
    assert_eq!(marks.len(), 3);
    assert_eq!(marks[1], Pressmark::of("post.example/2"), "its own address is its identity");
}

#[tokio::test]
async fn a_page_that_another_one_claims_to_be_is_still_itself() {
    let library = newspaper().await;
    let [wrong, right] = ["https://post.example/wrong", "https://post.example/right"];
    let first = keep(&library, "w", wrong, wrong, right).await;
    let second = keep(&library, "r", right, right, right).await;
    assert_ne!(first, second);
    assert_eq!(find(&library, right).await, Some(second), "what was seen decides");
    assert_eq!(find(&library, wrong).await, Some(first));
}

#[tokio::test]
async fn one_id_of_the_publisher_is_one_article_under_many_addresses() {
    let library = newspaper().await;
    let sport = NewSource {
        listings: vec![NewListing::main(address("https://post.example/sport"), None)],
        ..source("sport", "post.example")
    };
    library.archive.add_source(&sport, at(0)).await.unwrap();
    let [one, two] = ["https://post.example/world/7", "https://post.example/sport/7"];
    let mut marks = Vec::new();
    for page in [one, two] {
        let announced = NewEntry { guid: "tag:7".to_owned(), ..entry(page, "Seven") };
        library.announce(at(0), vec![announced]).await;
        let errand = library.due_page(at(0)).await;
        let visit = article_visit(errand, at(0), article(one, "Seven", "Text."));
        marks.push(library.archive.keep_article(visit).await.unwrap().pressmark);
    }
    assert_eq!(marks[0], marks[1]);
    assert_eq!(library.lines().await.len(), 1);
}

#[tokio::test]
async fn the_second_of_two_articles_with_one_mark_gets_a_longer_one() {
    let library = newspaper().await;
    let first = keep(
        &library,
        "1",
        "https://post.example/1",
        "https://post.example/1",
        "https://post.example/1",
    )
    .await;
    // No two addresses with one mark are known: 50 bits. So the first one is given the mark
    // that the second would have.
    let Library { archive, folder } = library;
    archive.close().await;
    let wanted = Pressmark::of("post.example/2");
    let path = folder.path().join("library.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut database = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query("UPDATE article SET pressmark = $1 WHERE pressmark = $2")
        .bind(wanted.as_str())
        .bind(first.as_str())
        .execute(&mut database)
        .await
        .unwrap();
    sqlx::Connection::close(database).await.unwrap();
    let archive = Archive::open(folder.path()).await.unwrap();
    let library = Library { archive, folder };
    let page = "https://post.example/2";
    let second = keep(&library, "2", page, page, page).await;
    assert_eq!(second, Pressmark::longer("post.example/2", 1));
    assert_eq!(library.lines().await.len(), 2);
}
