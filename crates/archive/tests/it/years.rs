//! What happens to a source over the years: it moves, breaks, is stood in for, recovers.

use crate::library::*;
use archive::health::{self, Cause, Fix, State, Trouble};
use archive::*;
use news::{Address, Hop, Timestamp};

const DAY: i64 = 24 * HOUR;

async fn post(library: &Library) -> Source {
    library.archive.find_source("post").await.unwrap().expect("it is followed")
}

/// Visits the listing at a place; it announces these pages.
async fn visit(library: &Library, place: &str, now: Timestamp, pages: &[&str]) -> ListingKept {
    let errand = library.due_at(now, place).await;
    let entries = pages.iter().map(|page| entry(page, "Page")).collect();
    library.archive.keep_listing(listing_visit(errand, now, entries)).await.unwrap()
}

/// Has the visit of the listing at a place fail.
async fn fail(library: &Library, place: &str, now: Timestamp, trouble: Trouble) {
    let failure = Failure {
        errand: library.due_at(now, place).await,
        capture: None,
        why: format!("it said {trouble}"),
        trouble,
        retry: Some(now + jiff::SignedDuration::from_hours(1)),
    };
    library.archive.keep_failure(failure, now).await.unwrap();
}

/// Visits a feed that a redirect with this status sends elsewhere.
pub async fn visit_moved(library: &Library, now: Timestamp, status: u16, to: &str) {
    let errand = library.due_listing(now).await;
    let hop = Hop {
        address: errand.address.clone(),
        at: now,
        status,
        request_head: Vec::new(),
        response_head: Vec::new(),
        peer: String::new(),
    };
    let mut moved = listing_visit(errand, now, vec![entry("https://post.example/1", "One")]);
    moved.capture.address = address(to);
    moved.capture.hops.push(hop);
    library.archive.keep_listing(moved).await.unwrap();
}

const FEED: &str = "https://post.example/feed";
const NEW: &str = "https://post.example/rss";

#[tokio::test]
async fn a_permanent_redirect_is_followed_once_it_has_held_for_days() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    visit_moved(&library, at(0), 301, NEW).await;
    let state = post(&library).await.listings.remove(0);
    assert_eq!(state.address, address(FEED), "not at once");
    assert_eq!(state.moving, Some(Move { to: address(NEW), since: at(0) }));
    visit_moved(&library, at(2 * DAY), 308, NEW).await;
    assert_eq!(post(&library).await.listings[0].address, address(FEED));
    visit_moved(&library, at(3 * DAY), 301, NEW).await;
    let state = post(&library).await.listings.remove(0);
    assert_eq!((state.address, state.formerly), (address(NEW), Some(address(FEED))));
    assert_eq!(state.moving, None);
    let errand = library.due_listing(at(5 * DAY)).await;
    assert_eq!((errand.address, errand.validators), (address(NEW), Validators::default()));
    library.verified().await;
}

#[tokio::test]
async fn a_redirect_that_is_taken_back_or_temporary_moves_nothing() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    visit_moved(&library, at(0), 301, NEW).await;
    library.announce(at(DAY), vec![]).await;
    assert_eq!(post(&library).await.listings[0].moving, None);
    visit_moved(&library, at(2 * DAY), 301, NEW).await;
    visit_moved(&library, at(4 * DAY), 301, "https://post.example/other").await;
    visit_moved(&library, at(6 * DAY), 302, NEW).await;
    visit_moved(&library, at(10 * DAY), 302, NEW).await;
    assert_eq!(post(&library).await.listings[0].address, address(FEED));
}

#[tokio::test]
async fn a_listing_that_moves_to_a_known_one_ends() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    visit_moved(&library, at(0), 301, NEW).await;
    library.archive.add_listing(source.id, &address(NEW), at(0)).await.unwrap();
    visit(&library, NEW, at(0), &[]).await;
    visit_moved(&library, at(4 * DAY), 301, NEW).await;
    let source = post(&library).await;
    assert!(source.listings[0].ended && !source.listings[1].ended);
    assert_eq!(health::of(&source, at(4 * DAY)).state, State::Well);
    let due = library.due(at(9 * DAY)).await;
    let listings = due.iter().filter(|errand| matches!(errand.task, Task::Listing { .. }));
    assert_eq!(listings.count(), 1);
}

