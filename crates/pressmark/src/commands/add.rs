//! `add`: find what a site offers, show it, follow it.

pub mod name;

use crate::End;
use crate::args::{AddArgs, Global, WrongUse};
use crate::desk::count;
use crate::discover::{self, Choice, Found};
use crate::shop::Shop;
use crate::talk::{Progress, print, say};
use anyhow::{Context, bail};
use archive::{Archive, NewListing, NewSource, Source};
use fetch::Client;
use news::Timestamp;
use serde_json::json;
use std::io::{BufRead, IsTerminal};
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

/// Adds every address; returns how many went well and how many failed.
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
        let (typed, found) = look?;
        progress.say(&typed);
        let settled = progress.suspend(|| settle(&typed, found, args));
        match follow(archive, settled, args).await {
            Ok((source, choice)) => {
                well += 1;
                progress.suspend(|| tell(shop, args, &source, &choice));
            }
            Err(wrong) if args.addresses.len() == 1 => return Err(wrong),
            Err(wrong) => {
                failed += 1;
                progress.print_to_stderr(&format!("failed: {wrong:#}"));
            }
        }
    }
    Ok((well, failed))
}

/// Decides what to follow: the best choice, the one that was named, or the one a person takes.
fn settle(
    typed: &str,
    found: Result<Found, String>,
    args: &AddArgs,
) -> anyhow::Result<(Found, Choice)> {
    let found = match found {
        Ok(found) => found,
        Err(why) if args.anyway => discover::unread(typed, &why).context(why)?,
        Err(why) => bail!("{why}"),
    };
    let number = match args.choice {
        _ if args.yes || args.anyway => 1,
        Some(number) => number,
        None => {
            show(&found);
            ask(found.choices.len())?
        }
    };
    let choice = number.checked_sub(1).and_then(|i| found.choices.get(i)).cloned();
    let choice = choice.ok_or_else(|| {
        let offered = count(found.choices.len(), "choice", "choices");
        WrongUse(format!("there is no choice {number}: {offered} found"))
    })?;
    Ok((found, choice))
}

/// Shows the choices, each with its newest three articles.
fn show(found: &Found) {
    for (i, choice) in found.choices.iter().enumerate() {
        print(&format!("{}. {}", i + 1, choice.line()));
        choice.preview.iter().for_each(|title| print(&format!("     · {title}")));
    }
}

fn ask(choices_len: usize) -> anyhow::Result<usize> {
    if !std::io::stdin().is_terminal() {
        bail!(WrongUse("nobody is there to choose: say `--yes` or `--choice N`".into()));
    }
    eprint!("Follow which? [1-{choices_len}, Enter takes 1] ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context("read the answer")?;
    match answer.trim() {
        "" => Ok(1),
        number => {
            number.parse().map_err(|_| WrongUse(format!("`{number}` is none of them")).into())
        }
    }
}

async fn follow(
    archive: &Archive,
    settled: anyhow::Result<(Found, Choice)>,
    args: &AddArgs,
) -> anyhow::Result<(Source, Choice)> {
    let (found, choice) = settled?;
    if let Some(known) = archive.find_source(choice.address.as_str()).await? {
        bail!("{} is followed already, as `{}`", choice.address, known.name);
    }
    let title =
        if choice.title.is_empty() { found.site.host().to_owned() } else { choice.title.clone() };
    let new = NewSource {
        name: args.name.clone().unwrap_or_else(|| name::of(&found.site)),
        title,
        site: found.site,
        language: choice.language.clone(),
        listings: vec![NewListing::main(choice.address.clone(), Some(choice.form))],
    };
    let source = add_under_free_name(archive, new, args.name.is_some()).await?;
    Ok((source, choice))
}

fn tell(shop: &Shop, args: &AddArgs, source: &Source, choice: &Choice) {
    print(&if shop.global.json {
        json!({"name": source.name, "title": source.title, "listing": choice.address,
               "entries": choice.entries_len, "preview": choice.preview})
        .to_string()
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
