//! The absolute http(s) address of something on the web.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use url::Url;

/// The longest address Pressmark keeps or asks for, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 8 * 1024;

/// An absolute `http` or `https` address in the normal form of the WHATWG URL standard.
///
/// It never carries a user name or a password, is never longer than [`ADDRESS_BYTES_MAX`], and
/// always has a host. There is one parser for checking and for connecting, so what was checked is
/// what is asked for.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(Url);

impl Address {
    /// Reads an absolute address; white space around it is forgiven, other schemes are not.
    pub fn read(text: &str) -> Option<Address> {
        if text.len() > ADDRESS_BYTES_MAX {
            return None;
        }
        Address::from_url(Url::parse(text.trim()).ok()?)
    }

    /// Reads a reference as it stands in a page or a feed at this address (RFC 3986 §5).
    pub fn join(&self, reference: &str) -> Option<Address> {
        if reference.len() > ADDRESS_BYTES_MAX {
            return None;
        }
        Address::from_url(self.0.join(reference.trim()).ok()?)
    }

    /// Returns the address if the URL is one Pressmark may keep.
    pub fn from_url(mut url: Url) -> Option<Address> {
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return None;
        }
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        (url.as_str().len() <= ADDRESS_BYTES_MAX).then_some(Address(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// Returns the host in lower case, without the port; an IPv6 host keeps its brackets.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Returns the port that a connection would use.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(80)
    }

    /// Returns the name of the server that politeness is owed to: the host, and the port unless it
    /// is one of the two usual ones, since a host's http and https are one machine.
    pub fn server(&self) -> String {
        let host = self.host().trim_end_matches('.');
        match self.port() {
            80 | 443 => host.to_owned(),
            port => format!("{host}:{port}"),
        }
    }

    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns the address without its `#fragment`, which never travels to a server.
    pub fn without_fragment(&self) -> Address {
        let mut url = self.0.clone();
        url.set_fragment(None);
        Address(url)
    }

    /// Returns scheme, host and port alone: where `/robots.txt` lies.
    pub fn origin(&self) -> Address {
        let mut url = self.0.clone();
        url.set_path("/");
        url.set_query(None);
        url.set_fragment(None);
        Address(url)
    }

    /// Returns the text by which two addresses of one article are the same.
    ///
    /// It leaves out what says how a reader came or what he reads with: the scheme, `www.`, a
    /// mobile or AMP form, tracking parameters, the fragment, a slash at the end. Parameters that
    /// stay are sorted. Where a content system puts the number of the article last
    /// (`/a/SLUG/123.html`, RFE/RL's and VOA's Pangea), the number counts and the slug, which
    /// editors change, does not.
    pub fn identity(&self) -> String {
        identity::of(&self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Address, D::Error> {
        let text = String::deserialize(from)?;
        Address::read(&text).ok_or_else(|| serde::de::Error::custom("not an http(s) address"))
    }
}

mod identity;

#[cfg(test)]
mod tests;
