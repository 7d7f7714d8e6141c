//! Pictures of an article that is kept: made small for its page, and given out by the proxy.

use super::program::{Library, get, shared};
use super::site::{Page, Site};
use std::path::Path;
use std::process::Command;

const PICTURE: &[u8] = include_bytes!("../../src/newspaper/pictures/ferry.jpg");

const WORDS: [&str; 2] = [
    "The ferry has a new boiler, and the captain says that it is the last one she will need.",
    "It was lifted in through the roof on Tuesday, while half the town stood on the quay.",
];

struct Kept {
    site: Site,
    library: Library,
    digest: String,
}

/// A library with one article, whose picture is kept.
fn kept() -> Kept {
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/ferry", "The ferry has a new boiler", "")]);
    site.put_article("/ferry", "The ferry has a new boiler", &WORDS, "/ferry.jpg");
    site.put("/ferry.jpg", Page::new("image/jpeg", PICTURE));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    let digest = news::Digest::of(PICTURE).hex();
    Kept { site, library, digest }
}

/// Head and body of an answer.
fn parts(answer: &[u8]) -> (String, &[u8]) {
    let at = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    (String::from_utf8_lossy(&answer[..at]).to_lowercase(), &answer[at + 4..])
}

fn escaped(address: &str) -> String {
    address.replace(':', "%3A").replace('/', "%2F")
}

#[test]
fn a_page_shows_pictures_in_widths_of_its_own() {
    let Kept { library, digest, .. } = kept();
    let reader = library.serve();
    let page = reader.get(&format!("/a/{}", library.marks()[0])).1;
    let own = format!("/picture/{digest}");
    assert!(page.contains(&format!("src=\"{own}/720.webp\"")), "{page}");
    assert!(page.contains(&format!("{own}/320.webp 320w, {own}/720.webp")), "{page}");
    let (status, answer) = get(&reader.host, &format!("{own}/320.webp"));
    let (head, body) = parts(&answer);
    assert_eq!(status, 200, "{head}");
    let probe = picture::probe(body).expect("a picture");
    assert_eq!((probe.media_type, probe.width), ("image/webp", 320));
    assert!(body.len() < PICTURE.len() / 2, "{} bytes", body.len());
    for header in [
        "content-type: image/webp",
        "immutable",
        "nosniff",
        "sandbox",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(head.contains(header), "{header}: {head}");
    }
    assert_eq!(reader.get(&format!("{own}/321.webp")).0, 404);
    assert_eq!(reader.get(&format!("/picture/{}/320.webp", "0".repeat(64))).0, 404);
    // What was made is found again by the next one who starts the program.
    drop(reader);
    let cache = library.folder().join("cache");
    let files = std::fs::read_dir(&cache).expect("a cache").flatten();
    assert_eq!(files.filter(|entry| entry.path().is_dir()).count(), 1);
    assert_eq!(parts(&get(&library.serve().host, &format!("{own}/320.webp")).1).1, body);
}

#[test]
fn the_proxy_gives_out_what_is_kept_when_its_site_is_gone() {
    let Kept { site, library, .. } = kept();
    let address = site.address("/ferry.jpg");
    site.switch_off();
    let reader = library.serve();
    let query = format!("url={}&w=100&output=png&filename=ferry", escaped(&address));
    let (status, answer) = get(&reader.host, &format!("/picture/?{query}"));
    let (head, body) = parts(&answer);
    assert_eq!(status, 200, "{head}");
    assert!(head.contains("content-disposition: inline; filename=ferry.png"), "{head}");
    assert!(head.contains(&format!("link: <{address}>; rel=\"canonical\"")), "{head}");
    let probe = picture::probe(body).expect("a picture");
    assert_eq!((probe.media_type, probe.width), ("image/png", 100));
    // A link of which only the host was changed leads there too.
    let (status, answer) = get(&reader.host, &format!("/?{query}"));
    assert_eq!(status, 308);
    assert!(parts(&answer).0.contains(&format!("location: /picture/?{query}").to_lowercase()));
}

