use super::judge::Patient;
use super::*;
use archive::{Pace, Pages};
use news::{Address, Form};

const DAY: i64 = rhythm::DAY;

fn ago(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 - seconds).unwrap()
}

fn now() -> Timestamp {
    ago(0)
}

fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

fn listing(id: i64, place: &str) -> ListingState {
    ListingState {
        id,
        source: 1,
        address: address(place),
        role: Role::Main,
        form: Some(Form::Rss),
        added: ago(100 * DAY),
        visited: Some(now()),
        well: Some(now()),
        brought: Some(ago(DAY)),
        failing: None,
        failing_since: None,
        trouble: None,
        failures: 0,
        entries_len: 10,
        next_visit: now(),
        ended: false,
        took_ms: 100,
        pace: Pace { gap_s: Some(DAY), ..Pace::default() },
        moving: None,
        formerly: None,
        stands_in: None,
        looked: None,
    }
}

fn failing(trouble: Trouble, failures: u32, lasted_s: i64) -> ListingState {
    ListingState {
        failing: Some("why".to_owned()),
        failing_since: Some(ago(lasted_s)),
        trouble: Some(trouble),
        failures,
        ..listing(1, "https://quay.example/feed")
    }
}

fn source(listings: Vec<ListingState>) -> Source {
    Source {
        id: 1,
        name: "quay".to_owned(),
        title: "The Quay".to_owned(),
        site: address("https://www.quay.example/"),
        language: None,
        added: ago(100 * DAY),
        listings,
        articles_len: 10,
        latest: None,
        days: Vec::new(),
        pages: Pages::default(),
    }
}

#[track_caller]
fn check(state: ListingState, expected: bool) {
    assert_eq!(is_due(&source(vec![state.clone()]), &state, now()), expected, "{state:?}");
}

#[test]
fn what_may_pass_is_waited_out_and_what_lasts_is_looked_after() {
    check(listing(1, "https://quay.example/feed"), false);
    check(failing(Trouble::Status(404), 1, 60), false);
    check(failing(Trouble::Status(404), 3, 60), true);
    check(failing(Trouble::NoListing, 3, 60), true);
    check(failing(Trouble::Status(503), 30, 2 * DAY), false);
    check(failing(Trouble::Status(503), 30, 8 * DAY), true);
    check(failing(Trouble::Connection, 9, 8 * DAY), true);
    check(failing(Trouble::Empty, 0, DAY), false);
    check(failing(Trouble::Empty, 0, 3 * DAY), true);
    check(failing(Trouble::Private, 9, 90 * DAY), false);
    check(ListingState { ended: true, ..failing(Trouble::Status(410), 1, 0) }, true);
    let silent =
        ListingState { brought: Some(ago(20 * DAY)), ..listing(1, "https://quay.example/feed") };
    check(silent, true);
}

#[test]
fn it_is_looked_for_ever_less_often() {
    let looked = |lasted: i64, ago_s: i64| ListingState {
        looked: Some(ago(ago_s)),
        ..failing(Trouble::Status(404), 9, lasted)
    };
    check(looked(3600, 3600), false);
    check(looked(DAY + 1, DAY), false);
    check(looked(3 * DAY, 3 * DAY), true);
    check(looked(90 * DAY, 6 * DAY), false);
    check(looked(90 * DAY, 7 * DAY), true);
}

#[test]
fn what_has_a_stand_in_that_does_well_is_left_alone() {
    let broken = failing(Trouble::Status(404), 9, DAY);
    let stand_in = ListingState {
        stands_in: Some(1),
        role: Role::Main,
        ..listing(2, "https://quay.example/rss")
    };
    let ailing = ListingState { failing: Some("why".to_owned()), ..stand_in.clone() };
    assert!(!is_due(&source(vec![broken.clone(), stand_in]), &broken, now()));
    assert!(is_due(&source(vec![broken.clone(), ailing]), &broken, now()));
}

fn choice(place: &str, pages: &[&str]) -> Choice {
    Choice {
        form: Form::Rss,
        entries_len: pages.len(),
        has_text: true,
        newest: Some(ago(3600)),
        pages: pages.iter().map(|page| (*page).to_owned()).collect(),
        ..Choice::unread(address(place), "")
    }
}

#[track_caller]
fn check_best(broken: &ListingState, choices: Vec<Choice>, expected: Option<&str>) {
    let source = source(vec![broken.clone()]);
    let known = ["quay.example/1".to_owned(), "quay.example/2".to_owned()];
    let best = Patient::new(&source, broken, &known, now()).best(choices);
    assert_eq!(best.first().map(|choice| choice.address.as_str()), expected);
}

#[test]
fn who_names_what_we_know_stands_in() {
    let broken = failing(Trouble::Status(404), 9, DAY);
    let [ours, more, strange] =
        ["https://feeds.example/quay", "https://quay.example/rss", "https://other.example/rss"];
    let one = ["quay.example/1", "quay.example/9"];
    let two = ["quay.example/1", "quay.example/2"];
    check_best(&broken, vec![choice(ours, &one), choice(more, &two)], Some(more));
    check_best(&broken, vec![choice(strange, &["x/1", "x/2", "x/3", "x/4"])], None);
    check_best(&broken, vec![choice(more, &["x/1", "x/2", "x/3"])], Some(more));
    check_best(&broken, vec![choice(more, &["x/1"])], None);
    check_best(&broken, vec![choice("https://quay.example/feed", &two)], None);
    check_best(&broken, vec![choice("https://quay.example/comments/feed", &two)], None);
    let section = Choice { form: Form::Section, ..choice("https://quay.example/", &two) };
    check_best(&broken, vec![section, choice(more, &one)], Some(more));
    let dead = Choice { newest: Some(ago(300 * DAY)), ..choice(ours, &two) };
    check_best(&broken, vec![dead, choice(more, &one)], Some(more));
}

#[test]
fn a_silent_listing_gives_way_only_to_one_that_has_news() {
    let silent =
        ListingState { brought: Some(ago(20 * DAY)), ..listing(1, "https://quay.example/feed") };
    let rss = "https://quay.example/rss";
    check_best(&silent, vec![choice(rss, &["quay.example/1", "quay.example/2"])], None);
    let news = choice(rss, &["quay.example/1", "quay.example/8", "quay.example/9"]);
    check_best(&silent, vec![news.clone()], Some(rss));
    check_best(&silent, vec![Choice { newest: Some(ago(30 * DAY)), ..news }], None);
}
