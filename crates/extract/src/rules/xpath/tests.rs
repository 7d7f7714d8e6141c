use super::*;

/// Returns what is wrong with an expression; empty where nothing is.
fn wrong(text: &str) -> String {
    Expression::read(text).err().unwrap_or_default()
}

#[test]
fn what_rules_are_written_in_is_read() {
    let written = [
        "//div[@id = 'content']",
        "(//article)[1]",
        "//main/article[1] | //h3[contains(concat(' ',normalize-space(@class),' '),' deck ')]",
        "//img[contains(@src, '?q=20') or contains(@src, \"max/34/\")]",
        "//a[@rel='noopener']/parent::div",
        "//footer/self::footer | //footer/following-sibling::*",
        "//img[@src]/following-sibling::*[1][self::div and @class='twin']",
        "//div[string-length(@class) = 15]",
        "substring-after(//p[@class='byline']/node()[2], 'by ')",
        "concat(//a[contains(text(), 'more')]/@href, 'full')",
        "//p[position() < last() - 1 and not(.//img)]",
        "//*[@class = 'a'][2]/../..//text()[. != '']",
        "//ul[count(li) * 2 div 3 mod 4 >= -1]",
        "id('story')/p",
        "/html/body//div//fb:like",
        ".//div",
        "/",
    ];
    for text in written {
        assert_eq!(wrong(text), "", "{text}");
    }
}

#[test]
fn what_is_wrong_is_told() {
    assert_eq!(wrong(""), "a name is missing before the end");
    assert_eq!(wrong("//div["), "a name is missing before the end");
    assert_eq!(wrong("//div[@class='a'"), "`]` is missing before the end");
    assert_eq!(wrong("//div[@class='a]"), "a text isn't closed: ' is missing");
    assert_eq!(wrong("//div]"), "`]` can't stand where it stands");
    assert_eq!(wrong("//div/"), "a name is missing before the end");
    assert_eq!(wrong("//div[matches(., 'a')]"), "the function `matches()` isn't known");
    assert_eq!(wrong("contains('a')"), "`contains()` doesn't take 1 arguments");
    assert_eq!(wrong("//namespace::a"), "the axis `namespace::` isn't known");
    assert_eq!(wrong("//div[$a]"), "`$` isn't understood");
}

#[test]
fn nothing_nests_without_end() {
    assert_eq!(wrong(&"(".repeat(1_000)), "it nests deeper than 32");
    assert_eq!(wrong(&vec!["1"; 200].join("-")), "it nests deeper than 32");
    assert_eq!(wrong(&format!("{}1", "-".repeat(1_000))), "");
    assert_eq!(wrong(&vec!["@a = 1"; 200].join(" or ")), "");
    assert_eq!(wrong(&"a".repeat(EXPRESSION_BYTES_MAX + 1)), "it is longer than 4000 bytes");
}
