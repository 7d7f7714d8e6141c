//! What a client does with an ordinary server, step by step.

use crate::server::{Server, answer, path};
use crate::{failed, fresh, get, options, refused, request};
use fetch::{Client, Kind, Options, Outcome, Request, TlsFault, Why, validators};
use news::Address;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn client(server: &Server) -> Client {
    Client::new(options(&[server.place()])).unwrap()
}

/// Starts a server without a robots file.
fn serve(respond: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::start(move |head| match path(head) {
        "/robots.txt" => answer(404, "", b"none"),
        _ => respond(head),
    });
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn a_page_comes_as_it_was_sent() {
    let (server, client) =
        serve(|_| answer(200, "Content-Type: text/html; charset=x\r\nX-A:  b \r\n", b"<p>news"));
    let capture = fresh(get(&client, &server.address("/a?b=c|d`#e")).await);
    assert_eq!(capture.body, b"<p>news");
    assert_eq!((capture.payload.len(), capture.payload()), (0, &b"<p>news"[..]));
    assert_eq!(capture.content_type, "text/html; charset=x");
    assert_eq!(capture.address.as_str(), server.address("/a?b=c|d`"));
    assert_eq!(capture.peer, "127.0.0.1");
    let head = String::from_utf8(capture.response_head.clone()).unwrap();
    assert_eq!(
        head,
        "HTTP/1.1 200 X\r\nContent-Length: 7\r\nContent-Type: text/html; charset=x\r\nX-A:  b \r\n\r\n"
    );
    let asked = String::from_utf8(capture.request_head).unwrap();
    assert_eq!(server.seen().last(), Some(&asked));
    assert!(asked.starts_with("GET /a?b=c"), "{asked}");
    assert!(asked.contains(&format!("\r\nHost: {}\r\n", server.place())), "{asked}");
    assert!(asked.contains("\r\nAccept-Encoding: gzip, br, zstd\r\n"), "{asked}");
    assert!(!asked.to_ascii_lowercase().contains("cookie"), "{asked}");
}

#[tokio::test]
async fn a_coded_page_is_kept_both_ways() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(b"<p>news").unwrap();
    let coded = encoder.finish().unwrap();
    let sent = coded.clone();
    let (server, client) = serve(move |_| answer(200, "Content-Encoding: gzip\r\n", &sent));
    let capture = fresh(get(&client, &server.address("/")).await);
    assert_eq!(capture.body, b"<p>news");
    assert_eq!(capture.payload(), coded);
}

#[tokio::test]
async fn a_chunked_page_loses_its_frame() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n<p>\r\n4\r\nnews\r\n0\r\nT: x\r\n\r\n";
    let (server, client) = serve(|_| chunked.as_bytes().to_vec());
    assert_eq!(fresh(get(&client, &server.address("/")).await).body, b"<p>news");
}

#[tokio::test]
async fn what_is_unchanged_is_told_so() {
    let (server, client) = serve(|head| {
        let known = head.contains("\r\nIf-None-Match: \"v1\"\r\n")
            && head.contains("\r\nIf-Modified-Since: Wed");
        let headers = "ETag: \"v1\"\r\nLast-Modified: Wed, 03 Jul 2024 14:22:35 GMT\r\n";
        if known {
            b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()
        } else {
            answer(200, headers, b"<rss/>")
        }
    });
    let first = fresh(client.get(&request(Kind::Listing, &server.address("/"))).await);
    let (etag, last_modified) = validators(&first);
    assert_eq!(etag.as_deref(), Some("\"v1\""));
    let again = Request { address: first.address, kind: Kind::Listing, etag, last_modified };
    assert!(matches!(client.get(&again).await, Outcome::Unchanged(_)));
    let hostile = Request { etag: Some("a\r\nX: y".into()), last_modified: None, ..again };
    fresh(client.get(&hostile).await);
    assert!(!server.seen().last().unwrap().contains("X: y"));
}

#[tokio::test]
async fn nothing_cannot_be_unchanged() {
    let (server, client) = serve(|head| {
        let insists = head.contains("\r\nCache-Control: no-cache\r\n");
        if path(head) == "/healed" && insists {
            answer(200, "", b"whole")
        } else {
            b"HTTP/1.1 304 X\r\n\r\n".to_vec()
        }
    });
    fresh(get(&client, &server.address("/healed")).await);
    assert_eq!(failed(get(&client, &server.address("/never")).await), Why::UnaskedUnchanged);
    assert_eq!(server.paths().iter().filter(|path| *path == "/never").count(), 2);
}

