//! Captures: what came over the wire is in WARC files that other tools read.

use crate::library::*;
use archive::*;
use flate2::bufread::MultiGzDecoder;
use news::Hop;
use std::io::Read;
use std::process::Command;

const PAGE: &str = "https://post.example/1";

/// Returns all records of a library as text.
fn records(library: &Library) -> Vec<String> {
    let mut text = String::new();
    for path in library.folder.captures() {
        let bytes = std::fs::read(path).unwrap();
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    }
    text.split("WARC/1.1\r\n").skip(1).map(str::to_owned).collect()
}

fn kinds(records: &[String]) -> Vec<&str> {
    records
        .iter()
        .map(|record| record.lines().next().unwrap().strip_prefix("WARC-Type: ").unwrap())
        .collect()
}

fn check_with_warcio(library: &Library) {
    for path in library.folder.captures() {
        let run = Command::new("warcio").arg("check").arg("-v").arg(&path).output();
        match run {
            Err(error) => eprintln!("skipped: warcio is not installed ({error})"),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.success(), "{said}");
                assert!(said.contains("digest pass") && !said.contains("failed"), "{said}");
            }
        }
    }
}

async fn with_a_page() -> (Library, Revision) {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let kept = library.keep(at(0), entry(PAGE, "One"), article(PAGE, "One", "Text.")).await;
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    (library, read.revision)
}

#[tokio::test]
async fn a_page_can_be_read_again_from_its_capture() {
    let (library, revision) = with_a_page().await;
    let block = library.archive.capture_of(&revision).await.unwrap().unwrap();
    assert_eq!(
        String::from_utf8(block).unwrap(),
        "HTTP/1.1 200 Said\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n\
         <h1>One</h1>Text."
    );
    assert_eq!(
        kinds(&records(&library)),
        ["warcinfo", "request", "response", "request", "response"]
    );
}

#[tokio::test]
async fn redirects_repeats_and_failures_are_captured_too() {
    let (library, _) = with_a_page().await;
    library.archive.ask_now(None, at(1)).await.unwrap();
    let mut visit =
        article_visit(library.due_page(at(1)).await, at(1), article(PAGE, "One", "Text."));
    visit.capture.as_mut().unwrap().hops = vec![Hop {
        address: address("https://post.example/old"),
        at: at(1),
        status: 301,
        request_head: b"GET /old HTTP/1.1\r\n\r\n".to_vec(),
        response_head: b"HTTP/1.1 301 Moved\r\nLocation: /1\r\nContent-Length: 40\r\n\r\n".to_vec(),
        peer: "[2001:db8::7]:443".to_owned(),
    }];
    library.archive.keep_article(visit).await.unwrap();
    library.archive.ask_now(None, at(2)).await.unwrap();
    let errand = library.due_page(at(2)).await;
    library.archive.keep_unchanged(errand, answer(PAGE, at(2), 304, b""), None).await.unwrap();
    library.archive.ask_now(None, at(3)).await.unwrap();
    let failure = Failure {
        errand: library.due_page(at(3)).await,
        capture: Some(answer(PAGE, at(3), 404, b"not here")),
        why: "the page is not there (404)".to_owned(),
        trouble: archive::health::Trouble::Status(404),
        retry: Some(at(HOUR)),
    };
    library.archive.keep_failure(failure, at(3)).await.unwrap();

    let records = records(&library);
    assert_eq!(
        kinds(&records)[5..],
        ["request", "response", "request", "revisit", "request", "revisit", "request", "response"]
    );
    assert!(records[6].contains("301 Moved") && records[6].contains("Content-Length: 0"));
    assert!(records[6].contains("WARC-IP-Address: 2001:db8::7"));
    assert!(records[8].contains("identical-payload-digest"));
    assert!(records[8].contains("WARC-Refers-To-Date: 2026-11-22T08:00:00.000Z"));
    assert!(!records[8].contains("<h1>"), "a revisit has no payload");
    assert!(records[10].contains("server-not-modified"));
    // The head of a 304 is kept, but not where a replay would hand it to a browser.
    let (fields, block) = records[10].split_once("\r\n\r\n").unwrap();
    assert!(fields.contains(r#"Pressmark-Response-Head: "HTTP/1.1 304 "#), "{fields}");
    assert!(block.trim_end().starts_with("HTTP/1.1 304"), "{block}");
    assert_eq!(block.trim_end().lines().count(), 1, "{block}");
    assert!(records[12].contains("not here"));
    library.verified().await;
    check_with_warcio(&library);
}

#[tokio::test]
async fn a_revision_of_a_repeat_still_has_its_page() {
    let (library, _) = with_a_page().await;
    library.archive.ask_now(None, at(1)).await.unwrap();
    // The same bytes, read otherwise by a better reader.
    let mut visit =
        article_visit(library.due_page(at(1)).await, at(1), article(PAGE, "One", "Text."));
    visit.article.headline = "One, read better".to_owned();
    let kept = library.archive.keep_article(visit).await.unwrap();
    assert_eq!(kept.revision, 2);
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    let block = library.archive.capture_of(&read.revision).await.unwrap().unwrap();
    assert!(block.ends_with(b"\r\n\r\n<h1>One</h1>Text."));
}

#[tokio::test]
async fn packed_payloads_are_kept_as_they_came() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    library.announce(at(0), vec![entry(PAGE, "One")]).await;
    let mut visit =
        article_visit(library.due_page(at(0)).await, at(0), article(PAGE, "One", "Text."));
    let capture = visit.capture.as_mut().unwrap();
    capture.payload = b"\x1f\x8b packed \r\n\r\n\x00\xff".to_vec();
    capture.response_head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    let payload = capture.payload.clone();
    let kept = library.archive.keep_article(visit).await.unwrap();
    let read = library.archive.article(&kept.pressmark, None).await.unwrap().unwrap();
    let block = library.archive.capture_of(&read.revision).await.unwrap().unwrap();
    assert!(block.ends_with(&payload));
    assert_eq!(read.revision.payload, Some(news::Digest::of(&payload)));
    library.verified().await;
    check_with_warcio(&library);
}

#[tokio::test]
async fn a_file_goes_on_after_the_library_was_opened_again() {
    let (library, revision) = with_a_page().await;
    let library = library.reopen().await;
    let two = "https://post.example/2";
    library.keep(at(2 * HOUR), entry(two, "Two"), article(two, "Two", "Text.")).await;
    assert_eq!(library.folder.captures().len(), 1);
    let name = library.folder.captures()[0].file_name().unwrap().to_owned();
    assert_eq!(name, "pressmark-20261122080000-00001.warc.gz");
    assert!(library.archive.capture_of(&revision).await.unwrap().is_some());
    let mut ids: Vec<String> =
        records(&library).iter().map(|record| record.lines().nth(1).unwrap().to_owned()).collect();
    let len = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), len, "no id twice");
    library.verified().await;
    check_with_warcio(&library);
}
