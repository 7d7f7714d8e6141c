//! Whom we trust on a secure connection.

use crate::outside::Stream;
use crate::wire::trouble;
use crate::{Error, TlsFault, Why};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// Returns the TLS side of a client: the web's roots and those that the operator adds.
pub(super) fn connector(extra_roots_pem: &[Vec<u8>]) -> Result<TlsConnector, Error> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for pem in extra_roots_pem {
        add(&mut roots, pem)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), Error> {
    let unreadable = |error: &dyn std::fmt::Display| Error::Roots(error.to_string());
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| unreadable(&error))?;
        roots.add(certificate).map_err(|error| unreadable(&error))?;
        found = true;
    }
    if found { Ok(()) } else { Err(unreadable(&"no certificate stands in the file")) }
}

/// Makes a stream secure for the server of this name.
pub(super) async fn secure(
    connector: &TlsConnector,
    stream: Box<dyn Stream>,
    host: &str,
) -> Result<Box<dyn Stream>, Why> {
    let bare = host.trim_end_matches('.').trim_matches(['[', ']']);
    let name = ServerName::try_from(bare.to_owned()).map_err(|_| Why::Tls {
        host: host.to_owned(),
        fault: TlsFault::Other("no certificate can be for such a name".to_owned()),
    })?;
    let secured = connector.connect(name, stream).await;
    secured.map(|stream| Box::new(stream) as _).map_err(|error| trouble::of_tls(&error, host))
}