#[tokio::test]
async fn a_redirect_is_followed_and_remembered() {
    let (server, client) = serve(|head| match path(head) {
        "/a" => answer(301, "Location: /b?c#d\r\nSet-Cookie: a=b\r\n", b"moved"),
        "/b?c" => answer(
            308,
            "Location: http://u:p@127.0.0.1:PORT/e\r\n".replace("PORT", port(head)).as_str(),
            b"",
        ),
        _ => answer(200, "", b"here"),
    });
    let capture = fresh(get(&client, &server.address("/a")).await);
    assert_eq!(capture.asked().as_str(), server.address("/a"));
    assert_eq!(capture.address.as_str(), server.address("/e"));
    let statuses: Vec<u16> = capture.hops.iter().map(|hop| hop.status).collect();
    assert_eq!(statuses, [301, 308]);
    assert!(capture.hops[0].response_head.starts_with(b"HTTP/1.1 301 X\r\n"));
    assert!(
        server
            .seen()
            .iter()
            .all(|head| !head.contains("Cookie") && !head.contains("Authorization"))
    );
}

fn port(head: &str) -> &str {
    let host = head.lines().find_map(|line| line.strip_prefix("Host: ")).unwrap();
    host.split(':').nth(1).unwrap()
}

#[tokio::test]
async fn what_is_gone_is_not_what_is_missing() {
    let (server, client) = serve(|head| match path(head) {
        "/gone" => answer(410, "", b"taken away"),
        "/busy" => answer(503, "Retry-After: 99999999\r\n", b"later"),
        _ => answer(404, "", b"nothing here"),
    });
    match get(&client, &server.address("/gone")).await {
        Outcome::Gone(capture) => assert_eq!(capture.body, b"taken away"),
        other => panic!("{other:?}"),
    }
    match get(&client, &server.address("/missing")).await {
        Outcome::Failed { why, capture, retry_after } => {
            assert_eq!((why, retry_after), (Why::Status(404), None));
            assert_eq!(capture.unwrap().body, b"nothing here");
        }
        other => panic!("{other:?}"),
    }
    match get(&client, &server.address("/busy")).await {
        Outcome::Failed { why, retry_after, .. } => {
            assert_eq!(why.to_string(), "the site answered 503");
            assert_eq!(retry_after, Some(Duration::from_secs(86_400)));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn robots_are_asked_once_and_obeyed() {
    let server = Server::start(|head| match path(head) {
        "/robots.txt" => answer(200, "", b"User-agent: pressmark\nDisallow: /private"),
        _ => answer(200, "", b"<p>news"),
    });
    let client = client(&server);
    let (private, open) = (server.address("/private/a"), server.address("/open"));
    let many = (0..4).map(|_| get(&client, &open));
    for outcome in join_all(many).await {
        fresh(outcome);
    }
    assert_eq!(refused(get(&client, &private).await), Why::Robots);
    let paths = server.paths();
    assert_eq!(paths.iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert!(!paths.contains(&"/private/a".to_owned()));
    let careless = Options { respect_robots: false, ..options(&[server.place()]) };
    fresh(get(&Client::new(careless).unwrap(), &private).await);
}

#[tokio::test]
async fn sitemaps_come_from_the_robots_file_that_is_kept() {
    let server = Server::start(|head| match path(head) {
        "/robots.txt" => answer(200, "", b"Sitemap: /news.xml\nSitemap: mailto:a@b.example"),
        _ => answer(200, "", b"<p>news"),
    });
    let client = client(&server);
    let sitemaps = |place: &str| {
        let site = Address::read(place).expect("an address");
        let client = &client;
        async move { client.sitemaps(&site).await }
    };
    let news = Address::read(&server.address("/news.xml"));
    assert_eq!(sitemaps(&server.address("/a/b")).await, news.into_iter().collect::<Vec<_>>());
    fresh(get(&client, &server.address("/")).await);
    assert_eq!(server.paths(), ["/robots.txt", "/"]);
    assert_eq!(sitemaps("http://127.0.0.1:1/").await, []);
}

#[tokio::test]
async fn a_redirect_asks_the_robots_of_where_it_leads() {
    let closed = Server::start(|head| match path(head) {
        "/robots.txt" => answer(200, "", b"User-agent: *\nDisallow: /"),
        _ => answer(200, "", b"<p>news"),
    });
    let to = closed.address("/a");
    let open = Server::start(move |head| match path(head) {
        "/robots.txt" => answer(404, "", b""),
        _ => answer(302, &format!("Location: {to}\r\n"), b""),
    });
    let client = Client::new(options(&[open.place(), closed.place()])).unwrap();
    assert_eq!(refused(get(&client, &open.address("/")).await), Why::Robots);
    assert_eq!(closed.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn robots_that_cannot_be_read_close_the_site_for_a_while() {
    let server = Server::start(|head| match path(head) {
        "/robots.txt" => answer(503, "", b""),
        _ => answer(200, "", b"<p>news"),
    });
    let client = client(&server);
    for _ in 0..2 {
        match get(&client, &server.address("/a")).await {
            Outcome::Failed { why, retry_after, .. } => {
                assert_eq!(why.to_string(), "robots.txt could not be read: the site answered 503");
                assert!(retry_after.is_some());
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn robots_may_lie_elsewhere() {
    let www = Server::start(|_| answer(200, "", b"User-agent: *\nDisallow: /closed"));
    let to = www.address("/robots.txt");
    let bare = Server::start(move |head| match path(head) {
        "/robots.txt" => answer(301, &format!("Location: {to}\r\n"), b""),
        _ => answer(200, "", b"<p>news"),
    });
    let client = Client::new(options(&[www.place(), bare.place()])).unwrap();
    fresh(get(&client, &bare.address("/open")).await);
    assert_eq!(refused(get(&client, &bare.address("/closed")).await), Why::Robots);
}

#[tokio::test]
async fn a_host_is_asked_by_one_at_a_time() {
    let (live, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, peak) = (live.clone(), most.clone());
    let (server, client) = serve(move |_| {
        peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        now.fetch_sub(1, Ordering::SeqCst);
        answer(200, "", b"<p>news")
    });
    let addresses: Vec<String> = (0..8).map(|i| server.address(&format!("/{i}"))).collect();
    for outcome in join_all(addresses.iter().map(|address| get(&client, address))).await {
        fresh(outcome);
    }
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

/// Tells whether a request is still waiting when the server has long had the time to answer.
async fn waits(client: &Client, address: &str) -> bool {
    tokio::time::timeout(Duration::from_millis(300), get(client, address)).await.is_err()
}

#[tokio::test]
async fn a_host_is_left_alone_after_a_request() {
    let hour = Duration::from_secs(3600);
    let server = Server::start(|head| match path(head) {
        "/robots.txt" => answer(200, "", b"User-agent: *\nCrawl-delay: 3600"),
        _ => answer(200, "", b"<p>news"),
    });
    let slow = Options { gap: hour, respect_robots: false, ..options(&[server.place()]) };
    let slow = Client::new(slow).unwrap();
    fresh(get(&slow, &server.address("/a")).await);
    assert!(waits(&slow, &server.address("/b")).await);
    let told = Options { crawl_delay_max: hour, ..options(&[server.place()]) };
    assert!(waits(&Client::new(told).unwrap(), &server.address("/c")).await);
    let brief = Options { crawl_delay_max: Duration::ZERO, ..options(&[server.place()]) };
    fresh(get(&Client::new(brief).unwrap(), &server.address("/d")).await);
    assert_eq!(server.paths(), ["/a", "/robots.txt", "/robots.txt", "/d"]);
}

#[tokio::test]
async fn private_places_are_not_knocked_at() {
    let (server, client) = serve(|_| answer(200, "", b"secret"));
    let stranger = Client::new(options(&[])).unwrap();
    let why = refused(get(&stranger, &server.address("/")).await);
    assert_eq!(why.to_string(), "`127.0.0.1` leads to 127.0.0.1, which is not a public address");
    let other = Server::start(|_| answer(200, "", b"secret"));
    let to = other.address("/");
    let (sender, _) = serve(move |_| answer(302, &format!("Location: {to}\r\n"), b""));
    let trusts_one = Client::new(options(&[sender.place()])).unwrap();
    refused(get(&trusts_one, &sender.address("/")).await);
    refused(get(&client, "http://localhost/").await);
    refused(get(&client, "http://93.184.215.14:22/").await);
    assert!(server.seen().is_empty() && other.seen().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_so() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = Client::new(options(&[format!("127.0.0.1:{port}")])).unwrap();
    let why = failed(get(&client, &format!("http://127.0.0.1:{port}/")).await);
    assert!(why.to_string().ends_with("failed: connection refused"), "{why}");
}

#[tokio::test]
async fn a_plain_server_is_no_secure_one() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    let client = Client::new(options(std::slice::from_ref(&place))).unwrap();
    let why = failed(get(&client, &format!("https://{place}/")).await);
    let Why::NoRobots(why) = why else { panic!("{why:?}") };
    assert!(matches!(*why, Why::Tls { fault: TlsFault::Other(_), .. }), "{why:?}");
}

#[test]
fn what_an_operator_tells_wrongly_is_said() {
    let said = |options: Options| Client::new(options).err().map(|error| error.to_string());
    let roots = vec![b"no certificate".to_vec()];
    assert!(said(Options { extra_roots_pem: roots, ..options(&[]) }).is_some());
    assert!(said(Options { user_agent: "1".into(), ..options(&[]) }).is_some());
    assert!(said(Options { user_agent: "a\r\nb".into(), ..options(&[]) }).is_some());
    assert_eq!(
        said(options(&["localhost".into()])).as_deref(),
        Some("a trusted place is told as host:port, not as `localhost`")
    );
    for wrong in ["https://a.example:1", "a.example:1", "http://a.example/x"] {
        assert!(fetch::Proxy::read(wrong).is_err(), "{wrong}");
    }
}

/// Awaits all at the same time.
async fn join_all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, done) in &mut waiting {
            if done.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *done = Some(value);
            }
        }
        let ready = waiting.iter().all(|(_, done)| done.is_some());
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}