#[tokio::test]
async fn a_stand_in_is_followed_until_the_broken_one_is_back() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let [one, two] = ["https://post.example/1", "https://post.example/2"];
    visit(&library, FEED, at(0), &[one]).await;
    fail(&library, FEED, at(DAY), Trouble::Status(404)).await;
    let source = post(&library).await;
    let told = health::of(&source, at(DAY));
    assert_eq!((told.state, told.fix()), (State::Failing { since: at(DAY) }, Fix::Heal));

    let broken = source.listings[0].id;
    library.archive.stand_in(broken, &address(NEW), None, at(DAY)).await.unwrap();
    library.archive.keep_looked(broken, at(DAY)).await.unwrap();
    let source = post(&library).await;
    assert!(matches!(health::of(&source, at(DAY)).state, State::Failing { .. }), "not read yet");
    let other_ids = |page: &str| NewEntry { guid: format!("id of {page}"), ..entry(page, "Page") };
    let errand = library.due_at(at(DAY), NEW).await;
    let named = vec![other_ids(one), other_ids(two)];
    let kept = library.archive.keep_listing(listing_visit(errand, at(DAY), named)).await.unwrap();
    assert_eq!(kept.entries_new, 1, "what is known is known by its page");
    let source = post(&library).await;
    let told = health::of(&source, at(DAY));
    assert_eq!(told.state, State::Well);
    let (broken, stand_in) = told.healed.expect("it says so");
    assert_eq!((&broken.address, &stand_in.address), (&address(FEED), &address(NEW)));

    visit(&library, FEED, at(9 * DAY), &[one, two]).await;
    let source = post(&library).await;
    assert_eq!(health::of(&source, at(9 * DAY)).healed, None);
    assert_eq!(source.listings[1].role, Role::Spare);
    library.archive.ask_now(None, at(10 * DAY)).await.unwrap();
    assert!(library.due(at(10 * DAY)).await.iter().all(|errand| errand.address != address(NEW)));
    library.verified().await;
}

#[tokio::test]
async fn another_sources_listing_stands_in_for_nobody() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    library.follow("other", "other.example").await;
    let broken = source.listings[0].id;
    let other = address("https://other.example/feed");
    let told = library.archive.stand_in(broken, &other, None, at(0)).await;
    assert!(matches!(told, Err(Error::Double(_))));
}

#[tokio::test]
async fn spares_rest_and_witnesses_wait_until_they_are_asked() {
    let library = Library::new().await;
    let mut new = source("post", "post.example");
    let besides = |place: &str, role| NewListing { address: address(place), role, form: None };
    new.listings.push(besides(NEW, Role::Spare));
    new.listings.push(besides("https://post.example/news-sitemap.xml", Role::Witness));
    let source = library.archive.add_source(&new, at(0)).await.unwrap();
    assert_eq!(source.listings.len(), 3);
    let places = |due: Vec<Errand>| due.into_iter().map(|e| e.address).collect::<Vec<Address>>();
    assert_eq!(places(library.due(at(HOUR)).await), [address(FEED)]);
    library.archive.ask_witnesses(source.id, at(HOUR)).await.unwrap();
    assert_eq!(places(library.due(at(HOUR)).await).len(), 2);
}