#[test]
fn the_proxy_gets_nothing_that_no_article_names() {
    let Kept { site, library, .. } = kept();
    site.put("/other.jpg", Page::new("image/jpeg", PICTURE));
    let query = format!("/picture/?url={}&default=1", escaped(&site.address("/other.jpg")));
    let (status, answer) = library.serve().get(&query);
    assert_eq!(status, 403);
    assert!(answer.contains("\"status\":\"error\"") && answer.contains("`127.0.0.1`"), "{answer}");
    assert!(!site.seen().iter().any(|path| path == "/other.jpg"));
    // Unless the keeper opened it; then once, however often it is asked for.
    let config = library.folder().join("pressmark.toml");
    let told = std::fs::read_to_string(&config).expect("a configuration");
    std::fs::write(&config, told + "[pictures]\nhosts = [\"127.0.0.1\"]\n").expect("written");
    let reader = library.serve();
    for width in [40, 50, 60] {
        let (status, answer) = reader.get(&format!("{query}&w={width}"));
        assert_eq!(status, 200, "{answer}");
        assert!(answer.to_lowercase().contains("cross-origin-resource-policy: cross-origin"));
    }
    assert_eq!(site.seen().iter().filter(|path| *path == "/other.jpg").count(), 1);
    let lost = format!("/picture/?url={}", escaped(&site.address("/lost.jpg")));
    assert_eq!(reader.get(&lost).0, 404);
    // An answer that can't be given sends on, if the link says where.
    assert_eq!(reader.get(&format!("{lost}&default=1")).0, 302);
}

#[test]
fn what_cannot_be_made_smaller_is_shown_as_it_came() {
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/ferry", "The ferry has a new boiler", "")]);
    site.put_article("/ferry", "The ferry has a new boiler", &WORDS, "/ferry.png");
    // A PNG whose head is whole, 400 by 300, and behind it nothing that could be unpacked.
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x90\0\0\x01\x2c\x08\x02\0\0\0\0\0\0\0";
    let broken = [&head[..], b"\0\0\0\x08IDATnothing!\0\0\0\0"].concat();
    site.put("/ferry.png", Page::new("image/png", broken.clone()));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    let reader = library.serve();
    let own = format!("/picture/{}", news::Digest::of(&broken).hex());
    assert_eq!(reader.get(&own).0, 200);
    let (status, answer) = reader.get(&format!("{own}/320.webp"));
    assert_eq!(status, 307, "{answer}");
    assert!(answer.contains(&format!("location: {own}")), "{answer}");
}

fn signal(name: &str, pid: &str) {
    assert!(Command::new("kill").args([name, pid]).status().expect("kill is there").success());
}

#[test]
fn a_worker_that_hangs_or_dies_costs_one_picture() {
    let Kept { site, library, .. } = kept();
    let reader = library.serve();
    let ask = |width: u32| {
        let address = escaped(&site.address("/ferry.jpg"));
        reader.get(&format!("/picture/?url={address}&w={width}"))
    };
    assert_eq!(ask(100).0, 200);
    let [worker] = reader.children().try_into().expect("one worker");
    let told = |name| std::fs::read_to_string(format!("/proc/{worker}/{name}")).expect("told");
    let limits = told("limits");
    let is_limited = |name: &str, most: &str| {
        limits
            .lines()
            .any(|line| line.starts_with(name) && line.split_whitespace().any(|word| word == most))
    };
    assert!(is_limited("Max open files", "3") && is_limited("Max address space", "1073741824"));
    assert!(told("status").contains("Seccomp:\t2"), "no filter of system calls");
    assert_eq!(told("environ"), "");
    // One that hangs is killed at its deadline.
    signal("-STOP", &worker);
    let (status, answer) = ask(101);
    assert_eq!(status, 400, "{answer}");
    assert!(answer.contains("Maximum image processing time of 10 seconds exceeded"), "{answer}");
    assert!(reader.children().is_empty(), "it has outlived its deadline");
    // Another takes its place; one that dies while it waits is not missed.
    assert_eq!(ask(102).0, 200);
    let [worker] = reader.children().try_into().expect("one worker");
    signal("-KILL", &worker);
    while std::fs::read(format!("/proc/{worker}/cmdline")).is_ok_and(|line| !line.is_empty()) {
        std::thread::yield_now();
    }
    assert_eq!(ask(103).0, 200);
}

