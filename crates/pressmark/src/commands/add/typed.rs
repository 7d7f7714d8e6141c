//! What a person types when he means a site.

use news::Address;

/// Schemes of feed readers that stand for http.
const FEED_SCHEMES: &[&str] = &["feed", "pcast", "podcast", "itpc", "rss"];

/// Returns the addresses that the words may mean, likeliest first; empty when they mean none.
///
/// `news.example` is tried with https and then with http; `feed:https://…` and `feed://…` are
/// what feed readers make of a feed's address.
pub fn addresses(typed: &str) -> Vec<Address> {
    let typed = typed.trim();
    let plain = without_feed_scheme(typed);
    if plain.contains("://") {
        return Address::read(&plain).into_iter().collect();
    }
    if has_other_scheme(&plain) {
        return Vec::new();
    }
    ["https://", "http://"]
        .iter()
        .filter_map(|scheme| Address::read(&format!("{scheme}{plain}")))
        .collect()
}

fn without_feed_scheme(typed: &str) -> String {
    for scheme in FEED_SCHEMES {
        let Some(rest) = typed
            .strip_prefix(scheme)
            .and_then(|rest| rest.strip_prefix(':'))
        else {
            continue;
        };
        return match rest.strip_prefix("//") {
            Some(rest) if !rest.starts_with("http") => format!("http://{rest}"),
            Some(rest) => rest.to_owned(),
            None => rest.to_owned(),
        };
    }
    typed.to_owned()
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
        assert_eq!(
            found
                .iter()
                .map(|address| address.as_str())
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn a_scheme_may_be_left_out() {
        check(
            " news.example/zh ",
            &["https://news.example/zh", "http://news.example/zh"],
        );
        check(
            "news.example:8080",
            &["https://news.example:8080/", "http://news.example:8080/"],
        );
        check(
            "localhost:8080/x",
            &["https://localhost:8080/x", "http://localhost:8080/x"],
        );
        check("http://news.example", &["http://news.example/"]);
    }

    #[test]
    fn a_feed_readers_scheme_is_understood() {
        check("feed://news.example/rss", &["http://news.example/rss"]);
        check(
            "feed:https://news.example/rss",
            &["https://news.example/rss"],
        );
    }

    #[test]
    fn other_schemes_are_no_sites() {
        for typed in [
            "mailto:a@news.example",
            "javascript:alert",
            "ftp://news.example",
            "",
        ] {
            check(typed, &[]);
        }
    }
}