#[tokio::test]
async fn what_one_source_only_knows_another_may_follow() {
    let library = Library::new().await;
    let mut new = source("post", "post.example");
    new.listings.push(NewListing { address: address(NEW), role: Role::Spare, form: None });
    library.archive.add_source(&new, at(0)).await.unwrap();
    let listings = vec![NewListing::main(address(NEW), None)];
    let sport = NewSource { listings, ..source("sport", "post.example") };
    let sport = library.archive.add_source(&sport, at(HOUR)).await.unwrap();
    assert_eq!((sport.listings.len(), sport.listings[0].role), (1, Role::Main));
    assert_eq!(post(&library).await.listings.len(), 1);
    let due = library.due(at(HOUR)).await;
    assert!(due.iter().any(|errand| errand.address == address(NEW) && errand.source == sport.id));
    let again = NewSource { name: "again".into(), ..new };
    assert!(matches!(library.archive.add_source(&again, at(HOUR)).await, Err(Error::Double(_))));
}

#[tokio::test]
async fn a_listing_that_names_nothing_any_more_is_not_well() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    visit(&library, FEED, at(0), &[]).await;
    let source = post(&library).await;
    assert_eq!(health::of(&source, at(0)).state, State::Well, "it never named anything");
    visit(&library, FEED, at(DAY), &["https://post.example/1"]).await;
    visit(&library, FEED, at(2 * DAY), &[]).await;
    visit(&library, FEED, at(3 * DAY), &[]).await;
    let source = post(&library).await;
    let told = health::of(&source, at(3 * DAY));
    assert_eq!(told.state, State::Failing { since: at(2 * DAY) });
    assert_eq!(source.listings[0].trouble, Some(Trouble::Empty));
    visit(&library, FEED, at(4 * DAY), &["https://post.example/1"]).await;
    assert_eq!(health::of(&post(&library).await, at(4 * DAY)).state, State::Well);
}

#[tokio::test]
async fn a_part_that_is_missing_is_told_until_it_is_had() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let visit_at = async |now, missing: Option<&str>| {
        let errand = library.due_at(now, FEED).await;
        let visit = listing_visit(errand, now, Vec::new());
        let visit = ListingVisit { missing: missing.map(str::to_owned), ..visit };
        library.archive.keep_listing(visit).await.unwrap();
        post(&library).await.listings.remove(0)
    };
    for now in [at(0), at(DAY)] {
        let listing = visit_at(now, Some("status 503")).await;
        assert_eq!(listing.trouble, Some(Trouble::Partial));
        assert_eq!((listing.failing_since, listing.well), (Some(at(0)), Some(now)));
        assert!(!listing.is_failing());
    }
    assert_eq!(visit_at(at(2 * DAY), None).await.trouble, None);
}

#[tokio::test]
async fn each_day_tells_what_it_brought_and_what_it_cost() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let page = "https://post.example/1";
    library.keep(at(0), entry(page, "One"), article(page, "One", "Text.")).await;
    fail(&library, FEED, at(DAY), Trouble::Connection).await;
    fail(&library, FEED, at(DAY + 2 * HOUR), Trouble::Robots).await;
    let bars = health::bars(&post(&library).await, at(DAY));
    let told = bars.map(|day| (day.requests, day.failures, day.entries_new));
    assert_eq!(told[5..], [(2, 0, 1), (1, 2, 0)], "what is forbidden is not asked");
    assert_eq!(told[..5], [(0, 0, 0); 5]);
    assert_eq!(library.archive.requests_on(source.id, at(0)).await.unwrap(), 2);
    assert_eq!(library.archive.requests_on(source.id, at(9 * DAY)).await.unwrap(), 0);
    library.archive.count_requests(source.id, 3, at(9 * DAY)).await.unwrap();
    assert_eq!(library.archive.requests_on(source.id, at(9 * DAY)).await.unwrap(), 3);
}

#[tokio::test]
async fn work_beyond_a_days_budget_is_put_off_and_told() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let pages = ["https://post.example/1", "https://post.example/2"];
    visit(&library, FEED, at(0), &pages).await;
    library.archive.put_off(source.id, at(0), at(DAY)).await.unwrap();
    assert_eq!(library.archive.next_due(None).await.unwrap(), Some(at(HOUR)), "the listing");
    assert_eq!(library.due(at(DAY)).await.len(), 3, "nothing is lost by it");
    let source = post(&library).await;
    let told = health::of(&source, at(0));
    assert_eq!((told.state, told.cause, told.fix()), (State::Slow, Cause::Budget, Fix::Budget));
    assert_eq!(health::of(&source, at(DAY)).state, State::Well);
}

