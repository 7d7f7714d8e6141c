//! What a person meant who mistyped an address.

use news::Address;

/// Top-level domains as fingers write them; only the country codes among them lead anywhere.
const TOP_LEVEL: &[(&str, &str)] = &[
    ("con", "com"),
    ("cmo", "com"),
    ("ocm", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("comm", "com"),
    ("coom", "com"),
    ("cpm", "com"),
    ("cm", "com"),
    ("om", "com"),
    ("ogr", "org"),
    ("orgg", "org"),
    ("prg", "org"),
    ("rog", "org"),
    ("or", "org"),
    ("nte", "net"),
    ("nett", "net"),
    ("ner", "net"),
    ("ne", "net"),
];

/// How many letters of `http` may be wrong.
const SCHEME_SLIPS_MAX: usize = 2;

/// How alike two hosts must be for one to be meant by the other, from 0 to 1.
const LIKENESS_LEAST: f64 = 0.85;

/// Returns the address that was meant where only its scheme is mistyped: `htp://`, `https//`.
pub fn scheme(typed: &str) -> Option<String> {
    let slash = typed.find('/')?;
    let (before, rest) = typed.split_at(slash);
    let rest = rest.trim_start_matches(['/', ':']);
    let before = before.trim_end_matches([':', ';', '.', ',']).to_ascii_lowercase();
    let is_letters = before.bytes().all(|byte| byte.is_ascii_alphabetic());
    let near =
        ["https", "http"].into_iter().min_by_key(|scheme| strsim::levenshtein(scheme, &before));
    let near = near.filter(|scheme| strsim::levenshtein(scheme, &before) <= SCHEME_SLIPS_MAX)?;
    // `ftp` is as near to `http` as `htp` is, and is meant.
    let is_another = matches!(before.as_str(), "ftp" | "sftp" | "ftps" | "nntp" | "smtp" | "file");
    let address = format!("{near}://{rest}");
    (is_letters && !is_another && rest.contains('.') && Address::read(&address).is_some())
        .then_some(address)
}

/// Returns the host that was meant by one that leads nowhere, if it is a plain slip.
pub fn host(host: &str) -> Option<String> {
    if host.contains("..") {
        return Some(
            host.split('.').filter(|label| !label.is_empty()).collect::<Vec<_>>().join("."),
        );
    }
    if let Some(rest) = ["wwww.", "ww."].iter().find_map(|slip| host.strip_prefix(slip)) {
        return Some(format!("www.{rest}"));
    }
    let Some((name, top)) = host.rsplit_once('.') else {
        let ends = ["com", "org", "net"].into_iter();
        let mut cut = ends.filter_map(|top| Some((host.strip_suffix(top)?, top)));
        return cut.find(|(name, _)| name.len() > 2).map(|(name, top)| format!("{name}.{top}"));
    };
    if let Some((_, meant)) = TOP_LEVEL.iter().find(|(slip, _)| *slip == top) {
        return Some(format!("{name}.{meant}"));
    }
    let rest = host.strip_prefix("www").filter(|rest| !rest.starts_with('.'))?;
    rest.contains('.').then(|| format!("www.{rest}"))
}

/// Returns the host that is most like a mistyped one, if any is like it.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let typed = plain(typed);
    let like = |host: &str| strsim::normalized_damerau_levenshtein(&typed, &plain(host));
    let near = known.into_iter().map(|host| (like(host), host));
    let near = near.filter(|(likeness, _)| (LIKENESS_LEAST..1.0).contains(likeness));
    near.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::{host, nearest, scheme};

    #[test]
    fn a_mistyped_scheme_is_seen_through() {
        for (typed, meant) in [
            ("htp://news.example/a", "http://news.example/a"),
            ("htps://news.example", "https://news.example"),
            ("hhtps://news.example", "https://news.example"),
            ("https//news.example", "https://news.example"),
            ("https//:news.example", "https://news.example"),
            ("http;//news.example", "http://news.example"),
        ] {
            assert_eq!(scheme(typed).as_deref(), Some(meant), "{typed}");
        }
        for typed in
            ["ftp://news.example", "news.example/a", "gopher://a.example", "mailto:x", "https//"]
        {
            assert_eq!(scheme(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_mistyped_host_is_seen_through() {
        for (typed, meant) in [
            ("news.con", "news.com"),
            ("a.news.ogr", "a.news.org"),
            ("harbournewscom", "harbournews.com"),
            ("wwwnews.example", "www.news.example"),
            ("ww.news.example", "www.news.example"),
            ("news..example", "news.example"),
        ] {
            assert_eq!(host(typed).as_deref(), Some(meant), "{typed}");
        }
        for typed in ["news.example", "localhost", "www.news.example", "com"] {
            assert_eq!(host(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_known_host_is_preferred_to_none() {
        let known = ["www.harbour.example", "quay.example"];
        assert_eq!(nearest("harbuor.example", known), Some("www.harbour.example"));
        assert_eq!(nearest("harbourr.example", known), Some("www.harbour.example"));
        assert_eq!(nearest("harbour.example", known), None, "it is the same");
        assert_eq!(nearest("lighthouse.example", known), None);
    }
}
