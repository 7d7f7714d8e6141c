//! Robots files, redirects and pauses, as cases.

use super::link::{self, Link};
use super::redirect;
use super::robots::{Robots, is_absent, name_of};
use super::{pause, retry_after};
use crate::Why;
use jiff::Timestamp;
use news::{Address, Capture};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

#[track_caller]
fn check(robots: &str, allowed: &[&str], refused: &[&str]) {
    let robots = Robots::read(robots.as_bytes(), "Pressmark");
    let may = |path: &str| {
        let address = format!("https://a.example{path}");
        robots.allows(&Address::read(&address).unwrap())
    };
    for path in allowed {
        assert!(may(path), "{path} should be allowed");
    }
    for path in refused {
        assert!(!may(path), "{path} should be refused");
    }
}

#[test]
fn the_longest_rule_decides() {
    check(
        "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /news/open/not",
        &["/", "/new", "/news/open", "/news/open/a"],
        &["/news", "/newspaper", "/news/a", "/news/open/not"],
    );
    check("user-agent: *\ndisallow: /a\nallow: /a", &["/a"], &[]);
}

#[test]
fn our_own_group_counts_alone() {
    let file = "User-agent: *\nDisallow: /\n\nUser-agent: other\nuser-agent: PRESSMARK/2\n\
                Disallow: /private # not there\n\nUser-agent: pressmark\nDisallow: /also";
    check(file, &["/", "/a"], &["/private/a", "/also"]);
    check("User-agent: pressmarker\nDisallow: /", &["/a"], &[]);
    check("User-agent: pressmark\nDisallow:\n\nUser-agent: *\nDisallow: /", &["/a"], &[]);
    check("Disallow: /before-any-group", &["/before-any-group"], &[]);
}

#[test]
fn wildcards_and_ends() {
    check(
        "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/print/\nDisallow: /*?*page=\nDisallow: *end$",
        &["/a.pdf?x", "/print/", "/a?sort=1", "/end/"],
        &["/a.pdf", "/x/y.pdf", "/a/b/print/c", "/a?sort=1&page=2", "/the-end"],
    );
    check("User-agent: *\nDisallow: /a$b\nDisallow: /c$", &["/c/", "/a"], &["/a$b", "/c"]);
    check("User-agent: *\nDisallow: /", &["/robots.txt"], &["/", "/robots.txt/"]);
}

#[test]
fn paths_are_compared_in_one_form() {
    check(
        "User-agent: *\nDisallow: /新闻/\nDisallow: /%7Euser/\nDisallow: /a%2fb",
        &["/a/b"],
        &["/%e6%96%b0%e9%97%bb/1", "/~user/x", "/a%2Fb"],
    );
}

#[test]
fn odd_files_ask_nothing() {
    check("<!doctype html><title>Disallow: /</title>", &["/a"], &[]);
    check("\u{feff}User-agent: *\r\nDisallow: /a\r\n", &["/"], &["/a"]);
    check("User-agent: *\rDisallow: /a\r", &["/"], &["/a"]);
    check("User-agent: *\nSitemap: x\nDisallow: /a\nDisallow: %", &["/%"], &["/a"]);
    check("", &["/"], &[]);
}

#[test]
fn a_crawl_delay_is_read_where_it_is_a_number() {
    let delay = |value: &str| {
        let file = format!("User-agent: *\nCrawl-delay: {value}");
        Robots::read(file.as_bytes(), "Pressmark").crawl_delay
    };
    assert_eq!(delay("2.5"), Some(Duration::from_millis(2_500)));
    assert_eq!(delay("1e300"), Some(DAY));
    for wrong in ["-1", "NaN", "inf", "soon", ""] {
        assert_eq!(delay(wrong), None, "{wrong}");
    }
}

#[test]
fn sitemaps_belong_to_no_group() {
    let file = "Sitemap: https://a.example/all.xml\nUser-agent: other\nDisallow: /\n\
                site-map: /news.xml # today\nsitemap:\nSITEMAP: https://a.example/all.xml\n\
                User-agent: *\nDisallow: /b";
    let robots = Robots::read(file.as_bytes(), "Pressmark");
    assert_eq!(robots.sitemaps, ["https://a.example/all.xml", "/news.xml"]);
    check(file, &["/a"], &["/b"]);
    let long = format!("Sitemap: /{}\n", "x".repeat(9_000));
    let many: String = (0..100).map(|number| format!("Sitemap: /{number}\n")).collect();
    let robots = Robots::read((long + &many).as_bytes(), "Pressmark");
    assert_eq!((robots.sitemaps.len(), robots.sitemaps[0].as_str()), (64, "/0"));
    assert!(robots.bytes_len() > 64);
}

#[test]
fn a_hostile_file_is_read_in_good_time() {
    let file = "User-agent: *\n".to_owned() + &"Disallow: /*a*a*a*a*a*a*a*a*b\n".repeat(16_000);
    let path = format!("/{}", "a".repeat(8_000));
    check(&file, &[&path], &[]);
}

#[test]
fn no_file_is_not_the_same_as_no_answer() {
    assert!(is_absent(404) && is_absent(401) && is_absent(410));
    assert!(!is_absent(500) && !is_absent(503) && !is_absent(429));
    assert_eq!(name_of("Pressmark/0.1 (+https://a.example)"), Some("Pressmark"));
    assert_eq!(name_of("1/2"), None);
}

