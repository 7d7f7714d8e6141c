use super::{article, body, own_address};
use crate::Facts;
use expect_test::{Expect, expect};
use news::{
    Address, Article, Block, Body, Cell, Definition, Direction, Figure, PictureUse, Pressmark, Row,
    Span, Stamp, Timestamp,
};
use pulldown_cmark::{Options, Parser};

fn address(text: &str) -> Address {
    Address::read(text).expect("an address of the test")
}

fn picture(text: &str) -> PictureUse {
    PictureUse::new(address(text))
}

fn strong(text: &str) -> Span {
    Span::Strong(vec![Span::text(text)])
}

fn emphasis(text: &str) -> Span {
    Span::Emphasis(vec![Span::text(text)])
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Span::text(text)])
}

fn markdown(blocks: Vec<Block>) -> String {
    body(&Body { blocks }, &|used| used.address.to_string())
}

fn rendered(markdown: &str) -> String {
    let mut html = String::new();
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    pulldown_cmark::html::push_html(&mut html, parser);
    html
}

#[track_caller]
fn check(blocks: Vec<Block>, expected: Expect) {
    expected.assert_eq(&markdown(blocks));
}

/// Checks that a reader gets these words, no more and no less, as one plain paragraph.
#[track_caller]
fn check_words(text: &str) {
    let written = markdown(vec![paragraph(text)]);
    let words = html::escape(text).replace("&quot;", "\"");
    let found = rendered(&written).replace("&quot;", "\"");
    assert_eq!(found, format!("<p>{words}</p>\n"), "written: {written}");
}

/// Checks what a reader gets of a line of spans.
#[track_caller]
fn check_spans(spans: Vec<Span>, expected: &str) {
    let written = markdown(vec![Block::Paragraph(spans)]);
    let expected = format!("<p>{expected}</p>\n");
    assert_eq!(rendered(&written), expected, "written: {written}");
}

#[test]
fn words_that_look_like_signs_stay_words() {
    for text in [
        "# not a heading",
        "#tag",
        "- not a list",
        "-",
        "---",
        "+ nor this",
        "* nor this",
        "1. January",
        "2024. 07. 03.",
        "12) twelve",
        "> not a quote",
        "=== ",
        "```code```",
        "~~~",
        "~~struck~~",
        "a*b*c **d** _e_ __f__",
        "[a](b) [c][d] ![e](f)",
        "[x]: http://a.example",
        "<b>bold</b> <http://a.example>",
        "AT&T &copy; &amp; &#65;",
        "back\\slash \\* at the end\\",
        "| a | b |",
        ":--- | ---:",
        "5 < 6 > 4",
        "wow!",
        "\"quoted\" 'words' -- and — dashes...",
        "「引号」，（括号）。",
        "\u{3000}\u{3000}段首空两格",
        "a\u{a0}b",
    ] {
        check_words(text.trim());
    }
}

#[test]
fn stress_holds_between_han_characters() {
    check_spans(
        vec![Span::text("他说"), strong("“你好”"), Span::text("然后走了")],
        "他说<strong>“你好”</strong>然后走了",
    );
    check_spans(
        vec![strong("更新："), Span::text("原文已被删除")],
        "<strong>更新：</strong>原文已被删除",
    );
    check_spans(
        vec![Span::text("中"), strong("文"), Span::text("字"), emphasis("体")],
        "中<strong>文</strong>字<em>体</em>",
    );
    check(
        vec![Block::Paragraph(vec![Span::text("中"), strong("文"), Span::text("字")])],
        expect!["中**文**字"],
    );
}

#[test]
fn stress_may_touch_anything() {
    check_spans(
        vec![strong("a"), strong("b"), emphasis("c")],
        "<strong>a</strong><strong>b</strong><em>c</em>",
    );
    check_spans(vec![Span::text("*"), strong("a"), Span::text("*")], "*<strong>a</strong>*");
    check_spans(vec![strong(" a "), Span::text("b")], "<strong> a </strong>b");
    check_spans(vec![strong("*a*")], "<strong>*a*</strong>");
    check_spans(vec![Span::text("x"), strong("# a"), Span::text("y")], "x<strong># a</strong>y");
    let inner = Span::Emphasis(vec![Span::text("a"), strong("b"), Span::text("c")]);
    check_spans(vec![inner], "<em>a<strong>b</strong>c</em>");
    check_spans(vec![strong(""), Span::text("b")], "b");
}

