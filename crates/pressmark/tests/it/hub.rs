//! Told at once: the program, a publisher, and between them a hub that somebody else wrote.

use super::program::{Library, Reader};
use super::site::{Page, Site};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const WORDS: [&str; 3] = [
    "The tide bell will ring twice on Sunday, the harbour office said, once for the water and \
     once for the new bell ringer, who wants the practice.",
    "The old ringer has moved inland after forty years and says that he has not slept so well \
     since the winter in which the bell was frozen to its beam.",
    "Whoever hears a third stroke is asked to come to the quay with a lantern and a rope.",
];

/// How long something may take that takes moments.
const MOMENTS: Duration = Duration::from_secs(60);

/// The hub while it works.
struct Hub {
    child: Child,
    host: String,
}

impl Hub {
    /// Starts it on a free port; `None`, loudly, when it is not installed.
    fn start(folder: &Path) -> Option<Hub> {
        let Some(python) = std::env::var_os("PRESSMARK_HUB") else {
            eprintln!(
                "SKIPPED: PRESSMARK_HUB names no python with a hub; `./dev test` installs it"
            );
            return None;
        };
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/hub.py");
        let mut child = Command::new(python)
            .arg(program)
            .arg(folder.join("hub.sqlite"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the hub starts");
        let mut port = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        out.read_line(&mut port).expect("the hub says where it is");
        Some(Hub { child, host: format!("127.0.0.1:{}", port.trim()) })
    }

    fn address(&self) -> String {
        format!("http://{}/hub", self.host)
    }

    /// Tells the hub, as a publisher does, that there is something new.
    fn ping(&self, topic: &str) {
        let form = format!("hub.mode=publish&hub.topic={topic}");
        assert_eq!(post(&self.host, "/hub", FORM, "", form.as_bytes()), 202);
    }

    /// Waits until the library and the hub both know that they agree.
    #[track_caller]
    fn agrees(&self, library: &Library, site: &Site) {
        until("the library holds what it asked for", || is_held(library));
        let topic = site.address("/feed.xml");
        until("the hub knows whom to tell", || !self.callbacks(&topic).is_empty());
    }

    /// Returns whom the hub would tell of a topic.
    fn callbacks(&self, topic: &str) -> Vec<String> {
        let (_, bytes) = super::program::get(&self.host, &format!("/callbacks?topic={topic}"));
        let answer = String::from_utf8(bytes).expect("text");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).expect("a list")
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const RSS: &str = "application/rss+xml";

/// Posts something over a connection of its own; returns the status.
fn post(host: &str, path: &str, media_type: &str, headers: &str, body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    let len = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {len}\r\nConnection: close\r\n{headers}\r\n"
    );
    stream.write_all(&[head.as_bytes(), body].concat()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
}

/// The quay with one article, whose feed names a hub in its headers.
fn quay(hub: &str) -> Site {
    let site = Site::start();
    put_feed(&site, hub, &[("/bell", "The tide bell", "")]);
    site.put_article("/bell", "The tide bell", &WORDS, "/bell.jpg");
    site
}

fn put_feed(site: &Site, hub: &str, items: &[(&str, &str, &str)]) {
    site.put_feed("/feed.xml", items);
    let links = format!("<{}>; rel=\"self\", <{hub}>; rel=\"hub\"", site.address("/feed.xml"));
    site.add_header("/feed.xml", "Link", links);
}

/// A library that follows the quay and may be reached by its hub, and where it will listen.
fn following(site: &Site, hub_host: &str) -> (Library, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let listen = free.local_addr().expect("an address").to_string();
    let library = Library::new(&[&site.host, hub_host]);
    let path = library.folder().join("pressmark.toml");
    let config = std::fs::read_to_string(&path).expect("a configuration");
    let serve = format!("[serve]\npublic = \"http://{listen}\"\n");
    std::fs::write(&path, config + &serve).expect("a configuration");
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    (library, listen)
}

fn run(library: &Library, listen: &str) -> Reader {
    Reader::start(library.command(&["run", "--listen", listen]))
}

/// Waits until something is so.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < MOMENTS, "not within moments: {what}");
        std::thread::yield_now();
    }
}

/// What the library tells of the one listing's hub.
fn told(library: &Library) -> Value {
    library.rows(&["sources"])[0]["listings"][0]["hub"].clone()
}

fn is_held(library: &Library) -> bool {
    told(library)["state"] == "held"
}

fn shows(reader: &Reader, headline: &str) -> bool {
    reader.get("/").1.contains(headline) || reader.get("/search?q=bell").1.contains(headline)
}

#[test]
fn what_a_publisher_tells_its_hub_is_an_article_within_moments() {
    let scratch = super::program::Scratch::new();
    let Some(hub) = Hub::start(scratch.path()) else {
        return;
    };
    let site = quay(&hub.address());
    let topic = site.address("/feed.xml");
    let (library, listen) = following(&site, &hub.host);
    let reader = run(&library, &listen);
    hub.agrees(&library, &site);
    let callbacks = hub.callbacks(&topic);
    let token = callbacks[0].rsplit('/').next().expect("a token");
    assert_eq!(callbacks, [format!("http://{listen}/hub/{token}")]);
    until("the first article", || shows(&reader, "The tide bell"));

    let forged = "<rss version='2.0'><channel><title>The Quay</title><item><title>The bell is sold\
                  </title><guid>sold</guid><description>For scrap.</description></item></channel></rss>";
    for signature in ["", "X-Hub-Signature: sha1=0123456789012345678901234567890123456789\r\n"] {
        let path = format!("/hub/{token}");
        assert_eq!(post(&listen, &path, RSS, signature, forged.as_bytes()), 202);
    }
    let unknown = format!("/hub/{}", "0".repeat(64));
    assert_eq!(post(&listen, &unknown, RSS, "", forged.as_bytes()), 404);

    let news = [("/second", "The second bell", ""), ("/bell", "The tide bell", "")];
    put_feed(&site, &hub.address(), &news);
    site.put_article("/second", "The second bell", &WORDS, "/bell.jpg");
    let began = Instant::now();
    hub.ping(&topic);
    until("the second article", || shows(&reader, "The second bell"));
    eprintln!("from the publisher's ping to the article: {} ms", began.elapsed().as_millis());
    assert!(!shows(&reader, "The bell is sold"));
    assert_eq!(reader.interrupt(), Some(0));
    assert_eq!(library.well(&["verify", "--full"]).out, "");
}

#[test]
fn what_a_hub_brings_is_not_lost_when_the_publisher_is_down() {
    let scratch = super::program::Scratch::new();
    let Some(hub) = Hub::start(scratch.path()) else {
        return;
    };
    let site = quay(&hub.address());
    let topic = site.address("/feed.xml");
    let (library, listen) = following(&site, &hub.host);
    let reader = run(&library, &listen);
    hub.agrees(&library, &site);
    site.put("/feed.xml", Page::status(503));
    let words = "The bell has fallen into the harbour, and rings there when the tide turns.";
    let feed = format!(
        "<rss version='2.0'><channel><title>The Quay</title><item><title>The bell has fallen</title>\
         <link>{}</link><description>{words}</description></item></channel></rss>",
        site.address("/fallen")
    );
    let path = format!("/distribute?topic={topic}");
    assert_eq!(post(&hub.host, &path, RSS, "", feed.as_bytes()), 202);
    until("the article", || shows(&reader, "The bell has fallen"));
    until("the failure", || library.rows(&["sources"])[0]["listings"][0]["failing"].is_string());
    assert!(library.well(&["show", &site.address("/fallen")]).out.contains(words));
    assert_eq!(reader.interrupt(), Some(0));
    assert_eq!(library.well(&["verify", "--full"]).out, "");
}

#[test]
fn a_lease_is_renewed_and_outlives_the_program() {
    let scratch = super::program::Scratch::new();
    let Some(hub) = Hub::start(scratch.path()) else {
        return;
    };
    let site = quay(&hub.address());
    let (library, listen) = following(&site, &hub.host);
    let reader = run(&library, &listen);
    hub.agrees(&library, &site);
    let first = told(&library)["until"].clone();
    assert_eq!(reader.interrupt(), Some(0));
    assert!(is_held(&library));

    let third_left = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); \
                      db.execute('UPDATE subscription SET due = asked'); db.commit()";
    let database = library.folder().join("library.sqlite");
    let python = Command::new("python3").args(["-c", third_left]).arg(database).status();
    assert!(python.expect("python3 is here").success());
    let reader = run(&library, &listen);
    until("the lease is longer", || told(&library)["until"].as_str() > first.as_str());
    assert_eq!(hub.callbacks(&site.address("/feed.xml")).len(), 1, "the same callback as before");
    assert_eq!(reader.interrupt(), Some(0));
}

