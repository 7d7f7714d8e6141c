//! Sees through proxies of pictures: the address that one was asked to fetch is the picture's own.
//!
//! These are families that thousands of sites use, told by the form of the address.

mod original;

pub use original::original;

use news::Address;

/// How many other addresses of a picture are kept.
pub const ALSO_MAX: usize = 8;

/// Returns the address behind a proxy of pictures, or the address itself.
pub fn see_through(address: &Address) -> Address {
    let mut seen = address.clone();
    // Each inner address is shorter than the one around it.
    while let Some(inner) = inner(&seen).filter(|inner| inner.as_str().len() < seen.as_str().len())
    {
        seen = inner;
    }
    seen
}

fn inner(address: &Address) -> Option<Address> {
    by_host(address).or_else(|| in_query(address)).or_else(|| in_path(address))
}

/// images.weserv.nl and wsrv.nl name the picture in `url`, often without a scheme; Jetpack's
/// `i0.wp.com` has host and path of the picture for its own path.
fn by_host(address: &Address) -> Option<Address> {
    match address.host() {
        "images.weserv.nl" | "wsrv.nl" => {
            let value = query(address, &["url"])?;
            let bare = value.strip_prefix("ssl:").unwrap_or(&value);
            read_bare(bare)
        }
        "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com" => {
            let path = address.as_url().path().trim_start_matches('/');
            let asked = address.as_url().query().unwrap_or_default();
            let secure = asked.split('&').any(|part| part == "ssl=1");
            let host = path.split('/').next().unwrap_or_default();
            let scheme = if secure { "https" } else { "http" };
            host.contains('.').then(|| Address::read(&format!("{scheme}://{path}")))?
        }
        host if host.ends_with(".cdn.ampproject.org") => {
            // `/i/s/HOST/PATH`: a picture, by https.
            let path = address.as_url().path().strip_prefix("/i/")?;
            match path.strip_prefix("s/") {
                Some(secure) => Address::read(&format!("https://{secure}")),
                None => Address::read(&format!("http://{path}")),
            }
        }
        _ => None,
    }
}

/// Reads an address whose scheme may be left out.
fn read_bare(text: &str) -> Option<Address> {
    match text.starts_with("http://") || text.starts_with("https://") {
        true => Address::read(text),
        false => Address::read(&format!("https://{}", text.trim_start_matches('/'))),
    }
}

/// `/_next/image?url=…` and its kin; also the proxy of Pressmark itself.
fn in_query(address: &Address) -> Option<Address> {
    let path = address.as_url().path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_proxy = matches!(
        last.as_str(),
        "image"
            | "_image"
            | "picture"
            | "img"
            | "imgproxy"
            | "image-proxy"
            | "imageproxy"
            | "proxy"
            | "resize"
            | "timthumb.php"
            | "thumb.php"
            | "image.php"
            | "iu"
    );
    if !is_proxy {
        return None;
    }
    let value = query(address, &["url", "src", "u", "href", "image"])?;
    match value.starts_with("http://") || value.starts_with("https://") {
        true => Address::read(&value),
        // A picture of the proxy's own site; not of a `//host`.
        false if value.starts_with('/') && !value.starts_with("//") => address.join(&value),
        false => None,
    }
}

fn query(address: &Address, names: &[&str]) -> Option<String> {
    let mut pairs = address.as_url().query_pairs();
    pairs.find(|(name, _)| names.contains(&&**name)).map(|(_, value)| value.into_owned())
}

/// Cloudinary's `/image/fetch/…/https://…`, Cloudflare's `/cdn-cgi/image/…/https://…`, imgproxy's
/// `/plain/https://…`: a whole address in the path, plain or percent-encoded.
fn in_path(address: &Address) -> Option<Address> {
    let text = address.as_str();
    let path_at = text.find(address.as_url().path())?;
    let path = &text[path_at..];
    let is_kin = ["/image/fetch/", "/cdn-cgi/image/", "/plain/", "/unsafe/", "/_ipx/", "/fetch/"];
    if !is_kin.iter().any(|kin| path.contains(kin)) {
        return None;
    }
    for start in ["/https://", "/http://"] {
        if let Some(at) = path.rfind(start) {
            return Address::read(&path[at + 1..]);
        }
    }
    for start in ["/https%3a%2f%2f", "/http%3a%2f%2f"] {
        if let Some(at) = path.to_ascii_lowercase().rfind(start) {
            return Address::read(&decoded(path[at + 1..].split('?').next()?));
        }
    }
    None
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
