//! `/picture/?url=…`: the picture proxy, with the options of images.weserv.nl (its version 5).
//!
//! It gives out what the library keeps, also when the picture's own site has it no more; what an
//! article names and is not kept yet, it fetches. Any other picture it gets only from hosts that
//! the keeper opened it for, or where the library has signed the link (`sig=`).

mod target;

use crate::darkroom::{Darkroom, key};
use crate::pages::picture::{POLICY, etag, has, kept_bytes, not_modified};
use crate::problem::Problem;
use crate::room::Room;
use crate::workshop::{Bytes, Refusal};
use archive::PictureAt;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, EXPIRES, LINK,
    LOCATION,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use news::{Address, Digest};
use picture::{Order, Plan};
use std::sync::Arc;

/// Options that change the answer and not the picture.
const NOT_OF_THE_PICTURE: [&str; 7] =
    ["url", "sig", "default", "errorredirect", "maxage", "filename", "encoding"];

/// An answer to the proxy's caller, a program: it is given as it is and not made a page.
#[derive(Clone)]
pub struct AsItIs;

pub async fn show(
    State(room): State<Arc<Room>>,
    uri: Uri,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or_default();
    let plan = Plan::read(query);
    let (Some(url), Some(darkroom)) = (&plan.url, &room.darkroom) else {
        return Err(Problem::NotFound);
    };
    let address = match target::read(url) {
        Ok(address) => address,
        Err(refusal) => return Ok(refused(&refusal)),
    };
    let is_open = darkroom.is_open_for(&address, query).await;
    let mut response =
        match answer(&room, darkroom, &address, is_open, query, &plan, &asked).await? {
            Ok(response) => response,
            Err(refusal) => match elsewhere(&plan, &address).filter(|_| is_open) {
                Some(place) => (StatusCode::FOUND, [(LOCATION, place)]).into_response(),
                None => refused(&refusal),
            },
        };
    response.extensions_mut().insert(AsItIs);
    if is_open {
        // Other sites may show what the keeper opened; whether an article is kept is none of
        // their business.
        let name = HeaderName::from_static("cross-origin-resource-policy");
        response.headers_mut().insert(name, HeaderValue::from_static("cross-origin"));
    }
    Ok(response)
}

async fn answer(
    room: &Arc<Room>,
    darkroom: &Darkroom,
    address: &Address,
    is_open: bool,
    query: &str,
    plan: &Plan,
    asked: &HeaderMap,
) -> Result<Result<Response, Refusal>, Problem> {
    let (digest, bytes) = match source(room, darkroom, address, is_open).await? {
        Ok(source) => source,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let order = of_the_picture(query);
    let own = key(&digest, &order);
    let etag = etag(&own);
    if has(asked, &etag) {
        return Ok(Ok(not_modified(etag)));
    }
    let stored = match darkroom.at_hand(&own) {
        Some(stored) => stored,
        None => {
            let order = Order::Query(order);
            match darkroom.made(vec![own], 0, order, bytes, room.now()).await {
                Ok(stored) => stored,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
    };
    let mut response = match plan.base64 {
        true => encoded(stored.media_type, &stored.bytes).into_response(),
        false => stored.bytes.into_response(),
    };
    let expires = room.now().as_second().saturating_add_unsigned(plan.max_age_s);
    dress(&mut response, plan, stored.media_type, address, &etag, expires);
    Ok(Ok(response))
}

/// Finds the picture: the library's first, then the publisher's.
async fn source(
    room: &Arc<Room>,
    darkroom: &Darkroom,
    address: &Address,
    is_open: bool,
) -> Result<Result<(Digest, Bytes), Refusal>, Problem> {
    if let Some(digest) = darkroom.kept(address, room.now()) {
        return Ok(Ok((digest, kept_bytes(room, digest))));
    }
    let known = room.archive.picture_at(address).await?;
    if let PictureAt::Kept(picture) = known {
        darkroom.note_kept(address, picture.digest, room.now());
        return Ok(Ok((picture.digest, kept_bytes(room, picture.digest))));
    }
    if known == PictureAt::Nowhere && !is_open {
        return Ok(Err(Refusal::new(
            403,
            format!(
                "This library gives out the pictures of its own articles, and none of them names \
                 this one. Its keeper can open the proxy for `{}` (`hosts` under `[pictures]`).",
                address.host()
            ),
        )));
    }
    let fetched = darkroom.fetched(address, room.now()).await;
    Ok(fetched.map(|digest| (digest, darkroom.fetched_bytes(address))))
}

/// Returns what of a query the picture depends on.
fn of_the_picture(query: &str) -> String {
    let is_kept = |option: &&str| {
        !NOT_OF_THE_PICTURE.iter().any(|name| option.split('=').next() == Some(name))
    };
    query.split('&').filter(is_kept).collect::<Vec<_>>().join("&")
}

/// Returns where someone is sent who can't be given the picture, if the query says so.
fn elsewhere(plan: &Plan, address: &Address) -> Option<String> {
    match plan.default.as_deref()? {
        "1" => Some(address.to_string()),
        told => target::read(told).ok().map(|address| address.to_string()),
    }
}

fn encoded(media_type: &str, bytes: &[u8]) -> String {
    use base64::Engine;
    format!("data:{media_type};base64,{}", base64::prelude::BASE64_STANDARD.encode(bytes))
}

fn dress(
    response: &mut Response,
    plan: &Plan,
    media_type: &'static str,
    address: &Address,
    etag: &str,
    expires_s: i64,
) {
    let is_json = media_type == "application/json";
    let kind = if plan.base64 { "text/plain" } else { media_type };
    let mut put = |name: HeaderName, value: String| {
        // An address is ASCII, and all the rest is written here.
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    };
    put(CONTENT_TYPE, kind.to_owned());
    put(CONTENT_SECURITY_POLICY, POLICY.to_owned());
    put(CACHE_CONTROL, format!("public, max-age={}", plan.max_age_s));
    put(ETAG, etag.to_owned());
    put(LINK, format!("<{address}>; rel=\"canonical\""));
    if let Ok(expires) = news::Timestamp::from_second(expires_s) {
        put(EXPIRES, crate::times::http(expires));
    }
    if !plan.base64 && !is_json {
        let name = plan.filename.as_deref().unwrap_or("image");
        let end = media_type.trim_start_matches("image/").replace("jpeg", "jpg");
        put(CONTENT_DISPOSITION, format!("inline; filename={name}.{end}"));
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let told = serde_json::json!({
        "status": "error", "code": status.as_u16(), "message": refusal.message,
    });
    let json = [(CONTENT_TYPE, "application/json")];
    let mut response = (status, json, told.to_string()).into_response();
    response.extensions_mut().insert(AsItIs);
    response
}
