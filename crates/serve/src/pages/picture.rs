//! `/picture/DIGEST`: a picture as it came, by the digest of its bytes.

use crate::pages::asset::FOREVER;
use crate::problem::Problem;
use crate::room::Room;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use news::Digest;
use std::sync::Arc;

/// A picture opened by itself is a document; this one may do nothing at all.
const POLICY: &str = "default-src 'none'; sandbox; form-action 'none'; frame-ancestors 'none'";

/// What a browser may draw in place; anything else is handed over as a file.
const RASTER: [&str; 7] =
    ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "image/heic"];

pub async fn show(
    State(room): State<Arc<Room>>,
    Path(digest): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let digest: Digest = digest.parse().map_err(|_| Problem::NotFound)?;
    let etag = format!("\"{}\"", digest.hex());
    if asked.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response());
    }
    let (picture, bytes) = room.archive.picture(&digest).await?.ok_or(Problem::NotFound)?;
    let raster = RASTER.iter().find(|known| **known == picture.media_type);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, fixed(raster.unwrap_or(&"application/octet-stream")));
    headers.insert(CONTENT_SECURITY_POLICY, fixed(POLICY));
    headers.insert(CACHE_CONTROL, fixed(FOREVER));
    headers.insert(ETAG, etag.parse().expect("hexadecimal digits in quotes are a header value"));
    if raster.is_none() {
        headers.insert(CONTENT_DISPOSITION, fixed("attachment"));
    }
    Ok(response)
}

fn fixed(value: &'static str) -> HeaderValue {
    HeaderValue::from_static(value)
}
