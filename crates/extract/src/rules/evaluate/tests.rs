use super::*;
use html::Limits;
use proptest::prelude::*;

const PAGE: &str = "<html><body><div id=top class='a b'><h1>One <b>two</b></h1>\
    <p class=lead>first</p><p>second</p><p>third<br>more</p></div>\
    <ul><li>10</li><li>9</li></ul><!-- sign --><div class=b><p>last</p></div></body></html>";

/// Evaluates an expression on [`PAGE`]: what is found, parted by bars, or the value.
fn found(expression: &str) -> String {
    let tree = Tree::read(PAGE, &Limits::default());
    let read = Expression::read(expression).expect("an expression");
    let page = Evaluation::new(&tree, STEPS_MAX);
    match page.of_page(&read).expect("few steps") {
        Value::Items(items) => {
            let texts = items.iter().map(|item| page.text_of(*item).expect("few steps"));
            texts.collect::<Vec<_>>().join("|")
        }
        value => page.text(&value).expect("few steps"),
    }
}

#[track_caller]
fn check(expression: &str, expected: &str) {
    assert_eq!(found(expression), expected, "{expression}");
}

#[test]
fn steps_go_in_all_directions() {
    check("/html/body/div/p", "first|second|thirdmore|last");
    check("//p", "first|second|thirdmore|last");
    check("//h1//text()", "One |two");
    check("//b/parent::h1 | //b/..", "One two");
    check("//b/ancestor::*[@id]/@id", "top");
    check("//b/ancestor-or-self::*[1]", "two");
    check("//h1/following-sibling::p[1]", "first");
    check("//p[. = 'second']/preceding-sibling::*[1]", "first");
    check("//ul/following::p", "last");
    check("//ul/preceding::p", "first|second|thirdmore");
    check("//p[3]/child::node()/self::text()", "third|more");
    check("//ul/following-sibling::comment()", " sign ");
    check("//div/attribute::*", "top|a b|b");
    check("//@id/../p[1]", "first");
    check("/descendant::p[2]", "second");
    check("//DIV/@CLASS", "a b|b");
    check("id('top')/p[last()]", "thirdmore");
    check("//nav", "");
}

#[test]
fn places_count_from_one_for_each_parent() {
    check("//p[1]", "first|last");
    check("(//p)[1]", "first");
    check("(//p)[last()]", "last");
    check("//div[2]/p", "last");
    check("//p[position() > 1]", "second|thirdmore");
    check("//p[@class][1] | //li[last() - 1]", "first|10");
    check("//p[2][1]", "second");
    check("//p[preceding-sibling::h1][2]", "second");
}

#[test]
fn predicates_ask_of_texts_and_numbers() {
    check("//p[@class]", "first");
    check("//p[not(@class)]", "second|thirdmore|last");
    check("//div[contains(@class, 'a')]/@id", "top");
    check("//div[contains(concat(' ', normalize-space(@class), ' '), ' b ')]/@class", "a b|b");
    check("//p[starts-with(., 'th') or . = 'last']", "thirdmore|last");
    check("//p[contains(text(), 'more')]", "");
    check("//p[text() = 'more']", "thirdmore");
    check("//li[. > 9]", "10");
    check("//li[. <= 9 and . >= 9]", "9");
    check("//li[. != '10']", "9");
    check("//div[count(p) = 3]/@id", "top");
    check("//div[string-length(@class) = 1]/p", "last");
    check("//p[true() and not(false())][boolean(@class)]", "first");
    check("//*[name() = 'b']", "two");
    check("//p[. = //li]", "");
    check("//*[self::b or self::li]", "two|10|9");
}

#[test]
fn values_are_made() {
    check("string(//h1)", "One two");
    check("concat(//h1, '!', 2)", "One two!2");
    check("substring-before(//h1, ' ')", "One");
    check("substring-after('by Ada', 'by ')", "Ada");
    check("substring('12345', 2, 3)", "234");
    check("substring('12345', 1.5, 2.6)", "234");
    check("substring('12345', 0 div 0)", "");
    check("substring('12345', 4)", "45");
    check("translate('Ada-Lou', 'AL-', 'al')", "adalou");
    check("normalize-space('  a \n b ')", "a b");
    check("count(//p) * 2 - 1 + 6 div 4 - 7 mod 4", "5.5");
    check("-count(//p)", "-4");
    check("number('1e3')", "NaN");
    check("1 div 0", "Infinity");
    check("1 = 1", "true");
    check("1 < 2 < 3", "true");
    check("3 > true()", "true");
    check("3 = true()", "true");
    check("true() > //nav", "true");
    check("//p = 'last'", "true");
    check("string-length()", "34");
}

#[test]
fn a_part_is_walked_once_however_deep_it_nests() {
    let deep = "<div>".repeat(400) + "<p>at last</p>";
    let tree = Tree::read(deep, &Limits::default());
    let page = Evaluation::new(&tree, 20_000);
    let read = Expression::read("//div//div//p").expect("an expression");
    assert!(matches!(page.of_page(&read), Some(Value::Items(items)) if items.len() == 1));
}

#[test]
fn an_expression_without_end_is_given_up() {
    let wide = "<p><i>a</i></p>".repeat(5_000);
    let tree = Tree::read(wide, &Limits::default());
    for text in [
        "//*[count(//*) > 1]",
        "//*[//*[//*]]",
        "//*/following::*/preceding::*/following::*",
        "//*[. = //*]",
        "//*[translate(/, /, /)]",
        "//*[contains(concat(/, /, /, /), concat(/, 'b'))]",
    ] {
        let read = Expression::read(text).expect("an expression");
        let page = Evaluation::new(&tree, 300_000);
        assert_eq!(page.of_page(&read), None, "{text}");
    }
}

/// Pieces of which expressions are made, so that more than one in a million can be read.
fn expression() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "//",
        "/",
        "*",
        "p",
        "div",
        "[",
        "]",
        "(",
        ")",
        "@class",
        "@*",
        "1",
        "'a'",
        " or ",
        " and ",
        " = ",
        " > ",
        "|",
        "..",
        ".",
        "text()",
        "last()",
        "position()",
        "contains(",
        "count(",
        "not(",
        "concat(",
        "substring(",
        "translate(",
        ",",
        "-",
        " mod ",
        "ancestor::",
        "following::",
        "preceding-sibling::",
        "self::",
        "0.5",
        "string()",
        "name()",
        "id(",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_expression_breaks_anything(text in prop_oneof![expression(), ".*"]) {
        let tree = Tree::read(PAGE, &Limits::default());
        if let Ok(read) = Expression::read(&text) {
            let page = Evaluation::new(&tree, 100_000);
            if let Some(value) = page.of_page(&read) {
                page.text(&value);
                page.number(&value);
            }
        }
    }
}
