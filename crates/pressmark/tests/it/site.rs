//! A small site on loopback whose pages the test changes.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One page of the site.
#[derive(Clone)]
pub struct Page {
    pub status: u16,
    pub media_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Page {
    pub fn new(media_type: &'static str, body: impl Into<Vec<u8>>) -> Page {
        Page { status: 200, media_type, headers: Vec::new(), body: body.into() }
    }

    /// The page with this at its end.
    pub fn with(mut self, more: &str) -> Page {
        self.body.extend_from_slice(more.as_bytes());
        self
    }

    pub fn status(status: u16) -> Page {
        Page { status, ..Page::new("text/html", "<h1>no</h1>") }
    }

    /// The page under this version of it, for whoever asks whether it has changed.
    pub fn tagged(mut self, tag: &str) -> Page {
        self.headers.push(("ETag", format!("\"{tag}\"")));
        self
    }

    /// Whether the request with this head asks for another version than this one.
    fn is_known_to(&self, head: &str) -> bool {
        let mut tags = self.headers.iter().filter(|(name, _)| *name == "ETag");
        let mut known = head.lines().filter_map(|line| line.split_once(": "));
        let known = known.find(|(name, _)| name.eq_ignore_ascii_case("If-None-Match"));
        tags.any(|(_, tag)| known.is_some_and(|(_, known)| known == tag))
    }
}

/// The site while it is served; it stops with the value.
pub struct Site {
    pub host: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    pages: HashMap<String, Page>,
    seen: Vec<String>,
    closed: bool,
}

impl Site {
    pub fn start() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(Mutex::new(State::default()));
        let served = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if served.lock().expect("no panic").closed {
                    return;
                }
                let served = served.clone();
                std::thread::spawn(move || answer(stream, &served));
            }
        });
        Site { host, state }
    }

    pub fn put(&self, path: &str, page: Page) {
        self.state.lock().expect("no panic").pages.insert(path.to_owned(), page);
    }

    /// Gives a page that is up one more header.
    pub fn add_header(&self, path: &str, name: &'static str, value: String) {
        let mut state = self.state.lock().expect("no panic");
        let page = state.pages.get_mut(path).expect("the page is up");
        page.headers.push((name, value));
    }

    /// Changes a page that is up.
    pub fn change(&self, path: &str, how: impl FnOnce(Page) -> Page) {
        let mut state = self.state.lock().expect("no panic");
        let page = state.pages.remove(path).expect("the page is up");
        state.pages.insert(path.to_owned(), how(page));
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    /// The paths that were asked for, in order.
    pub fn seen(&self) -> Vec<String> {
        self.state.lock().expect("no panic").seen.clone()
    }

    /// Puts up a feed of these `(path, headline, description)`.
    pub fn put_feed(&self, path: &str, items: &[(&str, &str, &str)]) {
        let items: String = items
            .iter()
            .map(|(page, title, words)| {
                let link = self.address(page);
                format!(
                    "<item><title>{title}</title><link>{link}</link><guid>{link}</guid>\
                     <description>{words}</description>\
                     <pubDate>Tue, 10 Nov 2026 08:30:00 +0000</pubDate></item>"
                )
            })
            .collect();
        let feed = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Quay</title>\
             <link>{}</link>{items}</channel></rss>",
            self.address("/")
        );
        self.put(path, Page::new("application/rss+xml", feed));
    }

    /// Puts up an article of these paragraphs with one picture.
    pub fn put_article(&self, path: &str, headline: &str, paragraphs: &[&str], picture: &str) {
        let text: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
        let page = format!(
            "<!doctype html><html lang=en><head><title>{headline} | The Quay</title>\
             <link rel=canonical href=\"{}\">\
             <meta property=\"article:published_time\" content=\"2026-11-10T08:30:00Z\"></head>\
             <body><nav><a href=\"/\">Home</a></nav><article><h1>{headline}</h1>\
             <figure><img src=\"{picture}\" alt=\"boats\"><figcaption>Boats at the quay</figcaption></figure>\
             {text}</article><footer>The Quay, since 1901</footer></body></html>",
            self.address(path)
        );
        self.put(path, Page::new("text/html; charset=utf-8", page));
    }

    /// Stops answering, as an origin that has gone does.
    pub fn switch_off(self) {}
}

impl Drop for Site {
    fn drop(&mut self) {
        self.state.lock().expect("no panic").closed = true;
        let _ = TcpStream::connect(&self.host);
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            // A handshake of TLS: a plain server hangs up.
            Ok(_) if head.is_empty() && buffer[0] == 0x16 => return,
            Ok(len) => head.extend_from_slice(&buffer[..len]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let mut page = {
        let mut state = state.lock().expect("no panic");
        state.seen.push(path.clone());
        state.pages.get(&path).cloned().unwrap_or_else(|| Page::status(404))
    };
    if page.is_known_to(&head) {
        (page.status, page.body) = (304, Vec::new());
    }
    let mut answer = format!(
        "HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
        page.status,
        page.media_type,
        page.body.len()
    );
    for (name, value) in &page.headers {
        answer += &format!("{name}: {value}\r\n");
    }
    let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.write_all(b"\r\n"));
    let _ = stream.write_all(&page.body);
}
