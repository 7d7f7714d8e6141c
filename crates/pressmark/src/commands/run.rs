//! `run`: desk and reader in one.

use super::serve::{self, bind};
use crate::End;
use crate::args::{Global, ServeArgs};
use crate::desk::{Deed, Desk, hub};
use crate::shop::Shop;

pub async fn run(global: Global, args: ServeArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open().await?;
    let listener = bind(args.listen.unwrap_or(shop.config.serve.listen)).await?;
    eprintln!("reading at http://{}  (Ctrl-C stops)", listener.local_addr()?);
    if archive.sources().await?.is_empty() {
        eprintln!("no source is followed yet: `pressmark add URL` (after stopping this)");
    }
    let client = shop.client()?;
    let desk =
        Desk { client: client.clone(), archive: archive.clone(), shop: shop.clone(), only: None };
    let ended = tokio::select! {
        served = serve::until_stopped(&shop, archive.clone(), listener, client) => served,
        followed = desk.follow(log) => followed,
        kept = hub::keep_up(&desk) => kept,
    };
    archive.close().await;
    ended.map(|()| End::Done)
}

/// Says what the desk does, for those who asked with `-v`.
pub fn log(deed: &Deed) {
    match deed {
        Deed::Failed { address, why, .. } => tracing::info!("{address}: {why}"),
        Deed::Article { kept, headline, .. } => {
            tracing::info!("{} {:?} {headline:?}", kept.pressmark, kept.change);
        }
        Deed::Listing { source, new } => tracing::debug!("source {source}: {new} new entries"),
        Deed::Gone { address, .. } => tracing::info!("{address}: taken down"),
        Deed::Healed { from, to, .. } => {
            tracing::info!("{from} is broken; {to} is followed in its place");
        }
        Deed::PutOff { source } => {
            tracing::info!("source {source}: enough was asked today, its pages wait");
        }
        Deed::Picture | Deed::Unchanged => {}
    }
}
