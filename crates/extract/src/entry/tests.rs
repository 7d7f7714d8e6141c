use super::*;
use news::{Content, Media, Text};

fn entry() -> Entry {
    let html = |value: &str| Text { value: value.to_owned(), kind: TextKind::Html };
    Entry {
        title: Some(html("Frost &amp; thaw")),
        link: Some("/a/7".to_owned()),
        summary: Some(html("The harbour is closed.")),
        content: vec![Content {
            value: "<p>The ice came at night.</p><p>It stayed.</p>".to_owned(),
            kind: "text/html".to_owned(),
            ..Content::default()
        }],
        media: vec![Media {
            url: "/p.jpg".to_owned(),
            medium: Some("image".to_owned()),
            ..Media::default()
        }],
        ..Entry::default()
    }
}

fn read(entry: &Entry) -> Option<Article> {
    let base = Address::read("https://tide.example/feed").expect("an address");
    from_entry(entry, &Listing::default(), &base)
}

#[test]
fn a_listing_alone_gives_an_article() {
    let article = read(&entry()).expect("an article");
    assert_eq!(article.headline, "Frost & thaw");
    assert_eq!(article.address.as_str(), "https://tide.example/a/7");
    assert_eq!(article.body.text(), "The ice came at night.\nIt stayed.");
    assert_eq!(article.deck.as_deref(), Some("The harbour is closed."));
    assert_eq!(article.lead.expect("a picture").address.as_str(), "https://tide.example/p.jpg");
}

#[test]
fn a_summary_is_the_body_where_there_is_no_content() {
    let article = read(&Entry { content: Vec::new(), ..entry() }).expect("an article");
    assert_eq!(article.body.text(), "The harbour is closed.");
    assert_eq!(article.deck, None);
}

#[test]
fn without_words_or_an_address_there_is_none() {
    assert_eq!(read(&Entry { title: None, summary: None, content: Vec::new(), ..entry() }), None);
    assert_eq!(read(&Entry { link: None, ..entry() }), None);
}

#[test]
fn an_entry_without_a_title_is_headed_by_its_first_words() {
    let article = read(&Entry { title: None, ..entry() }).expect("an article");
    assert_eq!(article.headline, "The ice came at night.");
    let long = Text { value: "ice ".repeat(40), kind: TextKind::Plain };
    let entry = Entry { title: None, content: Vec::new(), summary: Some(long), ..entry() };
    let headline = read(&entry).expect("an article").headline;
    assert!(headline.ends_with("ice…") && headline.chars().count() < 82, "{headline}");
}

#[test]
fn a_publication_is_not_its_own_author() {
    let person = |name: &str| news::Person { name: Some(name.to_owned()), ..Default::default() };
    let title = Text { value: "The Tide".to_owned(), kind: TextKind::Plain };
    let listing = Listing { title: Some(title), ..Listing::default() };
    let base = Address::read("https://tide.example/feed").expect("an address");
    let signed = |name| Entry { authors: vec![person(name)], ..entry() };
    let authors = |name| from_entry(&signed(name), &listing, &base).expect("an article").authors;
    assert!(authors("The Tide").is_empty());
    assert_eq!(authors("Ann Reed"), ["Ann Reed"]);
}
