use super::Outline;
use crate::Address;

#[track_caller]
fn feed(attributes: &[(&str, &str)], expected: Option<&str>) {
    let found = Outline::of(attributes).feed();
    assert_eq!(found.as_ref().map(Address::as_str), expected);
}

#[test]
fn a_feed_is_found_however_its_attribute_is_spelt() {
    let wanted = Some("https://harbour.example/feed");
    for name in ["xmlUrl", "xmlurl", "xmlURL", "XMLURL", "url"] {
        feed(&[("text", "Harbour"), (name, " https://harbour.example/feed ")], wanted);
    }
    feed(&[("type", "rss"), ("url", "https://harbour.example/feed")], wanted);
    feed(&[("xmlUrl", "feed:https://harbour.example/feed")], wanted);
    feed(&[("xmlUrl", "feed://harbour.example/feed")], Some("http://harbour.example/feed"));
}

#[test]
fn what_points_elsewhere_is_no_feed() {
    feed(&[("type", "link"), ("url", "https://harbour.example/")], None);
    feed(&[("type", "Include"), ("url", "https://harbour.example/list.opml")], None);
    feed(&[("text", "Folder"), ("xmlUrl", " ")], None);
    feed(&[("text", "Notes"), ("htmlUrl", "https://harbour.example/")], None);
    let typo = Outline::of(&[("xmlUrl", "harbour dot example")]);
    assert_eq!((typo.feed_as_written(), typo.feed()), (Some("harbour dot example"), None));
}

#[test]
fn a_name_is_its_text_or_its_title_on_one_line() {
    assert_eq!(Outline::of(&[("title", "B"), ("text", "A")]).text(), "A");
    assert_eq!(Outline::of(&[("text", " "), ("TITLE", "Sea\n air")]).text(), "Sea air");
    assert_eq!(Outline::default().text(), "");
}

#[test]
fn an_outline_follows_its_feed_and_is_else_left_as_written() {
    let mut outline = Outline::of(&[("text", "A"), ("xmlURL", "HTTP://harbour.example/feed")]);
    let before = outline.clone();
    outline.follow(&Address::read("http://harbour.example/feed").unwrap());
    assert_eq!(outline, before);
    outline.follow(&Address::read("https://harbour.example/feed").unwrap());
    let moved = ("xmlURL".to_owned(), "https://harbour.example/feed".to_owned());
    assert_eq!(outline.attributes[1], moved);
}