#[tokio::test]
async fn pages_that_all_fail_are_the_sources_trouble() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    let pages: Vec<String> = (0..6).map(|n| format!("https://post.example/{n}")).collect();
    visit(&library, FEED, at(0), &pages.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(health::of(&post(&library).await, at(0)).state, State::Well, "not asked for yet");
    for page in &pages {
        fail(&library, page, at(1), Trouble::Status(404)).await;
    }
    let source = post(&library).await;
    let told = health::of(&source, at(1));
    assert_eq!((told.cause, told.fix()), (Cause::Pages, Fix::Heal));
    assert_eq!(source.pages.why.as_deref(), Some("it said status 404"));
}

#[tokio::test]
async fn what_another_listing_of_the_source_knows_is_not_new() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let pages = ["https://post.example/1", "https://post.example/2"];
    visit(&library, FEED, at(0), &pages).await;
    library.archive.add_listing(source.id, &address(NEW), at(0)).await.unwrap();
    let errand = library.due_at(at(0), NEW).await;
    let named = NewEntry {
        guid: "another id".to_owned(),
        ..entry("http://www.post.example/1?utm_source=sitemap", "One")
    };
    let visit = listing_visit(errand, at(0), vec![named]);
    let kept = library.archive.keep_listing(visit).await.unwrap();
    assert_eq!(kept, ListingKept::default());
    let known = library.archive.known_pages(source.id, 10).await.unwrap();
    assert_eq!(known, ["post.example/2", "post.example/1"]);
    let ids = ["https://post.example/1".to_owned(), "another id".to_owned()];
    let known = |before| library.archive.known_len(source.id, &ids, before);
    assert_eq!((known(at(0)).await.unwrap(), known(at(1)).await.unwrap()), (0, 1));
    let listing = source.listings[0].id;
    assert_eq!(library.archive.entry_times(listing, 9).await.unwrap(), [at(0); 2]);
}

/// Has the listing at a place answer that it is as it was.
async fn unchanged(library: &Library, place: &str, now: Timestamp) {
    let errand = library.due_at(now, place).await;
    let next = Some(now + jiff::SignedDuration::from_hours(1));
    library.archive.keep_unchanged(errand, answer(place, now, 304, b""), next).await.unwrap();
}

#[tokio::test]
async fn what_is_odd_stays_odd_while_the_document_is_unchanged() {
    let library = Library::new().await;
    library.follow("post", "post.example").await;
    visit(&library, FEED, at(0), &["https://post.example/1"]).await;
    visit(&library, FEED, at(DAY), &[]).await;
    unchanged(&library, FEED, at(2 * DAY)).await;
    let state = post(&library).await.listings.remove(0);
    assert_eq!((state.trouble, state.failing_since), (Some(Trouble::Empty), Some(at(DAY))));
    fail(&library, FEED, at(3 * DAY), Trouble::Connection).await;
    unchanged(&library, FEED, at(4 * DAY)).await;
    assert_eq!(post(&library).await.listings[0].trouble, None);
}

#[tokio::test]
async fn a_witness_that_stood_in_is_a_witness_again() {
    let library = Library::new().await;
    let mut new = source("post", "post.example");
    new.listings.push(NewListing { address: address(NEW), role: Role::Witness, form: None });
    let source = library.archive.add_source(&new, at(0)).await.unwrap();
    let pages = ["https://post.example/1", "https://post.example/2"];
    visit(&library, FEED, at(0), &pages[..1]).await;
    fail(&library, FEED, at(DAY), Trouble::Status(404)).await;
    let broken = source.listings[0].id;
    library.archive.stand_in(broken, &address(NEW), None, at(DAY)).await.unwrap();
    assert_eq!(post(&library).await.listings[1].role, Role::Main);
    visit(&library, FEED, at(2 * DAY), &pages[..1]).await;
    assert_eq!(post(&library).await.listings[1].role, Role::Main, "back, with nothing new");
    visit(&library, FEED, at(3 * DAY), &pages).await;
    assert_eq!(post(&library).await.listings[1].role, Role::Witness);
}

