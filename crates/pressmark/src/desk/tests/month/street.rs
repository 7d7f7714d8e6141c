//! The servers of all papers, behind one proxy on loopback, by the clock of the month.

use super::DAY;
use super::paper::{FEED, Fate, Gone, MOVED, Paper, REPLACEMENT, SITEMAP};
use super::tally::Tally;
use super::world::World;
use fetch::Clock;
use news::Timestamp;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct Street {
    pub address: String,
    pub tally: Arc<Tally>,
    /// The certificate (PEM) of the replayed web's own authority, where that is beside the street.
    pub authority: Option<Vec<u8>>,
}

struct Houses {
    papers: HashMap<String, Paper>,
    world: Option<SocketAddr>,
    clock: Clock,
    start: Timestamp,
    tally: Arc<Tally>,
}

/// What a server says.
enum Answer {
    Said {
        status: u16,
        headers: String,
        body: String,
    },
    /// The connection breaks.
    Nothing,
}

impl Street {
    pub async fn open(papers: Vec<Paper>, world: Option<&World>, clock: Clock) -> Street {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let tally = Arc::new(Tally::default());
        let papers = papers.into_iter().map(|paper| (paper.host.clone(), paper)).collect();
        let start = clock.now();
        let authority = world.map(|world| world.authority.clone());
        let world = world.map(|world| world.address);
        let houses = Arc::new(Houses { papers, world, clock, start, tally: tally.clone() });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let houses = houses.clone();
                tokio::spawn(async move { houses.answer(stream).await });
            }
        });
        Street { address, tally, authority }
    }
}

impl Houses {
    async fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let head = head(&mut stream).await?;
        let Some((paper, path)) = self.house(&head) else {
            return self.lead_to_the_world(stream, &head).await;
        };
        let host = paper.host.as_str();
        let passed = self.clock.running();
        self.tally.begin(host, kind(&path), paper.delay(), passed);
        let answer = answer(paper, &path, &head, passed, self.start);
        if let Answer::Said { status, headers, body } = answer {
            let length = body.len();
            let said = format!(
                "HTTP/1.1 {status} Said\r\n{headers}Content-Length: {length}\r\n\
                 Connection: close\r\n\r\n{body}"
            );
            // Counted before the last byte is out: who has all of it may ask the next thing.
            self.tally.end(host, self.clock.running());
            stream.write_all(said.as_bytes()).await.ok()?;
            stream.shutdown().await.ok()?;
        } else {
            self.tally.end(host, self.clock.running());
        }
        Some(())
    }

    /// Returns the paper that is asked, and for which path.
    fn house(&self, head: &str) -> Option<(&Paper, String)> {
        let target = head.lines().next()?.strip_prefix("GET http://")?.split(' ').next()?;
        let (host, path) = target.split_once('/')?;
        Some((self.papers.get(host)?, format!("/{path}")))
    }

    async fn lead_to_the_world(&self, mut stream: TcpStream, head: &str) -> Option<()> {
        self.tally.count("the world");
        let mut world = TcpStream::connect(self.world?).await.ok()?;
        world.write_all(head.as_bytes()).await.ok()?;
        tokio::io::copy_bidirectional(&mut stream, &mut world).await.ok()?;
        Some(())
    }
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    String::from_utf8(head).ok()
}

fn kind(path: &str) -> &'static str {
    match path {
        "/robots.txt" => "robots",
        path if path.starts_with("/a/") => "page",
        FEED | MOVED | REPLACEMENT | SITEMAP | "/" => "listing",
        _ => "other",
    }
}

fn answer(paper: &Paper, path: &str, head: &str, passed: Duration, start: Timestamp) -> Answer {
    let days = passed.as_secs() / DAY.as_secs();
    match paper.fate {
        Fate::Dies if days >= 12 => return status(404),
        Fate::Fails if (8..10).contains(&days) => return status(503),
        Fate::Fails if days == 10 => return Answer::Nothing,
        _ => {}
    }
    if let Some(number) = path.strip_prefix("/a/") {
        let page = number.parse().ok().and_then(|number| paper.page(number, passed));
        return page.map_or(status(404), |page| unless_known(head, "text/html", page));
    }
    let is_replaced = matches!(paper.fate, Fate::Replaced(_)) && days >= 10;
    match path {
        "/robots.txt" => robots(paper),
        FEED if is_replaced => gone(paper),
        FEED if paper.fate == Fate::Moves && days >= 8 => moved(paper),
        MOVED if paper.fate == Fate::Moves => feed(head, paper.rss(passed, start)),
        FEED if paper.fate != Fate::Section => feed(head, paper.rss(passed, start)),
        REPLACEMENT if is_replaced => feed(head, paper.atom(passed, start)),
        SITEMAP if paper.fate == Fate::Bursts => feed(head, paper.sitemap(passed, start)),
        "/" => {
            let feeds: &[&str] = match paper.fate {
                Fate::Section => &[],
                _ if is_replaced => &[REPLACEMENT],
                _ => &[FEED],
            };
            unless_known(head, "text/html", paper.front(passed, feeds))
        }
        _ => status(404),
    }
}

fn gone(paper: &Paper) -> Answer {
    match paper.fate {
        Fate::Replaced(Gone::ForGood) => status(410),
        Fate::Replaced(Gone::APage) => {
            let page = "<html><title>Our new site</title><p>Welcome to our new site.".to_owned();
            said("text/html", page)
        }
        _ => status(404),
    }
}

fn moved(paper: &Paper) -> Answer {
    let headers = format!("Location: {}\r\n", paper.address(MOVED));
    Answer::Said { status: 301, headers, body: String::new() }
}

fn robots(paper: &Paper) -> Answer {
    let delay = paper.delay().as_secs();
    said("text/plain", format!("User-agent: *\nCrawl-delay: {delay}\nDisallow: /private\n"))
}

fn feed(head: &str, body: String) -> Answer {
    unless_known(head, "application/xml", body)
}

/// Answers 304 to those who have this very text.
fn unless_known(head: &str, kind: &str, body: String) -> Answer {
    let tag = format!("\"{}\"", &news::Digest::of(body.as_bytes()).to_string()[7..23]);
    if head.contains(&format!("If-None-Match: {tag}")) {
        return status(304);
    }
    let headers = format!("Content-Type: {kind}\r\nETag: {tag}\r\n");
    Answer::Said { status: 200, headers, body }
}

fn said(kind: &str, body: String) -> Answer {
    Answer::Said { status: 200, headers: format!("Content-Type: {kind}\r\n"), body }
}

fn status(status: u16) -> Answer {
    Answer::Said { status, headers: String::new(), body: String::new() }
}
