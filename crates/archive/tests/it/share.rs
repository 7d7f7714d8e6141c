//! One writer, many readers; opening what is missing, busy, newer or closed.

use crate::library::*;
use archive::*;

const PAGE: &str = "https://post.example/1";

#[tokio::test]
async fn a_second_writer_is_turned_away() {
    let library = Library::new().await;
    let second = Archive::open(library.folder.path()).await;
    assert!(matches!(second, Err(Error::Busy(_))));
    let library = library.reopen().await;
    library.verified().await;
}

#[tokio::test]
async fn a_dropped_library_may_be_opened_again() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let Library { archive, folder } = library;
    drop(archive);
    let mut again = Archive::open(folder.path()).await;
    while matches!(again, Err(Error::Busy(_))) {
        tokio::task::yield_now().await;
        again = Archive::open(folder.path()).await;
    }
    assert_eq!(again.unwrap().sources().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_reader_sees_what_a_writer_keeps() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let reader = Archive::open_for_reading(library.folder.path()).await.unwrap();
    assert_eq!(reader.articles_len(&all()).await.unwrap(), 0);
    let kept = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "Text.")).await;
    assert_eq!(reader.articles_len(&all()).await.unwrap(), 1);
    assert!(reader.article(&kept.pressmark, None).await.unwrap().is_some());
    assert_eq!(reader.verify(Level::Full).await.unwrap(), []);
    let refused = reader.add_source(&source("time", "time.example"), at(0)).await;
    assert!(matches!(refused, Err(Error::ForReading(_))));
    let refused = reader.ask_now(None, at(0)).await;
    assert!(matches!(refused, Err(Error::ForReading(_))));
}

#[tokio::test]
async fn a_reader_works_where_nobody_writes() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let Library { archive, folder } = library;
    archive.close().await;
    let reader = Archive::open_for_reading(folder.path()).await.unwrap();
    assert_eq!(reader.sources().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_library_that_is_missing_is_not_made_by_reading() {
    let folder = Folder::new();
    let missing = Archive::open_for_reading(folder.path()).await;
    assert!(matches!(missing, Err(Error::Missing(_))));
    assert!(!folder.path().exists());
}

#[tokio::test]
async fn a_closed_library_keeps_nothing() {
    let library = Library::new().await;
    let clone = library.archive.clone();
    library.archive.close().await;
    let refused = clone.add_source(&source("post", "post.example"), at(0)).await;
    assert!(matches!(refused, Err(Error::Unwritten(_))), "{refused:?}");
}

#[tokio::test]
async fn a_library_of_a_newer_program_is_left_alone() {
    let Library { archive, folder } = Library::new().await;
    archive.close().await;
    let path = folder.path().join("library.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut database = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query("INSERT INTO form (version) VALUES (999)").execute(&mut database).await.unwrap();
    sqlx::Connection::close(database).await.unwrap();
    let newer = Archive::open(folder.path()).await;
    assert!(matches!(newer, Err(Error::Newer { found: 999, .. })));
    let newer = Archive::open_for_reading(folder.path()).await;
    assert!(matches!(newer, Err(Error::Newer { .. })));
}

#[tokio::test]
async fn a_library_of_an_older_program_is_brought_up_to_date_by_writing() {
    const FIRST: &str = include_str!("../../migrations/sqlite/0001_library.sql");
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("library.sqlite"))
        .create_if_missing(true);
    let mut database = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::raw_sql(FIRST).execute(&mut database).await.unwrap();
    let rows = "CREATE TABLE form (version INTEGER NOT NULL); INSERT INTO form VALUES (1); \
         INSERT INTO source VALUES (1, 'post', 'The Post', 'https://post.example/', NULL, 0); \
         INSERT INTO listing VALUES \
         (1, 1, 'https://post.example/feed', 0, NULL, NULL, NULL, NULL, 0, 0);";
    sqlx::raw_sql(rows).execute(&mut database).await.unwrap();
    sqlx::Connection::close(database).await.unwrap();
    let older = Archive::open_for_reading(folder.path()).await;
    assert!(matches!(older, Err(Error::Older(_))));
    Archive::open(folder.path()).await.unwrap().close().await;
    let archive = Archive::open_for_reading(folder.path()).await.unwrap();
    let source = &archive.sources().await.unwrap()[0];
    assert_eq!((source.name.as_str(), source.listings[0].role), ("post", Role::Main));
}
