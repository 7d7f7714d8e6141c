//! `serve`: the reader alone.

use crate::End;
use crate::args::{Global, ServeArgs};
use crate::origin::Publishers;
use crate::shop::Shop;
use crate::workshop::Workshop;
use anyhow::Context;
use archive::Archive;
use news::Timestamp;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

pub async fn run(global: Global, args: ServeArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let listener = bind(args.listen.unwrap_or(shop.config.serve.listen)).await?;
    eprintln!("reading at http://{}  (Ctrl-C stops)", listener.local_addr()?);
    until_stopped(&shop, archive, listener, shop.client()?).await?;
    Ok(End::Done)
}

pub async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| {
        format!(
            "listen on {listen} (another address: `--listen 127.0.0.1:{}`)",
            listen.port().wrapping_add(1)
        )
    })
}

/// Serves the reader until Ctrl-C or the termination signal.
pub async fn until_stopped(
    shop: &Shop,
    archive: Archive,
    listener: TcpListener,
    client: fetch::Client,
) -> anyhow::Result<()> {
    let options = serve::Options {
        title: shop.config.library.title.clone(),
        hosts: hosts(shop, listener.local_addr()?),
        public: shop.config.serve.public.clone().filter(|_| archive.is_for_writing()),
        pictures: Some(pictures(shop, client)),
        ..serve::Options::default()
    };
    let router = serve::router(archive, options, Timestamp::now);
    let served = axum::serve(listener, router).with_graceful_shutdown(stopped());
    tokio::select! {
        served = served.into_future() => served.context("serve the reader"),
        () = out_of_patience() => Ok(()),
    }
}

/// How pictures are made and given out.
fn pictures(shop: &Shop, client: fetch::Client) -> serve::Pictures {
    let told = &shop.config.pictures;
    serve::Pictures {
        workshop: Arc::new(Workshop::new()),
        origin: Arc::new(Publishers(client)),
        folder: Some(shop.folder.join(CACHE)),
        folder_bytes_max: told.cache_mib * 1024 * 1024,
        key: shop.folder.join(KEY),
        hosts: told.hosts.clone(),
    }
}

/// The folder in a library of what was made of pictures; it may be deleted at any time.
const CACHE: &str = "cache";

/// The file in a library with the key by which links to pictures are signed.
pub const KEY: &str = "picture.key";

/// Answers that are under way when the reader is stopped may take this long; who sends half a
/// request and no more would otherwise hold it for ever.
const PATIENCE: Duration = Duration::from_secs(3);

async fn out_of_patience() {
    stopped().await;
    tokio::time::sleep(PATIENCE).await;
}

/// On loopback only our own names are answered, so that no page of the web can read the library
/// through a name that it points here (DNS rebinding).
fn hosts(shop: &Shop, listen: SocketAddr) -> Vec<String> {
    let told = shop.config.serve.hosts.iter().cloned();
    if !listen.ip().is_loopback() {
        return told.collect();
    }
    let own = serve::LOOPBACK.map(str::to_owned);
    own.into_iter().chain([listen.ip().to_string()]).chain(told).collect()
}

pub async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
