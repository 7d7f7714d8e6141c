use super::bars;
use archive::health::day_of;
use archive::{Day, Pages, Source};
use news::{Address, Timestamp};

#[test]
fn bars_show_what_each_day_brought() {
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
    let day = |ago: i64, entries_new| Day { day: day_of(now) - ago, entries_new, ..Day::default() };
    let mut source = Source {
        id: 1,
        name: "quay".to_owned(),
        title: "The Quay".to_owned(),
        site: Address::read("https://quay.example/").unwrap(),
        language: None,
        added: now,
        listings: Vec::new(),
        articles_len: 0,
        latest: None,
        days: vec![day(0, 1), day(1, 70), day(3, 35)],
        pages: Pages::default(),
    };
    assert_eq!(bars(&source, now), "▁▁▁▅▁█▂");
    source.days.clear();
    assert_eq!(bars(&source, now), "▁▁▁▁▁▁▁");
}