#[test]
fn a_hub_is_told_when_a_listing_has_ended() {
    let scratch = super::program::Scratch::new();
    let Some(hub) = Hub::start(scratch.path()) else {
        return;
    };
    let site = quay(&hub.address());
    let (library, listen) = following(&site, &hub.host);
    let reader = run(&library, &listen);
    hub.agrees(&library, &site);
    assert_eq!(reader.interrupt(), Some(0));
    site.put("/feed.xml", Page::status(410));
    library.run(&["fetch"]);
    let reader = run(&library, &listen);
    let topic = site.address("/feed.xml");
    until("the hub tells nobody any more", || hub.callbacks(&topic).is_empty());
    assert!(told(&library).is_null());
    assert_eq!(reader.interrupt(), Some(0));
}

#[test]
fn a_hub_that_is_down_harms_nothing() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let nobody = free.local_addr().expect("an address").to_string();
    drop(free);
    let site = quay(&format!("http://{nobody}/hub"));
    let (library, listen) = following(&site, &nobody);
    let reader = run(&library, &listen);
    until("the article", || shows(&reader, "The tide bell"));
    until("the reason", || told(&library)["reason"].is_string());
    let reason = told(&library)["reason"].to_string();
    assert!(reason.contains("connection refused"), "{reason}");
    let sources = library.well(&["sources"]).out;
    assert!(sources.contains("not told of news by"), "{sources}");
    assert_eq!(reader.interrupt(), Some(0));
    put_feed(&site, "http://[::1]:9/", &[("/second", "The second bell", "")]);
    site.put_article("/second", "The second bell", &WORDS, "/bell.jpg");
    library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 2, "it is asked for as ever");
}

