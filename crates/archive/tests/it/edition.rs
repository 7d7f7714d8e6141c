//! Lists of articles: order, search, narrowing, sources' figures.

use crate::library::*;
use archive::*;
use news::Stamp;

async fn newsroom() -> Library {
    let library = Library::new().await;
    for (name, host) in [("post", "post.example"), ("time", "time.example")] {
        library.follow(name, host).await;
    }
    let keep = async |page: &str, headline: &str, text: &str, published: Option<i64>| {
        let feed = address(page).join("/feed").unwrap();
        let listing = library.due_at(at(0), feed.as_str()).await;
        let visit = listing_visit(listing, at(0), vec![entry(page, headline)]);
        library.archive.keep_listing(visit).await.unwrap();
        let mut story = article(page, headline, text);
        story.published = published.map(|seconds| Stamp::utc(at(seconds)));
        let visit = article_visit(library.due_at(at(0), page).await, at(0), story);
        library.archive.keep_article(visit).await.unwrap();
        library.archive.ask_now(None, at(0)).await.unwrap();
    };
    keep("https://post.example/1", "Bridge opens", "It is 100% steel_work.", Some(-60)).await;
    keep("https://post.example/2", "大桥通车", "这座桥很长。ＡＢＣ", Some(-30)).await;
    keep("https://time.example/1", "The long Bridge", "Older.", Some(-90)).await;
    keep("https://time.example/2", "From next year", "Wrong.", Some(9_000_000)).await;
    library
}

async fn headlines(library: &Library, query: Query) -> Vec<String> {
    let lines = library.archive.articles(&query).await.unwrap();
    let len = library.archive.articles_len(&query).await.unwrap();
    assert_eq!(lines.len() as u64, len, "the count is of the same articles");
    lines.into_iter().map(|line| line.headline).collect()
}

#[tokio::test]
async fn the_newest_stands_first_and_a_time_to_come_is_not_believed() {
    let library = newsroom().await;
    let found = headlines(&library, all()).await;
    assert_eq!(found, ["From next year", "大桥通车", "Bridge opens", "The long Bridge"]);
    let page = Query { limit: 2, offset: 1, ..all() };
    let lines = library.archive.articles(&page).await.unwrap();
    assert_eq!(lines[0].headline, "大桥通车");
    assert_eq!(lines.len(), 2);
    let some = Query { since: Some(at(-61)), until: Some(at(0)), ..all() };
    assert_eq!(headlines(&library, some).await, ["大桥通车", "Bridge opens"]);
}

#[tokio::test]
async fn words_are_found_wherever_they_stand_and_however_written() {
    let library = newsroom().await;
    for (words, found) in [
        (vec!["BRIDGE"], 2),
        (vec!["bridge", "steel"], 1),
        (vec!["桥"], 1),
        (vec!["ａｂｃ"], 1),
        (vec!["100%"], 1),
        (vec!["l_w"], 1),
        (vec!["s%l"], 0),
        (vec!["_"], 1),
        (vec!["tunnel"], 0),
    ] {
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let query = Query { words: words.clone(), ..all() };
        assert_eq!(headlines(&library, query).await.len(), found, "{words:?}");
    }
}

#[tokio::test]
async fn a_source_has_its_own_articles_and_figures() {
    let library = newsroom().await;
    let time = library.archive.find_source("time").await.unwrap().unwrap();
    assert_eq!((time.articles_len, time.latest), (2, Some(at(0))));
    let query = Query { source: Some(time.id), ..all() };
    assert_eq!(headlines(&library, query).await.len(), 2);
    let holdings = library.archive.holdings().await.unwrap();
    assert_eq!((holdings.sources, holdings.articles, holdings.revisions), (2, 4, 4));
    assert!(holdings.bytes > 0 && holdings.captures == 8);
}
