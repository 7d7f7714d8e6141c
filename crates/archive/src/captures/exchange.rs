//! One exchange as a pair of WARC records: `request`, and `response` or `revisit`.

use super::{Original, Serial};
use crate::nouns::{Import, Push};
use crate::warc::{self, Draft};
use flate2::Compression;
use news::{Address, Capture, Digest, Timestamp};
use std::net::{IpAddr, SocketAddr};

/// An exchange that is ready to be appended.
pub struct Exchange {
    /// Both records, as they will be stored.
    pub bytes: Vec<u8>,
    /// 0 where nobody was asked: an imported document.
    pub request_len: usize,
    pub stored: Digest,
    pub address: Address,
    pub at: Timestamp,
    pub status: u16,
    pub payload: Option<Digest>,
    pub original: Option<i64>,
    /// The file and the offset, once it is appended.
    pub place: Option<(i64, u64)>,
}

/// What a redirect and its end have in common.
struct Side<'a> {
    address: &'a Address,
    at: Timestamp,
    status: u16,
    request_head: &'a [u8],
    response_head: &'a [u8],
    peer: &'a str,
    payload: &'a [u8],
    effort: Compression,
}

/// Packs the redirects of a capture and then the capture itself.
pub fn all_of(capture: &Capture, original: Option<Original>, serial: &Serial) -> Vec<Exchange> {
    let mut all: Vec<Exchange> = capture
        .hops
        .iter()
        .map(|hop| Side {
            address: &hop.address,
            at: hop.at,
            status: hop.status,
            request_head: &hop.request_head,
            response_head: &hop.response_head,
            peer: &hop.peer,
            payload: &[],
            effort: Compression::new(6),
        })
        .map(|side| side.pack(None, serial))
        .collect();
    let last = Side {
        address: &capture.address,
        at: capture.at,
        status: capture.status,
        request_head: &capture.request_head,
        response_head: &capture.response_head,
        peer: &capture.peer,
        payload: capture.payload(),
        effort: effort(capture),
    };
    all.push(last.pack(original, serial));
    all
}

/// Packs an imported document as one `resource` record (WARC 1.1 §6.4) that stands for the page.
pub fn of_document(import: &Import, digest: Digest, serial: &Serial) -> Exchange {
    let (address, at) = (&import.article.address, import.first_seen);
    // A field is one line: a path may hold anything.
    let origin: String = import.origin.chars().filter(|c| !c.is_control()).collect();
    let resource = Draft {
        kind: "resource",
        id: warc::id("resource", address.as_str(), at, &digest, serial.next()),
        at,
        content_type: "text/markdown",
        fields: vec![
            ("WARC-Target-URI", address.to_string()),
            ("WARC-Payload-Digest", digest.to_string()),
            ("Pressmark-Origin", origin),
        ],
        block: [&[], &import.document],
    };
    of_resource(&resource, address, digest)
}

/// Packs what a hub brought as one `resource` record: nobody was asked for it, so it stands for no
/// exchange with the listing's own server.
pub fn of_push(push: &Push, address: &Address, digest: Digest, serial: &Serial) -> Exchange {
    let origin = format!("pushed by {} for {}", push.subscription.hub, push.subscription.topic);
    let resource = Draft {
        kind: "resource",
        id: warc::id("resource", address.as_str(), push.at, &digest, serial.next()),
        at: push.at,
        content_type: &push.content_type,
        fields: vec![
            ("WARC-Target-URI", address.to_string()),
            ("WARC-Payload-Digest", digest.to_string()),
            ("Pressmark-Origin", origin.chars().filter(|c| !c.is_control()).collect()),
        ],
        block: [&[], &push.body],
    };
    of_resource(&resource, address, digest)
}

fn of_resource(resource: &Draft, address: &Address, digest: Digest) -> Exchange {
    let bytes = resource.member(Compression::new(6));
    Exchange {
        stored: Digest::of(&bytes),
        bytes,
        request_len: 0,
        address: address.clone(),
        at: resource.at,
        status: 0,
        payload: Some(digest),
        original: None,
        place: None,
    }
}