/// The cases of images.weserv.nl and the hostile pictures, asked over HTTP and looked at by
/// another decoder.
#[test]
fn the_proxy_answers_as_its_model_does() {
    let Some(python) = std::env::var_os("PRESSMARK_DECODER") else {
        eprintln!(
            "SKIPPED: PRESSMARK_DECODER names no python with Pillow; `./dev test` installs it"
        );
        return;
    };
    if shared("pictures").is_none() {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/proxy.py");
    for part in ["conformance", "hostile"] {
        let mut command = Command::new(&python);
        command.arg(&script).arg(part).arg(env!("CARGO_BIN_EXE_pressmark"));
        let told = super::program::told(command.output().expect("python runs"));
        assert_eq!(told.code, 0, "{part}: {}{}", told.out, told.err);
    }
}

#[test]
fn what_is_kept_of_pictures_is_the_keepers_choice_and_told() {
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/ferry", "The ferry has a new boiler", "")]);
    site.put_article("/ferry", "The ferry has a new boiler", &WORDS, "/ferry.jpg");
    site.put("/ferry.jpg", Page::new("image/jpeg", PICTURE));
    let library = Library::new(&[&site.host]);
    let config = library.folder().join("pressmark.toml");
    let plain = std::fs::read_to_string(&config).expect("a configuration");
    let choose = |words: &str| {
        std::fs::write(&config, format!("{plain}[pictures]\n{words}\n")).expect("written");
    };
    choose("keep = \"none\"");
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    let told = &library.rows(&["pictures"])[0];
    assert_eq!((&told["kept"], &told["left_out"]), (&0.into(), &1.into()), "{told}");
    assert!(!site.seen().iter().any(|path| path == "/ferry.jpg"));
    let missing = library.well(&["pictures", "--missing"]).out;
    assert!(missing.contains("/ferry.jpg") && missing.contains("[left out]"), "{missing}");
    // Chosen otherwise, it is fetched with the next round.
    choose("keep = \"lead\"\nlibrary_mib = 1");
    library.well(&["fetch"]);
    let told = &library.rows(&["pictures"])[0];
    assert_eq!((&told["kept"], &told["bytes"]), (&1.into(), &PICTURE.len().into()), "{told}");
    // What is given up is named with the reason.
    site.put_feed("/feed.xml", &[("/tram", "The tram is late", "")]);
    site.put_article("/tram", "The tram is late", &[WORDS[1], WORDS[0]], "/tram.jpg");
    site.put("/tram.jpg", Page::new("image/jpeg", "no picture at all"));
    library.run(&["fetch"]);
    let rows = library.rows(&["pictures", "--missing"]);
    assert_eq!(rows[0]["given_up"], true, "{rows:?}");
    assert!(rows[0]["why"].as_str().is_some_and(|why| !why.is_empty()), "{rows:?}");
    assert_eq!(library.run(&["pictures", "nobody"]).code, 1);
}

#[test]
fn a_used_up_room_leaves_pictures_out_and_takes_none_away() {
    let Kept { site, library, .. } = kept();
    let config = library.folder().join("pressmark.toml");
    let told = std::fs::read_to_string(&config).expect("a configuration");
    std::fs::write(&config, told + "[pictures]\nsource_mib = 1\n").expect("written");
    let large = [PICTURE, &vec![0; 1 << 20]].concat();
    site.put_feed("/feed.xml", &[("/a", "The tram", ""), ("/b", "The bus", "")]);
    for (path, picture) in [("/a", "/large.jpg"), ("/b", "/late.jpg")] {
        site.put_article(path, &format!("News of {path}"), &[WORDS[1], path], picture);
    }
    site.put("/large.jpg", Page::new("image/jpeg", large));
    site.put("/late.jpg", Page::new("image/jpeg", [PICTURE, b"late"].concat()));
    library.well(&["fetch"]);
    let row = &library.rows(&["pictures"])[0];
    assert_eq!((&row["kept"], &row["left_out"]), (&2.into(), &1.into()), "{row}");
    let why = library.well(&["pictures", "--missing"]).out;
    assert!(why.contains("the 1 MiB of its source (`source_mib`) are used up"), "{why}");
}

#[test]
fn a_library_of_before_learns_whose_pictures_it_keeps() {
    let Kept { library, .. } = kept();
    let back = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.executescript('\
                DROP INDEX picture_use_of_source; DROP INDEX errand_of_picture; \
                ALTER TABLE picture_use DROP COLUMN source; \
                DELETE FROM form WHERE version > 4')";
    let mut python = Command::new("python3");
    python.args(["-c", back]).arg(library.folder().join("library.sqlite"));
    assert!(python.status().expect("python3 is here").success());
    assert_eq!(library.rows(&["pictures"])[0]["kept"], 1);
}

#[test]
fn the_original_is_kept_where_a_page_names_a_smaller_size() {
    let site = Site::start();
    let items: Vec<String> = (0..5).map(|n| format!("/story-{n}")).collect();
    let feed: Vec<(&str, &str, &str)> =
        items.iter().map(|path| (path.as_str(), path.as_str(), "")).collect();
    site.put_feed("/feed.xml", &feed);
    let folder = "/wp-content/uploads/2024";
    for (n, path) in items.iter().enumerate() {
        let picture = format!("{folder}/boat-{n}-300x200.jpg");
        site.put_article(path, &format!("Boat {n} is in"), &[WORDS[0], path], &picture);
        site.put(&picture, Page::new("image/jpeg", [PICTURE, format!("{n}").as_bytes()].concat()));
    }
    // Of the first alone there is an original, and that is a picture.
    site.put(&format!("{folder}/boat-0.jpg"), Page::new("image/jpeg", PICTURE));
    site.put(&format!("{folder}/boat-1.jpg"), Page::new("text/html", "<h1>Not here</h1>"));
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.well(&["fetch"]);
    let row = &library.rows(&["pictures"])[0];
    assert_eq!((&row["kept"], &row["missing"]), (&5.into(), &0.into()), "{row}");
    let kept = library.folder().join("pictures");
    let digest = news::Digest::of(PICTURE).hex();
    assert!(kept.join(&digest[..2]).join(&digest).exists(), "the original is kept");
    assert_eq!(site.seen().iter().filter(|path| path.contains("boat-0")).count(), 1);
    // Where three guesses in a row were wrong, no more is guessed.
    let is_guess = |path: &&String| path.contains("boat-") && !path.contains("300x200");
    assert!(site.seen().iter().filter(is_guess).count() <= 4, "{:?}", site.seen());
}

#[test]
fn a_signed_link_opens_the_proxy_for_its_picture_alone() {
    let Kept { site, library, .. } = kept();
    site.put("/other.jpg?a=1&b=2", Page::new("image/jpeg", PICTURE));
    let reader = library.serve();
    let told = library.well(&["pictures", "--link", &site.address("/other.jpg?a=1&b=2")]).out;
    let (_, path) = told.trim().split_once(":7070").expect("where the reader is");
    let (status, answer) = reader.get(&format!("{path}&w=30"));
    assert_eq!(status, 200, "{answer}");
    assert_eq!(reader.get(&path.replace("other", "another")).0, 403);
    assert_eq!(reader.get(path.rsplit_once("&sig=").expect("a signature").0).0, 403);
    // The same key signs the next one; without it no link holds.
    assert_eq!(
        library.well(&["pictures", "--link", &site.address("/other.jpg?a=1&b=2")]).out,
        told
    );
    std::fs::remove_file(library.folder().join("picture.key")).expect("a key");
    assert_eq!(reader.get(path).0, 403);
}
