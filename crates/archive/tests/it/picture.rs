//! Pictures: asked for, kept once, never given out spoilt.

use crate::library::*;
use archive::*;
use news::Digest;

const PAGE: &str = "https://post.example/1";
const LEAD: &str = "https://post.example/lead.png";

async fn with_a_picture(bytes: &[u8]) -> (Library, ArticleKept, Picture) {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let story = with_lead(article(PAGE, "One", "Text."), LEAD);
    let kept = library.keep(at(0), entry(PAGE, "One"), story).await;
    let errand = library.due_picture(at(0)).await;
    let picture = library.archive.keep_picture(picture_visit(errand, at(1), bytes)).await.unwrap();
    (library, kept, picture)
}

#[tokio::test]
async fn a_picture_is_kept_under_its_digest_and_shown_with_its_article() {
    let (library, kept, picture) = with_a_picture(b"not quite a picture").await;
    assert_eq!(picture.digest, Digest::of(b"not quite a picture"));
    assert_eq!(picture.bytes_len, 19);
    let (found, bytes) = library.archive.picture(&picture.digest).await.unwrap().unwrap();
    assert_eq!((found, bytes.as_slice()), (picture.clone(), &b"not quite a picture"[..]));
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    assert_eq!(read.pictures, [(address(LEAD), picture.clone())]);
    assert_eq!(library.lines().await[0].lead, Some(picture));
    assert_eq!(library.archive.errands_len(at(1)).await.unwrap(), 0, "its errand is done");
    assert_eq!(library.archive.picture(&Digest::of(b"other")).await.unwrap(), None);
    library.verified().await;
}

#[tokio::test]
async fn a_picture_that_is_here_is_not_asked_for_again() {
    let (library, _, picture) = with_a_picture(b"bytes").await;
    let [two, three] = ["https://post.example/2", "https://post.example/3"];
    let story = with_lead(article(two, "Two", "Text."), LEAD);
    library.keep(at(2 * HOUR), entry(two, "Two"), story).await;
    let due = library.due(at(2 * HOUR)).await;
    assert!(due.iter().all(|errand| !matches!(errand.task, Task::Picture { .. })), "{due:?}");
    assert_eq!(library.lines().await[0].lead.as_ref(), Some(&picture));

    let story = with_lead(article(three, "Three", "Text."), "https://post.example/copy.png");
    library.keep(at(4 * HOUR), entry(three, "Three"), story).await;
    let errand = library.due_picture(at(4 * HOUR)).await;
    let same = library.archive.keep_picture(picture_visit(errand, at(4 * HOUR), b"bytes")).await;
    assert_eq!(same.unwrap(), picture);
    assert_eq!(library.archive.holdings().await.unwrap().pictures, 1, "the same bytes once");
}

#[tokio::test]
async fn other_addresses_of_a_picture_travel_with_its_errand() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let mut story = with_lead(article(PAGE, "One", "Text."), LEAD);
    story.lead.as_mut().unwrap().also = vec![address("https://cdn.example/small.png")];
    library.keep(at(0), entry(PAGE, "One"), story).await;
    let errand = library.due_picture(at(0)).await;
    let also = vec![address("https://cdn.example/small.png")];
    assert_eq!(
        (errand.task.clone(), errand.host.as_str()),
        (Task::Picture { also }, "post.example")
    );
    let failure = Failure {
        errand,
        capture: None,
        why: "too large".to_owned(),
        trouble: archive::health::Trouble::Unreadable,
        retry: None,
    };
    library.archive.keep_failure(failure, at(1)).await.unwrap();
    library.archive.ask_now(None, at(2)).await.unwrap();
    let due = library.due(at(2)).await;
    assert!(due.iter().all(|errand| !matches!(errand.task, Task::Picture { .. })));
}

#[tokio::test]
async fn spoilt_bytes_are_never_given_out_and_mended_by_fetching_again() {
    let (library, _, picture) = with_a_picture(b"true bytes").await;
    let hex = picture.digest.hex();
    let path = library.folder.path().join("pictures").join(&hex[..2]).join(&hex);
    std::fs::write(&path, b"true bytez").unwrap();
    let read = library.archive.picture(&picture.digest).await;
    assert!(matches!(read, Err(Error::Damaged(_))), "{read:?}");

    let two = "https://post.example/2";
    let story = with_lead(article(two, "Two", "Text."), "https://post.example/copy.png");
    library.keep(at(2 * HOUR), entry(two, "Two"), story).await;
    let errand = library.due_picture(at(2 * HOUR)).await;
    let visit = picture_visit(errand, at(2 * HOUR), b"true bytes");
    library.archive.keep_picture(visit).await.unwrap();
    assert!(library.archive.picture(&picture.digest).await.unwrap().is_some());
    library.verified().await;
}
