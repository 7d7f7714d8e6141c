use super::*;
use crate::nouns::{Pace, Pages};
use news::Address;

const NOW: i64 = 1_800_000_000;

fn ago(days: i64) -> Timestamp {
    Timestamp::from_second(NOW - days * DAY_S).unwrap()
}

fn listing(id: i64) -> ListingState {
    ListingState {
        id,
        source: 1,
        address: Address::read(&format!("https://quay.example/{id}")).unwrap(),
        role: Role::Main,
        form: None,
        added: ago(100),
        visited: Some(ago(0)),
        well: Some(ago(0)),
        brought: Some(ago(0)),
        failing: None,
        failing_since: None,
        trouble: None,
        failures: 0,
        entries_len: 10,
        next_visit: ago(0),
        ended: false,
        took_ms: 100,
        pace: Pace::default(),
        moving: None,
        formerly: None,
        stands_in: None,
        looked: None,
    }
}

fn source(listings: Vec<ListingState>) -> Source {
    Source {
        id: 1,
        name: "quay".to_owned(),
        title: "The Quay".to_owned(),
        site: Address::read("https://quay.example/").unwrap(),
        language: None,
        added: ago(100),
        listings,
        articles_len: 10,
        latest: Some(ago(0)),
        days: Vec::new(),
        pages: Pages::default(),
    }
}

#[track_caller]
fn check(listings: Vec<ListingState>, state: State, fix: Fix) {
    let source = source(listings);
    let told = of(&source, ago(0));
    assert_eq!((told.state, told.fix()), (state, fix));
}

#[test]
fn a_source_is_well_new_or_over() {
    check(vec![listing(1)], State::Well, Fix::Nothing);
    check(vec![], State::Well, Fix::Nothing);
    let unseen = ListingState { visited: None, well: None, brought: None, ..listing(1) };
    check(vec![unseen], State::New, Fix::Nothing);
    check(vec![ListingState { ended: true, ..listing(1) }], State::Ended, Fix::Nothing);
}

#[test]
fn silence_is_measured_by_what_is_usual() {
    let silent = |days, gap_days: f64| ListingState {
        brought: Some(ago(days)),
        pace: Pace { gap_s: Some((gap_days * DAY_S as f64) as i64), ..Pace::default() },
        ..listing(1)
    };
    let is_silent = |days, gap| silent_since(&silent(days, gap), ago(0)).is_some();
    assert!(!is_silent(6, 0.04) && is_silent(8, 0.04), "hourly: a week");
    assert!(!is_silent(9, 1.0) && is_silent(11, 1.0), "daily: ten days");
    assert!(!is_silent(60, 30.0) && is_silent(91, 30.0), "monthly: a quarter");
    check(vec![silent(20, 1.0)], State::Silent { since: ago(20) }, Fix::Heal);
    check(vec![silent(20, 1.0), listing(2)], State::Well, Fix::Nothing);
}

#[test]
fn what_mends_a_failure_depends_on_what_it_is() {
    for (trouble, fix) in [
        (Trouble::Status(404), Fix::Heal),
        (Trouble::NoListing, Fix::Heal),
        (Trouble::Name, Fix::Heal),
        (Trouble::Status(503), Fix::Fetch),
        (Trouble::Status(429), Fix::Fetch),
        (Trouble::Connection, Fix::Fetch),
        (Trouble::Tls, Fix::Fetch),
        (Trouble::Robots, Fix::Add),
        (Trouble::Private, Fix::Allow),
    ] {
        let failing = ListingState {
            failing: Some("why".to_owned()),
            failing_since: Some(ago(2)),
            trouble: Some(trouble),
            ..listing(1)
        };
        check(vec![failing], State::Failing { since: ago(2) }, fix);
        assert_eq!(trouble.to_string().parse(), Ok(trouble));
    }
    assert_eq!("other".parse::<Trouble>(), Err(()));
}

#[test]
fn slow_answers_and_warnings_are_told() {
    check(vec![ListingState { took_ms: 9_400, ..listing(1) }], State::Slow, Fix::Nothing);
    for warning in [Trouble::Flood, Trouble::Partial] {
        let warned = ListingState {
            failing: Some("it is odd".to_owned()),
            trouble: Some(warning),
            ..listing(1)
        };
        check(vec![warned], State::Slow, Fix::Nothing);
    }
}

#[test]
fn the_worst_comes_first() {
    let states = [
        State::Failing { since: ago(1) },
        State::Silent { since: ago(1) },
        State::Slow,
        State::New,
        State::Well,
        State::Ended,
    ];
    assert!(states.is_sorted());
}

#[test]
fn bars_end_today_and_have_no_gaps() {
    let today = day_of(ago(0));
    let day = |day, entries_new| Day { day, entries_new, ..Day::default() };
    let source = Source { days: vec![day(today, 3), day(today - 2, 5)], ..source(vec![]) };
    let bars = bars(&source, ago(0));
    assert_eq!(bars.map(|day| day.entries_new), [0, 0, 0, 0, 5, 0, 3]);
    assert_eq!(spark(&bars), "▁▁▁▁█▁▆");
}
