use super::*;

#[test]
fn camel_case_and_dashes_part_words() {
    assert_eq!(split("articleBody post__Text"), "article body post  text");
}

#[test]
fn names_tell_what_a_part_is() {
    let names = |class: &str| Reader::default().read(class, "");
    assert!(names("entry-content clearfix").body);
    assert!(names("related-posts").junk);
    assert!(names("cookieBanner cookie").consent);
    assert!(names("commentlist").comments);
    assert!(!names("shareholders-report").junk);
    assert!(!names("post category-related tag-newsletter").junk);
}
