//! The servers that do everything wrong.

use crate::programs::{Running, free_ports, shared};
use crate::{fresh, options, request};
use fetch::{Client, Kind, Outcome, TlsFault, Why, validators};
use news::Capture;
use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What a path must come to.
type Expected = fn(&Outcome) -> bool;

fn whole(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Fresh(_))
}

macro_rules! is {
    ($pattern:pat) => {
        |outcome| matches!(outcome, $pattern)
    };
}

macro_rules! fails {
    ($pattern:pat) => {
        is!(Outcome::Failed { why: $pattern, .. })
    };
}

/// Every path of the hostile server; `?n=` makes the bombs quick to build.
const PATHS: &[(&str, Expected)] = &[
    ("ok", whole),
    ("slow-head", fails!(Why::Timeout("the answer"))),
    ("slow-body", fails!(Why::TooSlow)),
    ("never", fails!(Why::Timeout("the answer"))),
    ("infinite", fails!(Why::TooBig { what: "the listing", .. })),
    ("infinite-chunked", fails!(Why::TooBig { what: "the listing", .. })),
    ("huge-length", fails!(Why::TooBig { what: "the listing", .. })),
    ("neg-length", fails!(Why::Malformed(_))),
    ("two-lengths", fails!(Why::Malformed(_))),
    ("short-body", fails!(Why::Truncated)),
    ("chunk-garbage", fails!(Why::Malformed(_))),
    ("chunk-cut", fails!(Why::Truncated)),
    ("chunk-ext", fails!(Why::Malformed(_))),
    ("header-flood?n=2000", fails!(Why::TooMany { what: "headers", .. } | Why::TooBig { .. })),
    ("header-long", fails!(Why::TooBig { what: "the head of the answer", .. })),
    ("header-bytes", whole),
    ("status-junk", fails!(Why::Malformed(_))),
    ("hundred-continue", fails!(Why::TooMany { what: "interim answers", .. })),
    ("gzip-bomb?n=64", fails!(Why::Bomb { .. })),
    ("gzip-gzip-bomb?n=64", fails!(Why::Coding(_))),
    ("br-bomb?n=64", fails!(Why::Bomb { .. } | Why::Status(501))),
    ("zstd-bomb?n=64", fails!(Why::BadCoding("zstd") | Why::Bomb { .. } | Why::Status(501))),
    ("gzip-lie", fails!(Why::BadCoding("gzip"))),
    ("gzip-cut", fails!(Why::Truncated)),
    ("gzip-trailing", whole),
    ("enc-unknown", fails!(Why::Coding(_))),
    ("charset-lie", whole),
    ("charset-unknown", whole),
    ("utf7", whole),
    ("type-lie", whole),
    ("svg-script", whole),
    ("redirect-loop", fails!(Why::RedirectLoop)),
    ("redirect-chain", fails!(Why::TooMany { what: "redirects", .. })),
    ("redirect-private", is!(Outcome::Refused(Why::Private { .. }))),
    ("redirect-file", is!(Outcome::Refused(Why::Scheme(_)))),
    ("redirect-gopher", is!(Outcome::Refused(Why::Scheme(_)))),
    ("redirect-data", is!(Outcome::Refused(Why::Scheme(_)))),
    ("redirect-creds", is!(Outcome::Refused(Why::Private { .. }))),
    ("redirect-long", fails!(Why::TooBig { .. })),
    ("redirect-none", fails!(Why::RedirectNowhere(301))),
    ("redirect-crlf", fails!(Why::Status(404))),
    ("redirect-301-back", whole),
    ("retry-after-huge", fails!(Why::TooBig { .. })),
    (
        "retry-after-century",
        is!(Outcome::Failed { why: Why::Status(503), retry_after: Some(_), .. }),
    ),
    ("retry-after-negative", is!(Outcome::Failed { why: Why::Status(429), retry_after: None, .. })),
    ("cookies", fails!(Why::TooMany { what: "headers", .. } | Why::TooBig { .. })),
    ("cookie-wall", fails!(Why::RedirectLoop)),
    ("etag-lie", fails!(Why::UnaskedUnchanged)),
    ("etag-huge", fails!(Why::TooBig { .. })),
    ("date-future", whole),
    ("auth", fails!(Why::Status(401))),
    ("empty", fails!(Why::Empty)),
    ("soft-404", whole),
    ("flip", whole),
    ("guid-churn", whole),
    ("reset", fails!(Why::Connection { .. })),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_misbehaviour_comes_to_a_reasoned_end() {
    let Some(shared) = shared("the hostile server") else {
        return;
    };
    assert_eq!(PATHS.len(), 56);
    let base = free_ports();
    let program = shared.join("hostile/hostile_server.py");
    let _server = Running::start(program, &[base.to_string()], base);
    let mut doors = Vec::new();
    for _ in PATHS {
        doors.push(door(base).await);
    }
    let secure =
        [(1, TlsFault::UnknownIssuer), (2, TlsFault::UnknownIssuer), (3, TlsFault::Expired)];
    let mut allow: Vec<String> = doors.iter().map(SocketAddr::to_string).collect();
    allow.extend((1..5).map(|i| format!("127.0.0.1:{}", base + i)));
    let client = Client::new(options(&allow)).unwrap();
    let mut work = JoinSet::new();
    for ((path, expected), door) in PATHS.iter().zip(doors) {
        let client = client.clone();
        work.spawn(async move {
            let asked = request(Kind::Listing, &format!("http://{door}/{path}"));
            let got = client.get(&asked).await;
            if expected(&got) { Ok(()) } else { Err(format!("{path}: {got:?}")) }
        });
    }
    for (i, fault) in secure {
        let client = client.clone();
        work.spawn(async move { secure_fails(&client, base + i, fault).await });
    }
    work.spawn(async move {
        let asked = request(Kind::Robots, &format!("https://127.0.0.1:{}/", base + 4));
        match client.get(&asked).await {
            Outcome::Failed { why: Why::Timeout("the secure connection"), .. } => Ok(()),
            other => Err(format!("a handshake without end: {other:?}")),
        }
    });
    let wrong: Vec<String> = work.join_all().await.into_iter().filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Older programs can't make an expired certificate; then nobody listens there.
async fn secure_fails(client: &Client, port: u16, expected: TlsFault) -> Result<(), String> {
    let asked = request(Kind::Robots, &format!("https://127.0.0.1:{port}/ok"));
    match client.get(&asked).await {
        Outcome::Failed { why: Why::Tls { fault, .. }, .. } if fault == expected => Ok(()),
        Outcome::Failed { why: Why::Connection { .. }, .. } if port % 5 == 3 => Ok(()),
        other => Err(format!("{expected:?}: {other:?}")),
    }
}

/// Opens another door to the server, because a host is asked by one at a time.
async fn door(port: u16) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut far = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                if copy_bidirectional(&mut near, &mut far).await.is_err() {
                    // Pass a reset on as one.
                    let _ = near.set_zero_linger();
                }
            });
        }
    });
    at
}

