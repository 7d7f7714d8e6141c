use crate::{Limits, Shown, Tree, clean, write};
use expect_test::{Expect, expect};
use news::{Address, BLOCK_DEPTH_MAX, Block};

fn base() -> Address {
    Address::read("https://paper.example/news/1").expect("it is an address")
}

fn cleaned(html: &str) -> String {
    let body = clean(html, Some(&base()));
    write(&body, &|picture| Some(Shown { src: picture.address.to_string(), ..Shown::default() }))
        .replace(" loading=\"lazy\" decoding=\"async\"", "")
}

#[track_caller]
fn check(html: &str, expected: Expect) {
    expected.assert_eq(&cleaned(html));
}

#[test]
fn two_breaks_part_paragraphs_and_one_parts_lines() {
    check(
        "one<br>two<br> &nbsp;<br>three<div>four</div>five",
        expect![[r#"
            <p>one<br/>two</p>
            <p>three</p>
            <p>four</p>
            <p>five</p>"#]],
    );
}

#[test]
fn a_full_width_indent_begins_a_paragraph() {
    check(
        "　　甲是一。<br>　　乙是二。<br>续",
        expect![[r#"
            <p>甲是一。</p>
            <p>乙是二。<br/>续</p>"#]],
    );
}

#[test]
fn a_line_feed_between_chinese_characters_is_nothing() {
    check("<p>汉\n  字 和\nLatin\nwords</p>", expect!["<p>汉字 和 Latin words</p>"]);
}

#[test]
fn blanks_stand_outside_of_markup() {
    check(
        "<p> a<b> b </b>c <i></i><a href='/x'></a> <b>d</b><b>e</b></p>",
        expect!["<p>a <strong>b</strong> c <strong>de</strong></p>"],
    );
}

#[test]
fn caption_and_credit_stay_with_their_picture() {
    check(
        "<figure><a href=/big><img src=a.jpg alt='The bridge'></a><figcaption><p>The bridge, 1901\
         <span class=photo-credit>Photo: A. Mill</span></figcaption></figure>",
        expect![[
            r#"<figure><img src="https://paper.example/news/a.jpg" alt="The bridge"/><figcaption>The bridge, 1901 <span class="credit">Photo: A. Mill</span></figcaption></figure>"#
        ]],
    );
}

#[test]
fn a_caption_below_a_picture_is_found_by_its_class() {
    check(
        "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>The bridge</p></div><p>Text",
        expect![[r#"
            <figure><img src="https://paper.example/news/a.jpg" alt=""/><figcaption>The bridge</figcaption></figure>
            <p>Text</p>"#]],
    );
}

#[test]
fn a_gallery_keeps_a_caption_for_each_and_one_for_all() {
    check(
        "<figure><figure><img src=a.jpg><figcaption>A</figcaption></figure><figure><img src=b.jpg>\
         </figure><figcaption>Both</figcaption></figure>",
        expect![[
            r#"<figure><figure><img src="https://paper.example/news/a.jpg" alt=""/><figcaption>A</figcaption></figure><figure><img src="https://paper.example/news/b.jpg" alt=""/></figure><figcaption>Both</figcaption></figure>"#
        ]],
    );
}

#[test]
fn pictures_that_load_late_are_seen() {
    let body = clean(
        "<img src='data:image/gif;base64,R0' data-src=late.jpg><noscript><img src=late2.jpg>\
         </noscript><p>x<img src=/c.gif width=1 height=1>",
        Some(&base()),
    );
    let pictures = body.pictures();
    assert_eq!(pictures.len(), 1);
    assert_eq!(pictures[0].address.as_str(), "https://paper.example/news/late.jpg");
    assert_eq!(pictures[0].also[0].as_str(), "https://paper.example/news/late2.jpg");
}

#[test]
fn a_set_where_an_address_belongs_is_read_as_a_set() {
    let set = "https://tide.example/s.jpg%20640w,%20https://tide.example/l.jpg%201600w";
    let body = clean(&format!("<img src='{set}'>"), Some(&base()));
    assert_eq!(body.pictures()[0].address.as_str(), "https://tide.example/l.jpg");
}

#[test]
fn the_widest_of_a_set_is_the_picture() {
    let html = "<picture><source type='image/avif' srcset='x.avif 9000w'>\
                <img src=s.jpg srcset='m.jpg 800w, l.jpg 1600w' width=80 height=60></picture>";
    let body = clean(html, Some(&base()));
    let picture = body.pictures()[0];
    assert_eq!(picture.address.as_str(), "https://paper.example/news/l.jpg");
    assert_eq!(picture.also.len(), 3);
    assert_eq!(picture.size, Some((80, 60)));
}

#[test]
fn a_set_in_the_place_of_an_address_is_a_set() {
    let html = "<img src='https://a.example/s.jpg 640w, https://a.example/l.jpg 1200w'>\
                <img src=x.jpg srcset='x.jpg, 150w'>";
    let body = clean(html, Some(&base()));
    let addresses: Vec<&str> =
        body.pictures().iter().map(|picture| picture.address.as_str()).collect();
    assert_eq!(addresses, ["https://a.example/l.jpg", "https://paper.example/news/x.jpg"]);
    assert!(body.pictures()[1].also.is_empty());
}

#[test]
fn notes_below_a_text_are_linked_both_ways() {
    let html = "<p>Ebb<sup id='r:1'><a href='#n:1'>1</a></sup></p>\
                <ol><li id='n:1'>Low tide. <a href='#r:1'>↩</a></li></ol><p><a href='#no'>x</a></p>";
    let written = crate::write(&clean(html, None), &|_| None);
    assert!(written.contains("<a href=\"#at-n-1\">"), "{written}");
    assert!(written.contains("<span id=\"at-n-1\"></span>Low tide."), "{written}");
    assert!(written.contains("<span id=\"at-r-1\"></span>"), "{written}");
    assert!(written.ends_with("<p>x</p>"), "{written}");
}

#[test]
fn words_in_another_language_keep_it_and_the_page_s_own_are_plain() {
    let page = "<html lang=en><body><p lang=en-GB>Tide <span lang=ar dir=rtl>مد</span></p>";
    let tree = Tree::read(page, &Limits::default());
    let options = super::Options::all(None);
    let body = super::read(&tree, &[tree.root()], &options);
    let written = crate::write(&body, &|_| None);
    assert_eq!(written, "<p>Tide <bdi lang=\"ar\" dir=\"rtl\">مد</bdi></p>");
}

#[test]
fn facts_stay_a_table_and_layout_dissolves() {
    check(
        "<table><tr><th>Year<th>Rain<tr><td>1901<td colspan=2>3 mm</table>\
         <table><tr><td><h2>News</h2><p>Words<td>More</table>",
        expect![[r#"
            <table class="data"><thead><tr><th scope="col">Year</th><th scope="col">Rain</th></tr></thead><tbody><tr><td>1901</td><td colspan="2">3 mm</td></tr></tbody></table>
            <h2>News</h2>
            <p>Words</p>
            <p>More</p>"#]],
    );
}

#[test]
fn lists_nest_and_count() {
    check(
        "<ol start=3><li>a<ul><li>b</ul><li><p>c<p>d</ol>",
        expect![[r#"
            <ol start="3"><li>a<ul><li>b</li></ul></li><li><p>c</p>
            <p>d</p></li></ol>"#]],
    );
}

#[test]
fn code_keeps_its_lines_and_language() {
    check(
        "<pre><code class='hl language-rust'>fn a() {\n    b\n}\n</code></pre>",
        expect![[r#"
            <pre><code class="language-rust">fn a() {
                b
            }</code></pre>"#]],
    );
}

#[test]
fn readings_stay_above_their_words() {
    check(
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby></p>",
        expect![
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby><ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>"
        ],
    );
}

#[test]
fn what_is_embedded_becomes_a_link() {
    check(
        "<p>a<iframe src=//film.example/1 title='A film'></iframe>b</p>\
         <blockquote class=post>Said <a href=https://post.example/1>so</a></blockquote>",
        expect![[r#"
            <p>a</p>
            <p class="embed"><a href="https://film.example/1">A film</a></p>
            <p>b</p>
            <blockquote><p>Said <a href="https://post.example/1">so</a></p></blockquote>"#]],
    );
}

#[test]
fn hidden_and_hostile_parts_are_left_out_and_words_stay() {
    check(
        "<p onclick=x()>a<script>b</script><span hidden>c</span><a href='javascript:d()'>e</a>\
         <x-unknown>f</x-unknown><span style='display: none'>g</span><button>h</button></p>",
        expect!["<p>aef</p>"],
    );
}

#[test]
fn what_the_caller_skips_is_left_out() {
    let tree = Tree::fragment("<p>a</p><aside>b</aside><p>c</p>", &Limits::default());
    let options = super::Options {
        base: None,
        skip: &|tree, id| tree.name(id) == Some("aside"),
        reveal: &[],
    };
    let body = super::read(&tree, &[tree.root()], &options);
    assert_eq!(body.text(), "a\nc");
}

#[test]
fn blocks_nest_no_deeper_than_the_limit() {
    let body = clean(&("<blockquote>".repeat(300) + "words"), None);
    let mut depth = 1;
    let mut blocks = &body.blocks;
    while let [Block::Quote(inner)] = blocks.as_slice() {
        depth += 1;
        blocks = inner;
    }
    assert_eq!(depth, BLOCK_DEPTH_MAX);
    assert_eq!(body.text(), "words");
}

/// The archive keeps articles as JSON, and its reader of JSON stops at 127 levels.
#[test]
fn the_deepest_body_can_be_read_again() {
    let spans = "<b><i><s><sup><small><mark><cite><sub><ins>".repeat(4);
    let told = "<bdi><span lang=fr><abbr title=x><time datetime=2026><u><q><kbd><samp><var>";
    let spans = format!("{told}{spans}");
    let link = "<a href=https://a.example/>deep</a>";
    let figure = "<figure><img src=https://a.example/a.jpg><figcaption>";
    let table = "<table><tr><td>x<td>";
    for open in [
        "<ul><li>",
        "<ul><li><blockquote>",
        "<details><summary>x</summary><ol><li>",
        "<dl><dt>x<dd>",
        "<table class=data><tr><td>",
    ] {
        for inner in ["<p>", "<p><a href=https://a.example/>", figure, table] {
            let html = format!("{}{inner}q {spans}{link}", open.repeat(60));
            let base = Address::read("https://a.example/");
            let article = vec![crate::clean(&html, base.as_ref())];
            let json = serde_json::to_string(&article).unwrap();
            let again: Result<Vec<news::Body>, _> = serde_json::from_str(&json);
            assert_eq!(again.ok(), Some(article), "{open}{inner}");
        }
    }
}
