//! What may be dialled: schemes, names, ports and addresses of the public web.
//!
//! A news library follows addresses that strangers chose. Without this room, any feed could make
//! it knock at the doors of the network it stands in. There is one parser for checking and for
//! connecting; a name is looked up once and the address that was checked is the one dialled;
//! every redirect, robots file and picture comes through here again.

mod names;
mod ports;
mod ranges;
mod row;

pub use ranges::is_public;
pub use row::answer;

use crate::{Error, Why};
use news::Address;
use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use url::Host;

/// The places that the operator trusts although they are private.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust(HashSet<String>);

impl Trust {
    /// Reads each `host:port` as an address would have it, so that the two compare.
    pub(crate) fn read(allow: &[String]) -> Result<Trust, Error> {
        let place = |text: &String| {
            let address = Address::read(&format!("http://{text}/"));
            let told = text.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
            address
                .filter(|address| told == Some(address.port()) && address.as_url().path() == "/")
                .map(|address| host_port(&address))
                .ok_or_else(|| Error::Allow(text.clone()))
        };
        allow.iter().map(place).collect::<Result<_, _>>().map(Trust)
    }

    pub(crate) fn holds(&self, address: &Address) -> bool {
        self.0.contains(&host_port(address))
    }
}

/// Returns what an operator allows by name.
pub(crate) fn host_port(address: &Address) -> String {
    format!("{}:{}", address.host().trim_end_matches('.'), address.port())
}

/// Reads an address as people and feeds hand it in: `feed:`, `pcast:` and `podcast:` are other
/// ways to write http(s).
pub fn read_address(text: &str) -> Option<Address> {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once(':') else {
        return Address::read(text);
    };
    if !["feed", "pcast", "podcast"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Address::read(text);
    }
    if rest.starts_with("//") {
        return Address::read(&format!("http:{rest}"));
    }
    Address::read(rest)
}

/// Judges what can be judged before a name is looked up: the name, the port, a literal address.
pub(crate) fn check_place(address: &Address) -> Result<(), Why> {
    match address.as_url().host() {
        Some(Host::Ipv4(ip)) => check_ip(address, ip.into())?,
        Some(Host::Ipv6(ip)) => check_ip(address, ip.into())?,
        Some(Host::Domain(name)) if !names::is_private(name) => {}
        _ => {
            return Err(Why::Private { host: address.host().to_owned(), found: None });
        }
    }
    if !ports::may_serve_news(address.port()) {
        return Err(Why::Port(address.port()));
    }
    Ok(())
}

/// Returns which of the addresses that a name leads to may be dialled, in the resolver's order.
///
/// A name may lead to public and private places at once; only the public ones count.
pub(crate) fn check_found(address: &Address, found: &[IpAddr]) -> Result<Vec<SocketAddr>, Why> {
    let public: Vec<SocketAddr> = found
        .iter()
        .filter(|ip| is_public(**ip))
        .map(|ip| SocketAddr::new(*ip, address.port()))
        .collect();
    if public.is_empty() {
        let host = address.host().to_owned();
        return Err(Why::Private { host, found: found.first().copied() });
    }
    Ok(public)
}

fn check_ip(address: &Address, ip: IpAddr) -> Result<(), Why> {
    if is_public(ip) {
        return Ok(());
    }
    Err(Why::Private { host: address.host().to_owned(), found: Some(ip) })
}

#[cfg(test)]
mod tests;
