use super::Entities;
use crate::damage::Damage;

#[track_caller]
fn check(raw: &str, expected: &str) {
    let mut text = String::new();
    Entities::default().decode(raw, &mut text, &mut Damage::default());
    assert_eq!(text, expected);
}

#[test]
fn entities_are_resolved_only_with_their_semicolon() {
    check("a &amp;&lt;&eacute;&#233;&#xE9; b", "a &<ééé b");
    check("?a=1&region=2&copy=3", "?a=1&region=2&copy=3");
    check("&nosuch; & &; &#; &#xZZ;", "&nosuch; & &; &#; &#xZZ;");
}

#[test]
fn characters_that_no_text_may_hold_are_left_out() {
    check("a&#0;b&#xD800;c&#x1F;d&#150;", "abcd–");
}

#[test]
fn a_documents_own_names_are_text_and_no_bombs() {
    let mut entities = Entities::default();
    entities.declare(
        r#"<!DOCTYPE rss [<!ENTITY desk "Night desk"><!ENTITY a "&desk;&desk;">
        <!ENTITY file SYSTEM "file:///etc/hosts"> ]>"#,
    );
    let mut text = String::new();
    entities.decode("&desk; &a; &file;", &mut text, &mut Damage::default());
    assert_eq!(text, "Night desk &a; &file;");
    for _ in 0..100_000 {
        entities.decode("&desk;", &mut text, &mut Damage::default());
    }
    assert!(text.ends_with("&desk;"), "the total is limited");
}
