use super::{Feed, Standing, all};
use news::{Opml, Outline};

fn feeds(outlines: Vec<Outline>) -> Vec<Feed> {
    all(&Opml { outlines, ..Opml::default() })
}

fn folder(name: &str, children: Vec<Outline>) -> Outline {
    Outline { children, ..Outline::of(&[("text", name)]) }
}

#[test]
fn a_feed_in_two_folders_is_one() {
    let quay = |address: &str| Outline::of(&[("text", "Quay"), ("xmlUrl", address)]);
    let found = feeds(vec![
        quay("https://quay.example/feed"),
        folder("News", vec![folder("Far", vec![quay("http://www.quay.example/feed/")])]),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line(), "+ Quay · News › Far › Quay  https://quay.example/feed  new");
}

#[test]
fn what_has_no_address_is_shown_and_is_no_feed() {
    let found = feeds(vec![Outline::of(&[("text", "Typo"), ("xmlUrl", "quay dot example")])]);
    let expected = "its address is not one of the web (http or https)".to_owned();
    assert_eq!(found[0].standing, Standing::NoFeed(expected));
    assert_eq!(found[0].as_json()["feed"], "quay dot example");
}

#[test]
fn a_source_is_called_after_its_site() {
    let outline = [
        ("text", "The  Quay"),
        ("xmlUrl", "https://feeds.example/quay"),
        ("htmlUrl", "https://www.quay.example/news"),
        ("language", "unknown"),
    ];
    let source = feeds(vec![Outline::of(&outline)])[0].source();
    assert_eq!((source.name.as_str(), source.title.as_str()), ("quay", "The Quay"));
    assert_eq!(source.site.as_str(), "https://www.quay.example/news");
    assert_eq!(source.language, None);

    let nameless = feeds(vec![Outline::of(&outline[1..2])]).remove(0);
    assert_eq!(nameless.line(), "+ feeds.example  https://feeds.example/quay  new");
    let source = nameless.source();
    assert_eq!((source.name.as_str(), source.title.as_str()), ("feeds", "feeds.example"));
    assert_eq!(source.site.as_str(), "https://feeds.example/");
}
