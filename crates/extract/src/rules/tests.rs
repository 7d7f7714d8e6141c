use super::*;
use crate::{Hints, Limits, Page};
use expect_test::{Expect, expect};
use news::{Address, Article};
use proptest::prelude::*;

fn read(html: &str, rules: &Rules) -> Reading<Article> {
    let address = Address::read("https://quay.example/a/frost/7.html").expect("an address");
    let page = Page { address: &address, content_type: "text/html", body: html.as_bytes() };
    crate::read(&page, &Hints { rules: Some(rules), ..Hints::default() }, &Limits::default())
}

/// Reads [`PAGE`] by these rules: headline, authors, day, lead, text and notes.
#[track_caller]
fn check(rules: &str, expected: Expect) {
    expected.assert_eq(&told(PAGE, rules));
}

fn told(html: &str, rules: &str) -> String {
    let reading = read(html, &Rules::read(rules).found.expect("rules"));
    let found = reading.found.expect("an article");
    let lead = found.lead.as_ref().map(|lead| lead.address.to_string());
    let day = found.published.as_ref().map(|stamp| stamp.at.to_string());
    let text = found.body.text();
    let mut told =
        format!("{}\nby {:?} at {day:?}, lead {lead:?}\n{text}\n", found.headline, found.authors);
    for note in &reading.notes {
        told += &format!("{}: {} ({})\n", note.kind, note.text, note.place);
    }
    told
}

/// A page that is read well without rules, so that rules can be told from guesses.
const PAGE: &str = r#"<html lang=en><head><title>Frost closes harbour - The Quay</title>
    <meta name=author content="Ada Strand"><meta property=article:published_time content=2025-02-05T08:10:00Z></head>
    <body class=quay-page><nav><a href=/>Home</a></nav><h1>Frost closes harbour</h1>
    <h2 class=real>The week the ferries stood still</h2>
    <p id=who>Told by Olav Berg and Ida Lund</p><p class=when>On 7 March 2025, in the evening</p>
    <article class=story><img class=wide src=/ice.jpg width=800 height=600><p>The ice came at night, and by morning the ferries were fast at the pier.</p>
    <div class=promo-box><p>Our newsletter tells you all about the harbour, every morning, for nothing.</p></div>
    <p>“We have not seen this since my father’s time,” said a <span class=label>NEW</span>fisherman, who gave his name as Olav.</p>
    <p>The harbour office expects the frost to last for another week, perhaps longer.</p></article>
    <section class=reply><p>A reader writes that the ice was thicker in the year of the long winter, and nobody sailed.</p>
    <p>Another one remembers that the ferries were drawn over the ice by horses, which took a day.</p></section>
    <a class=more href=?page=2>Further</a><a class=whole href=/a/frost/7/all.html>All on one page</a>
    <footer>The Quay</footer></body></html>"#;

