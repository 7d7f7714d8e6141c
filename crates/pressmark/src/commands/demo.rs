//! `demo`: a small newspaper on this machine, followed and readable.

use super::run::log;
use super::serve::{bind, stopped, until_stopped};
use crate::End;
use crate::args::{DemoArgs, Global};
use crate::desk::{Desk, Report};
use crate::newspaper::Newspaper;
use crate::shop::Shop;
use anyhow::Context;
use archive::{Archive, NewListing, NewSource, Query};
use news::{Address, Timestamp};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::TcpListener;

/// How many ports are tried for the reader.
const PORTS_TRIED: u16 = 50;

/// When the newspaper prints its next issue while the reader is open.
const NEXT_ISSUE: Duration = Duration::from_secs(20);

pub async fn run(global: Global, args: DemoArgs) -> anyhow::Result<End> {
    let folder = Folder::new(&global)?;
    let newspaper = Newspaper::start().await.context("start the newspaper")?;
    let shop = shop(global, &folder, &newspaper)?;
    let archive = shop.open().await?;
    let listener = bind_near(args.listen).await?;
    let reader = listener.local_addr()?;
    eprintln!("the newspaper: {}  (stories and pictures of our own)", newspaper.origin);
    follow(&archive, &newspaper).await?;
    let client = shop.client()?;
    let desk =
        Desk { client: client.clone(), archive: archive.clone(), shop: shop.clone(), only: None };
    tokio::select! {
        told = tell(&desk, &newspaper, reader) => told?,
        () = stopped() => return close(archive, newspaper, folder).await,
    }
    let ended = tokio::select! {
        served = until_stopped(&shop, archive.clone(), listener, client) => served,
        followed = live(&desk, &newspaper) => followed,
    };
    close(archive, newspaper, folder).await?;
    ended.map(|()| End::Done)
}

/// Plays two days of the newspaper, then says what to look at.
async fn tell(desk: &Desk, newspaper: &Newspaper, reader: SocketAddr) -> anyhow::Result<()> {
    let first = round(desk).await?;
    eprintln!("first visit:  {}", first.line());
    newspaper.edit();
    newspaper.remove();
    newspaper.publish();
    newspaper.sign_off();
    let second = round(desk).await?;
    eprintln!("second visit: {}", second.line());
    say_what_to_look_at(&desk.archive, reader).await
}

async fn round(desk: &Desk) -> anyhow::Result<Report> {
    desk.archive.ask_now(None, Timestamp::now()).await?;
    desk.round(log).await
}

async fn say_what_to_look_at(archive: &Archive, reader: SocketAddr) -> anyhow::Result<()> {
    let edited = archive.articles(&Query { edited: true, limit: 1, ..Query::default() }).await?;
    let newest = archive.articles(&Query { limit: 100, ..Query::default() }).await?;
    eprintln!("\nThe reader is open:  http://{reader}/\n");
    if let Some(line) = edited.first() {
        eprintln!(
            "  an article that was edited, with both its texts   http://{reader}/a/{}",
            line.pressmark
        );
    }
    if let Some(line) = newest.iter().find(|line| line.gone) {
        eprintln!(
            "  one that its publisher took down                  http://{reader}/a/{}",
            line.pressmark
        );
    }
    eprintln!("  how the sources do: one is broken on purpose      http://{reader}/sources");
    eprintln!("  find something                                    http://{reader}/search?q=ferry");
    eprintln!(
        "\nThe paper prints one more story in a moment. Ctrl-C stops and leaves nothing behind."
    );
    Ok(())
}

/// Follows the newspaper while the reader is open.
async fn live(desk: &Desk, newspaper: &Newspaper) -> anyhow::Result<()> {
    tokio::time::sleep(NEXT_ISSUE).await;
    newspaper.publish();
    round(desk).await?;
    desk.follow(log).await
}

async fn follow(archive: &Archive, newspaper: &Newspaper) -> anyhow::Result<()> {
    for edition in newspaper.listings() {
        let listing = Address::read(&edition.feed).context("the newspaper's own address")?;
        let new = NewSource {
            name: edition.name.to_string(),
            title: edition.title.to_string(),
            site: listing.origin(),
            language: Some(edition.language.to_string()),
            listings: vec![NewListing::main(listing, None)],
        };
        archive.add_source(&new, Timestamp::now()).await?;
    }
    Ok(())
}

/// Sets the shop up for a site on this very machine, which would be refused otherwise.
fn shop(global: Global, folder: &Folder, newspaper: &Newspaper) -> anyhow::Result<Shop> {
    let mut shop = Shop::new(Global { library: Some(folder.path.clone()), proxy: None, ..global })?;
    let host = newspaper.origin.trim_start_matches("http://").to_owned();
    shop.config.fetch.allow = vec![host];
    shop.config.fetch.gap_ms = 20;
    shop.config.fetch.proxy = None;
    shop.config.fetch.environment_proxy = false;
    shop.config.library.title = "Pressmark demo".into();
    Ok(shop)
}

async fn bind_near(wanted: SocketAddr) -> anyhow::Result<TcpListener> {
    for more in 0..PORTS_TRIED {
        let port = wanted.port().saturating_add(more);
        if let Ok(listener) = TcpListener::bind(SocketAddr::new(wanted.ip(), port)).await {
            return Ok(listener);
        }
    }
    bind(wanted).await
}

async fn close(archive: Archive, newspaper: Newspaper, folder: Folder) -> anyhow::Result<End> {
    archive.close().await;
    newspaper.close().await;
    folder.sweep();
    eprintln!("stopped");
    Ok(End::Done)
}

/// The demo's library: one that was named and stays, or one that goes with the demo.
struct Folder {
    path: PathBuf,
    passing: bool,
}

impl Folder {
    fn new(global: &Global) -> anyhow::Result<Folder> {
        if let Some(path) = &global.library {
            let empty =
                std::fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none());
            anyhow::ensure!(
                empty,
                "the demo wants a folder of its own, and `{}` is not empty; \
                 leave `--library` and PRESSMARK_LIBRARY out to get one that goes away again",
                path.display()
            );
            return Ok(Folder { path: path.clone(), passing: false });
        }
        let path = std::env::temp_dir().join(format!("pressmark-demo-{}", std::process::id()));
        Ok(Folder { path, passing: true })
    }

    fn sweep(self) {
        if self.passing {
            let _ = std::fs::remove_dir_all(self.path);
        }
    }
}
