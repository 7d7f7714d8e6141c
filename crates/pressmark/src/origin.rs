//! How the picture proxy gets what the library does not keep: through the one client, within its
//! guard and its pace. What went wrong is told in the words of images.weserv.nl.

use fetch::{Client, Kind, Outcome, Request, Why};
use news::Address;
use serve::{Bytes, Refusal};
use std::net::IpAddr;
use std::time::Duration;

/// How long a reader waits for a publisher's server, its turn at the host included.
const WAIT_MAX: Duration = Duration::from_secs(25);

/// Gets pictures from where their publishers keep them.
pub struct Publishers(pub Client);

impl serve::Origin for Publishers {
    fn get(&self, address: Address) -> Bytes {
        let client = self.0.clone();
        Box::pin(async move {
            let request = Request { address, kind: Kind::Picture, etag: None, last_modified: None };
            let asked = tokio::time::timeout(WAIT_MAX, client.get(&request)).await;
            match asked.map_err(|_| timed_out())? {
                Outcome::Fresh(capture) => Ok(capture.body),
                Outcome::Gone(_) => Err(refused(&Why::Status(410))),
                // Nothing was known, so nothing can be unchanged.
                Outcome::Unchanged(_) => Err(refused(&Why::UnaskedUnchanged)),
                Outcome::Refused(why) | Outcome::Failed { why, .. } => Err(refused(&why)),
            }
        })
    }
}

fn timed_out() -> Refusal {
    Refusal::new(404, "The requested URL timed out.")
}

fn refused(why: &Why) -> Refusal {
    let (status, message) = match why {
        Why::Status(status) => (404, format!("The requested URL returned error: {status}")),
        Why::Timeout(_) | Why::TooSlow => return timed_out(),
        Why::Private { host, found: None } if is_literal(host) => {
            (400, "IP address blocked by policy".to_owned())
        }
        Why::Port(port) => (400, format!("Port {port} blocked by policy")),
        Why::Private { .. } | Why::Name { .. } => (
            404,
            "The hostname of the origin is unresolvable (DNS) or blocked by policy.".to_owned(),
        ),
        Why::TooBig { bytes_max, .. } => (
            404,
            format!("The image is too large to be downloaded. Max image size: {bytes_max} bytes"),
        ),
        Why::TooMany { what: "redirects", max } => {
            (404, format!("Will not follow more than {max} redirects"))
        }
        Why::RedirectLoop => (404, "Will not follow a redirection to itself".to_owned()),
        Why::Empty => (
            404,
            "Invalid or unsupported image format. Is it a valid image? The server sent nothing."
                .to_owned(),
        ),
        other => (404, format!("The requested URL could not be had: {other}")),
    };
    Refusal::new(status, message)
}

/// Tells whether a host is told as a number: such a one needs no looking up to be refused.
fn is_literal(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}
