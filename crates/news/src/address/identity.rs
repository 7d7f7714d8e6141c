//! When two addresses mean one article.

use url::Url;

/// Parameters that say where a reader came from, never what is read.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "cmpid",
    "cmp",
    "ncid",
    "ocid",
    "smid",
    "xtor",
    "at_medium",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "wt_mc",
    "_ga",
    "_gl",
    "vero_id",
    "spm",
    "share_token",
    "ref_src",
    "ref_url",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "__twitter_impression",
    "taid",
    "feature_share",
];

/// Prefixes of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "pk_", "mtm_", "hsa_", "ga_", "itm_", "__hs"];

pub fn of(url: &Url) -> String {
    let mut text = host(url.host_str().unwrap_or_default()).to_owned();
    if let Some(port) = url.port() {
        text.push_str(&format!(":{port}"));
    }
    text.push_str(&path(url.path()));
    let query = query(url);
    if !query.is_empty() {
        text.push('?');
        text.push_str(&query);
    }
    text
}

/// Takes off the labels that name a form of the site and not the site.
fn host(host: &str) -> &str {
    let mut rest = host.strip_suffix('.').unwrap_or(host);
    for label in ["www.", "m.", "mobile.", "amp."] {
        match rest.strip_prefix(label) {
            Some(shorter) if shorter.contains('.') => rest = shorter,
            _ => {}
        }
    }
    rest
}

fn path(path: &str) -> String {
    let mut path = path.trim_end_matches('/');
    path = path.strip_suffix("/amp").unwrap_or(path);
    path = path.strip_prefix("/amp/").map_or(path, |rest| &path[path.len() - rest.len() - 1..]);
    if let Some(number) = pangea_number(path) {
        return format!("/a/{number}");
    }
    path.strip_suffix(".amp").or_else(|| path.strip_suffix(".amp.html")).unwrap_or(path).to_owned()
}

/// Returns the article number of a Pangea address: `/a/SLUG/123.html` or `/a/123.html`.
fn pangea_number(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/a/")?.strip_suffix(".html")?;
    let number = rest.rsplit('/').next()?;
    let short = rest.matches('/').count() <= 1;
    (short && number.len() >= 5 && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

fn query(url: &Url) -> String {
    let mut kept: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair))
        .map(str::to_owned)
        .collect();
    kept.sort();
    kept.join("&")
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let amp = matches!(pair, "amp" | "amp=1" | "amp=true" | "outputType=amp");
    amp || TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
