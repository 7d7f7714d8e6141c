use super::see_through;
use news::Address;

#[track_caller]
fn check(from: &str, to: &str) {
    let address = Address::read(from).expect("it is an address");
    assert_eq!(see_through(&address).as_str(), to);
}

#[test]
fn proxies_are_seen_through() {
    let picture = "https://paper.example/p/a.jpg";
    check("https://images.weserv.nl/?url=paper.example/p/a.jpg&w=80", picture);
    check("https://images.weserv.nl?url=https://paper.example/p/a.jpg", picture);
    check("https://wsrv.nl/?url=ssl:paper.example/p/a.jpg", picture);
    check("https://i0.wp.com/paper.example/p/a.jpg?resize=1&ssl=1", picture);
    check(
        "https://a.example/_next/image?url=https%3A%2F%2Fpaper.example%2Fp%2Fa.jpg&w=64",
        picture,
    );
    check("https://paper.example/_next/image?url=%2Fp%2Fa.jpg&w=64&q=75", picture);
    check("https://c.example/x/image/fetch/w_9,f_auto/https://paper.example/p/a.jpg", picture);
    check("https://c.example/image/fetch/w_9/https%3A%2F%2Fpaper.example%2Fp%2Fa.jpg", picture);
    check("https://c.example/cdn-cgi/image/width=80/https://paper.example/p/a.jpg", picture);
    check("https://paper-example.cdn.ampproject.org/i/s/paper.example/p/a.jpg", picture);
}

#[test]
fn one_proxy_behind_another_is_seen_through() {
    check(
        "https://wsrv.nl/?url=https%3A%2F%2Fi0.wp.com%2Fpaper.example%2Fa.jpg%3Fssl%3D1",
        "https://paper.example/a.jpg",
    );
}

#[test]
fn other_addresses_stay() {
    for same in [
        "https://paper.example/image?url=javascript:x",
        "https://paper.example/share?url=https://other.example/a.jpg",
        "https://paper.example/a.jpg?url=//other.example",
        "https://i0.wp.com/a",
    ] {
        check(same, same);
    }
}
