use super::{Variant, read};
use expect_test::{Expect, expect};
use news::{Article, Block, Note, Span};

const SEED: &str = "<!--1720017544000-->\n\
    [桥通车了](https://www.a.example/a/bridge-20240703/7683415.html)\n\
    ------\n\n\
    <div><i>Wed, 03 Jul 2024 14:22:35 GMT</i></div>\
    <img src=\"https://images.weserv.nl?url=i.a.example/b_w900.jpg\" width=\"100%\">\
    <div><small style=\"color: #999;\">资料照：<b>桥</b>。（2024年）</small></div>\
    <p>第一段。<br /><br />第二段。</p><a href=\"/a/7568219.html\"></a><p>第三段。</p>\n";

/// Reads a file and checks what a person would look at.
#[track_caller]
fn check(file: &str, expected: Expect) {
    let reading = read(file.as_bytes(), "1.md");
    let mut lines = Vec::new();
    if let Some(document) = &reading.found {
        lines.push(format!("{:?}", document.variant));
        lines.extend(article_lines(&document.article));
    }
    lines.extend(reading.notes.iter().map(note_line));
    expected.assert_eq(&lines.join("\n"));
}

fn article_lines(a: &Article) -> Vec<String> {
    let mut lines = vec![format!("{} | {}", a.headline, a.address)];
    lines.extend(a.authors.iter().map(|author| format!("by {author}")));
    lines.extend(a.dateline.iter().map(|line| format!("dateline {line}")));
    lines.extend(a.published.iter().map(|stamp| format!("published {}", stamp.at)));
    if let Some(lead) = &a.lead {
        lines.push(format!("lead {} {}", lead.address, Span::text_of(&lead.caption)));
    }
    lines.extend(a.body.blocks.iter().map(|block| match block {
        Block::Embed { address, .. } => format!("embed {address}"),
        block => {
            let blocks = vec![block.clone()];
            format!("> {}", news::Body { blocks }.text())
        }
    }));
    lines
}

fn note_line(note: &Note) -> String {
    format!("note {} {}", note.kind, note.place).trim_end().to_owned()
}

