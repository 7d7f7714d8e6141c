use super::*;

#[track_caller]
fn check(page: &str, claim: &str, expected: &str) {
    let page = Address::read(page).expect("an address");
    assert_eq!(of(&page, [claim]).as_str(), expected);
}

#[test]
fn a_claim_on_the_same_site_is_believed() {
    check(
        "https://m.tide.example/a/7?utm=x",
        "https://www.tide.example/a/frost/7.html",
        "https://www.tide.example/a/frost/7.html",
    );
    check("https://tide.example/a/7#top", "/a/seven", "https://tide.example/a/seven");
}

#[test]
fn the_home_page_a_section_and_a_stranger_are_not() {
    let page = "https://tide.example/news/harbour/7.html";
    check(page, "https://tide.example/", page);
    check(page, "https://tide.example/news/", page);
    check(page, "https://other.example/news/harbour/7.html", page);
}

#[test]
fn second_levels_of_countries_are_no_sites() {
    assert!(same_site("news.tide.co.uk", "www.tide.co.uk"));
    assert!(!same_site("ebb.co.uk", "tide.co.uk"));
}
