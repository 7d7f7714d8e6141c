//! Whether the one who brings something knows the secret that the hub was told (WebSub §7.1).

use axum::http::HeaderMap;
use ring::hmac::{self, Algorithm};

const HEADER: &str = "x-hub-signature";

/// Tells whether the body is signed with the secret: `sha256=` and the HMAC in hexadecimal digits.
///
/// A push that is not signed is not right. SHA-1, which alone the hubs of PubSubHubbub use, is
/// good enough here: what is broken of it does not break an HMAC.
pub fn is_right(headers: &HeaderMap, secret: &str, body: &[u8]) -> bool {
    let told = headers.get_all(HEADER).iter().filter_map(|value| value.to_str().ok());
    told.filter_map(read).any(|(algorithm, tag)| {
        // Takes the same time however much of the tag is right.
        hmac::verify(&hmac::Key::new(algorithm, secret.as_bytes()), body, &tag).is_ok()
    })
}

fn read(header: &str) -> Option<(Algorithm, Vec<u8>)> {
    let (method, digits) = header.trim().split_once('=')?;
    let algorithm = match method.to_ascii_lowercase().as_str() {
        "sha1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => hmac::HMAC_SHA256,
        "sha384" => hmac::HMAC_SHA384,
        "sha512" => hmac::HMAC_SHA512,
        _ => return None,
    };
    Some((algorithm, bytes(digits)?))
}

/// Reads pairs of hexadecimal digits.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second case of RFC 2202 and of RFC 4231.
    const SECRET: &str = "Jefe";
    const BODY: &[u8] = b"what do ya want for nothing?";

    #[track_caller]
    fn check(header: &str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, header.parse().expect("a header"));
        assert_eq!(is_right(&headers, SECRET, BODY), expected, "{header}");
    }

    #[test]
    fn every_method_of_the_recommendation_is_known() {
        check("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", true);
        check("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", true);
        check(
            "SHA384=AF45D2E376484031617F78D2B58A6B1B9C7EF464F5A01B47E42EC3736322445E\
             8E2240CA5E69E2C78B3239ECFAB21649",
            true,
        );
        check(
            "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
            true,
        );
    }

    #[test]
    fn anything_else_is_wrong() {
        for wrong in [
            "",
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
            "md5=750c783e6ab0b503eaa86e310a5db738",
            "sha1=",
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c7",
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c7g",
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c78",
            "sha256=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        ] {
            check(wrong, false);
        }
        assert!(!is_right(&HeaderMap::new(), SECRET, BODY), "no signature at all");
    }
}