#[test]
fn rules_say_where_everything_stands() {
    check(
        "# The Quay\n\
         title: //h2[@class='real']\n\
         author: substring-after(//p[@id='who'], 'by ')\n\
         date: //p[@class='when']\n\
         body: //section[@class='reply']\n",
        expect![[r#"
            The week the ferries stood still
            by ["Olav Berg", "Ida Lund"] at Some("2025-03-07T00:00:00Z"), lead Some("https://quay.example/ice.jpg")
            A reader writes that the ice was thicker in the year of the long winter, and nobody sailed.
            Another one remembers that the ferries were drawn over the ice by horses, which took a day.
        "#]],
    );
}

#[test]
fn several_parts_are_one_text_in_the_order_of_the_page() {
    check(
        "body: //nothing\nbody: //section/p[2] | //article | //article/p[1]\nstrip_id_or_class: 'promo'\nstrip: //span[@class='label']",
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"] at Some("2025-02-05T08:10:00Z"), lead Some("https://quay.example/ice.jpg")
            The ice came at night, and by morning the ferries were fast at the pier.
            “We have not seen this since my father’s time,” said a fisherman, who gave his name as Olav.
            The harbour office expects the frost to last for another week, perhaps longer.
            Another one remembers that the ferries were drawn over the ice by horses, which took a day.
        "#]],
    );
}

#[test]
fn what_is_stripped_is_left_out_where_the_text_is_found_in_the_usual_way() {
    check(
        "strip: //section | //span[@class='label']\nstrip_id_or_class: promo-\nstrip_image_src: ice.jpg\nstrip_id_or_class: quay-page",
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"] at Some("2025-02-05T08:10:00Z"), lead None
            The ice came at night, and by morning the ferries were fast at the pier.
            “We have not seen this since my father’s time,” said a fisherman, who gave his name as Olav.
            The harbour office expects the frost to last for another week, perhaps longer.
        "#]],
    );
}

#[test]
fn a_rule_that_finds_nothing_gives_way_and_says_so() {
    check(
        "title: //h4\nbody: //div[@id='text']\nbody: //nav\nauthor: //span[@class='writer']\ndate: //article/p[1]\nstrip: //section | //div",
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"] at Some("2025-02-05T08:10:00Z"), lead Some("https://quay.example/ice.jpg")
            The ice came at night, and by morning the ferries were fast at the pier.
            “We have not seen this since my father’s time,” said a NEWfisherman, who gave his name as Olav.
            The harbour office expects the frost to last for another week, perhaps longer.
            rules-missed: the rules for `title` found nothing here; it was looked for in the usual way (title)
            rules-missed: the rules for `date` found nothing here; it was looked for in the usual way (date)
            rules-missed: the rules for `author` found nothing here; it was looked for in the usual way (author)
            rules-missed: the rules for `body` found nothing here; it was looked for in the usual way (body)
        "#]],
    );
}

#[test]
fn stripping_all_is_stripping_nothing() {
    check(
        "strip: //body\nbody: //article/p[1]",
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"] at Some("2025-02-05T08:10:00Z"), lead Some("https://quay.example/ice.jpg")
            The ice came at night, and by morning the ferries were fast at the pier.
            rules-missed: the rules for `strip` would leave nothing of the page, and nothing was stripped (strip)
        "#]],
    );
}

#[test]
fn further_pages_are_told_where_their_condition_holds() {
    check(
        "body: //article/p[1]\n\
         next_page_link: //a[@class='more']\n\
         if_page_contains: //footer[contains(., 'Quay')]\n\
         single_page_link: //a[@class='whole']/@href\n\
         single_page_link: //a\n\
         if_page_contains: //form\n\
         title: //h2\n\
         if_page_contains: //form\n",
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"] at Some("2025-02-05T08:10:00Z"), lead Some("https://quay.example/ice.jpg")
            The ice came at night, and by morning the ferries were fast at the pier.
            goes-on: the article goes on on another page (https://quay.example/a/frost/7.html?page=2)
            single-page: the whole article stands on another page (https://quay.example/a/frost/7/all.html)
        "#]],
    );
}

#[test]
fn rules_lead_to_no_other_host() {
    let page = "<title>Frost</title><p>The ice came at night.<a href=//other.example/2>Next</a>";
    assert!(!told(page, "next_page_link: //a").contains("other.example"));
    assert!(!told(page, "single_page_link: //a").contains("other.example"));
}

#[test]
fn a_page_is_rewritten_before_it_is_parsed() {
    let page =
        "<title>Frost</title><noscript><p>The ice came at night, it did.</p></noscript><p>Ad";
    let rules = "replace_string(<noscript>): <div class=\"a:b\">\nfind_string: </noscript>\nreplace_string: </div>\nbody: //div[@class='a:b']";
    assert!(told(page, rules).contains("\nThe ice came at night, it did.\n"));
    let rules = Rules::read("replace_string(a): bb").found.expect("rules");
    let mut notes = Vec::new();
    assert_eq!(rules.rewrite("aha".into(), 5, &mut notes), "bbhbb");
    assert!(notes.is_empty());
    assert_eq!(rules.rewrite("aha".into(), 4, &mut notes), "aha");
    assert_eq!(notes[0].kind, "rules-cut");
}

#[test]
fn a_file_is_read_line_by_line() {
    let reading = Rules::read(
        "\u{feff}# tried in March\r\n\r\ntitle: //h1[\nBody : //article\nheadline: //h1\nno directive\n\
         tidy: no\nhttp_header(user-agent): Somebody/1.0\nstrip_attr: //img/@srcset\nstrip: //img/@srcset\n\
         test_url: https://quay.example/a\ntest_contains: ice\nif_page_contains: //a\nfind_string: a\nstrip_id_or_class:\n\
         strip: //nav\nif_page_contains: //[\n",
    );
    let told: Vec<String> = reading
        .notes
        .iter()
        .map(|note| format!("{} {}: {}", note.place, note.kind, note.text))
        .collect();
    expect![[r#"
        line 3 rules-unreadable: `//h1[`: a name is missing before the end
        line 5 rules-unknown: `headline` is no directive
        line 6 rules-unreadable: it is no `directive: value`
        line 7 rules-unused: `tidy`: there is one parser, that of the HTML standard
        line 8 rules-unused: `http_header`: pages are asked for under our own name, with our own headers
        line 9 rules-unused: `strip_attr`: only whole elements are stripped
        line 10 rules-unused: only whole elements are stripped
        line 13 rules-unreadable: it follows no rule that it could belong to
        line 15 rules-unreadable: nothing stands behind it
        line 17 rules-unreadable: `//[`: a name is missing before `[`
        line 14 rules-unreadable: `find_string` and `replace_string` aren't as many"#]]
    .assert_eq(&told.join("\n"));
    let rules = reading.found.expect("rules");
    assert_eq!(rules.rules.len(), 1);
    assert_eq!(rules.tests[0].contains, ["ice"]);
    let empty = Rules::read("# nothing yet\n");
    assert_eq!((empty.found, empty.notes[0].kind.as_ref()), (None, "rules-empty"));
}

#[test]
fn files_have_limits() {
    let many = "strip: //nav\n".repeat(RULES_MAX + 5);
    let reading = Rules::read(&many);
    assert_eq!(reading.found.map(|rules| rules.rules.len()), Some(RULES_MAX));
    assert_eq!((reading.notes.len(), reading.notes[0].kind.as_ref()), (5, "rules-cut"));
    let many = "replace_string(a): b\n".repeat(REPLACEMENTS_MAX + 1);
    assert_eq!(Rules::read(&many).notes[0].place, format!("line {}", REPLACEMENTS_MAX + 1));
    let long = "# é\n".repeat(FILE_BYTES_MAX);
    assert_eq!(Rules::read(&long).notes[0].kind, "rules-cut");
}

#[test]
fn rules_that_take_too_long_are_given_up_and_told() {
    let page = format!("<title>Frost</title>{}", "<p><i>ice</i></p>".repeat(5_000));
    let rules = "strip: //*[count(//*) > 1]\ntitle: //title\nbody: //p";
    let told = told(&page, rules);
    assert_eq!(told.matches("rules-cut").count(), 1, "{told}");
    assert!(told.contains("(line 1)"), "{told}");
}

#[test]
fn the_nearest_file_is_for_a_host() {
    assert_eq!(
        file_names("www.Sport.Quay.example."),
        ["sport.quay.example.txt", ".sport.quay.example.txt", ".quay.example.txt", ".example.txt"]
    );
    assert_eq!(file_names("[::1]"), Vec::<String>::new());
    assert_eq!(file_names("../quay"), Vec::<String>::new());
    assert!(file_names(&"a.".repeat(100)).len() <= LABELS_MAX + 1);
}

/// Lines that are rules more often than not.
fn lines() -> impl Strategy<Value = String> {
    let directive = prop::sample::select(vec![
        "title",
        "body",
        "date",
        "author",
        "strip",
        "strip_id_or_class",
        "strip_image_src",
        "single_page_link",
        "next_page_link",
        "if_page_contains",
        "find_string",
        "replace_string",
        "replace_string(<p>)",
        "test_contains",
        "tidy",
        "http_header(a)",
        "",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "//p",
            "//article",
            "//*",
            "//text()",
            "//@href",
            "/",
            "string(//p)",
            "//a[1]",
            "p",
            "<",
            "3",
        ])
        .prop_map(str::to_owned),
        ".*"
    ];
    let line = (directive, value).prop_map(|(directive, value)| format!("{directive}: {value}\n"));
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn no_rules_break_anything(text in prop_oneof![lines(), ".*"]) {
        if let Some(rules) = Rules::read(&text).found {
            read(PAGE, &rules);
        }
    }
}
