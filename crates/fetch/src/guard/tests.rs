//! What may be dialled and what may not.

use super::{Trust, answer, check_place, is_public, ports, read_address};
use crate::Why;
use news::Address;
use serde_json::{Value, json};

fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

#[test]
fn only_the_public_internet_is_public() {
    let public = |text: &str| is_public(text.parse().unwrap());
    for inside in [
        "0.0.0.0",
        "10.255.0.1",
        "100.127.255.255",
        "127.8.9.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.0.1",
        "198.19.255.255",
        "224.0.0.251",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:93.184.215.14",
        "::127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::",
        "2001:0:4136:e378::",
        "2001:db8::1",
        "3fff:fff::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "100::1",
        "5f00::1",
        "ff02::1",
        "4000::1",
    ] {
        assert!(!public(inside), "{inside}");
    }
    for outside in [
        "1.1.1.1",
        "9.255.255.255",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:2800:21f::1",
        "3ffe::1",
        "3fff:1000::1",
    ] {
        assert!(public(outside), "{outside}");
    }
}

#[test]
fn names_are_judged_without_a_resolver() {
    for inside in ["localhost", "x.LOCALHOST.", "nas.local", "router", "a.home.arpa", "127.1"] {
        let refused = check_place(&address(&format!("http://{inside}/")));
        assert!(matches!(refused, Err(Why::Private { .. })), "{inside}");
    }
    for outside in ["a.example", "mylocal.example", "notlocal.net.", "1.1.1.1", "lan.example"] {
        assert_eq!(check_place(&address(&format!("http://{outside}/"))), Ok(()), "{outside}");
    }
}

#[test]
fn ports_of_other_services_are_refused() {
    for taken in [0, 22, 25, 81, 993, 1023, 2375, 3306, 5432, 6379, 6667, 9200, 11211, 27017] {
        assert!(!ports::may_serve_news(taken), "{taken}");
    }
    for free in [80, 443, 1024, 1200, 3000, 4000, 8000, 8080, 8088, 8443, 8888, 9000, 65535] {
        assert!(ports::may_serve_news(free), "{free}");
    }
}

#[test]
fn trust_is_for_one_host_and_port() {
    let trust = Trust::read(&["192.168.1.20:1200".into(), "NAS.local:80".into(), "[::1]:9".into()]);
    let trust = trust.unwrap();
    for held in [
        "http://192.168.1.20:1200/x",
        "https://nas.local:80",
        "http://nas.local.",
        "http://[::1]:9",
    ] {
        assert!(trust.holds(&address(held)), "{held}");
    }
    for not in ["http://192.168.1.20/", "http://192.168.1.21:1200/", "https://nas.local/"] {
        assert!(!trust.holds(&address(not)), "{not}");
    }
    for wrong in ["192.168.1.20", "a:b:c", "", "http://a:80", "a:80/x", "a:99999"] {
        assert!(Trust::read(&[wrong.to_owned()]).is_err(), "{wrong}");
    }
}

#[test]
fn feed_addresses_are_read_as_people_write_them() {
    let read = |text: &str| read_address(text).map(|address| address.to_string());
    assert_eq!(read("feed://a.example/x").as_deref(), Some("http://a.example/x"));
    assert_eq!(read("FEED:https://a.example/x").as_deref(), Some("https://a.example/x"));
    assert_eq!(read(" podcast://a.example").as_deref(), Some("http://a.example/"));
    for wrong in ["feed:", "feed:file:///etc/passwd", "feed:feed:http://a.example", "a.example"] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

#[track_caller]
fn check(row: Value, expected: Value) {
    let answer: Value = serde_json::from_str(&answer(&row.to_string())).unwrap();
    assert_eq!(answer, expected);
}

#[test]
fn a_row_is_judged_by_the_client_itself() {
    check(
        json!({ "id": 1, "url": "http://u:p@a.test/x", "dns": [["127.0.0.1", "1.1.1.1"], ["::1"]] }),
        json!({ "id": 1, "verdict": "allow", "connect": ["1.1.1.1"], "url": "http://a.test/x" }),
    );
    check(
        json!({ "id": 2, "url": "http://a.test/", "redirect_to": "http://b.test/" }),
        json!({
            "id": 2, "verdict": "allow", "url": "http://a.test/",
            "connect": ["93.184.215.14", "93.184.215.14"],
        }),
    );
    let trusted = json!(["a.test:80"]);
    check(
        json!({ "id": 5, "url": "http://a.test/", "dns": [["10.0.0.5"]], "allow": trusted }),
        json!({ "id": 5, "verdict": "allow", "connect": ["10.0.0.5"], "url": "http://a.test/" }),
    );
    let private = |what| {
        let why = format!("`{what}` leads to 10.0.0.5, which is not a public address");
        json!({ "id": 3, "verdict": "block", "why": why })
    };
    check(
        json!({ "id": 3, "url": "http://a.test/", "redirect_to": "//10.0.0.5/" }),
        private("10.0.0.5"),
    );
    check(json!({ "id": 3, "url": "http://a.test/", "dns": [["10.0.0.5"]] }), private("a.test"));
    let refused = |why| json!({ "id": 4, "verdict": "reject-url", "why": why });
    check(json!({ "id": 4, "url": "file:///" }), refused("it is no http(s) address"));
}
