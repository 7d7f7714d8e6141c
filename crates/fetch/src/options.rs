//! What the operator decides: trust, pace and limits.

use crate::Clock;
use news::Address;
use std::time::Duration;

const MIB: usize = 1024 * 1024;

/// How a [`Client`](crate::Client) behaves.
#[derive(Clone)]
pub struct Options {
    /// Where every request goes instead of to the server itself; `None` dials directly.
    pub proxy: Option<Proxy>,
    /// Certificates (PEM) trusted besides the public ones.
    pub extra_roots_pem: Vec<Vec<u8>>,
    /// Each `host:port` that is trusted although it is private: a feed maker in the home network,
    /// a test on loopback.
    pub allow: Vec<String>,
    /// `Name/version (+address)`; robots files are read for `Name`.
    pub user_agent: String,
    /// The least time between the end of one request and the start of the next to a host.
    pub gap: Duration,
    /// The longest `crawl-delay` of a robots file that is honoured.
    pub crawl_delay_max: Duration,
    pub limits: Limits,
    pub respect_robots: bool,
    /// Tells the time of captures, and when a host may be asked again; timeouts are the system's.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            proxy: None,
            extra_roots_pem: Vec::new(),
            allow: Vec::new(),
            user_agent: concat!("Pressmark/", env!("CARGO_PKG_VERSION")).to_owned(),
            gap: Duration::from_secs(1),
            crawl_delay_max: Duration::from_secs(30),
            limits: Limits::default(),
            respect_robots: true,
            clock: Clock::default(),
        }
    }
}

/// What a stranger's server may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Decoded bytes of a listing; the coded bytes are held to the same number, as below.
    pub listing_bytes_max: usize,
    pub page_bytes_max: usize,
    pub picture_bytes_max: usize,
    /// A longer robots file is cut here, not refused (RFC 9309 §2.5).
    pub robots_bytes_max: usize,
    /// What is kept of the body of an answer that is not the thing asked for.
    pub error_bytes_max: usize,
    /// All bodies that are being received at one time, together.
    pub bodies_bytes_max: usize,
    /// Looking up the name, and then connecting together with the TLS handshake.
    pub connect_max: Duration,
    /// From the request to the end of the response's head.
    pub head_max: Duration,
    /// One request with all its redirects; waiting for one's turn does not count.
    pub exchange_max: Duration,
    /// A body that brings less than `rate_bytes_min` in each `rate_window` is given up.
    pub rate_bytes_min: usize,
    pub rate_window: Duration,
    /// Redirects followed.
    pub hops_max: usize,
    pub headers_len_max: usize,
    pub head_bytes_max: usize,
    /// Interim (1xx) responses before the true one.
    pub interim_len_max: usize,
    /// Decoded bytes for each coded byte, once `ratio_free_bytes` are decoded.
    pub ratio_max: usize,
    pub ratio_free_bytes: usize,
    /// The base-2 logarithm of the largest zstd window, in bytes (RFC 9659: 8 MiB).
    pub zstd_window_log_max: u32,
    /// The longest time that a `Retry-After` is believed.
    pub retry_after_max: Duration,
    /// How long a robots file is believed.
    pub robots_age_max: Duration,
    /// How long a host is left alone whose robots file could not be read.
    pub robots_pause: Duration,
    /// Hosts whose last visit is remembered.
    pub hosts_len_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            listing_bytes_max: 16 * MIB,
            page_bytes_max: 8 * MIB,
            picture_bytes_max: 32 * MIB,
            robots_bytes_max: 500 * 1024,
            error_bytes_max: 256 * 1024,
            bodies_bytes_max: 96 * MIB,
            connect_max: Duration::from_secs(10),
            head_max: Duration::from_secs(15),
            exchange_max: Duration::from_secs(60),
            rate_bytes_min: 20 * 1024,
            rate_window: Duration::from_secs(20),
            hops_max: 10,
            headers_len_max: 100,
            head_bytes_max: 64 * 1024,
            interim_len_max: 10,
            ratio_max: 200,
            ratio_free_bytes: MIB,
            zstd_window_log_max: 23,
            retry_after_max: Duration::from_secs(24 * 60 * 60),
            robots_age_max: Duration::from_secs(24 * 60 * 60),
            robots_pause: Duration::from_secs(10 * 60),
            hosts_len_max: 4096,
        }
    }
}

/// An HTTP proxy that the operator trusts; its own address is not guarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    pub(crate) address: Address,
}

impl Proxy {
    /// Reads `http://host:port`.
    pub fn read(text: &str) -> Result<Proxy, Error> {
        let refused = || Error::Proxy(text.to_owned());
        let address = Address::read(text).ok_or_else(refused)?;
        if address.is_https() || address.origin() != address {
            return Err(refused());
        }
        Ok(Proxy { address })
    }
}

/// What an operator told wrongly.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a proxy is told as http://host:port, not as `{0}`")]
    Proxy(String),
    #[error("a trusted place is told as host:port, not as `{0}`")]
    Allow(String),
    #[error("the user agent `{0}` begins with no name that a robots file could call")]
    UserAgent(String),
    #[error("the added certificates hold none that can be read: {0}")]
    Roots(String),
}
