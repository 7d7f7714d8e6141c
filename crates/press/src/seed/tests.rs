use super::{Options, file_name, print};
use crate::markdown::tests::example;
use expect_test::{Expect, expect};
use news::{Address, Article, Block, Body, Pressmark, Span, Timestamp};

fn article() -> Article {
    Article { deck: None, authors: Vec::new(), ..example() }
}

#[track_caller]
fn check(a: &Article, expected: Expect) {
    expected.assert_eq(&print(a, Timestamp::UNIX_EPOCH, &Options::default()));
}

#[test]
fn an_article_is_one_long_line_below_its_head() {
    check(
        &article(),
        expect![[r#"
            <!--1719988744000-->
            [Bridge \*opens\*](https://a.example/story?a=1&b=2)
            ------

            <div><i>Wed, 03 Jul 2024 06:39:04 GMT</i></div><img src="https://images.weserv.nl?url=a.example/b.jpg" width="100%"><div><small style="color: #999;">The bridge.</small></div><p>It opened.</p><hr/><p>It closed.</p>
        "#]],
    );
}

#[test]
fn the_title_and_the_address_hold_as_a_link() {
    let mut a = article();
    a.headline = "[独家] a] `b`\nc".to_owned();
    a.address = Address::read("https://a.example/b)c").expect("an address");
    a.published = None;
    a.lead = None;
    a.body = Body::default();
    check(
        &a,
        expect![[r"
            <!--0-->
            [\[独家\] a\] \`b\` c](https://a.example/b\)c)
            ------

            <div><i>Thu, 01 Jan 1970 00:00:00 GMT</i></div>
        "]],
    );
}

#[test]
fn a_picture_s_query_is_part_of_its_address() {
    let mut a = article();
    let lead = a.lead.as_mut().expect("a lead");
    lead.address = Address::read("https://a.example/b%20c.jpg?w=1&h=2#d").expect("an address");
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    let source = "<img src=\"https://images.weserv.nl?url=a.example/b%2520c.jpg%3Fw=1%26h=2%23d\" ";
    assert!(text.contains(source), "{text}");
    let own = Options { picture_base: String::new() };
    let text = print(&a, Timestamp::UNIX_EPOCH, &own);
    assert!(text.contains("<img src=\"https://a.example/b%20c.jpg?w=1&amp;h=2#d\" "), "{text}");
}

#[test]
fn a_date_line_is_kept_and_a_place_is_text() {
    let mut a = article();
    a.dateline = Some("2024-07-03T14:22:35Z".to_owned());
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    assert!(text.contains("\n<div><i>2024-07-03T14:22:35Z</i></div><img"), "{text}");
    a.dateline = Some("BERLIN".to_owned());
    a.deck = Some("A & B".to_owned());
    a.authors = vec!["Ann Lee".to_owned()];
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    assert!(text.contains("\n<div><i>Wed, 03 Jul 2024 06:39:04 GMT</i></div><img"), "{text}");
    assert!(text.contains("</div><p><strong>A &amp; B</strong></p><p>BERLIN</p><p>It"), "{text}");
    assert!(text.ends_with("</p><address>Ann Lee</address>\n"), "{text}");
}

#[test]
fn a_picture_without_tls_says_so() {
    let mut a = article();
    let lead = a.lead.as_mut().expect("a lead");
    lead.address = Address::read("http://a.example/b.jpg").expect("an address");
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    assert!(text.contains("?url=http://a.example/b.jpg\" "), "{text}");
}

#[test]
fn a_film_has_the_lead_as_its_poster() {
    let mut a = article();
    let film = Block::Embed {
        address: Address::read("https://v.example/c.mp4?a=1&b=2").expect("an address"),
        title: String::new(),
    };
    a.body.blocks.insert(0, film);
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    let video = "</i></div><video poster=\"https://images.weserv.nl?url=a.example/b.jpg\" \
                 src=\"https://v.example/c.mp4?a=1&amp;b=2\" style=\"width:100%\" controls>\
                 </video><div><small style=\"color: #999;\">The bridge.</small></div><p>It";
    assert!(text.contains(video), "{text}");
}

#[test]
fn code_stays_on_the_line_and_keeps_its_own() {
    let mut a = article();
    let code = Block::Code { language: None, text: "a\n\n>b".to_owned() };
    a.body.blocks = vec![code, Block::Paragraph(vec![Span::text("c\nd")])];
    let text = print(&a, Timestamp::UNIX_EPOCH, &Options::default());
    assert!(text.ends_with("<pre><code>a&#10;&#10;&gt;b</code></pre><p>c d</p>\n"), "{text}");
    assert_eq!(text.lines().count(), 5);
}

#[test]
fn a_file_is_named_by_its_pressmark() {
    assert_eq!(file_name(&Pressmark::of("a.example/story")), "2mg0caqqnq.md");
}
