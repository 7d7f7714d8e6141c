use super::*;

fn told<'a>(graph: &'a str, title: &'a str) -> Told<'a> {
    Told { listed: None, ld: None, property: None, graph: Some(graph), title: Some(title) }
}

#[track_caller]
fn check(shown: &[&str], told: &Told, sites: &[&str], expected: &str) {
    let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let found = choose(&owned(shown), told, &owned(sites));
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn the_heading_that_is_like_the_head_wins() {
    let told = told("Frost closes harbour", "Frost closes harbour | The Tide");
    check(
        &["The Tide", "Frost closes the harbour"],
        &told,
        &["The Tide"],
        "Frost closes the harbour",
    );
}

#[test]
fn a_heading_with_the_name_of_the_site_is_no_headline() {
    let told = told("Frost closes harbour", "Frost closes harbour | The Tide");
    check(&["The Tide"], &told, &["The Tide"], "Frost closes harbour");
}

#[test]
fn the_site_is_cut_off_a_title() {
    let sites = ["The Tide".to_owned()];
    assert_eq!(
        without_site("Frost - and thaw - The Tide", &sites, &HashSet::new()),
        "Frost - and thaw"
    );
    assert_eq!(without_site("港口结冰_潮报", &["潮报".to_owned()], &HashSet::new()), "港口结冰");
    assert_eq!(without_site("Frost | Ebb", &sites, &HashSet::from(["frost".to_owned()])), "Frost");
}

#[test]
fn a_kicker_in_the_heading_is_no_part_of_the_headline() {
    let told = told("Frost closes harbour", "Frost closes harbour | The Tide");
    check(&["Winter Frost closes harbour"], &told, &["The Tide"], "Frost closes harbour");
}

#[test]
fn a_title_that_was_never_closed_is_cut() {
    let page = "Frost - ".repeat(20_000);
    let told = told("", &page);
    let found = choose(&[], &told, &["The Tide".to_owned()]);
    assert!(found.is_some_and(|said| said.len() <= HEADLINE_BYTES_MAX));
}
