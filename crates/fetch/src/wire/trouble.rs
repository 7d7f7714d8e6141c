//! What went wrong on a connection, told from the errors of the layers below.

use crate::{TlsFault, Why};
use rustls::CertificateError;
use std::error::Error;
use std::io::{self, ErrorKind};

/// Returns why an exchange did not come to an end.
pub(super) fn of_exchange(error: &hyper::Error, host: &str) -> Why {
    if error.is_parse() {
        return Why::Malformed(error.to_string());
    }
    if error.is_incomplete_message() {
        return Why::Truncated;
    }
    match innermost_io(error) {
        Some(error) => of_io(error, host),
        None => Why::Connection { host: host.to_owned(), words: error.to_string() },
    }
}

/// Returns why a connection or its bytes failed.
pub(super) fn of_io(error: &io::Error, host: &str) -> Why {
    match error.kind() {
        ErrorKind::UnexpectedEof => Why::Truncated,
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Why::Malformed(error.to_string()),
        ErrorKind::Other => Why::Connection { host: host.to_owned(), words: error.to_string() },
        kind => Why::Connection { host: host.to_owned(), words: kind.to_string() },
    }
}

/// Returns why a connection is not secure.
pub(super) fn of_tls(error: &io::Error, host: &str) -> Why {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let Some(tls) = inner else {
        return Why::Connection { host: host.to_owned(), words: error.kind().to_string() };
    };
    let fault = match tls {
        rustls::Error::InvalidCertificate(certificate) => of_certificate(certificate),
        other => TlsFault::Other(other.to_string()),
    };
    Why::Tls { host: host.to_owned(), fault }
}

fn of_certificate(error: &CertificateError) -> TlsFault {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFault::WrongName
        }
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::Revoked => TlsFault::Revoked,
        // A certificate that somebody made for himself is an authority's in form.
        other if other.to_string().contains("CaUsedAsEndEntity") => TlsFault::UnknownIssuer,
        other => TlsFault::Other(other.to_string()),
    }
}

/// Returns the I/O error at the bottom of a chain of errors.
fn innermost_io<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    let chain = std::iter::successors(Some(error), |error| (*error).source());
    chain.filter_map(|error| error.downcast_ref::<io::Error>()).last()
}
