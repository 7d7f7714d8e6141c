use super::*;

#[test]
fn the_list_is_sorted() {
    assert!(JUNK.is_sorted());
}

#[test]
fn camel_case_and_dashes_part_words() {
    assert_eq!(split("articleBody post__Text"), "article body post  text");
}

#[test]
fn names_tell_what_a_part_is() {
    let names = |text: &str| Names::of(&split(text));
    assert!(names("entry-content clearfix").body);
    assert!(names("related-posts").junk);
    assert!(names("cookieBanner cookie").consent);
    assert!(names("commentlist").comments);
    assert!(!names("shareholders-report").junk);
}

#[test]
fn the_tables_are_sorted() {
    let is_sorted = |words: &[&str]| words.windows(2).all(|two| two[0] < two[1]);
    assert!(is_sorted(&JUNK) && is_sorted(&JUNK_PHRASES) && is_sorted(&BODY));
}
