use super::*;

#[test]
fn dates_alone_are_datelines() {
    for line in [
        "Wed, 05 Feb 2025 08:10:00 GMT",
        "2025年02月05日 08:10",
        "Published: 5 February 2025",
        "05.02.2025, 08:10 Uhr",
        "ÅLESUND —",
    ] {
        assert!(is_one(line), "{line}");
    }
}

#[test]
fn sentences_are_not() {
    for line in [
        "In February 2025 the harbour froze for the first time.",
        "2025年2月，港口第一次结冰。",
        "Chapter 12",
        "Call 555 1234 at 08:10 for the names of all the fishermen",
    ] {
        assert!(!is_one(line), "{line}");
    }
}

#[test]
fn a_date_is_found_in_a_line_of_labels() {
    assert_eq!(within("发布时间：2005-05-07 12:00 来源：潮报"), Some("2005-05-07 12:00"));
    assert_eq!(within("5年 9日"), None);
}
