//! The replayed world, through its proxy and over https.

use crate::programs::{Running, free_ports, shared};
use crate::{failed, fresh, request};
use fetch::{Client, Kind, Limits, Options, Outcome, Proxy, TlsFault, Why, validators};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

const FEED: &str = "https://www.voachinese.com/api/zupqtl-vomx-tpez_yqv";

struct World {
    _server: Running,
    port: u16,
    certificates: PathBuf,
}

impl World {
    fn start(rules: &[String]) -> Option<World> {
        let shared = shared("the replayed world")?;
        let port = free_ports();
        let certificates = std::env::temp_dir().join(format!("pressmark-world-{port}"));
        let mut arguments =
            vec!["--mitm".into(), "--quiet".into(), "--port".into(), port.to_string()];
        arguments.extend(["--ca".to_owned(), certificates.display().to_string()]);
        for rule in rules {
            arguments.extend(["--rule".to_owned(), rule.clone()]);
        }
        let program = shared.join("world/world_server.py");
        Some(World { _server: Running::start(program, &arguments, port), port, certificates })
    }

    fn options(&self) -> Options {
        Options {
            proxy: Some(Proxy::read(&format!("http://127.0.0.1:{}", self.port)).unwrap()),
            extra_roots_pem: vec![std::fs::read(self.certificates.join("ca.pem")).unwrap()],
            gap: Duration::ZERO,
            ..Options::default()
        }
    }

    fn client(&self) -> Client {
        Client::new(self.options()).unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.certificates);
    }
}

#[tokio::test]
async fn a_feed_is_followed_through_a_tunnel() {
    let Some(world) = World::start(&[]) else {
        return;
    };
    let client = world.client();
    let mut asked = request(Kind::Listing, FEED);
    let capture = fresh(client.get(&asked).await);
    assert!(capture.body.starts_with(b"<?xml"));
    assert!(!capture.payload.is_empty() && capture.payload.len() < capture.body.len());
    assert_eq!(capture.peer, "");
    assert!(capture.request_head.starts_with(b"GET /api/"));
    (asked.etag, asked.last_modified) = validators(&capture);
    assert!(asked.etag.is_some());
    assert!(matches!(client.get(&asked).await, Outcome::Unchanged(_)));
}

#[tokio::test]
async fn a_proxy_is_told_the_whole_address() {
    let Some(world) = World::start(&[]) else {
        return;
    };
    let capture =
        fresh(world.client().get(&request(Kind::Listing, &FEED.replace("https", "http"))).await);
    assert!(capture.request_head.starts_with(b"GET http://www.voachinese.com/api/"));
}

#[tokio::test]
async fn a_proxy_does_not_open_private_places() {
    let Some(world) = World::start(&[]) else {
        return;
    };
    for private in
        ["http://127.0.0.1/", "https://10.0.0.5/", "http://localhost/", "https://a.example:22/"]
    {
        let outcome = world.client().get(&request(Kind::Page, private)).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{private}: {outcome:?}");
    }
}

#[tokio::test]
async fn an_unknown_authority_is_not_trusted() {
    let Some(world) = World::start(&[]) else {
        return;
    };
    let options = Options { extra_roots_pem: Vec::new(), respect_robots: false, ..world.options() };
    let why = failed(Client::new(options).unwrap().get(&request(Kind::Listing, FEED)).await);
    assert_eq!(why, Why::Tls { host: "www.voachinese.com".into(), fault: TlsFault::UnknownIssuer });
    assert_eq!(
        why.to_string(),
        "the certificate of `www.voachinese.com` is issued by nobody we trust"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name_is_told_so() {
    let Some(world) = World::start(&[]) else {
        return;
    };
    let liar = lying_proxy(world.port).await;
    let proxy = Some(Proxy::read(&format!("http://{liar}")).unwrap());
    let options = Options { proxy, respect_robots: false, ..world.options() };
    let client = Client::new(options).unwrap();
    let why = failed(client.get(&request(Kind::Page, "https://b.example/")).await);
    assert_eq!(why.to_string(), "the certificate of `b.example` is for another name");
}

/// Starts a proxy whose every tunnel leads to `a.example`, whatever was asked for.
async fn lying_proxy(world: u16) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(near.read_u8().await.unwrap());
            }
            let mut far = TcpStream::connect(("127.0.0.1", world)).await.unwrap();
            far.write_all(b"CONNECT a.example:443 HTTP/1.1\r\n\r\n").await.unwrap();
            let _ = copy_bidirectional(&mut near, &mut far).await;
        }
    });
    at
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told_so() {
    let proxy = Proxy::read(&format!("http://127.0.0.1:{}", free_ports())).unwrap();
    let options = Options { proxy: Some(proxy), respect_robots: false, ..Options::default() };
    let why = failed(Client::new(options).unwrap().get(&request(Kind::Listing, FEED)).await);
    assert!(matches!(why, Why::Proxy(_)), "{why:?}");
}

#[tokio::test]
async fn a_server_may_leave_without_a_farewell() {
    let rule = r#"{"match":"/api/","fault":"nolen"}"#;
    let Some(world) = World::start(&[rule.to_owned()]) else {
        return;
    };
    let capture = fresh(world.client().get(&request(Kind::Listing, FEED)).await);
    assert!(capture.body.trim_ascii_end().ends_with(b"</rss>"));
}

/// A fault, what its rule says more, and the reason that must come of it.
type Case = (&'static str, &'static str, fn(&Why) -> bool);

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_told() {
    let cases: &[Case] = &[
        ("truncate", "", |why| *why == Why::Truncated),
        ("longlen", "", |why| *why == Why::Truncated),
        ("badgzip", "", |why| *why == Why::BadCoding("gzip")),
        ("gzipbomb", "", |why| matches!(why, Why::Bomb { .. })),
        ("brbomb", "", |why| matches!(why, Why::Bomb { .. })),
        ("loop", "", |why| *why == Why::RedirectLoop),
        ("drip", ",\"bps\":40", |why| *why == Why::TooSlow),
        ("status", ",\"code\":429", |why| *why == Why::Status(429)),
    ];
    let rule = |(fault, more, _): &Case| {
        format!("{{\"match\":\"[?]{fault}\",\"fault\":\"{fault}\"{more}}}")
    };
    let rules: Vec<String> = cases.iter().map(rule).collect();
    let Some(world) = World::start(&rules) else {
        return;
    };
    let limits = Limits { rate_window: Duration::from_secs(2), ..Limits::default() };
    let client = Client::new(Options { limits, ..world.options() }).unwrap();
    for (fault, _, expected) in cases {
        let asked = request(Kind::Listing, &format!("{FEED}?{fault}"));
        let why = failed(client.get(&asked).await);
        assert!(expected(&why), "{fault}: {why:?}");
    }
}
