//! Articles and what becomes of them.

use crate::library::*;
use archive::*;
use news::Note;

const PAGE: &str = "https://post.example/1";

#[tokio::test]
async fn an_article_is_kept_whole_and_read_back() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    library.announce(at(0), vec![entry(PAGE, "One")]).await;
    let mut visit =
        article_visit(library.due_page(at(0)).await, at(5), article(PAGE, "One", "Text."));
    visit.notes = vec![Note::new("paywall", "", "only a part is free")];
    visit.validators.etag = Some("\"p1\"".to_owned());
    let wrote = visit.article.clone();
    let payload = news::Digest::of(&visit.capture.as_ref().unwrap().body);
    let kept = library.archive.keep_article(visit).await.unwrap();
    assert_eq!((kept.revision, kept.change), (1, Change::New));
    assert_eq!(kept.pressmark, news::Pressmark::of("post.example/1"));

    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.revision.article, wrote);
    assert_eq!(read.revision.payload, Some(payload));
    assert_eq!(read.revision.notes[0].kind, "paywall");
    assert_eq!((read.first_seen, read.checked, read.revision.captured), (at(0), at(5), at(5)));
    assert_eq!((read.source.name.as_str(), read.gone, read.failing), ("post", None, None));
    let line = &library.lines().await[0];
    assert_eq!((line.headline.as_str(), line.summary.as_str()), ("One", "Text."));
    assert_eq!(line.published, Some(at(-HOUR)));
    assert_eq!(library.due_page(at(7 * HOUR)).await.validators.etag.as_deref(), Some("\"p1\""));
    let nobody = news::Pressmark::of("nobody");
    assert_eq!(library.archive.article(&nobody, None).await.unwrap(), None);
    assert_eq!(library.archive.article(&kept.pressmark, Some(2)).await.unwrap(), None);
}

#[tokio::test]
async fn every_edit_is_a_revision_and_a_second_look_is_not() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let look = async |hours: i64, text: &str| {
        library.archive.ask_now(None, at(hours * HOUR)).await.unwrap();
        let errand = library.due_page(at(hours * HOUR)).await;
        let visit = article_visit(errand, at(hours * HOUR), article(PAGE, "One", text));
        library.archive.keep_article(visit).await.unwrap()
    };
    let first = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "Two hurt.")).await;
    assert_eq!(look(1, "Two hurt.").await.change, Change::Same);
    let edit = look(2, "Three hurt.").await;
    assert_eq!((edit.change, edit.revision), (Change::Revised, 2));

    let read = library.archive.article(&first.pressmark, None).await.unwrap().unwrap();
    assert_eq!((read.revision.number, read.checked), (2, at(2 * HOUR)));
    let captured: Vec<_> = read.revisions.iter().map(|line| (line.number, line.captured)).collect();
    assert_eq!(captured, [(1, at(0)), (2, at(2 * HOUR))]);
    let old = library.archive.article(&first.pressmark, Some(1)).await.unwrap().unwrap();
    assert_eq!(old.revision.article.body.text(), "Two hurt.");

    let feed = library.archive.revisions_after(0, 10).await.unwrap();
    assert_eq!(feed.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2]);
    let rest = library.archive.revisions_after(feed[0].id, 10).await.unwrap();
    assert_eq!(rest, feed[1..]);
    assert_eq!(library.archive.holdings().await.unwrap().revisions, 2);
    library.verified().await;
}

