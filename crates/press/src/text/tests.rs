use super::article;
use crate::Facts;
use crate::markdown::tests::example;
use expect_test::expect;
use news::{Block, Span};

#[test]
fn a_terminal_gets_words_and_no_commands() {
    let mut a = example();
    let item = |text: &str| vec![Block::Paragraph(vec![Span::text(text)])];
    a.body.blocks = vec![
        Block::Paragraph(vec![Span::text("red \u{1b}[31mtext"), Span::Break, Span::text("two")]),
        Block::List { start: Some(9), reversed: false, items: vec![item("a"), item("b")] },
        Block::Quote(item("c")),
    ];
    expect![[r#"
        Bridge *opens*

        After ten years

        Ann Lee, 陈波

        Published  2024-07-03 14:39:04 +08:00
        Updated    not told
        Source     The Example
        Address    https://a.example/story?a=1&b=2

        [The bridge. https://a.example/b.jpg]

        red [31mtext
        two

        9. a
        10. b

        > c
    "#]]
    .assert_eq(&article(&a, &Facts::default()));
}
