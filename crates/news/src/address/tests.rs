use super::Address;

#[track_caller]
fn same(one: &str, other: &str) {
    let identity = |text| Address::read(text).expect("an address").identity();
    assert_eq!(identity(one), identity(other));
}

#[track_caller]
fn different(one: &str, other: &str) {
    let identity = |text| Address::read(text).expect("an address").identity();
    assert_ne!(identity(one), identity(other));
}

#[test]
fn only_http_addresses_are_read() {
    for text in
        ["javascript:alert(1)", "/a/b", "data:text/plain,x", "ftp://a.example/", "", "http://"]
    {
        assert_eq!(Address::read(text), None, "{text}");
    }
    assert_eq!(Address::read(" HTTP://A.example ").unwrap().as_str(), "http://a.example/");
}

#[test]
fn a_password_is_never_kept() {
    let address = Address::read("https://reader:secret@a.example/x").unwrap();
    assert_eq!(address.as_str(), "https://a.example/x");
}

#[test]
fn a_giant_address_is_refused() {
    assert_eq!(Address::read(&format!("http://a.example/{}", "a".repeat(9000))), None);
}

#[test]
fn how_a_reader_came_does_not_make_another_article() {
    same("https://www.a.example/x?utm_source=rss&id=3#top", "http://a.example/x/?id=3");
    same("https://m.a.example/x", "https://a.example/x/amp");
    same("https://a.example/amp/story", "https://a.example/story");
    same("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2");
    same("https://a.example/x.amp.html", "https://a.example/x");
}

#[test]
fn http_and_https_of_a_host_are_one_server() {
    let server = |text| Address::read(text).expect("an address").server();
    assert_eq!(server("http://a.example/x"), "a.example");
    assert_eq!(server("https://A.example./y"), "a.example");
    assert_eq!(server("https://a.example:8443/"), "a.example:8443");
    assert_eq!(server("http://[::1]:8080/"), "[::1]:8080");
}

#[test]
fn what_is_read_does() {
    different("https://a.example/x?id=3", "https://a.example/x?id=4");
    different("https://a.example/x", "https://b.example/x");
    different("https://a.example:8080/x", "https://a.example/x");
    different("https://m.example/x", "https://example/x");
}

#[test]
fn a_new_slug_before_the_number_is_the_same_article() {
    same("https://a.example/a/first-title/7683415.html", "https://a.example/a/7683415.html");
    different("https://a.example/a/title/7683415.html", "https://a.example/a/title/7683416.html");
}
