use super::*;

const HUBS: [&str; 2] = ["https://one.example/", "https://two.example/"];

fn now() -> Timestamp {
    Timestamp::from_second(1_720_000_000).expect("a fixed time")
}

fn address(text: &str) -> Address {
    Address::read(text).expect("an address")
}

/// A subscription at the first of so many hubs that nobody has asked yet.
fn new(hubs_len: usize) -> Subscription {
    Subscription {
        id: 1,
        listing: Some(1),
        hub: address(HUBS[0]),
        hubs: HUBS[..hubs_len].iter().map(|hub| address(hub)).collect(),
        topic: "https://quay.example/feed".to_owned(),
        callback: None,
        token: "token".to_owned(),
        secret: "secret".to_owned(),
        state: SubscriptionState::Asked,
        asked: None,
        lease_until: None,
        failures: 0,
        reason: None,
        due: now(),
        wanted: true,
    }
}

/// The same after its hub was asked so many times.
fn asked(hubs_len: usize, failures: u32) -> Subscription {
    Subscription { asked: Some(now()), failures, ..new(hubs_len) }
}

fn held(hubs_len: usize, lease_s: i64) -> Subscription {
    let lease_until = Some(after(now(), lease_s));
    Subscription { state: SubscriptionState::Held, lease_until, ..asked(hubs_len, 0) }
}

fn subscribe(hub: &str) -> Step {
    Step::Subscribe(address(hub))
}

fn wait_s(then: Timestamp) -> i64 {
    then.duration_since(now()).as_secs()
}

fn asking(subscription: &Subscription) -> Asking {
    Asking {
        hub: subscription.hub.clone(),
        callback: address("https://news.example/hub/token"),
        token: "token".to_owned(),
        secret: "secret".to_owned(),
        at: now(),
        due: look_again(subscription, now()),
    }
}

#[test]
fn hubs_are_asked_one_after_the_other_until_one_agrees() {
    assert_eq!(next(&new(2), now()), subscribe(HUBS[0]));
    assert_eq!(next(&asked(2, 1), now()), subscribe(HUBS[1]));
    let second = Subscription { hub: address(HUBS[1]), ..asked(2, 2) };
    assert_eq!(next(&second, now()), subscribe(HUBS[0]));
    assert_eq!(next(&asked(1, 7), now()), subscribe(HUBS[0]));
}

#[test]
fn the_hub_that_agreed_is_asked_to_go_on() {
    assert_eq!(next(&held(2, 60), now()), subscribe(HUBS[0]));
    let renewing = Subscription { failures: 3, ..held(2, 60) };
    assert_eq!(next(&renewing, now()), subscribe(HUBS[0]));
    let lapsed = Subscription { failures: 3, ..held(2, 0) };
    assert_eq!(next(&lapsed, now()), subscribe(HUBS[1]));
}

#[test]
fn a_silent_hub_is_asked_ever_later() {
    let waits: Vec<i64> =
        (0..8).map(|failures| wait_s(look_again(&asked(1, failures), now()))).collect();
    assert_eq!(waits[..3], [HOUR, 2 * HOUR, 4 * HOUR]);
    assert_eq!(waits[5..], [DAY; 3]);
    let waits: Vec<i64> =
        (0..4).map(|failures| wait_s(look_again(&asked(2, failures), now()))).collect();
    assert_eq!(waits, [ANSWER_S, HOUR, ANSWER_S, 2 * HOUR]);
}

#[test]
fn after_a_failure_the_next_hub_has_its_turn_at_once() {
    let wait = |subscription: &Subscription, told_s: Option<u64>, refused: bool| {
        let told = told_s.map(Duration::from_secs);
        wait_s(after_failure(subscription, &asking(subscription), told, refused))
    };
    assert_eq!(wait(&new(2), None, false), 0);
    assert_eq!(wait(&asked(2, 1), None, false), HOUR);
    assert_eq!(wait(&new(1), None, false), HOUR);
    assert_eq!(wait(&new(1), Some(7_200), false), 2 * HOUR);
    assert_eq!(wait(&new(1), Some(u64::MAX), false), DAY);
    assert_eq!(wait(&new(1), None, true), DAY, "a private address stays one");
    assert_eq!(wait(&held(2, 60), None, false), HOUR, "the others know nothing of it");
}

#[test]
fn a_refusal_is_respected_for_a_day() {
    let refused = |hubs_len, failures| Subscription {
        state: SubscriptionState::Refused,
        ..asked(hubs_len, failures)
    };
    assert_eq!(next(&refused(2, 1), now()), subscribe(HUBS[1]));
    assert_eq!(next(&refused(1, 1), now()), Step::Rest(after(now(), DAY)));
    assert_eq!(next(&refused(1, 1), after(now(), DAY)), subscribe(HUBS[0]));
    assert_eq!(next(&refused(1, 0), now()), Step::Rest(after(now(), DAY)), "it took back its word");
}

#[test]
fn what_nobody_wants_is_ended_told_and_forgotten() {
    let unwanted = Subscription { wanted: false, ..held(1, 60) };
    assert_eq!(next(&unwanted, now()), Step::End);
    let ended = Subscription { state: SubscriptionState::Ended, ..unwanted };
    assert_eq!(next(&ended, now()), Step::Unsubscribe);
    assert_eq!(next(&Subscription { failures: 3, ..ended.clone() }, now()), Step::Forget);
    assert_eq!(next(&Subscription { lease_until: None, ..ended }, now()), Step::Forget);
}

#[test]
fn a_listing_that_a_hub_tells_of_is_visited_rarely_and_never_too_rarely() {
    let wait = |own_s: i64, span_s: Option<i64>| {
        let pace = Pace { span_s, ..Pace::default() };
        wait_s(unhurried(after(now(), own_s), &pace, now()))
    };
    assert_eq!(wait(HOUR / 4, None), 2 * HOUR);
    assert_eq!(wait(6 * HOUR, None), 12 * HOUR);
    assert_eq!(wait(DAY, None), DAY);
    assert_eq!(wait(HOUR / 4, Some(2 * HOUR)), HOUR);
    assert_eq!(wait(HOUR, Some(HOUR)), HOUR);
    assert_eq!(wait(-5, None), 0);
}
