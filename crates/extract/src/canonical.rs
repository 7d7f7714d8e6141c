//! Which address an article has.

use news::Address;

/// Returns the address the page says it lives at, where that can be believed; else its own.
///
/// A claim is believed when it stays on the same site and isn't the home page or a section above
/// the page: broken templates name both.
pub fn of<'a>(page: &Address, claims: impl IntoIterator<Item = &'a str>) -> Address {
    claims
        .into_iter()
        .filter_map(|claim| page.join(claim))
        .map(|claim| claim.without_fragment())
        .find(|claim| believable(page, claim))
        .unwrap_or_else(|| page.without_fragment())
}

fn believable(page: &Address, claim: &Address) -> bool {
    same_site(page.host(), claim.host()) && !is_above(page, claim)
}

/// Tells whether two hosts belong to one site: one under the other, or both under one name.
pub fn same_site(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let under = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
    one == other || under(one, other) || under(other, one) || registered(one) == registered(other)
}

fn bare(host: &str) -> &str {
    ["www.", "m.", "amp.", "mobile."]
        .iter()
        .find_map(|prefix| host.strip_prefix(prefix))
        .unwrap_or(host)
}

/// Returns the part of a host that one buys, told without the public suffix list: a second-level
/// label of at most three letters below a country (`co.uk`, `com.cn`) counts as a suffix.
fn registered(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (dots.next(), dots.next()) else {
        return host;
    };
    let short = last - second - 1 <= 3 && host.len() - last - 1 == 2;
    let cut = if short { dots.next() } else { Some(second) };
    cut.map_or(host, |at| &host[at + 1..])
}

/// Tells whether the claim is the home page or a folder above the page.
fn is_above(page: &Address, claim: &Address) -> bool {
    let parts = |address: &Address| -> Vec<String> {
        let path = address.as_url().path().split('/');
        path.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (own, said) = (parts(page), parts(claim));
    if claim.as_url().query().is_some() {
        return false;
    }
    if said.is_empty() || (said.len() == 1 && said[0].len() <= 3) {
        return !own.is_empty() || page.as_url().query().is_some();
    }
    let form =
        matches!(own.last().map(String::as_str), Some("amp" | "amp.html" | "print" | "full"));
    said.len() < own.len() && own.starts_with(&said) && !form && !is_page_number(&own[said.len()])
}

fn is_page_number(part: &str) -> bool {
    part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
