use super::*;

#[track_caller]
fn check(text: &str, attributes_max: usize, expected: (&str, &str)) {
    let piece = next(text, true, attributes_max);
    assert_eq!((format!("{}{}", piece.text, piece.tail).as_str(), piece.rest), expected);
}

#[test]
fn a_tag_is_taken_whole_with_what_its_values_hold() {
    check("<a b='>' c=\"<\" d>e<i>", 9, ("<a b='>' c=\"<\" d>", "e<i>"));
    check("<a href=x/y?z=\"1>2", 9, ("<a href=x/y?z=\"1>", "2"));
}

#[test]
fn attributes_beyond_the_limit_are_left_out() {
    check("<a b c d e>f", 2, ("<a b c >", "f"));
    check("</a b=1 c='2>' d>f", 1, ("</a b=1 >", "f"));
}

#[test]
fn what_never_ends_is_one_piece() {
    check("<a b=\"c<i>d", 9, ("<a b=\"c<i>d", ""));
    check("<é", 9, ("<é", ""));
    check("<a é", 0, ("<a >", ""));
}

#[test]
fn text_goes_to_the_next_bracket() {
    check("ab<c>", 9, ("ab", "<c>"));
    check("< b<c>", 9, ("< b", "<c>"));
}
