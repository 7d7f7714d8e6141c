//! Handing a form in.

use crate::server::{Server, answer, path};
use crate::{options, refused};
use fetch::{Client, Form, Posted, Why};
use news::Address;
use std::time::Duration;

fn form(address: &str) -> Form {
    let address = Address::read(address).expect("an address");
    let fields = vec![("hub.mode", "subscribe".to_owned()), ("hub.topic", "a b&c=é".to_owned())];
    Form { named_by: Some(address.clone()), address, fields }
}

#[track_caller]
fn failed(posted: Posted) -> (Why, Option<String>, Option<Duration>) {
    match posted {
        Posted::Failed { why, said, retry_after } => (why, said, retry_after),
        other => panic!("not failed: {other:?}"),
    }
}

#[tokio::test]
async fn a_form_arrives_whole_also_where_it_was_moved_to() {
    let server = Server::start(|asked| match path(asked) {
        "/old" => answer(307, "Location: /older\r\n", b""),
        "/older" => answer(308, "Location: /hub\r\n", b""),
        "/hub" => answer(202, "", b""),
        _ => answer(200, "", b"User-agent: *\nDisallow: /"),
    });
    let client = Client::new(options(&[server.place()])).unwrap();
    let posted = client.post(&form(&server.address("/old"))).await;
    assert!(matches!(posted, Posted::Taken), "{posted:?}");
    assert_eq!(server.paths(), ["/old", "/older", "/hub"], "and no robots file is asked");
    for asked in server.seen() {
        assert!(asked.starts_with("POST /"), "{asked}");
        assert!(asked.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
        assert!(
            asked.ends_with("\r\n\r\nhub.mode=subscribe&hub.topic=a+b%26c%3D%C3%A9"),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn what_a_server_says_against_a_form_is_told() {
    let server = Server::start(|asked| match path(asked) {
        "/busy" => answer(503, "Retry-After: 120\r\n", b""),
        "/page" => answer(302, "Location: /elsewhere\r\n", b""),
        _ => answer(400, "Content-Type: text/plain\r\n", b"no such\x07topic\nat all"),
    });
    let client = Client::new(options(&[server.place()])).unwrap();
    let post = async |path: &str| failed(client.post(&form(&server.address(path))).await);
    let (why, said, _) = post("/").await;
    assert_eq!((why, said.as_deref()), (Why::Status(400), Some("no such\u{fffd}topic")));
    assert_eq!(post("/busy").await, (Why::Status(503), None, Some(Duration::from_secs(120))));
    assert_eq!(post("/page").await.0, Why::Status(302), "a form is not made a question");
    assert!(!server.paths().contains(&"/elsewhere".to_owned()));
}

#[tokio::test]
async fn a_private_place_is_handed_nothing() {
    let server = Server::start(|_| answer(202, "", b""));
    let to = server.address("/hub");
    let sender = Server::start(move |_| answer(307, &format!("Location: {to}\r\n"), b""));
    let client = Client::new(options(&[sender.place()])).unwrap();
    for address in [server.address("/hub"), sender.address("/")] {
        match client.post(&form(&address)).await {
            Posted::Refused(why) => assert!(matches!(why, Why::Private { .. }), "{why:?}"),
            other => panic!("{other:?}"),
        }
    }
    let both = Client::new(options(&[sender.place(), server.place()])).unwrap();
    for named_by in [Address::read("https://stranger.example/feed"), None] {
        let form = Form { named_by, ..form(&server.address("/hub")) };
        let posted = both.post(&form).await;
        assert!(matches!(posted, Posted::Refused(Why::Private { .. })), "{posted:?}");
    }
    refused(crate::get(&client, &server.address("/")).await);
    assert!(server.seen().is_empty());
}
