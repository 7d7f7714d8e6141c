//! The replayed news web: the seed's own page, followed, kept and printed.

use super::program::{Library, get, shared};
use std::process::{Child, Command, Stdio};

/// The world's server while it runs.
pub struct World {
    child: Child,
    pub host: String,
}

impl World {
    /// Starts it on a free port; `None`, loudly, when something it needs is missing.
    pub fn start(library: &Library) -> Option<World> {
        let server = shared("world/world_server.py")?;
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let host = free.local_addr().expect("an address").to_string();
        drop(free);
        let port = host.rsplit(':').next().expect("a port").to_owned();
        let authority = library.scratch.path().join("authority").display().to_string();
        let child = Command::new("python3")
            .arg(server)
            .args(["--port", &port, "--mitm", "--quiet", "--ca", &authority])
            .stdout(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            eprintln!("SKIPPED: python3 is not here");
            return None;
        };
        let mut world = World { child, host };
        world.wait();
        Some(world)
    }

    fn wait(&mut self) {
        while std::net::TcpStream::connect(&self.host).is_err() {
            assert_eq!(self.child.try_wait().expect("a child"), None, "the world did not start");
            std::thread::yield_now();
        }
    }

    /// Returns a library that reaches the net through the world alone.
    pub fn library(&self, library: Library) -> Library {
        let (_, answer) = get(&self.host, "/_ca.pem");
        let answer = String::from_utf8(answer).expect("a certificate");
        let (_, pem) = answer.split_once("\r\n\r\n").expect("a body");
        let path = library.scratch.path().join("ca.pem");
        std::fs::write(&path, pem).expect("written");
        let proxy = format!("http://{}", self.host);
        library.with("PRESSMARK_PROXY", &proxy).with("PRESSMARK_CA", &path.display().to_string())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The head is the same byte for byte, the text the same character for character.
#[track_caller]
pub fn assert_same_document(printed: &str, seed: &str) {
    let split = |text: &str| text.split_once("<p>").map(|(a, b)| (a.to_owned(), b.to_owned()));
    let (head, body) = split(printed).expect("a printed body");
    let (seed_head, seed_body) = split(seed).expect("the seed's body");
    assert_eq!(head, seed_head);
    assert_eq!(words(&body), words(&seed_body));
    assert!(!printed.contains("7568219"), "the dead related-story link is not reproduced");
}

/// Returns the characters outside tags, without white space.
fn words(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            inside = match c {
                '<' => true,
                '>' => {
                    inside = false;
                    return false;
                }
                _ => inside,
            };
            !inside && !c.is_whitespace()
        })
        .collect()
}

/// What the seed says of itself: its address, its headline, its picture's caption.
struct Seed {
    text: String,
    address: String,
    headline: String,
    caption: String,
}

impl Seed {
    fn read() -> Seed {
        let path = shared("genre/seed.md").expect("the genre lies beside the world");
        let text = std::fs::read_to_string(path).expect("the seed");
        let between = |start: &str, end: &str| {
            let rest = text.split_once(start).expect(start).1;
            rest.split_once(end).expect(end).0.to_owned()
        };
        Seed {
            headline: between("\n[", "]("),
            address: between("](", ")\n"),
            caption: between("color: #999;\">", "</small>"),
            text,
        }
    }
}

#[test]
fn the_seed_is_followed_kept_and_printed() {
    let library = Library::new(&[]);
    let Some(world) = World::start(&library) else {
        return;
    };
    let seed = Seed::read();
    let library = world.library(library);
    library.well(&["add", "www.voachinese.com", "--yes"]);
    let told = library.well(&["fetch"]);
    assert_eq!(library.marks().len(), 4, "{told:#?}");

    let shown = library.well(&["show", &seed.address]).out;
    assert!(shown.contains(&format!("# {}", seed.headline)), "{shown}");
    assert!(shown.contains(&seed.caption), "{shown}");
    for time in ["Published: 2024-07-03", "Updated: ", "First seen: ", "Captured: "] {
        assert!(shown.contains(time), "{time}: {shown}");
    }
    let row = &library.rows(&["show", &seed.address])[0];
    assert_eq!(row["published"], "2024-07-03T14:39:04Z");
    let text = row["text"].as_str().expect("a text");
    assert!(text.lines().count() >= 17, "{text}");
    assert!(row["pictures"].as_array().is_some_and(|pictures| !pictures.is_empty()), "{row}");

    let out = library.scratch.path().join("out");
    let folder = out.display().to_string();
    library.well(&["print", "--form", "seed", "--out", &folder, "--day", "2024-07-03"]);
    assert_same_document(&super::print::only_file(&out), &seed.text);

    drop(world);
    let mark = row["pressmark"].as_str().expect("a pressmark");
    let reader = library.serve();
    let (status, page) = reader.get(&format!("/a/{mark}"));
    assert_eq!(status, 200);
    assert!(page.contains("src=\"/picture/"), "{page}");
    assert_eq!(library.well(&["verify"]).out, "");
}
