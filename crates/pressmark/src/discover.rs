//! What a site offers to follow, found by asking it.
//!
//! Few requests tell most: the page that was typed names its site's feeds, its robots.txt the
//! sitemaps. Only where they name nothing are the usual places asked (`search`).

mod choice;
mod found;
mod search;
mod sight;
mod sitemap;
mod slip;
mod typed;
mod visit;

pub use choice::Choice;
pub use found::Found;
pub use slip::nearest;

use crate::shop::Shop;
use fetch::Client;
use news::{Address, Form, Opml};
use search::Search;
use visit::{How, Miss};

/// The way out where a site is there and has nothing to follow.
const HELPS: &str = "the address of a feed, of a sitemap or of a page with headlines would help \
                     (`--anyway` follows the address as it is)";

/// What there is for an address that was typed.
pub enum Offer {
    Listings(Box<Found>),
    /// The address is that of a list of subscriptions.
    Subscriptions(Box<Opml>),
}

/// Looks at what was typed; the error is a sentence for a person.
pub async fn look(client: &Client, shop: &Shop, typed: &str) -> Result<Offer, String> {
    if std::path::Path::new(typed).is_file() {
        return Err(format!("`{typed}` is a file: `pressmark import {typed}` takes it in"));
    }
    let mut first: Option<Miss> = None;
    let mut last: Option<Miss> = None;
    for address in typed::read(typed)? {
        if last.as_ref().is_some_and(|miss| !miss.lets_try(&address)) {
            continue;
        }
        match Search::new(client, shop).look(&address).await {
            Ok(offer) => return Ok(offer),
            Err(miss) => {
                first.get_or_insert_with(|| miss.clone());
                last = Some(miss);
            }
        }
    }
    Err(first.map_or_else(|| format!("`{typed}` names no site to follow"), |miss| told(&miss)))
}

/// Returns all that a site offers now, the best first; nothing when it can't be had.
pub async fn offers(client: &Client, shop: &Shop, site: &Address) -> Vec<Choice> {
    match Search::new(client, shop).look(site).await {
        Ok(Offer::Listings(found)) => found.choices,
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// Looks at one address. `form` is what it is known to be: a page is a choice only where it is
/// not known to be a feed or a sitemap, so that a feed that has become a page is noticed.
pub async fn choice(
    client: &Client,
    shop: &Shop,
    address: &Address,
    form: Option<Form>,
) -> Result<Choice, String> {
    let may_be_page = matches!(form, None | Some(Form::Unknown | Form::Section));
    Search::new(client, shop).choice(address, may_be_page).await
}

/// Follows the typed address itself although it could not be read.
pub fn unread(typed: &str, why: &str) -> Option<Found> {
    let address = typed::read(typed).ok()?.into_iter().next()?;
    let site = address.origin();
    Some(Found::new(site, None, vec![Choice::unread(address, why)]))
}

/// Returns the host that was typed, where an address was.
pub fn host(typed: &str) -> Option<String> {
    let addresses = typed::read(typed).ok()?;
    addresses.first().map(|address| address.host().to_owned())
}

/// Says why nothing came, and what may have been meant.
fn told(miss: &Miss) -> String {
    // A name without a dot is taken for one of the own network.
    let is_nowhere = miss.is_silence() || !miss.address.host().contains('.');
    let meant = is_nowhere.then(|| slip::host(miss.address.host())).flatten();
    match meant {
        Some(meant) => format!("{}; did you mean `{meant}`?", miss.why),
        None if miss.how == How::NotHere => format!("{}; {HELPS}", miss.why),
        None => miss.why.clone(),
    }
}
