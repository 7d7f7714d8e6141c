use super::newsroom::{CHINESE, DESKS, Desk, ENGLISH, NOTICES};
use super::routes::PICTURES;
use super::{Newspaper, newsroom, text};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One answer as it came over the wire.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    fn words(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn get(paper: &Newspaper, path: &str) -> Answer {
    get_with(paper, path, "").await
}

async fn get_with(paper: &Newspaper, path: &str, header: &str) -> Answer {
    let host = paper.origin.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}

/// The paths of what a desk has in print, newest first.
fn paths(paper: &Newspaper, desk: &Desk) -> Vec<String> {
    paper.newsroom.in_print(desk).into_iter().map(|story| story.path).collect()
}

fn path_of(paper: &Newspaper, desk: &Desk, slug: &str) -> String {
    paths(paper, desk).into_iter().find(|path| path.contains(slug)).unwrap()
}

#[tokio::test]
async fn every_page_is_there_and_names_itself() {
    let paper = Newspaper::start().await.unwrap();
    paper.publish();
    for desk in DESKS {
        for story in paper.newsroom.in_print(desk) {
            let page = get(&paper, &story.path).await;
            assert_eq!(page.status, 200, "{}", story.path);
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            let page = page.words();
            assert!(page.contains(&format!("{}{}", paper.origin, story.path)), "{}", story.path);
            assert!(page.contains(&super::page::escape(story.title())), "{}", story.path);
            assert!(!page.contains("{{"), "a template's word was left in {}", story.path);
            assert!(!page.contains("]("), "a link was left as written in {}", story.path);
        }
    }
    paper.close().await;
}

#[tokio::test]
async fn every_link_and_picture_within_the_paper_leads_somewhere() {
    let paper = Newspaper::start().await.unwrap();
    paper.publish();
    let mut pages = vec!["/".to_owned()];
    let mut at = 0;
    while at < pages.len() {
        let answer = get(&paper, &pages[at]).await;
        assert_eq!(answer.status, 200, "{}", pages[at]);
        if answer.header("content-type").starts_with("text/html") {
            for link in links(answer.words()) {
                if !pages.contains(&link) {
                    pages.push(link);
                }
            }
        }
        at += 1;
    }
    for desk in DESKS {
        for path in paths(&paper, desk) {
            assert!(pages.contains(&path), "nothing leads to {path}");
        }
    }
    for (name, ..) in PICTURES {
        assert!(pages.contains(&format!("/pictures/{name}")), "nothing shows {name}");
    }
    paper.close().await;
}

/// The paths that a page refers to.
fn links(page: &str) -> Vec<String> {
    ["href=\"/", "src=\"/"]
        .iter()
        .flat_map(|mark| page.split(mark).skip(1))
        .map(|rest| format!("/{}", rest.split(['"', '#']).next().unwrap()))
        .collect()
}

#[tokio::test]
async fn pictures_are_what_they_say_and_small() {
    const PICTURE_BYTES_MAX: usize = 60_000;
    let paper = Newspaper::start().await.unwrap();
    for (name, kind, bytes) in PICTURES {
        let answer = get(&paper, &format!("/pictures/{name}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert_eq!(answer.body, bytes);
        assert!(bytes.len() <= PICTURE_BYTES_MAX, "{name} has {} bytes", bytes.len());
        let magic: &[u8] = match kind {
            "image/jpeg" => b"\xff\xd8\xff",
            "image/png" => b"\x89PNG",
            _ => b"RIFF",
        };
        assert!(answer.body.starts_with(magic), "{name}");
    }
    assert_eq!(get(&paper, "/pictures/none.jpg").await.status, 404);
    paper.close().await;
}

#[tokio::test]
async fn feeds_announce_what_is_in_print() {
    let paper = Newspaper::start().await.unwrap();
    for (edition, desk) in paper.listings().iter().zip(DESKS).take(2) {
        let feed = get(&paper, desk.feed).await;
        assert_eq!(edition.feed, format!("{}{}", paper.origin, desk.feed));
        assert!(feed.header("content-type").starts_with(desk.feed_type));
        let there = paths(&paper, desk);
        assert!(there.len() >= 5);
        for path in there {
            assert!(feed.words().contains(&format!("{}{path}", paper.origin)), "{path}");
        }
    }
    paper.close().await;
}

#[tokio::test]
async fn the_notices_are_broken_in_each_promised_way() {
    let paper = Newspaper::start().await.unwrap();
    let feed = get(&paper, NOTICES.feed).await.body;
    let has = |bytes: &[u8]| feed.windows(bytes.len()).any(|window| window == bytes);
    assert!(has(b"encoding=\"utf-8\"") && has(b"\xa338") && has(b"caf\xe9") && has(b"\x96"));
    assert!(has(b"buoys 4 & 5") && !has(b"&amp;"));
    assert!(has(b"<br>") && !has(b"</br>"));
    assert!(!has(b"</rss>") && !has(b"?</title>"));
    let count = |tag: &[u8]| feed.windows(tag.len()).filter(|window| *window == tag).count();
    assert_eq!((count(b"<item>"), count(b"</item>")), (4, 3));
    paper.close().await;
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let paper = Newspaper::start().await.unwrap();
    let lamp = path_of(&paper, &CHINESE, "dengta");
    for path in ["/", "/robots.txt", "/zh/", "/zh/feed.xml", "/notices/feed.xml", &lamp] {
        let first = get(&paper, path).await;
        assert_eq!(first.status, 200, "{path}");
        let tag = format!("If-None-Match: {}\r\n", first.header("etag"));
        let date = format!("If-Modified-Since: {}\r\n", first.header("last-modified"));
        for condition in [tag, date] {
            let again = get_with(&paper, path, &condition).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {condition}");
            assert_eq!(again.header("etag"), first.header("etag"));
        }
        let other = get_with(&paper, path, "If-None-Match: \"other\"\r\n").await;
        assert_eq!(other.status, 200);
    }
    paper.close().await;
}

#[tokio::test]
async fn an_edit_changes_the_words_the_validators_and_the_feed() {
    let paper = Newspaper::start().await.unwrap();
    let path = path_of(&paper, &ENGLISH, "quay-steps");
    let before = get(&paper, &path).await;
    let feed = get(&paper, ENGLISH.feed).await;
    paper.edit();
    assert_eq!(path_of(&paper, &ENGLISH, "quay-steps"), path);
    let after =
        get_with(&paper, &path, &format!("If-None-Match: {}\r\n", before.header("etag"))).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.header("last-modified"), before.header("last-modified"));
    assert!(before.words().contains("predicted to reach 6.8 metres"));
    assert!(!before.words().contains("class=\"correction\""));
    assert!(after.words().contains("predicted to reach 6.3 metres"));
    assert!(after.words().contains("class=\"correction\""));
    assert!(
        after
            .words()
            .contains("<h1 class=\"post__title\" itemprop=\"headline\">Spring tides of 6.3")
    );
    let again = get(&paper, ENGLISH.feed).await;
    let corrected = paper.newsroom.corrected.get().unwrap().to_string();
    assert!(!feed.words().contains(&corrected));
    assert!(again.words().contains(&format!("<updated>{corrected}</updated>")));
    let entries = |feed: &Answer| feed.words().matches("<entry>").count();
    assert_eq!(entries(&feed), entries(&again), "an edit adds no entry");
    paper.close().await;
}

#[tokio::test]
async fn a_withdrawn_article_is_gone_and_unlisted() {
    let paper = Newspaper::start().await.unwrap();
    let path = path_of(&paper, &CHINESE, "shengchang");
    assert_eq!(get(&paper, &path).await.status, 200);
    let feed = get(&paper, CHINESE.feed).await;
    assert!(feed.words().contains(&path));
    paper.remove();
    assert_eq!(get(&paper, &path).await.status, 410);
    let date = format!("If-Modified-Since: {}\r\n", feed.header("last-modified"));
    let after = get_with(&paper, CHINESE.feed, &date).await;
    assert_eq!(after.status, 200);
    assert!(!after.words().contains(&path));
    paper.close().await;
}

#[tokio::test]
async fn publishing_adds_one_article_to_each_edition() {
    for (desk, slug) in [(&CHINESE, "chaoxi-zhong"), (&ENGLISH, "first-snow")] {
        let paper = Newspaper::start().await.unwrap();
        let before = paths(&paper, desk);
        let old = get(&paper, &before[0]).await;
        paper.publish();
        let after = paths(&paper, desk);
        assert_eq!(after[1..], before, "the newest comes first");
        assert!(after[0].contains(slug));
        assert!(get(&paper, desk.feed).await.words().contains(&after[0]));
        assert_eq!(get(&paper, &after[0]).await.status, 200);
        let again = get(&paper, &before[0]).await;
        assert_eq!(again.header("etag"), old.header("etag"), "older pages stay as they were");
        paper.close().await;
    }
}

#[tokio::test]
async fn after_signing_off_the_notices_ask_for_a_password() {
    let paper = Newspaper::start().await.unwrap();
    paper.sign_off();
    let answer = get(&paper, NOTICES.feed).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(answer.words().contains("type=\"password\""));
    paper.close().await;
}

#[tokio::test]
async fn a_closed_newspaper_no_longer_answers() {
    let paper = Newspaper::start().await.unwrap();
    let host = paper.origin.strip_prefix("http://").unwrap().to_owned();
    paper.close().await;
    assert!(TcpStream::connect(host).await.is_err());
}

#[test]
fn manuscripts_are_whole() {
    let newsroom = newsroom::Newsroom::open("http://127.0.0.1:1".to_owned(), newsroom::now());
    newsroom.published.get_or_init(newsroom::now);
    for desk in DESKS {
        for story in newsroom.in_print(desk) {
            let text = story.text;
            let heads = [text.slug, text.section.0, text.section.1, text.title, text.deck];
            assert!(heads.iter().all(|head| !head.is_empty()), "{}", text.slug);
            assert!(text.fate == text::Fate::Later || story.published < newsroom.opened);
            let known = |file| PICTURES.iter().any(|(name, ..)| *name == file);
            assert!(text.lead.is_none_or(|lead| known(lead.file)), "{}", text.slug);
            let corrected = |words: &str| text.correction.is_none_or(|c| words.contains(c.wrong));
            let found = text.blocks.iter().any(|block| match block {
                text::Block::Paragraph(words) => corrected(words),
                _ => false,
            });
            assert!(found, "the correction's words are not in {}", text.slug);
        }
    }
}
