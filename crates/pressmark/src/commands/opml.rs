//! Subscriptions of another reader: every feed is looked at and shown, then all are taken in at
//! once, or none.

mod check;
mod feed;
mod place;

pub use place::{get, read};

use super::serve::stopped;
use crate::End;
use crate::args::{OutlineArgs, WrongUse};
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::{self, print, say};
use anyhow::bail;
use archive::{Archive, FiledSource, OutlineImport};
use feed::{Feed, Standing};
use fetch::Client;
use news::{Address, Opml, Timestamp};

/// Shows the feeds of an outline, asks whether they are to be followed, and takes them in.
pub async fn offer(
    shop: &Shop,
    archive: &Archive,
    client: &Client,
    opml: Opml,
    args: &OutlineArgs,
) -> anyhow::Result<End> {
    let looked = look(shop, Some(archive), client, &opml, args);
    let mut feeds = unless_stopped(looked).await?;
    // Programs get a row once everything is known, names included.
    let tells_once = shop.global.json && args.yes;
    if !tells_once {
        show(shop, &feeds);
    }
    let wanted = wanted(&feeds, args);
    if !args.yes && !unless_stopped(ask(wanted.len())).await? {
        say("nothing was changed");
        return Ok(End::Failed);
    }
    let sources = wanted.iter().map(|i| source(&feeds[*i])).collect();
    let kept = archive.keep_outline(OutlineImport { opml, sources }, Timestamp::now()).await?;
    for (i, name) in wanted.into_iter().zip(kept.sources) {
        feeds[i].name = name;
    }
    if tells_once {
        show(shop, &feeds);
    }
    if shop.talks() {
        say_result(&feeds);
    }
    let failed = |feed: &Feed| matches!(feed.standing, Standing::Away(..) | Standing::NoFeed(_));
    Ok(if feeds.iter().any(failed) { End::Partly } else { End::Done })
}

/// Shows the feeds of an outline and changes nothing; `archive` is `None` where there is none.
pub async fn list(
    shop: &Shop,
    archive: Option<&Archive>,
    client: &Client,
    opml: &Opml,
    args: &OutlineArgs,
) -> anyhow::Result<End> {
    let feeds = unless_stopped(look(shop, archive, client, opml, args)).await?;
    show(shop, &feeds);
    Ok(End::Done)
}

/// Does what comes before anything is changed, unless a person stops it.
async fn unless_stopped<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::select! {
        done = work => done,
        () = stopped() => bail!("stopped; nothing was changed"),
    }
}

/// Finds out how each feed of an outline stands.
async fn look(
    shop: &Shop,
    archive: Option<&Archive>,
    client: &Client,
    opml: &Opml,
    args: &OutlineArgs,
) -> anyhow::Result<Vec<Feed>> {
    let mut feeds = feed::all(opml);
    if feeds.is_empty() {
        bail!("the outline names no feed");
    }
    if let Some(archive) = archive {
        recognise(archive, &mut feeds).await?;
    }
    if !args.no_check {
        check::check(shop, client, &mut feeds).await;
    }
    Ok(feeds)
}

async fn recognise(archive: &Archive, feeds: &mut [Feed]) -> anyhow::Result<()> {
    let addresses: Vec<Address> = feeds.iter().filter_map(|feed| feed.address.clone()).collect();
    let names = archive.followed(&addresses).await?;
    let readable = feeds.iter_mut().filter(|feed| feed.address.is_some());
    for (feed, name) in readable.zip(names) {
        if name.is_some() {
            (feed.standing, feed.name) = (Standing::Known, name);
        }
    }
    Ok(())
}

fn show(shop: &Shop, feeds: &[Feed]) {
    for feed in feeds {
        print(&if shop.global.json { feed.as_json().to_string() } else { feed.line() });
    }
    if shop.talks() {
        say(&summary(feeds));
    }
}

fn summary(feeds: &[Feed]) -> String {
    let of = |is: fn(&Standing) -> bool| feeds.iter().filter(|feed| is(&feed.standing)).count();
    format!(
        "{}: {} new, {} here already, {} not to be reached, {} no feed",
        count(feeds.len(), "feed", "feeds"),
        of(|standing| matches!(standing, Standing::New)),
        of(|standing| matches!(standing, Standing::Known)),
        of(|standing| matches!(standing, Standing::Away(..))),
        of(|standing| matches!(standing, Standing::NoFeed(_))),
    )
}

/// Returns which feeds are to be followed: those that can't be reached as well, for they may
/// come back.
fn wanted(feeds: &[Feed], args: &OutlineArgs) -> Vec<usize> {
    let is_wanted = |feed: &Feed| match feed.standing {
        Standing::New => true,
        Standing::Away(..) => !args.reachable,
        Standing::Known | Standing::NoFeed(_) => false,
    };
    (0..feeds.len()).filter(|i| is_wanted(&feeds[*i])).collect()
}

async fn ask(wanted_len: usize) -> anyhow::Result<bool> {
    let question = match wanted_len {
        0 => "Nothing new to follow. Keep the folders all the same? [y/N] ".to_owned(),
        len => format!("Follow {} and keep the folders? [y/N] ", count(len, "feed", "feeds")),
    };
    let nobody = || {
        WrongUse(
            "nobody is there to answer: say `--yes` to follow them, `--dry-run` to look only"
                .into(),
        )
    };
    Ok(talk::confirm(&question).await.ok_or_else(nobody)?)
}

fn source(feed: &Feed) -> FiledSource {
    let failing = match &feed.standing {
        Standing::Away(trouble, why) => Some((*trouble, why.clone())),
        _ => None,
    };
    FiledSource { source: feed.source(), failing }
}

fn say_result(feeds: &[Feed]) {
    let followed = |feed: &&Feed| feed.standing != Standing::Known && feed.name.is_some();
    match feeds.iter().filter(followed).count() {
        0 => say("the folders are kept; nothing new is followed"),
        len => say(&format!(
            "{} followed; next: `pressmark fetch` gets the articles once, `pressmark run` \
             keeps following",
            count(len, "new feed is", "new feeds are")
        )),
    }
}