#[test]
fn nobody_is_told_anything_unless_the_keeper_says_where_we_are() {
    let hub = Site::start();
    let site = quay(&hub.address("/hub"));
    let library = Library::new(&[&site.host, &hub.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let reader = Reader::start(library.command(&["run", "--listen", "127.0.0.1:0"]));
    until("the article", || shows(&reader, "The tide bell"));
    assert_eq!(reader.get(&format!("/hub/{}", "0".repeat(64))).0, 404);
    assert!(told(&library).is_null());
    assert_eq!(reader.interrupt(), Some(0));
    assert!(hub.seen().is_empty());
}

#[test]
fn a_hub_in_a_private_place_is_not_asked() {
    let hub = Site::start();
    let site = quay(&hub.address("/hub"));
    let (library, listen) = following(&site, &site.host);
    let reader = run(&library, &listen);
    until("the reason", || told(&library)["reason"].is_string());
    let reason = told(&library)["reason"].to_string();
    assert!(reason.contains("not a public address"), "{reason}");
    assert_eq!(reader.interrupt(), Some(0));
    assert!(hub.seen().is_empty());
}

#[test]
fn a_hub_that_is_named_no_more_is_asked_no_more() {
    let hub = Site::start();
    let site = quay(&hub.address("/hub"));
    let (library, _) = following(&site, &hub.host);
    library.well(&["fetch"]);
    assert!(told(&library).is_object(), "{}", told(&library));
    site.put_feed("/feed.xml", &[("/bell", "The tide bell", "")]);
    library.well(&["fetch"]);
    assert!(told(&library).is_null(), "{}", told(&library));
}
