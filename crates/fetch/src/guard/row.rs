//! The guard as a program asks it: one row in, one verdict out, nothing dialled.

use super::read_address;
use crate::outside::{Outside, Told};
use crate::{Client, Kind, Options, Outcome, Request};
use news::Address;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const FOUND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// Judges one row of a table of addresses (`{"id", "url"}` and, told by the row instead of the
/// network, `dns`: the resolver's answers; `redirect_to`: where the first server sends us; `allow`:
/// the operator's list).
///
/// Returns `{"id", "verdict": "allow|block|reject-url"}`: for what is refused with the reason
/// (`why`), for what is allowed with the addresses that would be dialled (`connect`) and the
/// address as it is stored (`url`). The row runs through the very client that fetches, with a told
/// outside in the place of the network.
pub fn answer(row: &str) -> String {
    let row: Value = match serde_json::from_str(row) {
        Ok(row) => row,
        Err(wrong) => {
            let why = format!("the row is no JSON: {wrong}");
            return json!({ "id": null, "verdict": "reject-url", "why": why }).to_string();
        }
    };
    let url = row["url"].as_str().unwrap_or_default();
    let mut answer = match read_address(url) {
        None => json!({ "verdict": "reject-url", "why": "it is no http(s) address" }),
        Some(address) => judge(&row, address),
    };
    answer["id"] = row["id"].clone();
    answer.to_string()
}

fn judge(row: &Value, address: Address) -> Value {
    let told = Arc::new(Outside::Told(told(row, &address)));
    let options = Options {
        allow: words(&row["allow"]),
        gap: Duration::ZERO,
        respect_robots: false,
        ..Options::default()
    };
    let Ok(client) = Client::with_outside(options, told.clone()) else {
        return json!({ "verdict": "block" });
    };
    let url = address.to_string();
    let request = Request { address, kind: Kind::Listing, etag: None, last_modified: None };
    match run(&client, &request) {
        Some(Outcome::Refused(why)) => json!({ "verdict": "block", "why": why.to_string() }),
        None => json!({ "verdict": "block" }),
        Some(_) => json!({ "verdict": "allow", "connect": dialled(&told), "url": url }),
    }
}

fn told(row: &Value, address: &Address) -> Told {
    let ip = |text: &String| text.parse().ok();
    let lookups = row["dns"].as_array().map(Vec::as_slice).unwrap_or_default();
    let answers: VecDeque<Vec<IpAddr>> =
        lookups.iter().map(|lookup| words(lookup).iter().filter_map(ip).collect()).collect();
    let mut responses = VecDeque::from([FOUND.to_owned()]);
    if let Some(to) = row["redirect_to"].as_str() {
        let head = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        responses.push_front(head);
    }
    Told {
        known,
        name: address.host().trim_end_matches('.').to_owned(),
        answers: Mutex::new(answers),
        responses: Mutex::new(responses),
        dialled: Mutex::default(),
    }
}

/// Returns what every name leads to of which a row tells nothing.
fn known(host: &str) -> IpAddr {
    if host == "private.test" { [10, 0, 0, 5].into() } else { [93, 184, 215, 14].into() }
}

/// Runs the client on a thread of its own, so that asynchronous programs may ask as well.
fn run(client: &Client, request: &Request) -> Option<Outcome> {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        Some(runtime.block_on(client.get(request)))
    };
    std::thread::scope(|scope| scope.spawn(work).join().ok().flatten())
}

fn dialled(outside: &Outside) -> Vec<String> {
    let Outside::Told(told) = outside else {
        return Vec::new();
    };
    let Ok(dialled) = told.dialled.lock() else {
        return Vec::new();
    };
    dialled.iter().map(IpAddr::to_string).collect()
}

fn words(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}
