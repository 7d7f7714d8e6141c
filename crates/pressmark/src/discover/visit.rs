//! One request of a look around, and why nothing came of it.

use fetch::{Client, Kind, Outcome, Request, Why};
use news::{Address, Capture};

/// Why nothing came.
#[derive(Clone, Debug)]
pub struct Miss {
    pub address: Address,
    /// A sentence for a person.
    pub why: String,
    pub how: How,
}

/// How far a request came that brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The site answered that there is nothing here, or not for us; it may have other places.
    NotHere,
    /// The site is to be left alone now.
    NotNow,
    /// Somebody is there, but not securely.
    NotSecure,
    /// Nobody listens there.
    NoServer,
    /// The name leads nowhere.
    NoName,
    /// We may not go there.
    Refused,
}

impl Miss {
    /// Tells whether another way to write the same address is worth a try after this one.
    ///
    /// Plain http is tried only where nobody listens for https: an answer or a bad certificate is
    /// an answer. A port of its own that does not speak TLS at all speaks http.
    pub fn lets_try(&self, other: &Address) -> bool {
        let is_same_host = other.host() == self.address.host();
        match self.how {
            How::NotHere | How::NotNow | How::Refused => false,
            How::NotSecure => other.is_https() && !is_same_host || other.as_url().port().is_some(),
            How::NoName => !is_same_host,
            How::NoServer => true,
        }
    }

    /// Tells whether nobody at all was there.
    pub fn is_silence(&self) -> bool {
        matches!(self.how, How::NoServer | How::NoName)
    }
}

pub async fn get(client: &Client, address: &Address) -> Result<Capture, Miss> {
    let request =
        Request { address: address.clone(), kind: Kind::Listing, etag: None, last_modified: None };
    let miss =
        |why: String, how| Miss { address: address.clone(), why: format!("{address}: {why}"), how };
    match client.get(&request).await {
        Outcome::Fresh(capture) => Ok(capture),
        Outcome::Unchanged(_) => Err(miss("the site sent nothing".into(), How::NotHere)),
        Outcome::Gone(_) => {
            Err(miss("the site says that it is gone for good (410)".into(), How::NotHere))
        }
        Outcome::Refused(Why::Robots) => Err(miss(Why::Robots.to_string(), How::NotHere)),
        Outcome::Refused(why @ Why::Private { .. }) => {
            let server = format!("{}:{}", address.host(), address.port());
            let way_out = format!(
                "a server of your own is permitted by `allow = [\"{server}\"]` under [fetch] in the \
                 library's pressmark.toml (`pressmark doctor` says where that is)"
            );
            Err(miss(format!("{why}; {way_out}"), How::Refused))
        }
        Outcome::Refused(why) => Err(miss(why.to_string(), How::Refused)),
        Outcome::Failed { why, .. } => Err(miss(why.to_string(), how(&why))),
    }
}

fn how(why: &Why) -> How {
    match why {
        Why::NoRobots(why) => how(why),
        Why::Name { .. } => How::NoName,
        Why::Connection { .. } | Why::Proxy(_) | Why::Timeout(_) => How::NoServer,
        Why::Tls { .. } => How::NotSecure,
        Why::Status(429 | 500..) | Why::TooSlow => How::NotNow,
        _ => How::NotHere,
    }
}
