//! Which hosts are one site.

/// Second-level names under which sites register in countries that sort theirs.
const SECOND_LEVEL: [&str; 12] =
    ["ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org"];

/// Hosts that rent a name each to many publishers.
const SHARED: [&str; 14] = [
    "blogspot.com",
    "wordpress.com",
    "tumblr.com",
    "substack.com",
    "medium.com",
    "github.io",
    "gitlab.io",
    "livejournal.com",
    "typepad.com",
    "weebly.com",
    "wixsite.com",
    "netlify.app",
    "vercel.app",
    "pages.dev",
];

/// Tells whether two hosts belong to one publisher, by their names alone.
pub fn is_one(one: &str, other: &str) -> bool {
    one == other || registered(one) == registered(other)
}

/// Returns the part of a host's name that its publisher registered, as well as a name shows it.
fn registered(host: &str) -> &str {
    if host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return host;
    }
    let labels_len = match labels(host, 2) {
        two if SHARED.contains(&two) => 3,
        two if is_public(two) => 3,
        _ => 2,
    };
    labels(host, labels_len)
}

/// Returns the last labels of a host.
fn labels(host: &str, count: usize) -> &str {
    let start = host.rmatch_indices('.').nth(count - 1).map_or(0, |(dot, _)| dot + 1);
    &host[start..]
}

fn is_public(two: &str) -> bool {
    two.split_once('.')
        .is_some_and(|(second, country)| country.len() == 2 && SECOND_LEVEL.contains(&second))
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn a_publishers_hosts_are_one_site() {
        assert!(is_one("www.harbour.example", "sport.harbour.example"));
        assert!(is_one("news.quay.co.uk", "quay.co.uk"));
        assert!(!is_one("quay.co.uk", "pier.co.uk"));
        assert!(!is_one("quay.blogspot.com", "pier.blogspot.com"));
        assert!(!is_one("127.0.0.1", "127.1.0.1"));
        assert!(is_one("localhost", "localhost"));
    }
}