#[tokio::test]
async fn who_stands_in_for_a_stand_in_stands_in_for_the_first() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    visit(&library, FEED, at(0), &["https://post.example/1"]).await;
    fail(&library, FEED, at(DAY), Trouble::Status(404)).await;
    let root = source.listings[0].id;
    library.archive.stand_in(root, &address(NEW), None, at(DAY)).await.unwrap();
    fail(&library, NEW, at(2 * DAY), Trouble::Status(404)).await;
    let second = post(&library).await.listings[1].id;
    let third = "https://post.example/third";
    library.archive.stand_in(second, &address(third), None, at(2 * DAY)).await.unwrap();
    visit(&library, third, at(2 * DAY), &["https://post.example/2"]).await;
    let source = post(&library).await;
    let told = health::of(&source, at(2 * DAY));
    assert_eq!(told.state, State::Well, "{source:#?}");
    assert_eq!(told.healed.unwrap().1.address, address(third));
    assert_eq!(source.listings[1].role, Role::Spare);
}

#[tokio::test]
async fn a_known_listing_of_another_source_can_be_taken_over() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let mut other = super::library::source("other", "other.example");
    other.listings.push(NewListing { address: address(NEW), role: Role::Spare, form: None });
    library.archive.add_source(&other, at(0)).await.unwrap();
    let broken = source.listings[0].id;
    library.archive.stand_in(broken, &address(NEW), None, at(0)).await.unwrap();
    assert_eq!(post(&library).await.listings[1].address, address(NEW));
    assert_eq!(library.due_at(at(0), NEW).await.source, source.id);
}

#[tokio::test]
async fn the_same_number_in_another_listing_is_another_item() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let numbered = |page: &str| NewEntry { guid: "1".to_owned(), ..entry(page, "One") };
    let first = library.due_listing(at(0)).await;
    let old = vec![numbered("https://post.example/old")];
    library.archive.keep_listing(listing_visit(first, at(0), old)).await.unwrap();
    library.archive.add_listing(source.id, &address(NEW), at(0)).await.unwrap();
    let new = || vec![numbered("https://post.example/new")];
    let errand = library.due_at(at(0), NEW).await;
    let kept = library.archive.keep_listing(listing_visit(errand, at(0), new())).await.unwrap();
    assert_eq!(kept, ListingKept { entries_new: 1, entries_changed: 0 });
    let errand = library.due_at(at(2 * HOUR), NEW).await;
    let kept = library.archive.keep_listing(listing_visit(errand, at(2 * HOUR), new())).await;
    assert_eq!(kept.unwrap(), ListingKept::default(), "and the same the next time");
}

#[tokio::test]
async fn items_that_share_a_page_are_not_taken_for_each_other() {
    let library = Library::new().await;
    let source = library.follow("post", "post.example").await;
    let notice = |id: &str| NewEntry {
        guid: id.to_owned(),
        ..entry("https://post.example/live", &format!("Notice {id}"))
    };
    let first = library.due_listing(at(0)).await;
    let visit = listing_visit(first, at(0), vec![notice("a")]);
    library.archive.keep_listing(visit).await.unwrap();
    library.archive.add_listing(source.id, &address(NEW), at(0)).await.unwrap();
    let errand = library.due_at(at(0), NEW).await;
    let visit = listing_visit(errand, at(0), vec![notice("b"), notice("c")]);
    assert_eq!(library.archive.keep_listing(visit).await.unwrap().entries_new, 2);
}
