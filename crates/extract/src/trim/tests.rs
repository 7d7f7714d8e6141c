use super::*;
use expect_test::{Expect, expect};

#[track_caller]
fn check(html: &str, expected: Expect) {
    let base = news::Address::read("https://tide.example/a/7").expect("an address");
    let mut body = html::clean(html, Some(&base));
    let authors = ["Ada Strand".to_owned()];
    let known =
        Known { headline: "Frost closes the harbour", authors: &authors, site: Some("The Tide") };
    let dateline = all(&mut body, &known);
    expected.assert_eq(&format!("{dateline:?}\n{}", body.text()));
}

#[test]
fn headline_byline_and_date_are_not_repeated() {
    check(
        "<p>News</p><h1>Frost closes the harbour</h1><p>By Ada Strand</p><p>5 February 2025</p><p>Share</p>\
         <p>The ice came at night.</p>",
        expect![[r#"
            Some("5 February 2025")
            The ice came at night."#]],
    );
}

#[test]
fn invitations_at_the_end_go() {
    check(
        "<p>The ice came at night.</p><p>It stayed a week.</p><h3>Related articles</h3><p>Another thing happened.</p>",
        expect![[r#"
            None
            The ice came at night.
            It stayed a week.
            Related articles
            Another thing happened."#]],
    );
    check(
        "<p>The ice came at night.</p><p>© 2025 The Tide</p><p><a href=/s>Subscribe now</a></p>",
        expect![[r#"
            None
            The ice came at night."#]],
    );
}

#[test]
fn a_link_to_another_article_between_paragraphs_goes() {
    check(
        "<p>The ice came at night.</p><p>Read more: <a href=/b>The last frost</a></p><p>It stayed.</p>",
        expect![[r#"
            None
            The ice came at night.
            It stayed."#]],
    );
}