#[test]
fn a_redirect_is_followed_with_care() {
    let seen = [Address::read("http://a.example/x/y?z").unwrap()];
    let next = |location: &[u8]| redirect::next(&seen, 302, Some(location), 10);
    let to = |location: &[u8]| next(location).map(|to| to.to_string());
    assert_eq!(to(b"../b#c"), Ok("http://a.example/b".to_owned()));
    assert_eq!(to(b"//u:p@b.example/"), Ok("http://b.example/".to_owned()));
    assert_eq!(to("/新".as_bytes()), Ok("http://a.example/%E6%96%B0".to_owned()));
    assert_eq!(to(b"/\xe9"), Ok("http://a.example/%E9".to_owned()));
    assert_eq!(next(b"?z"), Err(Why::RedirectLoop));
    assert_eq!(next(b"file:///etc/passwd"), Err(Why::Scheme("file".to_owned())));
    assert_eq!(next(b"http://"), Err(Why::RedirectUnreadable("http://".to_owned())));
    assert!(matches!(next(&[b'a'; 9_000]), Err(Why::TooBig { .. })));
    assert_eq!(redirect::next(&seen, 301, None, 10), Err(Why::RedirectNowhere(301)));
    let last = redirect::next(&seen, 302, Some(b"/b"), 0);
    assert_eq!(last, Err(Why::TooMany { what: "redirects", max: 0 }));
}

#[test]
fn a_form_is_sent_on_by_two_answers_alone() {
    let on = |status: &u16| redirect::is_redirect_with_form(*status);
    assert_eq!([301, 302, 303, 307, 308].iter().filter(|s| on(s)).count(), 2);
    let [plain, secure] = ["http://a.example/", "https://a.example/"];
    let exposes = |from: &str, to: &str| {
        redirect::exposes(&Address::read(from).unwrap(), &Address::read(to).unwrap())
    };
    assert!(exposes(secure, plain));
    assert!(!exposes(secure, secure) && !exposes(plain, plain) && !exposes(plain, secure));
}

#[track_caller]
fn check_links(header: &str, expected: &[(&str, &[&str])]) {
    let link = |(target, relations): &(&str, &[&str])| Link {
        target: target.to_string(),
        relations: relations.iter().map(|relation| relation.to_string()).collect(),
    };
    assert_eq!(link::read(header), expected.iter().map(link).collect::<Vec<_>>(), "{header}");
}

#[test]
fn links_are_read_as_people_write_them() {
    check_links(
        "<https://hub.example/>; rel=\"hub\", <https://a.example/feed>; rel=\"self\"",
        &[("https://hub.example/", &["hub"]), ("https://a.example/feed", &["self"])],
    );
    check_links("<h>;rel=hub,<s>;REL='x';rel=\"no\"", &[("h", &["hub"]), ("s", &["'x'"])]);
    check_links("< /a,b >; rel = \"Self  alternate\" ;type=x", &[("/a,b", &["self", "alternate"])]);
    check_links(
        "<a>; title=\"one, two; <b>; \\\"rel=hub\\\"\"; rel=next, <c>; rel=hub",
        &[("a", &["next"]), ("c", &["hub"])],
    );
    check_links("<a>; rel=\"first\"; rel=\"hub\"", &[("a", &["first"])]);
    check_links("<a>; rel=hub; anchor=\"/other\", <b>", &[("b", &[])]);
}

#[test]
fn what_is_no_link_is_passed_over() {
    for nothing in ["", ",,;", "a; rel=hub", "<never closed; rel=hub", ">;rel=hub"] {
        check_links(nothing, &[]);
    }
    check_links("<a>; rel=\"hub", &[("a", &["hub"])]);
    assert_eq!(link::read(&"<a>; rel=hub,".repeat(10_000)).len(), 64);
}

#[test]
fn a_link_leads_from_where_it_stood() {
    let head = "HTTP/1.1 200 OK\r\nLink: </feed>; rel=self\r\nlink: <//hub.example>; rel=hub, \
                <mailto:a@b.example>; rel=hub, <https://Hub.example>; rel=hub, <hub2>; rel=hub\r\n\r\n";
    let capture = Capture {
        address: Address::read("https://a.example/news/").unwrap(),
        at: Timestamp::UNIX_EPOCH,
        took_ms: 0,
        status: 200,
        request_head: Vec::new(),
        response_head: head.as_bytes().to_vec(),
        content_type: String::new(),
        payload: Vec::new(),
        body: Vec::new(),
        peer: String::new(),
        hops: Vec::new(),
    };
    assert_eq!(link::find(&capture, "self"), ["https://a.example/feed"]);
    let hubs = ["https://hub.example/", "https://Hub.example", "https://a.example/news/hub2"];
    assert_eq!(link::find(&capture, "hub"), hubs);
}

#[test]
fn a_retry_after_is_clamped() {
    let now: Timestamp = "2024-07-03T14:22:35Z".parse().unwrap();
    let read = |header: &str| retry_after(header, now, DAY);
    assert_eq!(read("120"), Some(Duration::from_secs(120)));
    assert_eq!(read("Wed, 03 Jul 2024 14:23:35 GMT"), Some(Duration::from_secs(60)));
    assert_eq!(read("3155760000"), Some(DAY));
    assert_eq!(read(&"9".repeat(30)), Some(DAY));
    assert_eq!(read("Thu, 31 Dec 9998 23:59:59 GMT"), Some(DAY));
    for nothing in ["", "0", "-5", "soon", "Wed, 03 Jul 2024 14:21:35 GMT", &"9".repeat(65)] {
        assert_eq!(read(nothing), None, "{nothing}");
    }
}

#[test]
fn a_host_is_left_alone_between_requests() {
    let gap = Duration::from_secs(2);
    assert_eq!(pause(gap, None), Duration::ZERO);
    assert_eq!(pause(gap, Some(Duration::from_millis(500))), Duration::from_millis(1_500));
    assert_eq!(pause(gap, Some(DAY)), Duration::ZERO);
}
