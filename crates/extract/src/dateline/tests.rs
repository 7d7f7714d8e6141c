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

#[test]
fn a_date_in_words_stands_within_a_line() {
    assert_eq!(written_within("Posted on March 9, 2024 by Ada"), Some("March 9, 2024"));
    assert_eq!(written_within("VON ADA am 9. März 2024"), Some("9. März 2024"));
    assert_eq!(written_within("Ada, 9 de marzo de 2024 a las 10"), Some("9 de marzo de 2024"));
    assert_eq!(written_within("Erschienen am: 01.11.2023 in der Beilage"), Some("01.11.2023"));
    assert_eq!(written_within("July 12th, 2024 by Ada"), Some("July 12th, 2024"));
    assert_eq!(written_within("In the winter of 2024 it froze"), None);
    assert_eq!(written_within("Copyright 2024"), None);
}
