//! Follow a site, keep its articles, see its edits, outlive it.

use super::program::Library;
use super::site::{Page, Site};

const PICTURE: &[u8] = include_bytes!("../../src/newspaper/pictures/ferry.jpg");

const FERRY: [&str; 3] = [
    "The night ferry will sail again from Friday, the harbour office said on Tuesday, after two \
     winters in which the crossing was left to fishing boats.",
    "Forty people waited at the quay when the notice was nailed up. Some of them had not seen the \
     island since the old boat was sold for scrap.",
    "The fare stays at four crowns. Bicycles travel free, and so do hens, if they are in a basket.",
];

const LIGHT: [&str; 3] = [
    "The lamp of the north pier was lit again on Monday evening, a week after a gull had flown \
     through its glass and put the harbour into the dark.",
    "The keeper had spent the days between rowing out with a storm lantern, which he says is the \
     better light in any case, as it can be pointed at people.",
    "The glass came from the mainland in three crates, one of which turned out to hold tea.",
];

/// A site with two articles, each with a picture.
fn quay() -> Site {
    let site = Site::start();
    site.put(
        "/",
        Page::new("text/html", "<link rel=alternate type=application/rss+xml href=/feed.xml>"),
    );
    site.put_feed(
        "/feed.xml",
        &[("/ferry", "The night ferry is back", ""), ("/light", "The pier has light", "")],
    );
    site.put_article("/ferry", "The night ferry is back", &FERRY, "/ferry.jpg");
    site.put_article("/light", "The pier has light", &LIGHT, "/ferry.jpg");
    site.put("/ferry.jpg", Page::new("image/jpeg", PICTURE));
    site
}

/// The quay, followed and fetched once.
fn followed() -> (Site, Library) {
    let site = quay();
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.well(&["fetch"]);
    (site, library)
}

#[test]
fn articles_are_kept_whole() {
    let (site, library) = followed();
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(shown.contains("# The night ferry is back"), "{shown}");
    let at = FERRY.map(|words| shown.find(&words[..40]).expect("the paragraph is there"));
    assert!(at.is_sorted(), "{shown}");
    assert!(shown.contains("Boats at the quay"), "{shown}");
    assert!(shown.contains("2026-11-10"), "{shown}");
    assert!(!shown.contains("since 1901"), "{shown}");
    assert_eq!(library.well(&["verify"]).out, "");
}

const FERRY_PAGES: [&str; 3] = ["/ferry", "/ferry?page=2", "/ferry?page=3"];

/// Cuts the ferry's article into three pages.
fn cut(site: &Site) {
    for (at, words) in FERRY.iter().enumerate() {
        site.put_article(FERRY_PAGES[at], "The night ferry is back", &[words], "/ferry.jpg");
        if let Some(next) = FERRY_PAGES.get(at + 1) {
            let next = format!("<a rel=next href=\"{next}\">More</a>");
            site.change(FERRY_PAGES[at], |page| page.with(&next));
        }
    }
}