#[test]
fn the_seed_s_layout_is_read_whole() {
    check(
        SEED,
        expect![[r#"
            Comment
            桥通车了 | https://www.a.example/a/bridge-20240703/7683415.html
            dateline Wed, 03 Jul 2024 14:22:35 GMT
            published 2024-07-03T14:39:04Z
            lead https://i.a.example/b_w900.jpg 资料照：桥。（2024年）
            > 第一段。
            > 第二段。
            > 第三段。"#]],
    );
    let found = read(SEED.as_bytes(), "1.md").found.expect("a document");
    assert_eq!(found.dates.comment.as_deref(), Some("1720017544000"));
    assert_eq!(found.article.published.expect("a time").written, "1720017544000");
    assert_eq!(found.variant, Variant::Comment);
}

#[test]
fn a_film_s_poster_is_the_lead_and_the_film_stays() {
    check(
        "<!--1602024079000-->\n[选举](https://a.example/1.html)\n------\n\n\
         <div><i><br>2021-10-03T06:54:51.647Z</i></div>\
         <video poster=\"https://images.weserv.nl?url=i.a.example/b.jpg\" \
         src=\"https://v.a.example/c.mp4\" style=\"width:100%\" controls></video>\
         <div><small style=\"color: #999;\">选举</small></div><p>正文。</p>\n",
        expect![[r#"
            Comment
            选举 | https://a.example/1.html
            dateline 2021-10-03T06:54:51.647Z
            published 2020-10-06T22:41:19Z
            lead https://i.a.example/b.jpg 选举
            embed https://v.a.example/c.mp4
            > 正文。
            note dates-differ 2021-10-03T06:54:51.647Z"#]],
    );
}

#[test]
fn names_and_times_above_the_text_are_no_text() {
    check(
        "<!--1657677100000-->\n[A] title](https://a.example/?a=1%C2%AEion=2&b=%C2%AE3)\n------\n\n\
         <address>ANN LEE, BO CHEN</address><time pudate=\"2022-07-13 01:51:40\">7月13日</time>\
         <p>Text.</p>\n",
        expect![[r#"
            Comment
            A] title | https://a.example/?a=1&region=2&b=%C2%AE3
            by ANN LEE
            by BO CHEN
            dateline 2022-07-13 01:51:40
            published 2022-07-13T01:51:40Z
            > Text.
            note address-mended https://a.example/?a=1%C2%AEion=2&b=%C2%AE3"#]],
    );
    check(
        "[x](https://a.example/?a=1®ion=2)\n------\n\n<div><i>13/05/2021 - 00:02</i></div><p>y</p>",
        expect![[r#"
            Comment
            x | https://a.example/?a=1&region=2
            dateline 13/05/2021 - 00:02
            published 2021-05-13T00:02:00Z
            > y
            note address-mended https://a.example/?a=1®ion=2
            note no-zone 13/05/2021 - 00:02"#]],
    );
}

#[test]
fn the_second_variant_tells_its_date_in_words() {
    check(
        "[标题](https://a.example/1/)\n------\n日期：Thu, 02 Jul 2020 18:28:24 +0000\n\n\
         <p>一</p><p>&nbsp;</p><p>二</p>\n",
        expect![[r#"
            DateLine
            标题 | https://a.example/1/
            published 2020-07-02T18:28:24Z
            > 一
            > 二"#]],
    );
}

#[test]
fn the_clock_of_the_mirror_is_no_date() {
    let file = |date: &str| {
        format!(
            "---\nlayout: post\ntitle: \"甲 \\\"乙\\\"\"\ndate: {date}\nauthor: Ann &#38; Bo\n\
             from: https://a.example/1\ntags: [ 丙 ]\ncategories: [ 丙, 丁 ]\n---\n<!--NaN-->\n\
             [甲 \"乙\"](https://a.example/1)\n------\n\n<div>\n<p>文</p>\n</div>\n"
        )
    };
    check(
        &file("2021-05-12T04:00:07.313Z"),
        expect![[r#"
        FrontMatter
        甲 "乙" | https://a.example/1
        by Ann
        by Bo
        > 文
        note date-of-the-run 2021-05-12T04:00:07.313Z
        note no-date"#]],
    );
    check(
        &file("2021-05-12T04:00:00.000Z"),
        expect![[r#"
        FrontMatter
        甲 "乙" | https://a.example/1
        by Ann
        by Bo
        published 2021-05-12T04:00:00Z
        > 文
        note date-unsure 2021-05-12T04:00:00.000Z"#]],
    );
    let document = read(file("x").as_bytes(), "").found.expect("a document");
    assert_eq!(document.article.tags, ["丙", "丁"]);
    assert_eq!(document.dates.front.as_deref(), Some("x"));
}

#[test]
fn a_scraped_page_has_its_address_in_the_front_matter() {
    check(
        "---\nlayout: post\ntitle: \"标题 - 某站\"\ndate: 2020-11-09T16:04:37+00:00\n\
         from: https://a.example/1/\n---\n\n<article>\n <header>\n  <h1>\n   标题\n  </h1>\n \
         </header>\n <div>\n  <p>\n   正文。\n  </p>\n </div>\n</article>\n",
        expect![[r#"
            Scraped
            标题 - 某站 | https://a.example/1/
            published 2020-11-09T16:04:37Z
            > 正文。"#]],
    );
}

#[test]
fn a_frame_that_leads_nowhere_leaves_its_link() {
    check(
        "<!--1-->\n[x](https://a.example)\n------\n\n<p>a</p><iframe src=\"\" width=\"0\">\
         <a href=\"https://m.example/1\">https://m.example/1</a></iframe><p>b</p>\n",
        expect![[r#"
            Comment
            x | https://a.example/
            published 1970-01-01T00:00:00.001Z
            > a
            > https://m.example/1
            > b"#]],
    );
}

#[test]
fn an_issue_has_no_address() {
    check(
        "桥通车了 by 陈波\n------\n**2021-03-12**\n第一段*强调*。\n\n\
         ![](https://a.example/b.jpg)图说\n\n> 引文\n",
        expect![[r#"
            Issue
            桥通车了 | https://mirror.invalid/2a880f3b131302d849aeb685bf805e55
            by 陈波
            published 2021-03-12T00:00:00Z
            > 第一段强调。
            > 
            > 图说
            > 引文
            note no-address
            note no-zone 2021-03-12"#]],
    );
    check("Title\n------\n**no day**\nText @ name.\n", expect!["note not-a-mirror-file line 1"]);
}

#[test]
fn a_doubled_file_is_read_once() {
    let twice = format!("{SEED}{SEED}");
    let once = read(SEED.as_bytes(), "1.md").found.expect("a document").article;
    let reading = read(twice.as_bytes(), "1.md");
    assert_eq!(reading.found.expect("a document").article, once);
    assert_eq!(reading.notes[0].kind, "doubled");
    let longer = format!("{SEED}{}", SEED.replace("第三段。", "第三段改。</p><p>第四段。"));
    let reading = read(longer.as_bytes(), "1.md");
    let text = reading.found.expect("a document").article.body.text();
    assert_eq!(text, "第一段。\n第二段。\n第三段改。\n第四段。\n第三段。");
}

#[test]
fn a_title_that_was_escaped_comes_back() {
    check(
        "<!--0-->\n[\\[独家\\] a\\] \\`b\\` AT&amp;T](https://a.example/b\\)c)\n------\n\n<p>x</p>\n",
        expect![[r#"
            Comment
            [独家] a] `b` AT&T | https://a.example/b)c
            published 1970-01-01T00:00:00Z
            > x"#]],
    );
}

#[test]
fn other_files_are_not_found_and_say_why() {
    for file in ["", "\n\n", "# Readme\n\ntext", "BBC\n------\n\n10-13 [a](/b.md)\n", "---\nx: y"] {
        let reading = read(file.as_bytes(), "readme.md");
        assert_eq!(reading.found, None, "{file}");
        assert_eq!(reading.notes[0].kind, "not-a-mirror-file", "{file}");
    }
    assert_eq!(read(&[b' '; 9 << 20], "").notes[0].kind, "too-long");
}

#[test]
fn damaged_bytes_are_read_around() {
    let reading =
        read(b"\xEF\xBB\xBF<!--1-->\r\n[a\xFF](https://a.example)\r\n------\r\n\r\nb", "");
    let article = reading.found.expect("a document").article;
    assert_eq!(article.headline, "a\u{fffd}");
    assert_eq!(article.body.text(), "b");
    assert_eq!(reading.notes[0].kind, "charset");
}

#[test]
fn every_cut_is_answered() {
    for (end, _) in SEED.char_indices() {
        let _ = read(&SEED.as_bytes()[..end], "");
    }
}
