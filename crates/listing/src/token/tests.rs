use super::{Tokens, attributes};
use crate::damage::Damage;

#[track_caller]
fn check(text: &str, expected: &str) {
    let tokens: Vec<String> = Tokens::new(text).map(|token| format!("{token:?}")).collect();
    assert_eq!(tokens.join("\n"), expected);
}

#[test]
fn a_stray_less_than_is_text() {
    check(
        "<t>1 < 2 <3 <b and</t>",
        "Open { name: \"t\", attributes: \"\", empty: false }\nText(\"1 \")\nText(\"<\")\n\
         Text(\" 2 \")\nText(\"<\")\nText(\"3 \")\nText(\"<\")\nText(\"b and\")\n\
         Close { name: \"t\" }",
    );
}

#[test]
fn a_lost_end_of_a_section_costs_one_item() {
    check(
        "<![CDATA[one</item><![CDATA[two]]>",
        "Cdata(\"one\")\nClose { name: \"item\" }\nCdata(\"two\")",
    );
}

#[test]
fn attributes_are_read_with_and_without_quotes() {
    let read = attributes(r#" a="1" b='2 > 3' c=4 d a="5""#, &mut Damage::default());
    let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (*name, &**value)).collect();
    assert_eq!(read, [("a", "1"), ("b", "2 > 3"), ("c", "4"), ("d", "")]);
}