#[tokio::test]
async fn the_listings_words_never_replace_the_page() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let brief = article(PAGE, "One", "In short.");
    let announced = NewEntry { article: Some(brief.clone()), ..entry(PAGE, "One") };
    library.announce(at(0), vec![announced]).await;
    let words = async |now| {
        let mut visit = article_visit(library.due_page(now).await, now, brief.clone());
        visit.capture = None;
        visit.failing = Some("the page is not there (404)".to_owned());
        visit.next_visit = Some(now + jiff::SignedDuration::from_hours(1));
        library.archive.keep_article(visit).await.unwrap()
    };
    let kept = words(at(1)).await;
    assert_eq!(kept.change, Change::New);
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.failing.as_deref(), Some("the page is not there (404)"));
    assert_eq!((read.revision.payload, read.revision.captured), (None, at(0)), "when it was said");

    let full = article(PAGE, "One", "In full.");
    let visit = article_visit(library.due_page(at(2 * HOUR)).await, at(2 * HOUR), full);
    let page = library.archive.keep_article(visit).await.unwrap();
    assert_eq!((page.change, &page.pressmark), (Change::Revised, &kept.pressmark));
    assert_eq!(words(at(9 * HOUR)).await.change, Change::Same);
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.revision.article.body.text(), "In full.");
    assert!(read.failing.is_some(), "and it says that the page has gone missing");
}

#[tokio::test]
async fn an_article_that_is_taken_down_stays() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let kept = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "Text.")).await;
    let errand = library.due_page(at(7 * HOUR)).await;
    let capture = answer(PAGE, at(7 * HOUR), 410, b"gone");
    library.archive.keep_gone(errand, capture, at(7 * HOUR)).await.unwrap();
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.gone, Some(at(7 * HOUR)));
    assert_eq!(read.revision.article.body.text(), "Text.");
    assert!(library.lines().await[0].gone);
}

#[tokio::test]
async fn what_is_gone_before_it_was_read_is_kept_in_the_listings_words() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let announced =
        NewEntry { article: Some(article(PAGE, "One", "In short.")), ..entry(PAGE, "One") };
    library.announce(at(0), vec![announced]).await;
    let errand = library.due_page(at(0)).await;
    library.archive.keep_gone(errand, answer(PAGE, at(1), 410, b""), at(1)).await.unwrap();
    let line = &library.lines().await[0];
    assert_eq!((line.summary.as_str(), line.gone), ("In short.", true));
}

#[tokio::test]
async fn a_page_that_changes_all_day_is_kept_24_times_and_says_so() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let kept = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "0")).await;
    let look = async |minute: i64| {
        let now = at(60 * minute);
        library.archive.ask_now(None, now).await.unwrap();
        let errand = library.due_page(now).await;
        let visit = article_visit(errand, now, article(PAGE, "One", &minute.to_string()));
        library.archive.keep_article(visit).await.unwrap()
    };
    for minute in 1..30 {
        look(minute).await;
    }
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.revisions.len(), 24);
    assert!(read.failing.unwrap().contains("24 times"));
    assert_eq!(look(25 * 60).await.change, Change::Revised, "the next day is free again");
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.failing, None);
    library.verified().await;
}

#[tokio::test]
async fn an_older_mirror_is_taken_in_once_and_never_hides_what_is_newer() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let import = |page: &str, text: &str| Import {
        origin: "mirror/pages/1.md".to_owned(),
        document: text.as_bytes().to_vec(),
        as_of: None,
        article: with_lead(article(page, "One", text), "https://post.example/p.png"),
        first_seen: at(-24 * HOUR),
        notes: Vec::new(),
    };
    let kept = library.archive.keep_import(import(PAGE, "Then."), source.id).await.unwrap();
    assert_eq!(kept.change, Change::New);
    let again = library.archive.keep_import(import(PAGE, "Then."), source.id).await.unwrap();
    assert_eq!((again.change, again.revision), (Change::Same, 1));
    library.due_picture(at(0)).await;

    let now = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "Now.")).await;
    assert_eq!((&now.pressmark, now.change), (&kept.pressmark, Change::Revised));
    let older = library.archive.keep_import(import(PAGE, "Long ago."), source.id).await.unwrap();
    assert_eq!((older.change, older.revision), (Change::Revised, 3), "kept in the history");
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.revision.article.body.text(), "Now.");
    assert_eq!(read.first_seen, at(-24 * HOUR));
    let again = library.archive.keep_import(import(PAGE, "Then."), source.id).await.unwrap();
    assert_eq!(again.change, Change::Same);
    library.verified().await;
}