#[test]
fn an_article_that_is_cut_into_pages_is_kept_as_one() {
    let site = quay();
    cut(&site);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.well(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    let at = FERRY.map(|words| shown.find(&words[..40]).expect("the paragraph is there"));
    assert!(at.is_sorted(), "{shown}");
    assert_eq!(shown.matches("Boats at the quay").count(), 1, "{shown}");
    assert!(FERRY_PAGES.iter().all(|path| site.seen().iter().any(|seen| seen == path)));
    assert_eq!(library.well(&["verify", "--full"]).out, "");
}

#[test]
fn a_page_that_is_missing_does_not_cut_an_article_that_was_whole() {
    let site = quay();
    cut(&site);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.well(&["fetch"]);
    site.put(FERRY_PAGES[2], Page::status(503));
    library.run(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(shown.contains(FERRY[2]), "{shown}");
}

#[test]
fn what_there_is_of_an_article_is_kept_when_its_next_page_is_missing() {
    let site = quay();
    cut(&site);
    site.put(FERRY_PAGES[1], Page::status(503));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.run(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(shown.contains(FERRY[0]) && !shown.contains(FERRY[1]), "{shown}");
    cut(&site);
    library.well(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(FERRY.iter().all(|words| shown.contains(words)), "{shown}");
}

#[test]
fn a_further_page_that_is_not_free_says_so() {
    let site = quay();
    cut(&site);
    let closed = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\
                  \"isAccessibleForFree\":false}</script>";
    site.change(FERRY_PAGES[1], |page| page.with(closed));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.well(&["fetch"]);
    let reader = library.serve();
    let pages = library.marks().into_iter().map(|mark| reader.get(&format!("/a/{mark}")).1);
    assert!(pages.into_iter().any(|page| page.contains("paywall: ")));
}

#[test]
fn further_pages_have_room_together() {
    let site = quay();
    cut(&site);
    // The second page and those behind it are 7 MiB each.
    let padding = format!("<!-- {} -->", "x".repeat(7 << 20));
    for at in 2..9 {
        let (path, next) = (format!("/ferry?page={at}"), format!("/ferry?page={}", at + 1));
        site.put_article(&path, "The night ferry is back", &[FERRY[1], &path], "/ferry.jpg");
        let more = format!("<a rel=next href=\"{next}\">More</a>{padding}");
        site.change(&path, |page| page.with(&more));
    }
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.run(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(shown.contains("page=6") && !shown.contains("page=7"), "{shown}");
    assert!(!site.seen().iter().any(|path| path == "/ferry?page=7"));
}

#[test]
fn a_next_page_without_a_text_is_missing_and_asked_for_again() {
    let site = quay();
    cut(&site);
    site.put(FERRY_PAGES[1], Page::new("text/html", "<html><body></body></html>"));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.run(&["fetch"]);
    let first =
        library.marks().into_iter().map(|mark| library.serve().get(&format!("/a/{mark}")).1);
    assert!(first.into_iter().any(|page| page.contains("part-missing")));
}

#[test]
fn a_next_page_that_leads_elsewhere_is_no_part_of_the_article() {
    let site = quay();
    cut(&site);
    let mut moved = Page::status(302);
    moved.headers.push(("Location", site.address("/heron")));
    site.put(FERRY_PAGES[1], moved);
    site.put_article("/heron", "A heron on the slip", &[HERON], "/heron.jpg");
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.run(&["fetch"]);
    let shown = library.well(&["show", &site.address("/ferry")]).out;
    assert!(shown.contains(&FERRY[0][..40]) && !shown.contains("heron"), "{shown}");
}

#[test]
fn the_article_of_the_next_number_is_another_one() {
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/a/41", "The night ferry is back", "")]);
    site.put_article("/a/41", "The night ferry is back", &FERRY[..1], "/ferry.jpg");
    site.change("/a/41", |page| page.with("<a rel=next href=/a/42>On</a>"));
    site.put_article("/a/42", "A heron on the slip", &[HERON], "/heron.jpg");
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.run(&["fetch"]);
    let shown = library.well(&["show", &site.address("/a/41")]).out;
    assert!(shown.contains(&FERRY[0][..40]) && !shown.contains("heron"), "{shown}");
}

const HERON: &str =
    "A heron has stood on the slip since Monday, and the harbour master walks round it.";

#[test]
fn a_second_round_brings_nothing_twice() {
    let (_site, library) = followed();
    let before = library.marks();
    library.well(&["fetch"]);
    assert_eq!(library.marks(), before);
    assert_eq!(before.len(), 2);
}

#[test]
fn an_edit_is_a_second_revision_and_the_first_stays() {
    let (site, library) = followed();
    let mut edited = FERRY;
    edited[2] = "The fare rises to five crowns. Bicycles travel free, and so do hens in a basket.";
    site.put_article("/ferry", "The night ferry is back, and dearer", &edited, "/ferry.jpg");
    let told = library.well(&["fetch"]).out;
    assert!(told.contains("edited"), "{told}");
    let address = site.address("/ferry");
    let newest = library.well(&["show", &address]).out;
    assert!(newest.contains("five crowns") && newest.contains("and dearer"), "{newest}");
    let first = library.well(&["show", &address, "--version", "1"]).out;
    assert!(first.contains("four crowns") && !first.contains("dearer"), "{first}");
    assert_eq!(library.run(&["show", &address, "--version", "3"]).code, 1);
}

#[test]
fn what_is_taken_down_stays_readable() {
    let (site, library) = followed();
    site.put("/ferry", Page::status(410));
    let told = library.well(&["fetch"]).err;
    assert!(told.contains("taken down"), "{told}");
    assert!(library.well(&["show", &site.address("/ferry")]).out.contains("four crowns"));
    assert!(library.well(&["today"]).out.contains("[taken down]"));
}

#[test]
fn the_reader_outlives_the_origin() {
    let (site, library) = followed();
    site.switch_off();
    let reader = library.serve();
    let (status, front) = reader.get("/");
    assert_eq!(status, 200, "{front}");
    assert!(front.contains("The night ferry is back"), "{front}");
    let mark = &library.marks()[0];
    let (status, page) = reader.get(&format!("/a/{mark}"));
    assert_eq!(status, 200, "{page}");
    let (_, rest) = page.split_once("src=\"/picture/").expect("a picture of our own");
    let (status, picture) = super::program::get(
        &reader.host,
        &format!("/picture/{}", rest.split(['/', '"']).next().expect("an address")),
    );
    assert_eq!(status, 200);
    assert!(picture.ends_with(PICTURE), "the very bytes of the origin");
    assert_eq!(reader.interrupt(), Some(0));
}

#[test]
fn a_page_that_is_missing_leaves_the_listings_words() {
    let site = quay();
    let words = "A crate of tea stood on the pier for a week before anybody asked whose it was.";
    site.put_feed("/feed.xml", &[("/tea", "Whose tea is it", words)]);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    let shown = library.well(&["show", &site.address("/tea")]).out;
    assert!(shown.contains("Whose tea is it") && shown.contains(words), "{shown}");
    site.put_article("/tea", "Whose tea is it", &LIGHT, "/ferry.jpg");
    library.well(&["fetch"]);
    let shown = library.well(&["show", &site.address("/tea")]).out;
    assert!(shown.contains("storm lantern"), "the page replaces the listing's words: {shown}");
}

#[test]
fn robots_are_obeyed_and_the_reason_is_told() {
    let site = quay();
    site.put("/robots.txt", Page::new("text/plain", "User-agent: *\nDisallow: /ferry\n"));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/")]);
    library.run(&["fetch"]);
    assert!(!site.seen().contains(&"/ferry".to_owned()), "{:?}", site.seen());
    assert!(site.seen().contains(&"/light".to_owned()), "{:?}", site.seen());
    let told = library.well(&["show", &site.address("/ferry")]);
    assert!(told.out.contains("The night ferry is back"), "{told:#?}");
    assert!(told.err.contains("robots"), "{told:#?}");
}

#[test]
fn a_failing_source_says_why_and_recovers() {
    let (site, library) = followed();
    site.put("/feed.xml", Page::new("text/html", "<title>Log in</title><form></form>"));
    let told = library.run(&["fetch"]);
    assert_eq!(told.code, 1, "{told:#?}");
    assert!(told.err.contains("failed"), "{told:#?}");
    let sources = library.well(&["sources"]).out;
    assert!(sources.contains("failing since") && sources.contains("fix:"), "{sources}");
    assert_eq!(library.marks().len(), 2, "nothing is lost by it");
    site.put_feed("/feed.xml", &[("/ferry", "The night ferry is back", "")]);
    library.well(&["fetch"]);
    assert!(!library.well(&["sources"]).out.contains("failing since"));
}

#[test]
fn one_failing_source_of_two_is_exit_code_three() {
    let (site, library) = followed();
    site.put_feed("/other.xml", &[("/light", "The pier has light", "")]);
    library.well(&["add", "--yes", "--name", "other", &site.address("/other.xml")]);
    site.put("/other.xml", Page::status(503));
    assert_eq!(library.run(&["fetch"]).code, 3);
    assert_eq!(library.run(&["fetch", "quai"]).code, 1);
    let told = library.run(&["fetch", "other"]);
    assert_eq!(told.code, 1, "all that was asked failed: {told:#?}");
    assert!(told.err.contains("failed: other") && told.err.contains("503"), "{told:#?}");
    let told = library.well(&["fetch", &site.address("/feed.xml")]);
    assert!(!told.err.contains("failed"), "{told:#?}");
}

#[test]
fn the_choices_are_shown_and_nobody_is_asked_in_a_script() {
    let site = quay();
    site.put(
        "/",
        Page::new(
            "text/html",
            "<link rel=alternate type=application/rss+xml title=Comments href=/comments.xml>\
             <link rel=alternate type=application/rss+xml href=/feed.xml>",
        ),
    );
    site.put_feed("/comments.xml", &[("/light#1", "Comment by a gull", "")]);
    let library = Library::new(&[&site.host]);
    let asked = library.run(&["add", &site.address("/")]);
    assert_eq!(asked.code, 2, "{asked:#?}");
    assert!(asked.out.contains("1. ") && asked.out.contains("2. "), "{asked:#?}");
    assert!(asked.out.contains("The night ferry is back"), "{asked:#?}");
    library.well(&["add", "--yes", &site.address("/")]);
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 2, "the news are followed, not the comments");
    assert_eq!(library.run(&["add", "--yes", &site.address("/")]).code, 1, "it is here already");
}

#[test]
fn an_address_that_cannot_be_read_is_explained() {
    let library = Library::new(&[]);
    let private = library.run(&["add", "--yes", "http://127.0.0.1:1/"]);
    assert_eq!(private.code, 1, "{private:#?}");
    assert!(private.err.contains("private") || private.err.contains("allow"), "{private:#?}");
    assert_eq!(library.run(&["fetch"]).code, 1);
    assert_eq!(library.run(&["add", "--yes", "mailto:a@b.example"]).code, 1);
}

#[test]
fn the_captures_are_read_by_another_program() {
    let (_site, library) = followed();
    let Some(warcio) = std::env::var_os("PRESSMARK_WARCIO") else {
        eprintln!("SKIPPED: PRESSMARK_WARCIO names no warcio; `./dev test` installs it");
        return;
    };
    let captures = std::fs::read_dir(library.folder().join("captures")).expect("captures");
    let mut files_len = 0;
    for file in captures.map(|entry| entry.expect("an entry").path()) {
        let mut check = std::process::Command::new(&warcio);
        let told =
            super::program::told(check.arg("check").arg(&file).output().expect("warcio runs"));
        assert_eq!(told.code, 0, "{}: {told:#?}", file.display());
        files_len += 1;
    }
    assert!(files_len > 0);
}

#[test]
fn every_request_counts_towards_the_days_budget() {
    let site = quay();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let nobody = free.local_addr().expect("an address").to_string();
    drop(free);
    let lost = format!("http://{nobody}/lost");
    let words = "<description>Lost.</description>";
    let item = |at: &str| format!("<item><title>Crates</title><link>{at}</link>{words}</item>");
    let items = [site.address("/wide"), lost].map(|at| item(&at)).concat();
    let feed =
        format!("<rss version='2.0'><channel><title>The Quay</title>{items}</channel></rss>");
    site.put("/feed.xml", Page::new("application/rss+xml", feed));
    let widths = "/a.jpg\" srcset=\"/b.jpg 600w, /c.jpg 900w";
    site.put_article("/wide", "Crates", &FERRY, widths);
    let library = Library::new(&[&site.host, &nobody]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let before = site.seen().len();
    for _ in 0..3 {
        library.run(&["fetch"]);
    }
    let days = library.rows(&["sources"])[0]["days"].clone();
    let days = days.as_array().expect("the last days");
    let counted: u64 = days.iter().map(|day| day["requests"].as_u64().expect("a number")).sum();
    let seen = site.seen()[before..].iter().filter(|path| *path != "/robots.txt").count();
    assert!(site.seen().contains(&"/b.jpg".to_owned()), "{:?}", site.seen());
    assert_eq!(counted as usize, seen + 3, "and three times nobody was there");
}
