//! `/picture/DIGEST`: a picture as it came, by the digest of its bytes;
//! `/picture/DIGEST/WIDTH.webp`: the same, made for pages.

use crate::darkroom::key;
use crate::pages::asset::FOREVER;
use crate::problem::Problem;
use crate::room::Room;
use crate::workshop::{Bytes, Refusal};
use archive::Picture;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use news::Digest;
use picture::Order;
use std::sync::Arc;

/// The widths in which pages show pictures: in lists, on telephones and in the text, and where
/// the screen has two pixels to one.
pub const WIDTHS: [u32; 3] = [320, 720, 1280];

/// The orders of [`WIDTHS`], as keys name them.
const WIDTH_ORDERS: [&str; 3] = ["width 320", "width 720", "width 1280"];

/// From so many pixels on decoding takes longer than all the rest, and all widths are made at
/// once.
const LARGE_PIXELS: u64 = 8_000_000;

/// A picture opened by itself is a document; this one may do nothing at all.
pub const POLICY: &str = "default-src 'none'; sandbox; form-action 'none'; frame-ancestors 'none'";

/// What a browser may draw in place; anything else is handed over as a file.
const RASTER: [&str; 7] =
    ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "image/heic"];

/// Of what smaller pictures are made; the rest is shown as it came.
const READ: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// Tells whether smaller ones are made of a picture.
pub fn is_made(picture: &Picture) -> bool {
    READ.contains(&&*picture.media_type)
}

pub async fn show(
    State(room): State<Arc<Room>>,
    Path(digest): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let digest: Digest = digest.parse().map_err(|_| Problem::NotFound)?;
    let etag = etag(&digest);
    if has(&asked, &etag) {
        return Ok(not_modified(etag));
    }
    let (picture, bytes) = room.archive.picture(&digest).await?.ok_or(Problem::NotFound)?;
    let raster = RASTER.into_iter().find(|known| *known == picture.media_type);
    let mut response = bytes.into_response();
    dress(&mut response, raster.unwrap_or("application/octet-stream"), etag);
    if raster.is_none() {
        response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

/// Shows a picture in one of the [`WIDTHS`], or in its own if that is less.
pub async fn show_width(
    State(room): State<Arc<Room>>,
    Path((name, file)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let digest: Digest = name.parse().map_err(|_| Problem::NotFound)?;
    let width = file.strip_suffix(".webp").and_then(|width| width.parse().ok());
    let at = WIDTHS.iter().position(|known| Some(*known) == width).ok_or(Problem::NotFound)?;
    let own = key(&digest, WIDTH_ORDERS[at]);
    let etag = etag(&own);
    if has(&asked, &etag) {
        return Ok(not_modified(etag));
    }
    let as_it_came = || Redirect::temporary(&format!("/picture/{}", digest.hex())).into_response();
    let Some(darkroom) = &room.darkroom else {
        return Ok(as_it_came());
    };
    let stored = match darkroom.at_hand(&own) {
        Some(stored) => stored,
        None => {
            let picture = room.archive.picture_facts(&digest).await?.ok_or(Problem::NotFound)?;
            let pixels = u64::from(picture.width) * u64::from(picture.height);
            let all = if pixels < LARGE_PIXELS { at..at + 1 } else { 0..WIDTHS.len() };
            let keys = all.clone().map(|at| key(&digest, WIDTH_ORDERS[at])).collect();
            let order = Order::Widths(WIDTHS[all.clone()].to_vec());
            let bytes = kept_bytes(&room, digest);
            match darkroom.made(keys, at - all.start, order, bytes, room.now()).await {
                Ok(stored) => stored,
                // What can't be made smaller may still be drawn by a browser.
                Err(Refusal { status: 400..500, .. }) => return Ok(as_it_came()),
                Err(refusal) => return Err(Problem::Broken(refusal.message)),
            }
        }
    };
    let mut response = stored.bytes.into_response();
    dress(&mut response, stored.media_type, etag);
    Ok(response)
}

/// Returns the bytes of a picture that is kept.
pub fn kept_bytes(room: &Room, digest: Digest) -> Bytes {
    let archive = room.archive.clone();
    Box::pin(async move {
        match archive.picture(&digest).await {
            Ok(Some((_, bytes))) => Ok(bytes),
            Ok(None) => Err(Refusal::new(404, "This picture is not kept.")),
            Err(error) => {
                tracing::error!("picture {digest}: {error}");
                Err(Refusal::new(500, "Something's wrong! The kept picture can't be read."))
            }
        }
    })
}

pub fn etag(key: &Digest) -> String {
    format!("\"{}\"", key.hex())
}

/// Tells whether who asks has the picture already.
pub fn has(asked: &HeaderMap, etag: &str) -> bool {
    asked.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes())
}

pub fn not_modified(etag: String) -> Response {
    (StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response()
}

/// Gives a picture its headers: it never changes under its address.
fn dress(response: &mut Response, media_type: &'static str, etag: String) {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOREVER));
    headers.insert(ETAG, etag.parse().expect("hexadecimal digits in quotes are a header value"));
}
