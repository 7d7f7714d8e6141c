//! Damage is found, wherever it is, and named.

use crate::library::*;
use archive::*;
use std::path::{Path, PathBuf};

async fn damaged(spoil: impl FnOnce(&Path)) -> (Vec<Finding>, Vec<Finding>) {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    let story = with_lead(article(page, "One", "Text."), "https://post.example/p.png");
    library.keep(at(0), entry(page, "One"), story).await;
    let errand = library.due_picture(at(0)).await;
    library.archive.keep_picture(picture_visit(errand, at(0), b"picture")).await.unwrap();
    library.verified().await;
    let Library { archive, folder } = library;
    archive.close().await;
    spoil(folder.path());
    let archive = Archive::open_for_reading(folder.path()).await.unwrap();
    let quick = archive.verify(Level::Quick).await.unwrap();
    (quick, archive.verify(Level::Full).await.unwrap())
}

fn warc(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder.join("captures")).unwrap();
    files.next().unwrap().unwrap().path()
}

fn picture(folder: &Path) -> PathBuf {
    let hex = news::Digest::of(b"picture").hex();
    folder.join("pictures").join(&hex[..2]).join(&hex)
}

fn rewrite(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[track_caller]
fn assert_found(findings: &[Finding], object: &str) {
    assert!(!findings.is_empty(), "nothing found");
    for finding in findings {
        assert!(finding.object.contains(object), "{finding:?}");
        assert!(!finding.wrong.is_empty() && !finding.mend.is_empty());
    }
}

#[tokio::test]
async fn a_flipped_bit_in_a_picture_is_found() {
    let (quick, full) = damaged(|folder| rewrite(&picture(folder), |bytes| bytes[3] ^= 1)).await;
    assert_eq!(quick, [], "only a full look reads the bytes");
    assert_found(&full, "picture `");
}

#[tokio::test]
async fn a_lost_or_short_picture_is_found_at_once() {
    let (quick, _) = damaged(|folder| std::fs::remove_file(picture(folder)).unwrap()).await;
    assert_found(&quick, "picture `");
    let (quick, _) = damaged(|folder| rewrite(&picture(folder), |bytes| bytes.truncate(2))).await;
    assert_found(&quick, "picture `");
}

#[tokio::test]
async fn every_flipped_bit_in_the_captures_is_found() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library.keep(at(0), entry(page, "One"), article(page, "One", "Text.")).await;
    let path = library.folder.captures().remove(0);
    let whole = std::fs::read(&path).unwrap();
    for (i, bit) in (0..whole.len()).step_by(7).zip((0..8).cycle()) {
        let mut spoilt = whole.clone();
        spoilt[i] ^= 1 << bit;
        std::fs::write(&path, &spoilt).unwrap();
        let full = library.archive.verify(Level::Full).await.unwrap();
        assert_eq!(full.len(), 1, "byte {i} of {}: {full:?}", whole.len());
        assert!(full[0].object.contains(".warc.gz"), "{full:?}");
    }
    std::fs::write(&path, &whole).unwrap();
    library.verified().await;
}

#[tokio::test]
async fn a_short_or_lost_capture_file_is_found_at_once() {
    let cut = |folder: &Path| rewrite(&warc(folder), |bytes| bytes.truncate(bytes.len() - 1));
    let (quick, _) = damaged(cut).await;
    assert_found(&quick, "captures `");
    let (quick, full) = damaged(|folder| std::fs::remove_file(warc(folder)).unwrap()).await;
    assert_found(&quick, "captures `");
    assert!(full.len() > quick.len(), "every capture in it is named");
}

#[tokio::test]
async fn a_spoilt_text_is_found() {
    let spoil = |folder: &Path| change(folder, "UPDATE revision SET text = digest");
    let (_, full) = damaged(spoil).await;
    assert_found(&full, "revision 1 of article");
    let spoil = |folder: &Path| change(folder, "UPDATE article SET headline = 'Two'");
    let (_, full) = damaged(spoil).await;
    assert_found(&full, "revision 1 of article");
}

#[tokio::test]
async fn an_entry_that_nobody_will_fetch_is_found() {
    let spoil = |folder: &Path| {
        change(folder, "UPDATE errand SET due = NULL");
        change(folder, "UPDATE entry SET article = NULL, failing = NULL");
    };
    let (quick, _) = damaged(spoil).await;
    assert_found(&quick, "entry ");
}

#[tokio::test]
async fn a_reference_that_leads_nowhere_is_found() {
    let spoil = |folder: &Path| change(folder, "DELETE FROM picture");
    let (quick, _) = damaged(spoil).await;
    assert_found(&quick, "library.sqlite");
}

#[tokio::test]
async fn a_torn_database_is_found() {
    let spoil = |folder: &Path| {
        rewrite(&folder.join("library.sqlite"), |bytes| {
            let page = bytes.len() - 4096;
            bytes[page..page + 4096].fill(0xa5);
        });
    };
    let (quick, _) = damaged(spoil).await;
    assert_found(&quick, "library.sqlite");
}

fn change(folder: &Path, sql: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.join("library.sqlite"))
        .foreign_keys(false);
    let work = async {
        let mut database = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::query(sql).execute(&mut database).await.unwrap();
        sqlx::Connection::close(database).await.unwrap();
    };
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work);
    std::thread::scope(|scope| scope.spawn(runtime).join().unwrap());
}
