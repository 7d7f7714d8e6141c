use super::{COMMENTED, Config, load, read};
use expect_test::{Expect, expect};

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&match read(text) {
        Ok(config) => format!("{config:?}"),
        Err(wrong) => wrong,
    });
}

#[test]
fn the_commented_file_is_the_default() {
    assert_eq!(read(COMMENTED), Ok(Config::default()));
}

/// Every commented key, taken out of its comment, is known and stands at its default.
#[test]
fn every_commented_key_is_known() {
    let keys: String = COMMENTED
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(key) if !key.starts_with(' ') && key.contains(" = ") => Some(key),
            Some(_) => None,
            None => Some(line),
        })
        .filter(|line| !matches!(*line, "proxy = \"\"" | "ca = \"\"" | "public = \"\""))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(keys.contains("gap_ms = 1000"));
    assert_eq!(read(&keys), Ok(Config::default()));
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_a_suggestion() {
    check(
        "[fetch]\ngap_ms = 5\ncontcat = \"x\"\n",
        expect![
            "line 3: unknown field `contcat`, expected one of `contact`, `gap_ms`, `hosts_at_once`, `requests_a_day`, `proxy`, `environment_proxy`, `ca`, `allow`; did you mean `contact`?"
        ],
    );
    check(
        "[fecth]\n",
        expect![
            "line 1: unknown field `fecth`, expected one of `library`, `fetch`, `pictures`, `serve`, `print`; did you mean `fetch`?"
        ],
    );
}

#[test]
fn a_value_out_of_range_is_refused_by_name() {
    check("[fetch]\nhosts_at_once = 0", expect!["fetch.hosts_at_once: must be 1 to 256"]);
    check(
        "[fetch]\nallow = [\"nas.lan\"]",
        expect!["fetch.allow: `nas.lan` must name a port: `nas.lan:80`"],
    );
}

#[test]
fn what_is_said_of_pictures_is_checked() {
    check(
        "[pictures]\nhosts = [\"https://news.example\"]",
        expect![
            "pictures.hosts: `https://news.example` must be a host in small letters, as `news.example`, or `*.news.example` for all below it"
        ],
    );
    check("[pictures]\ncache_mib = 0", expect!["pictures.cache_mib: must be 1 to 1048576 (1 TiB)"]);
    check(
        "[pictures]\nkeep = \"some\"",
        expect!["line 2: unknown variant `some`, expected one of `all`, `lead`, `none`"],
    );
    let told = "[pictures]\nkeep = \"lead\"\nhosts = [\"news.example\", \"*.news.example\"]";
    assert_eq!(read(told).unwrap().pictures.hosts.len(), 2);
}

#[test]
fn a_public_address_is_a_place_on_the_web() {
    check("[serve]\npublic = \"news.example\"", expect!["line 2: not an http(s) address"]);
    check(
        "[serve]\npublic = \"https://news.example/?a=b\"",
        expect!["serve.public: must be an address without `?` and `#`"],
    );
}

#[test]
fn a_wrong_type_is_told_with_its_line() {
    check(
        "[serve]\nlisten = 7070\n",
        expect!["line 2: invalid type: integer `7070`, expected socket address"],
    );
    check(
        "[serve]\nlisten = \"everywhere\"\n",
        expect!["line 2: it must be an address with its port, as 127.0.0.1:7070"],
    );
    check(
        "[fetch]\ngap_ms = -1\n",
        expect!["line 2: invalid value: integer `-1`, expected a whole number from 0 on"],
    );
}

#[test]
fn a_configuration_without_an_end_is_refused() {
    let endless = std::path::Path::new("/dev/zero");
    let wrong = load(Some(endless), endless).unwrap_err().to_string();
    assert!(wrong.contains("larger than 1 MiB"), "{wrong}");
}
