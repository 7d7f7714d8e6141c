//! The links of a page, gathered by the address that they lead to.

use super::form::{self, Form};
use super::layout::Layout;
use super::{site, words};
use news::Address;
use std::collections::HashMap;

/// The most links of one page that are looked at.
const LINKS_MAX: usize = 20_000;

/// An address of the same site, and the links to it.
pub struct Target {
    pub address: Address,
    pub form: Form,
    pub links: Vec<Link>,
}

impl Target {
    /// Returns the weight of the most words that a link to it has, numbers apart.
    pub fn words_weight(&self) -> u32 {
        let worded = self.links.iter().filter(|link| !link.is_numeric);
        worded.map(|link| link.weight).max().unwrap_or(0)
    }
}

/// One `<a>`.
pub struct Link {
    pub spot: usize,
    /// The weight of its words.
    pub weight: u32,
    pub is_numeric: bool,
}

/// Returns the addresses of this site that a page links to, in the order of the page.
///
/// Left out are the page itself, the front page, and files.
pub fn read(layout: &Layout, page: &Address, base: &Address) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let own = page.identity();
    let anchors = layout.below(0).filter(|at| layout.name(*at) == "a").take(LINKS_MAX);
    for spot in anchors {
        let Some(address) = followed(layout, spot, page, base) else {
            continue;
        };
        let identity = address.identity();
        if identity == own {
            continue;
        }
        let at = *known.entry(identity).or_insert_with(|| {
            let form = Form::of(&address);
            targets.push(Target { address: address.clone(), form, links: Vec::new() });
            targets.len() - 1
        });
        let target = &mut targets[at];
        // What is left out of the shorter one says only how a reader came.
        if query_len(&address) < query_len(&target.address) {
            target.address = address;
        }
        target.links.push(link(layout, spot));
    }
    targets
}

fn query_len(address: &Address) -> usize {
    address.as_url().query().map_or(0, str::len)
}

/// Returns where a link leads, if that may be an article of this site.
fn followed(layout: &Layout, spot: usize, page: &Address, base: &Address) -> Option<Address> {
    let href = layout.attr(spot, "href")?.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let address = base.join(href)?.without_fragment();
    let is_front = address.as_url().path() == "/" && address.as_url().query().is_none();
    let is_here = site::is_one(address.host(), page.host());
    (is_here && !is_front && !form::is_file(&address)).then_some(address)
}

fn link(layout: &Layout, spot: usize) -> Link {
    let weight = layout.weight(spot);
    let is_numeric = weight <= 20 && words::is_numeric(&layout.text(spot));
    Link { spot, weight, is_numeric }
}
