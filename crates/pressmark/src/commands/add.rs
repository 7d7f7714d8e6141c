//! `add`: find what a site offers, show it, follow it.

pub mod name;
mod settle;
mod source;

use super::opml;
use crate::End;
use crate::args::{AddArgs, Global, OutlineArgs, WrongUse};
use crate::discover::{self, Choice, Found, Offer};
use crate::shop::Shop;
use crate::talk::{Progress, print, say};
use anyhow::bail;
use archive::{Archive, NewSource, Role, Source};
use fetch::Client;
use news::{Address, Timestamp};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many sites are looked at side by side when several are added at once.
const SITES_AT_ONCE: usize = 16;

/// How many names are tried for a source whose first choice is taken.
const NAMES_MAX: usize = 1_000;

pub async fn run(global: Global, args: AddArgs) -> anyhow::Result<End> {
    if args.name.is_some() && args.addresses.len() > 1 {
        bail!(WrongUse("`--name` names one source; add the others apart".into()));
    }
    let shop = Shop::new(global)?;
    let archive = shop.open().await?;
    let client = shop.client()?;
    let added = tokio::select! {
        added = add_all(&shop, &archive, client, &args) => added,
        () = super::serve::stopped() => Err(anyhow::anyhow!("stopped")),
    };
    archive.close().await;
    let (well, failed) = added?;
    if well > 0 && shop.talks() {
        say("next: `pressmark fetch` gets its articles once, `pressmark run` keeps following");
    }
    Ok(match (well, failed) {
        (_, 0) => End::Done,
        (0, _) => End::Failed,
        _ => End::Partly,
    })
}

/// Adds every address; returns how many went well and how many failed, where one that did partly
/// counts as both.
async fn add_all(
    shop: &Shop,
    archive: &Archive,
    client: Client,
    args: &AddArgs,
) -> anyhow::Result<(usize, usize)> {
    let progress = Progress::start(shop.talks());
    let added = look_and_follow(shop, archive, client, args, &progress).await;
    progress.end();
    added
}

async fn look_and_follow(
    shop: &Shop,
    archive: &Archive,
    client: Client,
    args: &AddArgs,
    progress: &Progress,
) -> anyhow::Result<(usize, usize)> {
    let mut looks = JoinSet::new();
    let places = Arc::new(Semaphore::new(SITES_AT_ONCE));
    for typed in args.addresses.iter().cloned() {
        let (client, shop, places) = (client.clone(), shop.clone(), places.clone());
        looks.spawn(async move {
            let _place = places.acquire_owned().await;
            let found = discover::look(&client, &shop, &typed).await;
            (typed, found)
        });
    }
    progress.say(&format!("looking at {}", args.addresses.join(" ")));
    let (mut well, mut failed) = (0, 0);
    while let Some(look) = looks.join_next().await {
        let (typed, offer) = look?;
        progress.say(&typed);
        let added = match offer {
            Ok(Offer::Subscriptions(opml)) => {
                progress.end();
                let outline = OutlineArgs { yes: args.yes, ..OutlineArgs::default() };
                opml::offer(shop, archive, &client, *opml, &outline).await
            }
            Ok(Offer::Listings(found)) => {
                settle_and_follow(shop, archive, args, progress, (&typed, Ok(*found))).await
            }
            Err(why) => {
                let why = with_known(archive, &typed, why).await?;
                settle_and_follow(shop, archive, args, progress, (&typed, Err(why))).await
            }
        };
        match added {
            Ok(End::Done) => well += 1,
            Ok(End::Failed) => failed += 1,
            Ok(End::Partly) => (well, failed) = (well + 1, failed + 1),
            Err(wrong) if args.addresses.len() == 1 => return Err(wrong),
            Err(wrong) => {
                failed += 1;
                progress.print_to_stderr(&format!("failed: {wrong:#}"));
            }
        }
    }
    Ok((well, failed))
}

/// Has one of the listings chosen that were found for what was typed, and follows it.
async fn settle_and_follow(
    shop: &Shop,
    archive: &Archive,
    args: &AddArgs,
    progress: &Progress,
    (typed, found): (&str, Result<Found, String>),
) -> anyhow::Result<End> {
    if !args.yes && !args.anyway && args.choice.is_none() {
        // Nothing may move on the line where somebody types.
        progress.end();
    }
    let (found, choice) = settle::settle(shop, typed, found, args).await?;
    let source = follow(archive, &found, &choice, args).await?;
    progress.suspend(|| tell(shop, args, &source, &choice));
    Ok(End::Done)
}

/// Adds to the reason why nothing was found the source that may have been meant.
async fn with_known(archive: &Archive, typed: &str, why: String) -> anyhow::Result<String> {
    let named = archive.find_source(typed).await?.filter(|source| source.name == typed.trim());
    if let Some(Source { name, site, .. }) = named {
        return Ok(format!("`{name}` is followed already: it is {site}"));
    }
    let Some(host) = discover::host(typed).filter(|_| !why.contains("did you mean")) else {
        return Ok(why);
    };
    let sources = archive.sources().await?;
    let near = discover::nearest(&host, sources.iter().map(|source| source.site.host()));
    let near = sources.iter().find(|source| Some(source.site.host()) == near);
    Ok(match near {
        Some(near) => {
            let host = near.site.host();
            format!("{why}; did you mean `{host}`, which is followed as `{}`?", near.name)
        }
        None => why,
    })
}

async fn follow(
    archive: &Archive,
    found: &Found,
    choice: &Choice,
    args: &AddArgs,
) -> anyhow::Result<Source> {
    if let Some(known) = follower(archive, &choice.address).await? {
        let other = match found.choices.len() {
            0 | 1 => String::new(),
            len => format!("; it is one of {len} choices, `--choice N` takes another"),
        };
        bail!("{} is followed already, as `{}`{other}", choice.address, known.name);
    }
    let new = source::new(found, choice, args.name.as_deref());
    add_under_free_name(archive, new, args.name.is_some()).await
}

/// Returns the source that follows an address already; one that only knows it doesn't.
async fn follower(archive: &Archive, address: &Address) -> anyhow::Result<Option<Source>> {
    let follows = |source: &Source| {
        source.listings.iter().any(|listing| {
            let is_it = listing.address.identity() == address.identity();
            is_it && listing.role == Role::Main && !listing.ended
        })
    };
    Ok(archive.sources().await?.into_iter().find(follows))
}

fn tell(shop: &Shop, args: &AddArgs, source: &Source, choice: &Choice) {
    print(&if shop.global.json {
        let mut row = settle::row(choice);
        row["name"] = json!(source.name);
        row["title"] = json!(source.title);
        row.to_string()
    } else {
        format!("following {}: {}", source.name, choice.line())
    });
    if args.yes && shop.talks() {
        choice.preview.iter().for_each(|title| say(&format!("     · {title}")));
    }
}

/// Adds the source; a name that was made up here gives way to one that is taken.
pub async fn add_under_free_name(
    archive: &Archive,
    mut new: NewSource,
    named: bool,
) -> anyhow::Result<Source> {
    let wanted = new.name.clone();
    for number in 2..NAMES_MAX {
        match archive.add_source(&new, Timestamp::now()).await {
            Err(archive::Error::Double(_)) if !named => new.name = format!("{wanted}-{number}"),
            other => return Ok(other?),
        }
    }
    bail!("`{wanted}` and {NAMES_MAX} names like it are taken: say `--name WORD`")
}
