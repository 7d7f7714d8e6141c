use super::*;

const HOUR: i64 = 60 * 60;
const DAY: i64 = rhythm::DAY;

fn midnight() -> Timestamp {
    Timestamp::from_second(1_720_051_200).expect("a fixed time")
}

/// The times so many hours after midnight.
fn at(hours: &[i64]) -> Vec<Timestamp> {
    hours.iter().map(|hour| rhythm::after(midnight(), hour * HOUR)).collect()
}

#[test]
fn the_gap_is_the_usual_one_not_the_mean() {
    assert_eq!(gap(at(&[0, -1, -2, -3, -90])), Some(HOUR));
    assert_eq!(gap(at(&[-3, -1, -1, 0])), Some(2 * HOUR));
    assert_eq!(gap(at(&[0])), None);
    assert_eq!(gap(at(&[0, 0, 0])), None);
}

#[test]
fn entries_that_come_in_batches_come_as_often_as_all_of_them_do() {
    assert_eq!(gap(at(&[0, 0, 0, 0, 0, -12, -12, -12, -12])), Some(12 * HOUR / 8));
    assert_eq!(gap(at(&[0, -24, -24, -48, -72, -72])), Some(72 * HOUR / 5), "days alone");
    assert_eq!(gap(at(&[0, -24, -48])), Some(DAY));
}

#[test]
fn what_was_here_first_tells_nothing_of_the_rhythm() {
    assert_eq!(gap_seen(at(&[9, 6, 3, 0, 0, 0, 0, 0, 0, 0])), Some(3 * HOUR));
    assert_eq!(gap_seen(at(&[9, 9, 9, 9, 9, 0, 0, 0])), Some(9 * HOUR / 5));
    assert_eq!(gap_seen(at(&[0, 0, 0])), None);
    assert_eq!(gap_seen(Vec::new()), None);
}

#[test]
fn an_entry_stays_no_longer_than_the_oldest_has() {
    assert_eq!(span(HOUR, &at(&[0, -1, -2]), 3), 3 * HOUR);
    assert_eq!(span(DAY, &at(&[0, -24]), 10), 10 * DAY, "most tell nothing");
    assert_eq!(span(DAY, &at(&[0, 0, 0, 0, -24]), 5), 2 * DAY);
    assert_eq!(span(i64::MAX, &[], 7), i64::MAX);
}

#[test]
fn a_document_in_which_all_is_new_is_visited_sooner() {
    let day = Pace { gap_s: Some(DAY), span_s: Some(10 * DAY), ..Pace::default() };
    let pace = turned_over(day, 10, 12 * HOUR);
    assert_eq!((pace.gap_s, pace.span_s), (Some(6 * HOUR / 10), Some(6 * HOUR)));
    let pace = turned_over(Pace { span_s: Some(HOUR), ..day }, 10, 12 * HOUR);
    assert_eq!(pace.span_s, Some(HOUR), "it was long away");
    assert_eq!(turned_over(Pace::default(), 0, 0).span_s, Some(1));
}

/// Follows a feed of ten entries that tells days alone, where one comes every so many seconds;
/// returns how many were never seen and how many visits that took.
fn followed(every_s: i64, days: i64) -> (i64, i64) {
    let day = |number: i64| rhythm::after(midnight(), number * every_s / DAY * DAY);
    let (mut now, mut seen, mut visited) = (midnight(), None, None::<Timestamp>);
    let (mut lost, mut visits) = (0, 0);
    while now < rhythm::after(midnight(), days * DAY) {
        let newest = now.duration_since(midnight()).as_secs() / every_s;
        let first = newest - 9;
        let told: Vec<Timestamp> = (first..=newest).map(day).collect();
        let gap_s = gap(told.clone());
        let span_s = gap_s.map(|gap| span(gap, &told, 10));
        let mut pace = Pace { gap_s, span_s, newest: Some(day(newest)), ..Pace::default() };
        if let Some(passed) = visited.filter(|_| seen.is_some_and(|seen| seen < first)) {
            pace = turned_over(pace, 10, now.duration_since(passed).as_secs());
        }
        lost += seen.map_or(0, |seen: i64| (first - 1 - seen).max(0));
        (seen, visited, visits) = (Some(newest), Some(now), visits + 1);
        now = rhythm::next_listing(&pace, now);
    }
    (lost, visits / days)
}

#[test]
fn a_short_feed_of_days_alone_loses_nothing() {
    for a_day in [1, 4, 10, 20, 40] {
        let (lost, visits) = followed(DAY / a_day, 10);
        assert_eq!(lost, 0, "{a_day} a day, visited {visits} times");
        assert!(visits <= 48, "{a_day} a day, visited {visits} times");
    }
}
