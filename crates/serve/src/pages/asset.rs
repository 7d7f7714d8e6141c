//! The files of the program itself: the stylesheet and the seal.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use news::Digest;
use std::sync::LazyLock;

/// The address of the little picture in a browser's tab.
pub const SEAL: &str = "/seal.svg";

const STYLESHEET: &str = include_str!("../../assets/press.css");
const SEAL_PICTURE: &str = include_str!("../../assets/seal.svg");

/// What an address that names its content by a digest may promise.
pub const FOREVER: &str = "public, max-age=31536000, immutable";

/// Returns the address of the stylesheet; another stylesheet has another address.
pub fn stylesheet() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| {
        let hex = Digest::of(STYLESHEET.as_bytes()).hex();
        format!("/press.{}.css", &hex[..12])
    });
    &ADDRESS
}

pub async fn show_stylesheet() -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, FOREVER)];
    (headers, STYLESHEET).into_response()
}

pub async fn show_seal() -> Response {
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, SEAL_PICTURE).into_response()
}
