//! A process that is killed in the middle of keeping loses nothing that it was told is kept.

use crate::library::*;
use archive::*;
use news::Pressmark;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

const FOLDER: &str = "PRESSMARK_TEST_CRASH_FOLDER";

/// The process that gets killed: this test binary once more, with only this test. It keeps
/// articles without end and says each one that it was told is kept.
#[tokio::test(flavor = "multi_thread")]
async fn keeps_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let archive = Archive::open(folder.as_ref()).await.unwrap();
    let round = archive.articles_len(&all()).await.unwrap();
    let host = format!("r{round}.example");
    archive
        .add_source(&source(&format!("r{round}"), &host), at(0))
        .await
        .unwrap();
    let page = |n: u64| format!("https://{host}/{n}");
    let due = archive
        .errands_due(&format!("{host}:443"), at(0), 1)
        .await
        .unwrap();
    let entries = (0..500).map(|n| entry(&page(n), "Page")).collect();
    let visit = listing_visit(due[0].clone(), at(0), entries);
    archive.keep_listing(visit).await.unwrap();
    let due = archive
        .errands_due(&format!("{host}:443"), at(0), 1000)
        .await
        .unwrap();
    let mut all = Vec::new();
    for errand in due {
        let archive = archive.clone();
        all.push(tokio::spawn(async move {
            let text = format!("The text of {}. ", errand.address).repeat(200);
            let story = article(errand.address.as_str(), "Page", &text);
            let kept = archive
                .keep_article(article_visit(errand, at(0), story))
                .await
                .unwrap();
            println!("\nkept {}", kept.pressmark);
        }));
    }
    for one in all {
        one.await.unwrap();
    }
}

fn start(folder: &std::path::Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::keeps_until_it_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = Folder::new();
    let mut acknowledged: Vec<Pressmark> = Vec::new();
    for (round, lines_max) in [1, 40, 130, 3, 250].into_iter().enumerate() {
        let mut child = start(folder.path());
        let said = BufReader::new(child.stdout.take().unwrap());
        let kept = said.lines().map_while(Result::ok).filter_map(|line| {
            let mark = line.strip_prefix("kept ")?;
            mark.parse().ok()
        });
        let before = acknowledged.len();
        acknowledged.extend(kept.take(lines_max));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(
            acknowledged.len() - before,
            lines_max,
            "round {round} kept articles"
        );

        let archive = Archive::open(folder.path()).await.unwrap();
        let findings = archive.verify(Level::Full).await.unwrap();
        assert_eq!(findings, [], "round {round}");
        for mark in &acknowledged {
            let read = archive.article(mark, None).await.unwrap();
            let read = read.unwrap_or_else(|| panic!("{mark} is lost in round {round}"));
            assert!(archive.capture_of(&read.revision).await.unwrap().is_some());
        }
        archive.close().await;
    }
}

#[tokio::test]
async fn a_torn_tail_is_cut_and_what_nothing_refers_to_is_swept() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library
        .keep(at(0), entry(page, "One"), article(page, "One", "Text."))
        .await;
    let Library { archive, folder } = library;
    archive.close().await;
    let warc = folder.captures().remove(0);
    let whole = std::fs::read(&warc).unwrap();
    let torn = [&whole[..], &whole[..whole.len() / 3]].concat();
    std::fs::write(&warc, torn).unwrap();
    let unknown = warc.with_file_name("pressmark-20261122090000-00002.warc.gz");
    std::fs::write(&unknown, b"\x1f\x8b half").unwrap();
    let part = folder.path().join("pictures/part-00");
    std::fs::write(&part, b"half a picture").unwrap();

    let archive = Archive::open(folder.path()).await.unwrap();
    assert_eq!(std::fs::read(&warc).unwrap(), whole);
    assert!(!unknown.exists() && !part.exists());
    let library = Library { archive, folder };
    library.verified().await;
    let two = "https://post.example/2";
    library
        .keep(
            at(2 * HOUR),
            entry(two, "Two"),
            article(two, "Two", "Text."),
        )
        .await;
    library.verified().await;
}
