//! A short word for a source, made of its host.

use news::Address;

/// Labels that stand between a name and its top-level domain in many countries.
const SECOND_LEVEL: &[&str] = &["co", "com", "org", "net", "gov", "edu", "ac", "or", "ne"];

/// Returns `frosttide` for `www.frosttide.com`, `tide` for `www.tide.co.uk`.
pub fn of(site: &Address) -> String {
    let host = site.host();
    let number = host.starts_with('[') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if number {
        let plain = format!("{host}-{}", site.port());
        return plain
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
            .trim_matches('-')
            .to_owned();
    }
    let mut labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    if labels.len() > 1 {
        labels.pop();
    }
    if labels.len() > 1 && labels.last().is_some_and(|label| SECOND_LEVEL.contains(label)) {
        labels.pop();
    }
    labels.last().copied().unwrap_or("source").to_owned()
}

#[cfg(test)]
mod tests {
    use super::of;
    use news::Address;

    #[test]
    fn a_source_is_called_as_people_call_it() {
        for (site, name) in [
            ("https://www.frosttide.com/", "frosttide"),
            ("https://www.tide.co.uk/news", "tide"),
            ("https://news.ltn.com.tw/", "ltn"),
            ("http://localhost:8080/", "localhost"),
            ("http://127.0.0.1:8080/x", "127-0-0-1-8080"),
        ] {
            assert_eq!(of(&Address::read(site).unwrap()), name);
        }
    }
}
