//! What is said to a server.

use crate::coding::{ACCEPTED, Bounds};
use crate::options::Limits;
use crate::outcome::is_sound_validator;
use crate::policy::redirect;
use crate::wire::Asked;
use crate::{Form, Kind, Request, Why};
use bytes::Bytes;
use http::{Method, header};
use http_body_util::Full;
use news::Address;
use url::{Position, form_urlencoded};

/// The words of a request, the same at each hop.
pub(super) struct Ask {
    pub(super) kind: Kind,
    etag: Option<String>,
    last_modified: Option<String>,
    /// Whether an answer from any cache on the way is declined.
    insists: bool,
    /// What is handed in; empty where nothing is.
    form: Bytes,
}

impl Ask {
    pub(super) fn new(request: &Request) -> Ask {
        let sound =
            |value: &Option<String>| value.clone().filter(|value| is_sound_validator(value));
        Ask {
            kind: request.kind,
            etag: sound(&request.etag),
            last_modified: sound(&request.last_modified),
            insists: false,
            form: Bytes::new(),
        }
    }

    pub(super) fn form(form: &Form) -> Ask {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&form.fields);
        Ask {
            kind: Kind::Form,
            etag: None,
            last_modified: None,
            insists: false,
            form: Bytes::from(text.finish()),
        }
    }

    /// Tells whether an answer with this status sends us elsewhere with what we ask.
    pub(super) fn is_sent_on(&self, status: u16) -> bool {
        match self.kind {
            Kind::Form => redirect::is_redirect_with_form(status),
            _ => redirect::is_redirect(status),
        }
    }

    /// Judges a step of the way: what was entrusted to a secure address stays with such.
    pub(super) fn check_step(&self, from: &Address, to: &Address) -> Result<(), Why> {
        let exposed = self.kind == Kind::Form && redirect::exposes(from, to);
        if exposed { Err(Why::RedirectExposes) } else { Ok(()) }
    }

    pub(super) fn is_conditional(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }

    /// Asks for the whole, after an answer that nothing changed although we have nothing; once.
    pub(super) fn insist(&mut self) -> Result<(), Why> {
        if std::mem::replace(&mut self.insists, true) {
            return Err(Why::UnaskedUnchanged);
        }
        Ok(())
    }

    /// Writes the request; `whole` is with scheme and host, as a proxy reads it.
    ///
    /// Neither credentials nor cookies nor a referrer are ever sent.
    pub(super) fn for_address(
        &self,
        address: &Address,
        user_agent: &str,
        whole: bool,
    ) -> Result<Asked, Why> {
        let url = address.as_url();
        let target = if whole {
            &url[..Position::AfterQuery]
        } else {
            &url[Position::BeforePath..Position::AfterQuery]
        };
        let mut request = http::Request::builder()
            .uri(escaped(target))
            .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(header::USER_AGENT, user_agent)
            .header(header::ACCEPT, accept(self.kind))
            .header(header::ACCEPT_LANGUAGE, "*")
            .header(header::ACCEPT_ENCODING, ACCEPTED);
        if self.insists {
            request = request.header(header::CACHE_CONTROL, "no-cache");
        }
        if let Some(etag) = &self.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &self.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, last_modified);
        }
        if self.kind == Kind::Form {
            let form = "application/x-www-form-urlencoded";
            request = request.method(Method::POST).header(header::CONTENT_TYPE, form);
        }
        let body = Full::new(self.form.clone());
        let request = request.header(header::CONNECTION, "close").body(body);
        request.map_err(|error| Why::Malformed(error.to_string()))
    }

    /// Returns what the body of an answer is held to; `None` leaves it unread.
    pub(super) fn bounds(&self, status: u16, limits: &Limits) -> Option<Bounds> {
        let (what, bytes_max, cut) = match (status, self.kind) {
            (300..400, _) => return None,
            (200, Kind::Listing) => ("the listing", limits.listing_bytes_max, false),
            (200, Kind::Page) => ("the page", limits.page_bytes_max, false),
            (200, Kind::Picture) => ("the picture", limits.picture_bytes_max, false),
            (200, Kind::Robots) => ("robots.txt", limits.robots_bytes_max, true),
            _ => ("the answer", limits.error_bytes_max, true),
        };
        let Limits { ratio_max, ratio_free_bytes, .. } = *limits;
        Some(Bounds { what, bytes_max, cut, ratio_max, ratio_free_bytes })
    }
}

/// Returns what we can read, the original form of a picture first.
fn accept(kind: Kind) -> &'static str {
    match kind {
        Kind::Listing => {
            "application/rss+xml, application/atom+xml, application/feed+json, \
             application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
        }
        Kind::Page => "text/html, application/xhtml+xml, */*;q=0.5",
        Kind::Picture => {
            "image/jpeg, image/png, image/gif, image/webp;q=0.9, image/*;q=0.8, */*;q=0.5"
        }
        Kind::Robots | Kind::Form => "text/plain, */*;q=0.5",
    }
}

/// Returns a request target that the HTTP layer takes: what the URL standard leaves as it is but
/// RFC 3986 does not know gets a percent sign.
fn escaped(target: &str) -> String {
    let escape = |c: char| match c {
        '`' | '"' | '<' | '>' | '\\' | '^' | '{' | '}' | '|' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    match target.parse::<http::Uri>() {
        Ok(_) => target.to_owned(),
        Err(_) => target.chars().map(escape).collect(),
    }
}
