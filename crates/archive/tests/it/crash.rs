//! A process that is killed in the middle of keeping loses nothing that it was told is kept.

use crate::library::*;
use archive::*;
use news::Pressmark;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    archive.add_source(&source(&format!("r{round}"), &host), at(0)).await.unwrap();
    let page = |n: u64| format!("https://{host}/{n}");
    let due = archive.errands_due(&host, None, at(0), 1).await.unwrap();
    let entries = (0..500).map(|n| entry(&page(n), "Page")).collect();
    let visit = listing_visit(due[0].clone(), at(0), entries);
    archive.keep_listing(visit).await.unwrap();
    let due = archive.errands_due(&host, None, at(0), 1000).await.unwrap();
    let mut all = Vec::new();
    for errand in due {
        let archive = archive.clone();
        all.push(tokio::spawn(async move {
            let text = format!("The text of {}. ", errand.address).repeat(200);
            let story = article(errand.address.as_str(), "Page", &text);
            match archive.keep_article(article_visit(errand, at(0), story)).await {
                Ok(kept) => println!("\nkept {}", kept.pressmark),
                Err(error) => println!("\nrefused: {error}"),
            }
        }));
    }
    for one in all {
        one.await.unwrap();
    }
}

fn child(folder: &Path) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "crash::keeps_until_it_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    child
}

fn kept(line: &str) -> Option<Pressmark> {
    line.strip_prefix("kept ")?.parse().ok()
}

async fn assert_kept(archive: &Archive, acknowledged: &[Pressmark], when: &str) {
    assert_eq!(archive.verify(Level::Full).await.unwrap(), [], "{when}");
    for mark in acknowledged {
        let read = archive.article(mark, None).await.unwrap();
        let read = read.unwrap_or_else(|| panic!("{mark} is lost {when}"));
        let capture = archive.capture_of(&read.revision).await.unwrap();
        assert!(capture.is_some(), "the page of {mark} is lost {when}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = Folder::new();
    let mut acknowledged: Vec<Pressmark> = Vec::new();
    for (round, lines_max) in [1, 40, 130, 3, 250].into_iter().enumerate() {
        let mut child = child(folder.path()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let before = acknowledged.len();
        let marks = said.map_while(Result::ok).filter_map(|line| kept(&line));
        acknowledged.extend(marks.take(lines_max));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(acknowledged.len() - before, lines_max, "round {round} kept articles");

        let when = format!("after round {round}");
        let reader = Archive::open_for_reading(folder.path()).await.unwrap();
        assert_kept(&reader, &acknowledged, &when).await;
        reader.close().await;
        let archive = Archive::open(folder.path()).await.unwrap();
        assert_kept(&archive, &acknowledged, &when).await;
        archive.close().await;
    }
}

/// Makes the library that lets the n-th and every later sync of a process fail.
fn failing_sync(folder: &Path) -> Option<PathBuf> {
    const SOURCE: &str = r#"
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdlib.h>
        static int due(void) {
            static int n;
            return __atomic_add_fetch(&n, 1, __ATOMIC_SEQ_CST) >= atoi(getenv("FAIL_AT"));
        }
        #define SHIM(name) int name(int fd) { if (due()) { errno = EIO; return -1; } \
            return ((int (*)(int)) dlsym(RTLD_NEXT, #name))(fd); }
        SHIM(fsync) SHIM(fdatasync)
    "#;
    std::fs::create_dir_all(folder).ok()?;
    let (source, shim) = (folder.join("fail.c"), folder.join("fail.so"));
    std::fs::write(&source, SOURCE).ok()?;
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-o"]).arg(&shim).arg(&source).arg("-ldl");
    cc.status().ok()?.success().then_some(shim)
}

#[tokio::test]
async fn a_sync_that_fails_is_told_and_nothing_is_acknowledged_falsely() {
    let tools = Folder::new();
    let Some(shim) = failing_sync(tools.path()) else {
        eprintln!("skipped: no C compiler to make syncs fail with");
        return;
    };
    let mut stopped = 0;
    for fail_at in [1, 4, 9, 13, 16, 17, 18, 21] {
        let folder = Folder::new();
        let mut child = child(folder.path());
        child.env("LD_PRELOAD", &shim).env("FAIL_AT", fail_at.to_string());
        let said = child.output().unwrap().stdout;
        let said = String::from_utf8_lossy(&said);
        let acknowledged: Vec<Pressmark> = said.lines().filter_map(kept).collect();
        assert!(acknowledged.len() < 500, "sync {fail_at} failed and nobody noticed");
        stopped += usize::from(said.contains("refused: could not write the library"));
        let mute =
            said.lines().find(|line| line.trim_end() == "refused: could not write the library:");
        assert_eq!(mute, None, "the reason of a failed sync is told");
        let archive = Archive::open(folder.path()).await.unwrap();
        assert_kept(&archive, &acknowledged, &format!("after sync {fail_at} failed")).await;
    }
    assert!(stopped > 0, "some syncs failed while articles were kept");
}

/// Returns the folder of a library that has one article and is not open.
async fn closed_with_one_article() -> Folder {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library.keep(at(0), entry(page, "One"), article(page, "One", "Text.")).await;
    let Library { archive, folder } = library;
    archive.close().await;
    folder
}

#[tokio::test]
async fn a_torn_tail_and_what_nothing_refers_to_are_put_aside() {
    let folder = closed_with_one_article().await;
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
    let left = |name: &str| std::fs::read(folder.path().join("left").join(name)).unwrap();
    let stem = warc.file_name().unwrap().to_str().unwrap().trim_end_matches(".warc.gz");
    let tail = left(&format!("{stem}-from-{}-1.warc.gz", whole.len()));
    assert_eq!(tail, whole[..whole.len() / 3], "nothing is destroyed");
    assert_eq!(left("pressmark-20261122090000-00002-from-0-1.warc.gz"), b"\x1f\x8b half");
    let library = Library { archive, folder };
    library.verified().await;
    let two = "https://post.example/2";
    library.keep(at(2 * HOUR), entry(two, "Two"), article(two, "Two", "Text.")).await;
    library.verified().await;
}

#[tokio::test]
async fn a_library_whose_database_is_gone_is_not_begun_anew() {
    let folder = closed_with_one_article().await;
    for name in ["library.sqlite", "library.sqlite-wal", "library.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let warc = std::fs::read(&folder.captures()[0]).unwrap();
    let Err(error) = Archive::open(folder.path()).await else {
        panic!("a library without its database was opened");
    };
    assert!(error.to_string().contains("restore it from a backup"), "{error}");
    assert!(!folder.path().join("library.sqlite").exists());
    assert_eq!(std::fs::read(&folder.captures()[0]).unwrap(), warc);
}