#[test]
fn signs_split_over_runs_stay_words() {
    check_spans(vec![Span::text("1"), Span::text(". a")], "1. a");
    check_spans(vec![Span::text("&"), Span::text("amp;")], "&amp;amp;");
    let link = |words: &str| Span::Link {
        to: address("https://a.example/"),
        spans: vec![Span::text(words)],
    };
    check_spans(
        vec![Span::text("wow!"), link("here")],
        "wow!<a href=\"https://a.example/\">here</a>",
    );
    check_spans(
        vec![link("a]b[c"), Span::text("(d)")],
        "<a href=\"https://a.example/\">a]b[c</a>(d)",
    );
}

#[test]
fn code_in_a_link_defines_no_name() {
    let link =
        Span::Link { to: address("https://a.example/"), spans: vec![Span::Code("a]:".to_owned())] };
    check_spans(vec![link], "<a href=\"https://a.example/\"><code>a]:</code></a>");
}

#[test]
fn links_lead_where_they_led() {
    for to in [
        "https://a.example/b_(c)",
        "https://a.example/b)c(",
        "https://a.example/?a=1&region=2&copy;=3",
        "https://a.example/?q=`x`*y*_z_|\\",
        "https://a.example/#a&amp;b",
    ] {
        let to = address(to);
        let spans = vec![Span::text("x")];
        let written = markdown(vec![Block::Paragraph(vec![Span::Link { to: to.clone(), spans }])]);
        let links = Parser::new(&written).filter_map(|event| match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        });
        assert_eq!(links.collect::<Vec<_>>(), [to.as_str()], "written: {written}");
    }
}

#[test]
fn a_line_breaks_only_inside() {
    check_spans(
        vec![Span::Break, Span::text("a"), Span::Break, Span::text("- b"), Span::Break],
        "a<br />\n- b",
    );
    check_spans(
        vec![Span::text("a"), Span::Break, Span::Break, strong("b")],
        "a<br />\n<br />\n<strong>b</strong>",
    );
    check(
        vec![Block::Heading {
            level: 2,
            spans: vec![Span::text("a #1 #"), Span::Break, Span::text("b")],
        }],
        expect![[r"## a \#1 \#<br>b"]],
    );
}

#[test]
fn what_markdown_has_no_sign_for_is_html() {
    check_spans(
        vec![
            Span::text("H"),
            Span::Subscript(vec![Span::text("2")]),
            Span::text("O "),
            Span::Deleted(vec![Span::text("a*")]),
            Span::Ruby { base: "漢".to_owned(), reading: "かん".to_owned() },
            Span::Code("a`b".to_owned()),
        ],
        "H<sub>2</sub>O <del>a*</del><ruby>漢<rt>かん</rt></ruby><code>a`b</code>",
    );
}

