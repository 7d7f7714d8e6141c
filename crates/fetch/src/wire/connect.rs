//! From an address to a stream of bytes.

use super::{tls, trouble};
use crate::guard;
use crate::options::{Options, Proxy};
use crate::outside::{Outside, Stream};
use crate::{Error, Why};
use news::Address;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use url::Host;

/// How many of a name's addresses are tried.
const TRIES_MAX: usize = 4;

/// The longest answer of a proxy to CONNECT, in bytes.
const PROXY_HEAD_BYTES_MAX: usize = 8 * 1024;

/// The way to the servers: straight, or through a proxy.
pub(crate) struct Route {
    outside: Arc<Outside>,
    proxy: Option<Proxy>,
    tls: TlsConnector,
    connect_max: Duration,
}

/// An open way to a server.
pub(crate) struct Reached {
    pub(crate) stream: Box<dyn Stream>,
    /// The address that was dialled; empty when a proxy was asked.
    pub(crate) peer: String,
}

impl Route {
    pub(crate) fn new(options: &Options, outside: Arc<Outside>) -> Result<Route, Error> {
        Ok(Route {
            outside,
            proxy: options.proxy.clone(),
            tls: tls::connector(&options.extra_roots_pem)?,
            connect_max: options.limits.connect_max,
        })
    }

    /// Tells whether a request must name the whole address: a proxy needs it, unless a tunnel
    /// leads through.
    pub(crate) fn is_told_whole(&self, address: &Address) -> bool {
        self.proxy.is_some() && !address.is_https()
    }

    /// Opens a way to the server of an address.
    ///
    /// Unless the place is trusted, only public addresses are dialled, and exactly those that
    /// were checked. A proxy dials by itself: then name, port and literal address are all that
    /// could be checked, and were.
    pub(crate) async fn reach(
        &self,
        address: &Address,
        trusted: bool,
        until: Instant,
    ) -> Result<Reached, Why> {
        let (stream, peer) = match &self.proxy {
            Some(proxy) => (self.through(proxy, address, until).await?, String::new()),
            None => {
                let found = self.look_up(address, until).await?;
                let sockets = if trusted {
                    found.iter().map(|ip| SocketAddr::new(*ip, address.port())).collect()
                } else {
                    guard::check_found(address, &found)?
                };
                self.dial_one(&sockets, address.host(), until).await?
            }
        };
        if !address.is_https() {
            return Ok(Reached { stream, peer });
        }
        let secured = tls::secure(&self.tls, stream, address.host());
        let stream = self.in_time("the secure connection", until, secured).await??;
        Ok(Reached { stream, peer })
    }

    async fn look_up(&self, address: &Address, until: Instant) -> Result<Vec<IpAddr>, Why> {
        let host = match address.as_url().host() {
            Some(Host::Ipv4(ip)) => return Ok(vec![ip.into()]),
            Some(Host::Ipv6(ip)) => return Ok(vec![ip.into()]),
            _ => address.host(),
        };
        let unknown = |words: String| Why::Name { host: host.to_owned(), words };
        let found = self.outside.resolve(host, address.port());
        let found = self.in_time("looking up the name", until, found).await?;
        let found = found.map_err(|error| unknown(error.to_string()))?;
        if found.is_empty() {
            return Err(unknown("it has no address".to_owned()));
        }
        Ok(found)
    }

    /// Dials one address after another until one answers, all within the time for one.
    async fn dial_one(
        &self,
        sockets: &[SocketAddr],
        host: &str,
        until: Instant,
    ) -> Result<(Box<dyn Stream>, String), Why> {
        let until = until.min(Instant::now() + self.connect_max);
        let mut last = Why::Timeout("connecting");
        for (tried, socket) in sockets.iter().take(TRIES_MAX).enumerate() {
            let tries_left = sockets.len().min(TRIES_MAX) - tried;
            let share = until.saturating_duration_since(Instant::now()) / tries_left as u32;
            match timeout_at(Instant::now() + share, self.outside.dial(*socket)).await {
                Ok(Ok(stream)) => return Ok((stream, socket.ip().to_string())),
                Ok(Err(error)) => last = trouble::of_io(&error, host),
                Err(_) => last = Why::Timeout("connecting"),
            }
        }
        Err(last)
    }

    /// Asks the proxy, and for https lets it open a tunnel.
    async fn through(
        &self,
        proxy: &Proxy,
        address: &Address,
        until: Instant,
    ) -> Result<Box<dyn Stream>, Why> {
        let no_help = |why: Why| Why::Proxy(why.to_string());
        let found = self.look_up(&proxy.address, until).await.map_err(no_help)?;
        let port = proxy.address.port();
        let sockets: Vec<_> = found.iter().map(|ip| SocketAddr::new(*ip, port)).collect();
        let dialled = self.dial_one(&sockets, proxy.address.host(), until).await;
        let (mut stream, _) = dialled.map_err(no_help)?;
        if address.is_https() {
            let tunnel = open_tunnel(&mut stream, address);
            self.in_time("the proxy", until, tunnel).await??;
        }
        Ok(stream)
    }

    async fn in_time<T>(
        &self,
        what: &'static str,
        until: Instant,
        work: impl Future<Output = T>,
    ) -> Result<T, Why> {
        let until = until.min(Instant::now() + self.connect_max);
        timeout_at(until, work).await.map_err(|_| Why::Timeout(what))
    }
}

/// Asks a proxy for a tunnel (RFC 9110 §9.3.6).
async fn open_tunnel(stream: &mut Box<dyn Stream>, address: &Address) -> Result<(), Why> {
    let broken = |error: std::io::Error| Why::Proxy(error.to_string());
    let place = format!("{}:{}", address.host(), address.port());
    let asked = format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.map_err(broken)?;
    let mut head = Vec::new();
    // One byte at a time: what follows the head belongs to the tunnel.
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == PROXY_HEAD_BYTES_MAX {
            return Err(Why::Proxy("its answer does not end".to_owned()));
        }
        head.push(stream.read_u8().await.map_err(broken)?);
    }
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    match line.split(|byte| *byte == b' ').nth(1) {
        Some(status) if status.starts_with(b"2") => Ok(()),
        _ => Err(Why::Proxy(String::from_utf8_lossy(line).into_owned())),
    }
}
