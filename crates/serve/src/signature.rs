//! Links to the proxy that the library has signed: they open it for one picture, whoever asks.

use news::{Address, Digest};
use ring::hmac::{HMAC_SHA256, Key, sign, verify};
use std::path::Path;

/// Returns the value of `sig`: the HMAC (SHA-256) of the address, in hexadecimal digits.
pub fn picture_signature(key: &[u8], address: &Address) -> String {
    let tag = sign(&Key::new(HMAC_SHA256, key), address.as_str().as_bytes());
    let bytes: [u8; 32] = tag.as_ref().try_into().expect("SHA-256 has 32 bytes");
    Digest::from(bytes).hex()
}

/// Tells whether a query is signed for the picture at an address, by the key in a file.
///
/// The file is read each time: it may be made while the program runs, and deleting it takes all
/// links back.
pub async fn is_signed(query: &str, address: &Address, file: &Path) -> bool {
    let Some(told) = query.split('&').find_map(|option| option.strip_prefix("sig=")) else {
        return false;
    };
    let (Ok(told), Ok(key)) = (told.parse::<Digest>(), tokio::fs::read(file).await) else {
        return false;
    };
    let key = key.trim_ascii();
    !key.is_empty()
        && verify(&Key::new(HMAC_SHA256, key), address.as_str().as_bytes(), told.as_bytes()).is_ok()
}