#[test]
fn lists_stay_apart_and_nest() {
    let item = |text: &str| vec![paragraph(text)];
    let inner = Block::List { start: Some(3), reversed: false, items: vec![item("c"), item("d")] };
    let outer = Block::List {
        start: None,
        reversed: false,
        items: vec![vec![paragraph("a"), inner], item("- b"), vec![]],
    };
    let after = Block::List {
        start: None,
        reversed: false,
        items: vec![vec![paragraph("e"), paragraph("f")], vec![Block::Rule]],
    };
    check(
        vec![outer, after],
        expect![[r"
            - a

              3. c
              4. d
            - \- b
            -

            <!-- -->

            - e

              f

            - ***"]],
    );
}

#[test]
fn quotes_and_code_keep_their_lines() {
    let code = Block::Code {
        language: Some("rust".to_owned()),
        text: "let a = \"```\";\n\n    b();\n".to_owned(),
    };
    check(
        vec![
            Block::Quote(vec![paragraph("a"), Block::Quote(vec![paragraph("b")]), code]),
            Block::Quote(vec![paragraph("c")]),
        ],
        expect![[r#"
            > a
            >
            > > b
            >
            > ````rust
            > let a = "```";
            >
            >     b();
            > ````

            > c"#]],
    );
}

fn cell(text: &str, heading: bool) -> Cell {
    Cell { heading, columns: 1, rows: 1, blocks: vec![paragraph(text)] }
}

#[test]
fn a_simple_table_has_pipes_and_another_is_html() {
    let row = |a: &str, b: &str, heading| Row { cells: vec![cell(a, heading), cell(b, heading)] };
    let rows = vec![row("Year", "Votes", true), row("2020", "a|b", false)];
    let mut wide = rows.clone();
    wide[1].cells.pop();
    wide[1].cells[0].columns = 2;
    let table = |rows| Block::Table { caption: Vec::new(), rows };
    check(
        vec![table(rows)],
        expect![[r"
            | Year | Votes |
            | --- | --- |
            | 2020 | a\|b |"]],
    );
    let html = markdown(vec![table(wide)]);
    assert!(html.starts_with("<table") && !html.contains('\n'), "{html}");
    assert!(html.contains("colspan=\"2\""), "{html}");
}

#[test]
fn a_figure_has_its_caption_below() {
    let mut first = picture("https://a.example/b.jpg?w=1&h=2");
    first.alt = "[a] bridge".to_owned();
    first.caption = vec![Span::text("The bridge, 1901.")];
    first.credit = Some("Ann Lee".to_owned());
    check(
        vec![Block::Figure(Figure { pictures: vec![first], caption: Vec::new() })],
        expect![[r"
            ![\[a\] bridge](https://a.example/b.jpg?w=1&h=2)\
            *The bridge, 1901. — Ann Lee*"]],
    );
}

#[test]
fn a_part_to_open_keeps_its_text_in_markdown() {
    check(
        vec![
            Block::Details {
                open: false,
                summary: vec![Span::text("More & "), strong("more")],
                blocks: vec![paragraph("a"), paragraph("b")],
            },
            Block::Embed { address: address("https://v.example/1"), title: String::new() },
        ],
        expect![[r"
            <details><summary>More &amp; <strong>more</strong></summary>

            a

            b

            </details>

            [https://v.example/1](https://v.example/1)"]],
    );
}

pub fn example() -> Article {
    let mut lead = picture("https://a.example/b.jpg");
    lead.caption = vec![Span::text("The bridge.")];
    Article {
        evidence: Vec::new(),
        address: address("https://a.example/story?a=1&b=2"),
        headline: "Bridge *opens*".to_owned(),
        deck: Some("After ten years".to_owned()),
        authors: vec!["Ann Lee".to_owned(), "陈波".to_owned()],
        dateline: None,
        published: Some(Stamp {
            at: "2024-07-03T06:39:04Z".parse().expect("a time"),
            offset_s: Some(8 * 3600),
            written: "2024-07-03 14:39:04 +0800".to_owned(),
        }),
        updated: None,
        language: Some("en".to_owned()),
        site: Some("The Example".to_owned()),
        section: None,
        tags: Vec::new(),
        lead: Some(lead),
        body: Body { blocks: vec![paragraph("It opened."), Block::Rule, paragraph("It closed.")] },
    }
}

#[test]
fn an_article_tells_its_four_times_apart() {
    let pressmark = Pressmark::of("a.example/story");
    let seen: Timestamp = "2024-07-03T07:00:00Z".parse().expect("a time");
    let facts = Facts {
        pressmark: Some(&pressmark),
        revision: 2,
        revisions_len: 3,
        first_seen: Some(seen),
        captured: Some(seen),
        source: "",
    };
    expect![[r"
        # Bridge \*opens\*

        After ten years

        Ann Lee, 陈波

        - Published: 2024-07-03 14:39:04 +08:00
        - Updated: not told
        - First seen: 2024-07-03 07:00:00 UTC
        - Captured: 2024-07-03 07:00:00 UTC
        - Source: The Example
        - Address: <https://a.example/story?a=1&b=2>
        - Pressmark: 2mg0caqqnq
        - Revision: 2 of 3

        ![](https://a.example/b.jpg)\
        *The bridge.*

        It opened.

        ***

        It closed.
    "]]
    .assert_eq(&article(&example(), &facts, &own_address));
}

#[test]
fn a_body_comes_back_as_it_was() {
    let blocks = vec![
        Block::Heading { level: 3, spans: vec![Span::text("1. 标题 #2")] },
        Block::Paragraph(vec![
            Span::text("甲"),
            strong("“乙”"),
            Span::text("丙 & <丁> 1*2 "),
            Span::Link { to: address("https://a.example/?a=1&b=(2"), spans: vec![emphasis("戊")] },
            Span::Break,
            Span::text("- 己"),
        ]),
        Block::Quote(vec![paragraph("庚"), paragraph("辛")]),
        Block::List {
            start: Some(7),
            reversed: false,
            items: vec![vec![paragraph("壬")], vec![paragraph("癸!")]],
        },
        Block::Code { language: None, text: "a\n\n  b".to_owned() },
    ];
    let body = Body { blocks };
    let back = html::clean(&rendered(&markdown(body.blocks.clone())), None);
    assert_eq!(back, body);
}

/// Numbers that look like chance and are the same at every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }

    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a",
            "中",
            "文",
            "。",
            "“",
            "”",
            " ",
            "*",
            "**",
            "_",
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "!",
            "<",
            ">",
            "<b>",
            "&",
            "&amp;",
            "#",
            "-",
            "+",
            "1",
            "1.",
            "2)",
            "\\",
            "~",
            "~~",
            "|",
            "=",
            ":",
            "http://a.example",
            "---",
            "😀",
            "é",
        ];
        (0..1 + self.below(4)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn spans(&mut self, depth: usize) -> Vec<Span> {
        (0..1 + self.below(4)).map(|_| self.span(depth)).collect()
    }

    fn span(&mut self, depth: usize) -> Span {
        match self.below(if depth == 0 { 6 } else { 15 }) {
            0..=2 => Span::Text(self.text()),
            3 => Span::Code(self.text()),
            4 => Span::Break,
            5 => Span::Anchor("fn-1".to_owned()),
            6 | 7 => Span::Strong(self.spans(depth - 1)),
            8 => Span::Emphasis(self.spans(depth - 1)),
            9 => Span::Link { to: address("https://a.example/?a=(1&b=2"), spans: self.spans(0) },
            10 => Span::Reference { to: "fn-1".to_owned(), spans: self.spans(0) },
            11 => {
                Span::Abbreviation { title: "a \"b\" & c".to_owned(), spans: self.spans(depth - 1) }
            }
            12 => Span::Foreign {
                language: Some("ar".to_owned()),
                direction: Some(Direction::RightToLeft),
                spans: self.spans(depth - 1),
            },
            13 => Span::Quoted(self.spans(depth - 1)),
            _ => Span::Small(self.spans(depth - 1)),
        }
    }
}

impl Dice {
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        (0..1 + self.below(3)).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: usize) -> Block {
        match self.below(if depth == 0 { 5 } else { 10 }) {
            0 | 1 => Block::Paragraph(self.spans(1)),
            2 => Block::Heading { level: 2 + self.below(5) as u8, spans: self.spans(1) },
            3 => {
                Block::Code { language: None, text: format!("{}\n\n{}", self.text(), self.text()) }
            }
            4 => Block::Rule,
            5 | 6 => Block::List {
                start: [None, Some(1), Some(99)][self.below(3)],
                reversed: false,
                items: (0..1 + self.below(3)).map(|_| self.blocks(depth - 1)).collect(),
            },
            7 => Block::Quote(self.blocks(depth - 1)),
            8 => Block::Definitions(vec![Definition {
                terms: vec![self.spans(1)],
                blocks: self.blocks(depth - 1),
            }]),
            _ => self.table(),
        }
    }

    fn table(&mut self) -> Block {
        let columns = 1 + self.below(3);
        let mut row = |heading: bool| Row {
            cells: (0..columns)
                .map(|_| Cell {
                    blocks: vec![Block::Paragraph(self.spans(1))],
                    ..cell("", heading)
                })
                .collect(),
        };
        Block::Table { caption: Vec::new(), rows: vec![row(true), row(false), row(false)] }
    }
}

/// What a reader makes of our Markdown is what he makes of our HTML, whatever the words.
#[test]
fn markdown_and_html_say_the_same() {
    let mut dice = Dice(1);
    for _ in 0..1_000 {
        let body = Body { blocks: dice.blocks(2) };
        let written = markdown(body.blocks.clone());
        let expected = html::clean(&html::write(&body, &|_| None), None);
        let found = html::clean(&rendered(&written), None);
        assert_eq!(found.text(), expected.text(), "written:\n{written}\n{body:?}");
    }
}
