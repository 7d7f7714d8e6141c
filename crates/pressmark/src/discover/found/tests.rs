use super::Found;
use crate::discover::choice::{Choice, Kind};
use news::{Address, Form};

fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

/// A feed of ten articles, whose pages are numbered from `first`.
fn feed(at: &str, first: usize) -> Choice {
    let page = |number: usize| format!("harbour.example/{number}");
    Choice {
        form: Form::Rss,
        entries_len: 10,
        pages: (first..first + 10).map(page).collect(),
        preview: (first..first + 3).map(|number| format!("headline {number}")).collect(),
        kind: Kind::Articles,
        has_text: true,
        ..Choice::unread(address(&format!("https://harbour.example{at}")), "")
    }
}

fn listing(form: Form, at: &str) -> Choice {
    Choice { form, ..feed(at, 100) }
}

fn paths<'a>(addresses: impl IntoIterator<Item = &'a Address>) -> Vec<&'a str> {
    addresses.into_iter().map(|address| address.as_url().path()).collect()
}

#[track_caller]
fn check(pasted: &str, choices: Vec<Choice>, expected: &[&str]) -> Found {
    let site = address("https://harbour.example/");
    let pasted = (!pasted.is_empty()).then(|| address(pasted));
    let found = Found::new(site, pasted.as_ref(), choices);
    assert_eq!(paths(found.choices.iter().map(|choice| &choice.address)), expected);
    found
}

#[test]
fn what_a_reader_wants_comes_first() {
    let comments = Choice { kind: Kind::Comments, ..feed("/comments", 40) };
    let pages = Choice { kind: Kind::Pages, ..listing(Form::Sitemap, "/all.xml") };
    let empty =
        Choice { entries_len: 0, pages: Vec::new(), preview: Vec::new(), ..feed("/empty", 0) };
    check(
        "",
        vec![
            comments,
            pages,
            empty,
            listing(Form::Section, "/"),
            listing(Form::Sitemap, "/news.xml"),
            Choice { has_text: false, ..feed("/titles", 20) },
            Choice { kind: Kind::Recordings, ..feed("/heard", 60) },
            feed("/feed", 0),
        ],
        &["/feed", "/titles", "/heard", "/news.xml", "/", "/all.xml", "/empty", "/comments"],
    );
}

#[test]
fn who_pastes_a_section_wants_its_feed() {
    let choices =
        || vec![feed("/feed", 0), feed("/rss/sport.xml", 20), feed("/rss/transport.xml", 40)];
    let sport = ["/rss/sport.xml", "/feed", "/rss/transport.xml"];
    check("https://harbour.example/news/sport/", choices(), &sport);
    check("https://harbour.example/sport.html", choices(), &sport);
    check("", choices(), &["/feed", "/rss/sport.xml", "/rss/transport.xml"]);
    let own_word =
        Choice { site: Some(address("http://www.harbour.example/boats/")), ..feed("/7", 60) };
    check("https://harbour.example/boats", vec![feed("/feed", 0), own_word], &["/7", "/feed"]);
}

#[test]
fn what_was_given_up_or_is_anothers_comes_later() {
    let at = |day: &str| format!("{day}T12:00:00Z").parse().ok();
    let old = Choice { newest: at("2019-01-01"), ..feed("/old", 20) };
    let new = Choice { newest: at("2026-11-10"), ..listing(Form::Section, "/") };
    let other = Choice {
        address: address("https://quay.example/feed"),
        pages: vec!["quay.example/1".to_owned()],
        ..feed("/", 40)
    };
    let slow = Choice { newest: at("2019-01-01"), ..feed("/slow", 105) };
    check("", vec![other, old, slow, new], &["/slow", "/", "/old", "/feed"]);
}

#[test]
fn nothing_is_offered_twice() {
    let mut shorter = feed("/rss", 0);
    shorter.pages.truncate(5);
    let mut carried = feed("/carried", 0);
    carried.pages = (0..10).map(|number| format!("carrier.example/{number}")).collect();
    let secure = Choice { address: address("http://www.harbour.example/feed"), ..feed("/", 70) };
    let found = check(
        "",
        vec![feed("/feed", 0), shorter, carried, secure, feed("/sport", 30)],
        &["/feed", "/sport"],
    );
    assert_eq!(
        paths(found.spares(&found.choices[0]).iter().map(|spare| &spare.address)),
        ["/rss", "/carried", "/feed", "/sport"]
    );
}

#[test]
fn what_else_was_found_is_kept() {
    let comments = Choice { kind: Kind::Comments, ..feed("/comments", 40) };
    let news = listing(Form::Sitemap, "/news.xml");
    let found = check(
        "",
        vec![feed("/feed", 0), feed("/sport", 20), comments, news],
        &["/feed", "/sport", "/news.xml", "/comments"],
    );
    let unread = address("https://harbour.example/google-news.xml");
    let known = address("https://harbour.example/news.xml");
    let found = found.with_news_sitemaps(vec![known, unread]);
    let taken = &found.choices[0];
    assert_eq!(paths(found.spares(taken).iter().map(|spare| &spare.address)), ["/sport"]);
    assert_eq!(paths(&found.witnesses(taken)), ["/news.xml", "/google-news.xml"]);
    assert_eq!(paths(&found.witnesses(&found.choices[2])), ["/google-news.xml"]);
}
