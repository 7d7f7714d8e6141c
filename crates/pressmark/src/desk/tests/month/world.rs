//! The replayed news web beside the papers: its feeds gain an article at each visit.

use archive::health::Trouble;
use archive::{Archive, NewListing, NewSource};
use listing::{Document, Limits};
use news::{Address, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Every feed shows one article at first, and one more at each visit.
const GROW: &str = r#"{"match": ".", "fault": "grow", "start": 1, "step": 1}"#;

/// How many articles a feed has at most for all of them to appear within the month.
const ENTRIES_MAX: usize = 40;

pub struct World {
    child: Child,
    pub address: SocketAddr,
    pub authority: Vec<u8>,
    /// What each feed names in the end, by its address.
    feeds: BTreeMap<Address, Vec<Address>>,
}

impl World {
    /// Starts it; `None`, loudly, when something that it needs is missing.
    pub fn start(folder: &Path) -> Option<World> {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/world");
        if !place.exists() {
            eprintln!("SKIPPED: ../shared/world is not here");
            return None;
        }
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let child = Command::new("python3")
            .arg(place.join("world_server.py"))
            .args(["--mitm", "--quiet", "--port", &address.port().to_string()])
            .arg("--ca")
            .arg(folder.join("authority"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is here");
        while TcpStream::connect(address).is_err() {
            std::thread::yield_now();
        }
        let authority = ask(address, "GET", "/_ca.pem", "");
        ask(address, "POST", "/_rules", GROW);
        Some(World { child, address, authority, feeds: feeds(&place) })
    }

    pub fn sources_len(&self) -> usize {
        self.feeds.len()
    }

    pub async fn follow(&self, archive: &Archive, now: Timestamp) {
        for (number, feed) in self.feeds.keys().enumerate() {
            let new = NewSource {
                name: format!("world-{number}"),
                title: feed.host().to_owned(),
                site: feed.origin(),
                language: None,
                listings: vec![NewListing::main(feed.clone(), None)],
            };
            archive.add_source(&new, now).await.expect("a new source");
        }
    }

    /// Returns the articles that a feed named and the library has not; a feed that its robots.txt
    /// keeps to itself names nothing.
    pub async fn missing(&self, archive: &Archive) -> Vec<String> {
        let sources = archive.sources().await.expect("the sources");
        let listings = sources.iter().flat_map(|source| &source.listings);
        let closed: HashSet<&Address> = listings
            .filter(|listing| listing.trouble == Some(Trouble::Robots))
            .map(|listing| &listing.address)
            .collect();
        let open = self.feeds.iter().filter(|(feed, _)| !closed.contains(feed));
        let mut missing = Vec::new();
        for page in open.flat_map(|(_, pages)| pages) {
            if archive.find_article(page).await.expect("an answer").is_none() {
                missing.push(page.to_string());
            }
        }
        missing
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the feeds of the world that have shown all of theirs when the month ends.
fn feeds(place: &Path) -> BTreeMap<Address, Vec<Address>> {
    let manifest = std::fs::read_to_string(place.join("manifest.jsonl")).expect("its manifest");
    let rows = manifest.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let feeds = rows.filter(|row| row["kind"] == "feed").filter_map(|row| {
        let address = Address::read(row["url"].as_str()?)?;
        let file = place.join(PathBuf::from(row["file"].as_str()?));
        let bytes = crate::commands::lines::read(&file).ok()?;
        let document = Document { bytes: &bytes, content_type: "", base: Some(&address) };
        let found = listing::read(&document, &Limits::default()).found?;
        let pages: Vec<Address> = found.entries.iter().filter_map(|e| e.address()).collect();
        ((1..=ENTRIES_MAX).contains(&pages.len())).then_some((address, pages))
    });
    feeds.collect()
}

/// Asks the world's server itself; returns the body.
fn ask(address: SocketAddr, method: &str, path: &str, body: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
    .expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    answer.split_off(head + 4)
}
