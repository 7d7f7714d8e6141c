//! What a site offers to follow, found by asking it.

mod choice;
mod typed;

pub use choice::Choice;

use crate::shop::Shop;
use fetch::{Client, Kind, Outcome, Request};
use listing::Document;
use listing::discover;
use news::{Address, Capture, Form};
use std::sync::Arc;

/// How many of the listings that a page names are looked at.
const LINKS_MAX: usize = 8;

/// A site, and the listings that can be followed; at least one, the best first.
#[derive(Clone, Debug)]
pub struct Found {
    pub site: Address,
    pub choices: Vec<Choice>,
}

/// Looks at what was typed; the error is a sentence for a person.
pub async fn look(client: &Client, shop: &Shop, typed: &str) -> Result<Found, String> {
    let addresses = typed::addresses(typed);
    let mut first_why = None;
    for address in &addresses {
        match get(client, address).await {
            Ok(capture) => return look_at(client, shop, capture).await,
            Err(miss) => {
                let answered = miss.answered;
                first_why.get_or_insert(miss.why);
                // Plain http is tried only where nobody listens for https; an answer or a bad
                // certificate is an answer.
                if answered {
                    break;
                }
            }
        }
    }
    Err(first_why.unwrap_or_else(|| {
        format!("`{typed}` is no address of a site: http and https are followed")
    }))
}

/// Returns all that a site offers now, the best first; nothing when it can't be had.
pub async fn offers(client: &Client, shop: &Shop, site: &Address) -> Vec<Choice> {
    let Ok(capture) = get(client, site).await else {
        return Vec::new();
    };
    look_at(client, shop, capture).await.map(|found| found.choices).unwrap_or_default()
}

/// Looks at one address; `form` is what it is known to be, where that is known.
pub async fn choice(
    client: &Client,
    shop: &Shop,
    address: &Address,
    _form: Option<Form>,
) -> Result<Choice, String> {
    let capture = get(client, address).await.map_err(|miss| miss.why)?;
    read(shop, &Arc::new(capture)).await
}

/// Follows the typed address itself although it could not be read.
pub fn unread(typed: &str, why: &str) -> Option<Found> {
    let address = typed::addresses(typed).into_iter().next()?;
    let choice = Choice {
        title: address.host().to_owned(),
        address: address.clone(),
        language: None,
        form: Form::Unknown,
        entries_len: 0,
        preview: vec![format!("not read yet: {why}")],
        has_text: false,
        newest: None,
        pages: Vec::new(),
    };
    Some(Found { site: address.origin(), choices: vec![choice] })
}

async fn look_at(client: &Client, shop: &Shop, capture: Capture) -> Result<Found, String> {
    let capture = Arc::new(capture);
    let why = match read(shop, &capture).await {
        Ok(choice) => {
            return Ok(Found { site: choice.address.origin(), choices: vec![choice] });
        }
        Err(why) => why,
    };
    let site = capture.address.origin();
    let links = links(shop, capture).await;
    let mut choices = read_all(client, shop, links, LINKS_MAX).await;
    if choices.is_empty() {
        choices = read_first(client, shop, discover::well_known(&site)).await;
    }
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.worth()));
    if choices.is_empty() {
        return Err(format!(
            "{why}, and {site} names no feed; the address of a feed or a sitemap would help \
             (`--anyway` follows the address as it is)"
        ));
    }
    Ok(Found { site, choices })
}

/// Reads a capture as a listing on one of the cores.
async fn read(shop: &Shop, capture: &Arc<Capture>) -> Result<Choice, String> {
    let (asked, capture) = (capture.asked().clone(), capture.clone());
    let read = shop.cpu(move || Choice::read(&capture)).await;
    let read = read.unwrap_or_else(|| Err("reading this broke down; please report it".into()));
    read.map_err(|why| format!("{asked}: {why}"))
}

async fn links(shop: &Shop, capture: Arc<Capture>) -> Vec<Address> {
    let find = move || {
        let document = Document {
            bytes: &capture.body,
            content_type: &capture.content_type,
            base: Some(&capture.address),
        };
        let found = discover::links(&document);
        found.into_iter().map(|candidate| candidate.address).collect()
    };
    shop.cpu(find).await.unwrap_or_default()
}

async fn read_all(
    client: &Client,
    shop: &Shop,
    addresses: Vec<Address>,
    most: usize,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for address in addresses.iter().take(most) {
        if let Ok(capture) = get(client, address).await
            && let Ok(choice) = read(shop, &Arc::new(capture)).await
        {
            choices.push(choice);
        }
    }
    choices
}

/// Looks at the usual places until one of them has something.
async fn read_first(client: &Client, shop: &Shop, addresses: Vec<Address>) -> Vec<Choice> {
    for address in addresses {
        let found = read_all(client, shop, vec![address], 1).await;
        if found.iter().any(|choice| choice.entries_len > 0) {
            return found;
        }
    }
    Vec::new()
}

/// Why nothing came.
struct Miss {
    why: String,
    /// Whether somebody answered at all.
    answered: bool,
}

async fn get(client: &Client, address: &Address) -> Result<Capture, Miss> {
    let request =
        Request { address: address.clone(), kind: Kind::Listing, etag: None, last_modified: None };
    let miss = |why: String, answered| Miss { why: format!("{address}: {why}"), answered };
    match client.get(&request).await {
        Outcome::Fresh(capture) => Ok(capture),
        Outcome::Unchanged(_) => Err(miss("the site sent nothing".into(), true)),
        Outcome::Gone(_) => Err(miss("the site says that it is gone for good (410)".into(), true)),
        Outcome::Refused(why @ fetch::Why::Private { .. }) => {
            let server = format!("{}:{}", address.host(), address.port());
            let way_out = format!(
                "a server of your own is permitted by `allow = [\"{server}\"]` under [fetch] in \
                 pressmark.toml"
            );
            Err(miss(format!("{why}; {way_out}"), true))
        }
        Outcome::Refused(why) => Err(miss(why.to_string(), true)),
        Outcome::Failed { why, capture, .. } => {
            let answered = capture.is_some() || matches!(why, fetch::Why::Tls { .. });
            Err(miss(why.to_string(), answered))
        }
    }
}
