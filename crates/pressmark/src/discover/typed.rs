//! What a person types when he means a site.

use news::Address;

/// Returns the addresses that the words may mean, likeliest first; empty when they mean none.
///
/// `news.example` is tried with https and then with http; `feed:https://…` and `feed://…` are
/// what feed readers make of a feed's address.
pub fn addresses(typed: &str) -> Vec<Address> {
    let typed = typed.trim();
    if let Some(address) = fetch::guard::read_address(typed) {
        return vec![address];
    }
    if typed.contains("://") || has_other_scheme(typed) {
        return Vec::new();
    }
    let with = |scheme: &&str| Address::read(&format!("{scheme}{typed}"));
    ["https://", "http://"].iter().filter_map(with).collect()
}

/// Tells `mailto:x` and `javascript:x` from `host:8080/x`.
fn has_other_scheme(plain: &str) -> bool {
    plain.split_once(':').is_some_and(|(before, after)| {
        !before.contains(['.', '/', '['])
            && before != "localhost"
            && !after.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let found = addresses(typed);
        assert_eq!(found.iter().map(|address| address.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_scheme_may_be_left_out() {
        check(" news.example/zh ", &["https://news.example/zh", "http://news.example/zh"]);
        check("news.example:8080", &["https://news.example:8080/", "http://news.example:8080/"]);
        check("localhost:8080/x", &["https://localhost:8080/x", "http://localhost:8080/x"]);
        check("http://news.example", &["http://news.example/"]);
    }

    #[test]
    fn a_feed_readers_scheme_is_understood() {
        check("feed://news.example/rss", &["http://news.example/rss"]);
        check("feed:https://news.example/rss", &["https://news.example/rss"]);
    }

    #[test]
    fn other_schemes_are_no_sites() {
        for typed in ["mailto:a@news.example", "javascript:alert", "ftp://news.example", ""] {
            check(typed, &[]);
        }
    }
}
