use super::*;
use crate::Expected;
use expect_test::{Expect, expect};
use news::Address;

fn article(html: &[u8], hints: &Hints) -> Reading<Article> {
    let address = Address::read("https://tide.example/a/frost/7.html").expect("an address");
    let page = Page { address: &address, content_type: "text/html", body: html };
    read(&page, hints, &Limits::default())
}

#[track_caller]
fn check(html: &str, expected: Expect) {
    let reading = article(html.as_bytes(), &Hints::default());
    let Some(found) = reading.found else {
        return expected.assert_eq("nothing");
    };
    let lead = found
        .lead
        .as_ref()
        .map(|lead| format!("{} ({})", lead.address, news::Span::text_of(&lead.caption)));
    let published = found.published.as_ref().map(|stamp| stamp.at.to_string());
    expected.assert_eq(&format!(
        "{}\nby {:?}\nat {published:?}\nline {:?}\nlead {lead:?}\nlanguage {:?}\n\n{}\n",
        found.headline,
        found.authors,
        found.dateline,
        found.language,
        found.body.text()
    ));
}

const TEXT: &str = "<p>The ice came at night, and by morning the ferries were fast at the pier.</p>\
    <p>“We have not seen this since my father’s time,” said a fisherman, who gave his name as Olav.</p>\
    <p>The harbour office expects the frost to last for another week, perhaps longer.</p>";