/// Chooses how hard to press: what is packed already only gets a wrapping.
fn effort(capture: &Capture) -> Compression {
    let packed = capture.header("content-encoding").is_some()
        || capture.content_type.starts_with("image/")
        || capture.body.starts_with(&[0xff, 0xd8]);
    Compression::new(if packed { 1 } else { 6 })
}

impl Side<'_> {
    fn pack(self, original: Option<Original>, serial: &Serial) -> Exchange {
        let serial = serial.next();
        let revisit = original.is_some() || self.status == 304;
        let mut head =
            warc::true_head(self.response_head, (!revisit).then_some(self.payload.len()));
        let payload = if revisit { &[][..] } else { self.payload };
        let digest = match (self.status, &original) {
            (304, original) => original.as_ref().and_then(|original| original.payload),
            _ => Some(Digest::of(self.payload)),
        };
        let request_id = self.id("request", &Digest::of(self.request_head), serial);
        let kind = if revisit { "revisit" } else { "response" };
        let mut fields = self.fields();
        fields.push(("WARC-Concurrent-To", request_id.clone()));
        fields.extend(digest.map(|digest| ("WARC-Payload-Digest", digest.to_string())));
        if revisit {
            fields.extend(self.revisit_fields(original.as_ref()));
        }
        if self.status == 304 {
            fields.push(("Pressmark-Response-Head", one_line(&head)));
            head = warc::status_line(&head);
        }
        let response = Draft {
            kind,
            id: self.id(kind, &Digest::of(&[&head, payload].concat()), serial),
            at: self.at,
            content_type: "application/http;msgtype=response",
            fields,
            block: [&head, payload],
        };
        let request_head = warc::true_head(self.request_head, None);
        let request = Draft {
            kind: "request",
            id: request_id,
            at: self.at,
            content_type: "application/http;msgtype=request",
            fields: self.fields(),
            block: [&request_head, &[]],
        };
        let mut bytes = request.member(Compression::new(6));
        let request_len = bytes.len();
        bytes.extend(response.member(self.effort));
        Exchange {
            stored: Digest::of(&bytes),
            bytes,
            request_len,
            address: self.address.clone(),
            at: self.at,
            status: self.status,
            payload: (!self.payload.is_empty()).then(|| Digest::of(self.payload)),
            original: original.map(|original| original.id),
            place: None,
        }
    }

    fn id(&self, kind: &str, block: &Digest, serial: u64) -> String {
        warc::id(kind, self.address.as_str(), self.at, block, serial)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("WARC-Target-URI", self.address.to_string())];
        fields.extend(ip(self.peer).map(|ip| ("WARC-IP-Address", ip.to_string())));
        fields
    }

    fn revisit_fields(&self, original: Option<&Original>) -> Vec<(&'static str, String)> {
        let profile = match self.status {
            304 => warc::REVISIT_UNCHANGED,
            _ => warc::REVISIT_SAME,
        };
        let mut fields = vec![("WARC-Profile", profile.to_owned())];
        if let Some(original) = original {
            fields.push(("WARC-Refers-To-Target-URI", self.address.to_string()));
            fields.push(("WARC-Refers-To-Date", format!("{:.3}", original.at)));
        }
        fields
    }
}

/// Writes a head as a string of JSON, which has no line breaks.
///
/// The block of a 304 has its status line alone: pywb shows the page that a revisit stands for
/// with the head in the revisit's block, if that has any field, and a browser that is told
/// "304" shows nothing.
fn one_line(head: &[u8]) -> String {
    serde_json::Value::from(String::from_utf8_lossy(head)).to_string()
}

/// Returns the address of the peer without its port.
fn ip(peer: &str) -> Option<IpAddr> {
    let with_port = peer.parse::<SocketAddr>().map(|peer| peer.ip());
    with_port.or_else(|_| peer.parse()).ok()
}
