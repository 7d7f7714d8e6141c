use crate::{Limits, Tree};

#[track_caller]
fn check(selector: &str, expected: &[&str]) {
    let tree = Tree::fragment(
        "<div class='a b' id=top><p lang=en>one<span><i title='x y'>two</i></span></p></div><p>three",
        &Limits::default(),
    );
    let found = tree.select(tree.root(), selector);
    let found: Vec<_> = found.iter().map(|id| tree.text(*id)).collect();
    assert_eq!(found, expected, "{selector}");
}

#[test]
fn selectors_find_what_they_say() {
    check("i", &["two"]);
    check("div p", &["onetwo"]);
    check("div > i", &[]);
    check("p>span > i", &["two"]);
    check(".a.b > p[lang=en]", &["onetwo"]);
    check("#top i[title~=y], [title*='x ']", &["two"]);
    check("div > p, p", &["onetwo", "three"]);
    check("p:first-child", &[]);
    check("", &[]);
}