#[test]
fn a_page_with_menus_and_teasers_gives_its_article() {
    check(
        &format!(
            r#"<html lang=en><head><title>Frost closes harbour - The Tide</title><meta property=og:site_name content="The Tide">
            <script type=application/ld+json>{{"@type":"NewsArticle","headline":"Frost closes harbour","author":{{"name":"Ada Strand"}},"datePublished":"2025-02-05T08:10:00Z"}}</script>
            </head><body><nav><ul><li><a href=/>Home</a><li><a href=/sea>Sea</a></ul></nav>
            <div class=page><h1>Frost closes harbour</h1><div class=byline>By Ada Strand</div><div class=text>{TEXT}</div>
            <div class=related-stories><h3>More</h3><p>A ship was lost in the storm last year, and nobody was found.</p></div></div>
            <footer>© The Tide. All rights reserved.</footer></body></html>"#
        ),
        expect![[r#"
            Frost closes harbour
            by ["Ada Strand"]
            at Some("2025-02-05T08:10:00Z")
            line None
            lead None
            language Some("en")

            The ice came at night, and by morning the ferries were fast at the pier.
            “We have not seen this since my father’s time,” said a fisherman, who gave his name as Olav.
            The harbour office expects the frost to last for another week, perhaps longer.
        "#]],
    );
}

/// The shape in which a volunteer mirror had kept a Chinese news site.
#[test]
fn date_line_picture_and_caption_above_broken_lines() {
    check(
        "<html lang=zh-Hans><head><title>港口结冰，渡轮停航</title>\
         <meta property=og:title content=港口结冰，渡轮停航><meta property=article:published_time content=2025-02-05T08:39:04+00:00>\
         </head><body><header><nav><a href=/>首页</a></nav></header><article><h1>港口结冰，渡轮停航</h1>\
         <time datetime=2025-02-05T08:39:04+00:00>2025-02-05 08:39</time><div class=body>\
         <div><i>Wed, 05 Feb 2025 08:22:35 GMT</i></div>\
         <img src=\"https://images.weserv.nl?url=pics.tide.example/frost_w900.jpg\" width=100%>\
         <div><small style=\"color:#999\">资料照：结冰的码头。（2019年1月）</small></div>\
         <p>渔民们说，这个冬天来得比往年早，码头上的渡轮已经停航三天。<br><br>港务局表示，气温还会继续下降。</p>\
         <a href=/a/1.html></a><p>学校星期四停课，商店照常营业。</p></div></article><footer>© 潮报</footer>",
        expect![[r#"
            港口结冰，渡轮停航
            by []
            at Some("2025-02-05T08:39:04Z")
            line Some("Wed, 05 Feb 2025 08:22:35 GMT")
            lead Some("https://pics.tide.example/frost_w900.jpg (资料照：结冰的码头。（2019年1月）)")
            language Some("zh-Hans")

            渔民们说，这个冬天来得比往年早，码头上的渡轮已经停航三天。
            港务局表示，气温还会继续下降。
            学校星期四停课，商店照常营业。
        "#]],
    );
}

#[test]
fn a_short_chinese_article_wins_over_the_menu() {
    check(
        "<title>渡轮停航_潮报网</title><table><tr><td><a href=/1>首页</a> <a href=/2>国际新闻</a> <a href=/3>财经频道</a> <a href=/4>体育</a></td></tr>\
         <tr><td><h1>渡轮停航</h1>2005年05月07日 12:00 作者：林小河<br><br>　　码头昨晚结冰，渡轮停航。<br><br>　　预计周末恢复。</td></tr></table>",
        expect![[r#"
            渡轮停航
            by ["林小河"]
            at Some("2005-05-07T12:00:00Z")
            line None
            lead None
            language Some("zh-Hans")

            码头昨晚结冰，渡轮停航。
            预计周末恢复。
        "#]],
    );
}

#[test]
fn a_text_that_stands_only_in_a_script_is_taken_from_there() {
    let text =
        "The ice came at night, and by morning the ferries were fast at the pier. ".repeat(8);
    let page = format!(
        r#"<h1>Frost</h1><script type="application/ld+json">{{"@type":"Article","headline":"Frost","articleBody":"{text}"}}</script>"#
    );
    let reading = article(page.as_bytes(), &Hints::default());
    assert_eq!(reading.found.expect("an article").body.text(), text.trim());
    assert!(reading.notes.iter().any(|note| note.kind == "script-text"));
}

#[test]
fn what_the_listing_says_finds_the_place_but_is_not_the_text() {
    let other = "<p>Quite another story is told here at some length, with many words, and with commas, too.</p>".repeat(3);
    let page = format!("<title>x</title><div><div>{other}</div><div>{TEXT}</div></div>");
    let expected = Expected {
        text: Some(TEXT.replace("<p>", " ").replace("</p>", " ").replace("longer", "LONGER")),
        ..Expected::default()
    };
    let reading = article(page.as_bytes(), &Hints { entry: Some(&expected), ..Hints::default() });
    let text = reading.found.expect("an article").body.text();
    assert!(text.starts_with("The ice came") && text.ends_with("perhaps longer."), "{text}");
}

#[test]
fn a_deck_is_one_that_the_page_shows() {
    let deck = |shown: &str| {
        let page = format!(
            "<meta name=description content=\"Ferries lie still, and nobody knows how long.\">\
             <h1>Frost</h1>{shown}<div class=article-body>{TEXT}</div>"
        );
        let found = article(page.as_bytes(), &Hints::default()).found.expect("an article");
        found.deck.or_else(|| found.body.text().lines().next().map(str::to_owned))
    };
    let words = "Ferries lie still, and nobody knows how long.";
    assert_eq!(deck(&format!("<h2>{words}</h2>")).as_deref(), Some(words));
    assert!(deck("").is_some_and(|first| first.starts_with("The ice")));
}

#[test]
fn nothing_is_found_in_nothing() {
    check("", expect!["nothing"]);
    check("<script>var a = 1</script>", expect!["nothing"]);
}

#[test]
fn deep_nesting_takes_no_stack() {
    let page = format!("{}<p>The ice came at night.</p>", "<div class=author>".repeat(50_000));
    let _ = article(page.as_bytes(), &Hints::default());
}

#[test]
fn a_lead_beside_the_text_keeps_its_caption() {
    let page = "<html lang=en><title>Low water</title>\
        <meta property=og:image content=https://tide.example/quay.jpg><body>\
        <header><h1>Low water</h1><figure><img src=/quay.jpg><figcaption>The quay at noon.\
        </figcaption></figure></header><div class=article-body><p>The harbour master has closed \
        the slip until Friday, and the boats lie on the mud.</p><p>Nobody minds, he says, but \
        the heron, who has to walk further than before.</p></div></body></html>";
    let found = article(page.as_bytes(), &Hints::default()).found.expect("an article");
    let lead = found.lead.expect("a lead");
    assert_eq!(news::Span::text_of(&lead.caption), "The quay at noon.");
}

#[test]
fn who_is_quoted_stays_with_the_quote() {
    let page = "<html lang=en><title>Low water</title><body><article><h1>Low water</h1>\
        <p>The harbour master has closed the slip until Friday, and the boats lie on the mud.</p>\
        <blockquote class=social-post><p>Nobody minds but the heron, who has to walk.</p>\
        <footer>The harbour master, on Tuesday</footer></blockquote>\
        <p>The next tide that reaches the top step is due on Friday at four.</p></article></body>";
    let found = article(page.as_bytes(), &Hints::default()).found.expect("an article");
    let text = found.body.text();
    assert!(text.contains("heron") && text.contains("on Tuesday"), "{text}");
}

#[test]
fn a_text_that_the_page_hides_is_not_taken_for_what_it_shows() {
    check(
        &format!(
            r#"<html lang=en><head><title>Frost closes harbour</title></head><body><article><h2>Frost closes harbour</h2>
            <p>The harbour has been closed since Monday, and nobody knows when the ice will go, the office said.</p>
            <div class=paywall hidden>{TEXT}{TEXT}</div></article></body></html>"#
        ),
        expect![[r#"
            Frost closes harbour
            by []
            at None
            line None
            lead None
            language Some("en")

            The harbour has been closed since Monday, and nobody knows when the ice will go, the office said.
        "#]],
    );
}

#[test]
fn what_is_beside_the_text_is_told() {
    let kinds = |head: &str, body: &str| -> Vec<String> {
        let page = format!("<html lang=en><title>Low water</title>{head}<h1>Low water</h1>{body}");
        let notes = article(page.as_bytes(), &Hints::default()).notes;
        notes.iter().map(|note| note.kind.to_string()).collect()
    };
    let live = r#"<script type=application/ld+json>{"@type":"LiveBlogPosting","headline":"Low water"}</script>"#;
    assert_eq!(kinds(live, TEXT), ["live-blog"]);
    assert_eq!(kinds("<link rel=next href='?page=2'>", TEXT), ["goes-on"]);
    assert_eq!(kinds("<link rel=next href=/other>", TEXT), Vec::<String>::new());
    let chinese = "<p>渔民们说，这个冬天来得比往年早，码头上的渡轮已经停航三天。港务局表示，气温还会继续下降。</p>";
    assert_eq!(kinds("", chinese), ["language-differs"]);
}

/// Reads a page that shows next to nothing and brings these scripts.
fn scripted_text(head: &str, scripts: &str) -> (String, bool) {
    let page = format!(
        "<html lang=en><title>Frost closes harbour</title>{head}\
         <body><div id=root><p>Loading</p></div>{scripts}<footer>© The Tide</footer></body></html>"
    );
    let reading = article(page.as_bytes(), &Hints::default());
    let told = reading.notes.iter().any(|note| note.kind == "script-text");
    (reading.found.map(|found| found.body.text()).unwrap_or_default(), told)
}

const LONG: [&str; 4] = [
    "The ice came at night, and by morning the ferries of the harbour were fast at the pier, one and all.",
    "“We have not seen this since my father’s time,” said a fisherman, who gave his name as Olav. He laughed.",
    "The harbour office expects the frost to last for another week, perhaps longer. Then the ice goes.",
    "Nobody was hurt, and the bakers went over the ice with their sledges. They had rye and oat loaves.",
];

fn json_of(text: &str) -> String {
    serde_json::to_string(text).expect("a string is JSON")
}

#[test]
fn a_text_that_only_the_data_of_a_script_holds_is_read() {
    let html = LONG.map(|line| format!("<p>{line}</p>")).concat();
    let state = format!(r#"{{"article": {{"body": {}, "ad": "x"}}}}"#, json_of(&html));
    let (text, told) = scripted_text("", &format!("<script>window.STATE = {state};</script>"));
    assert_eq!((text, told), (LONG.join("\n"), true));
    let quoted = json_of(&state);
    let (text, _) = scripted_text("", &format!("<script>use(JSON.parse({quoted}))</script>"));
    assert_eq!(text, LONG.join("\n"), "data in a string");
    let stream = json_of(&format!("4:{state}\n"));
    let (first, second) =
        stream[1..stream.len() - 1].split_at(stream.find("my father").expect("it"));
    let pieces = [first, second]
        .map(|piece| format!(r#"<script>self.__next_f.push([1,"{piece}"])</script>"#));
    assert_eq!(scripted_text("", &pieces.concat()).0, LONG.join("\n"), "a stream that was cut");
    let rows = LONG.map(|line| format!(r#"{{"type": "text", "content": {}}}"#, json_of(line)));
    let rows = format!("<script type=application/json>[{}]</script>", rows.join(","));
    assert_eq!(scripted_text("", &rows).0, LONG.join("\n"), "a row of paragraphs");
}

#[test]
fn a_text_in_a_script_is_left_where_it_is_not_free_or_about_something_else() {
    let html = LONG.map(|line| format!("<p>{line}</p>")).concat();
    let script = format!("<script>window.STATE = {{\"body\": {}}};</script>", json_of(&html));
    let paid = r#"<script type=application/ld+json>{"@type":"NewsArticle","headline":"Frost closes harbour","isAccessibleForFree":false}</script>"#;
    assert!(!scripted_text(paid, &script).1);
    let other = "<meta property=og:title content='Elections in Lakeland: how they voted'>";
    assert!(!scripted_text(other, &script).1);
}

#[test]
fn a_text_that_is_said_not_to_be_free_is_left_however_that_is_said() {
    let html = LONG.map(|line| format!("<p>{line}</p>")).concat();
    let body = json_of(&html);
    let script = format!("<script>window.STATE = {{\"body\": {body}}};</script>");
    let ld = |kind: &str, says: &str| {
        format!(
            "<script type=\"{kind}\">{{\"@type\":\"NewsArticle\",\"headline\":\"Frost closes \
             harbour\",{says}}}</script>"
        )
    };
    let own = "application/ld+json";
    let part = r##""isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".rest"}"##;
    let other = r#""@id":"#.to_owned()
        + r#""https://tide.example/a","author":"Ada"},{"@type":"WebPage","url":"https://tide.example/a/frost/7.html","isAccessibleForFree":false"#;
    let closed = [
        ld(own, part),
        ld(own, r#""isAccessibleForFree":[false]"#),
        ld(own, r#""isAccessibleForFree":"https://schema.org/False""#),
        ld("application/ld+json; charset=utf-8", r#""isAccessibleForFree":false"#),
        ld(own, r#""isAccessibleForFree":false,"broken":[}"#),
        ld(own, &other).replacen('{', "[{", 1).replace("}</script>", "}]</script>"),
        "<meta property=article:content_tier content=locked>".to_owned(),
    ];
    for head in &closed {
        assert_eq!(scripted_text(head, &script).0.find(LONG[1]), None, "{head}");
    }
    let script = format!(
        "<script id=__NEXT_DATA__ type=application/json>{{\"isAccessibleForFree\": false, \
         \"body\": {body}}}</script>"
    );
    assert_eq!(scripted_text("", &script).0.find(LONG[1]), None, "beside the text");
    let told = ld(
        "application/ld+json;charset=utf-8",
        &format!(r#""articleBody":{body},"isAccessibleForFree":false"#),
    );
    assert_eq!(scripted_text("", &told).0.find(LONG[1]), None, "with the text");
}

#[test]
fn a_hidden_part_is_read_only_where_the_page_gives_it_away_by_itself() {
    let page = |says: &str, text: &str| {
        let ld = format!(
            r#"{{"@type":"NewsArticle","headline":"Frost closes harbour"{says},"articleBody":{}}}"#,
            json_of(text)
        );
        let (first, rest) = (LONG[0], LONG[1..].join("<p>"));
        format!(
            "<html lang=en><title>Frost closes harbour</title><script type=application/ld+json>{ld}</script>\
             <article><h1>Frost closes harbour</h1><p>{first}</p><div hidden><p>{rest}</div></article>"
        )
    };
    let text = |says: &str, told: &str| {
        let reading = article(page(says, told).as_bytes(), &Hints::default());
        reading.found.expect("an article").body.text()
    };
    let (free, closed) = (r#","isAccessibleForFree":true"#, r#","isAccessibleForFree":false"#);
    let whole = LONG.join(" ");
    assert_eq!(text(free, &whole), LONG.join("\n"));
    assert_eq!(text(closed, &whole), LONG[0]);
    assert_eq!(text(free, LONG[0]), LONG[0]);
}

#[test]
fn what_is_mostly_kept_is_kept_whole_and_bare_words_beside_the_text_are_not() {
    let page = format!(
        "<html lang=en><title>Frost closes harbour</title><article><h1>Frost closes harbour</h1>{TEXT}\
         <p>{}<br>Ice.<br>{}</p><dl><dt>Frost</dt><dd>{}</dd><dt>Ice</dt><dd>Cold.</dd></dl>\
         Share this on Facebook</article>",
        LONG[1], LONG[2], LONG[3]
    );
    let text = article(page.as_bytes(), &Hints::default()).found.expect("an article").body.text();
    assert!(text.contains("Ice.") && text.contains("Cold."), "{text}");
    assert!(!text.contains("Facebook"), "{text}");
}

#[test]
fn the_entries_of_a_live_blog_keep_their_times() {
    let entry = |time: &str, words: &str| {
        format!(
            "<div class=entry><time datetime=2026-02-05T{time}Z>{time}</time><p>{words}</p></div>"
        )
    };
    let entries = [entry("09:30", LONG[1]), entry("09:10", LONG[2]), entry("08:50", LONG[3])];
    let page = format!(
        "<html lang=en><title>Frost: as it happened</title>\
         <script type=application/ld+json>{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Frost: as it happened\"}}</script>\
         <article><h1>Frost: as it happened</h1><p>{}</p>{}</article>",
        LONG[0],
        entries.concat()
    );
    let text = article(page.as_bytes(), &Hints::default()).found.expect("an article").body.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines, [LONG[0], "09:30", LONG[1], "09:10", LONG[2], "08:50", LONG[3]]);
}

#[test]
fn a_correction_is_kept_wherever_the_template_puts_it() {
    let notices = [
        "Correction: an earlier version of this article misstated the name of the ferry.",
        "更正：本文较早版本误称渡轮停航两周，应为一周。",
    ];
    let frames = [
        ("<aside class=correction><p>", "</p></aside>"),
        ("<div class=editors-note><p><em>", "</em></p></div>"),
        ("<footer><p>", "</p></footer>"),
    ];
    for (notice, (open, close)) in notices.iter().flat_map(|one| frames.map(|frame| (one, frame))) {
        let page = format!(
            "<html lang=en><title>Frost closes harbour</title><article><h1>Frost closes harbour</h1>\
             {TEXT}{open}{notice}{close}</article><footer>© The Tide</footer>"
        );
        let text =
            article(page.as_bytes(), &Hints::default()).found.expect("an article").body.text();
        assert!(text.ends_with(notice), "{open} {text}");
    }
}

#[test]
fn each_field_says_where_it_was_found() {
    let page = format!(
        "<html lang=en><title>Frost closes harbour - The Tide</title>\
         <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Frost closes harbour\",\
         \"datePublished\":\"2026-02-05T08:10:00Z\"}}</script>\
         <article><h1>Frost closes harbour</h1><time datetime=2026-02-05T08:10:00Z>5 February</time>\
         <p class=byline>By Ada Strand</p>{TEXT}</article>"
    );
    let found = article(page.as_bytes(), &Hints::default()).found.expect("an article");
    let told = |field: &str| -> &[Origin] {
        let known = found.evidence.iter().find(|known| known.field == field);
        known.map(|known| known.origins.as_slice()).unwrap_or_default()
    };
    assert_eq!(told("headline"), [Origin::JsonLd, Origin::Title, Origin::Element]);
    assert_eq!(told("published"), [Origin::JsonLd, Origin::Element]);
    assert_eq!(told("authors"), [Origin::Element]);
    assert_eq!(told("text"), [Origin::Element]);
    assert_eq!(told("updated"), []);
}

#[test]
fn short_parts_between_two_paragraphs_are_kept() {
    let (before, behind) = (LONG[0], LONG[1]);
    let parts = [
        ("<ul><li>Oat</li><li>Rye</li></ul>", "Oat\nRye"),
        ("<dl><dt>Tide</dt><dd>High at noon</dd></dl>", "Tide\nHigh at noon"),
        ("<table><tr><th>Day<th>Ice<tr><td>Monday<td>4 cm</table>", "Day\tIce\nMonday\t4 cm"),
        ("<pre>let x = 1;</pre>", "let x = 1;"),
        ("<h3>Bakers</h3>", "Bakers"),
    ];
    for (part, words) in parts {
        let page = format!(
            "<html lang=en><title>Frost closes harbour</title><article><h1>Frost closes harbour</h1>\
             <p>{before}</p>{part}<p>{behind}</p></article><footer>© The Tide</footer>"
        );
        let text =
            article(page.as_bytes(), &Hints::default()).found.expect("an article").body.text();
        assert_eq!(text, format!("{before}\n{words}\n{behind}"));
    }
    let links = "<ul><li><a href=/1>A ship was lost</a></li><li><a href=/2>Tea found</a></li></ul>";
    let page = format!(
        "<html lang=en><title>Frost closes harbour</title><article><h1>Frost closes harbour</h1>\
         <p>{before}</p>{links}<p>{behind}</p></article>"
    );
    let text = article(page.as_bytes(), &Hints::default()).found.expect("an article").body.text();
    assert_eq!(text, format!("{before}\n{behind}"));
}