#[tokio::test]
async fn validators_are_kept_when_they_are_sound() {
    let (etag, last_modified) = validators(&with_head("ETag: W/\"a b\"\r\nLast-Modified: \r\n"));
    assert_eq!((etag.as_deref(), last_modified), (Some("W/\"a b\""), None));
    let long = format!("ETag: \"{}\"\r\n", "e".repeat(1024));
    for unsound in [&long, "ETag: \"\u{1b}[2J\"\r\n", "ETag: \"\u{fffd}\"\r\n", ""] {
        assert_eq!(validators(&with_head(unsound)), (None, None));
    }
}

fn with_head(headers: &str) -> Capture {
    Capture {
        address: request(Kind::Page, "http://a.example/").address,
        at: news::Timestamp::UNIX_EPOCH,
        took_ms: 0,
        status: 200,
        request_head: Vec::new(),
        response_head: format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes(),
        content_type: String::new(),
        payload: Vec::new(),
        body: Vec::new(),
        peer: String::new(),
        hops: Vec::new(),
    }
}

#[tokio::test]
async fn the_hostile_server_is_well_when_asked_well() {
    let Some(shared) = shared("the hostile server, asked well") else {
        return;
    };
    let base = free_ports();
    let program = shared.join("hostile/hostile_server.py");
    let _server = Running::start(program, &[base.to_string()], base);
    let client = Client::new(options(&[format!("127.0.0.1:{base}")])).unwrap();
    let mut asked = request(Kind::Listing, &format!("http://127.0.0.1:{base}/ok"));
    (asked.etag, asked.last_modified) = validators(&fresh(client.get(&asked).await));
    assert!(matches!(client.get(&asked).await, Outcome::Unchanged(_)));
}
