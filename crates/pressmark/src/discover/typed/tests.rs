use super::read;

#[track_caller]
fn check(typed: &str, expected: &[&str]) {
    let found = read(typed).unwrap_or_default();
    assert_eq!(found.iter().map(|address| address.as_str()).collect::<Vec<_>>(), expected);
}

#[track_caller]
fn check_wrong(typed: &str, expected: &str) {
    assert_eq!(read(typed), Err(expected.to_owned()));
}

#[test]
fn a_scheme_may_be_left_out() {
    let both = ["https://sea.news.example/zh", "http://sea.news.example/zh"];
    check(" sea.news.example/zh ", &both);
    check("news.example:8080", &["https://news.example:8080/", "http://news.example:8080/"]);
    check("localhost:8080/x", &["https://localhost:8080/x", "http://localhost:8080/x"]);
    check("http://news.example", &["http://news.example/"]);
    check("https:news.example", &["https://news.example/"]);
    check("https:/news.example", &["https://news.example/"]);
    check("http://https://news.example/a", &["https://news.example/a"]);
    check("127.0.0.1", &["https://127.0.0.1/", "http://127.0.0.1/"]);
}

#[test]
fn a_domain_is_tried_with_www_and_without() {
    check(
        "news.example/a?b",
        &[
            "https://news.example/a?b",
            "http://news.example/a?b",
            "https://www.news.example/a?b",
            "http://www.news.example/a?b",
        ],
    );
    check(
        "www.quay.co.uk",
        &[
            "https://www.quay.co.uk/",
            "http://www.quay.co.uk/",
            "https://quay.co.uk/",
            "http://quay.co.uk/",
        ],
    );
    assert_eq!(read("quay.co.uk").unwrap()[2].as_str(), "https://www.quay.co.uk/");
}

#[test]
fn a_feed_readers_scheme_is_understood() {
    let both = ["https://news.example/rss", "http://news.example/rss"];
    for scheme in ["feed", "rss", "podcast", "pcast", "itpc", "Feed", "web+feed"] {
        check(&format!("{scheme}://news.example/rss"), &both);
        check(&format!("{scheme}:https://news.example/rss"), &both[..1]);
    }
    check("feed:http://news.example/rss", &both[1..]);
    check("feed:sea.news.example", &["https://sea.news.example/", "http://sea.news.example/"]);
    check("view-source:https://news.example/rss", &both[..1]);
}

#[test]
fn what_stands_around_an_address_is_taken_off() {
    for typed in [
        "<https://news.example/a>",
        "\"https://news.example/a\"",
        "'https://news.example/a'",
        "“https://news.example/a”",
        "「https://news.example/a」",
        "(https://news.example/a).",
        "[The News](https://news.example/a)",
        "\u{202a}https://news.example/a\u{202c}",
        "Have you read https://news.example/a, by the way?",
        "这是网址：https://news.example/a，请看。",
        "URL:https://news.example/a",
        "The News\nhttps://news.example/a\n",
        "https://news.example/a and again https://news.example/a!",
        "https:// is missing in https://news.example/a",
    ] {
        check(typed, &["https://news.example/a"]);
    }
    check("https://news.example/a_(b)", &["https://news.example/a_(b)"]);
    check(
        "https://news.example/?u=https://b.example",
        &["https://news.example/?u=https://b.example"],
    );
    check(
        "please follow sea.news.example, thanks e.g. now",
        &["https://sea.news.example/", "http://sea.news.example/"],
    );
}

#[test]
fn a_name_may_be_written_in_any_script() {
    check("https://新闻.example/最新", &["https://xn--efvy88h.example/%E6%9C%80%E6%96%B0"]);
    assert_eq!(read("Bücher.example").unwrap()[0].as_str(), "https://xn--bcher-kva.example/");
    assert_eq!(read("新闻。example").unwrap()[0].as_str(), "https://xn--efvy88h.example/");
}

#[test]
fn what_is_no_address_is_said_to_be_none() {
    check_wrong(
        "mailto:a@news.example",
        "`mailto:a@news.example` is no address of a site: http and https are followed",
    );
    check_wrong(
        "htp://news.example/a",
        "`htp://news.example/a` is no address of a site: http and https are followed; did you mean \
         `http://news.example/a`?",
    );
    check_wrong(
        "news.example or b.example",
        "there are several addresses in it: add https://news.example/ and https://b.example/ apart",
    );
    check_wrong("write to a@news.example", "`write to a@news.example` names no site to follow");
    check_wrong(" ", "`` names no site to follow");
    for typed in ["javascript:alert", "ftp://news.example", "a@news.example", "https://", "://"] {
        check(typed, &[]);
    }
}
