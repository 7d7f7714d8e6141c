//! `add`: find what a site offers, show it, follow it.

pub mod name;

use crate::End;
use crate::args::{AddArgs, Global, WrongUse};
use crate::desk::count;
use crate::discover::{self, Choice, Found};
use crate::shop::Shop;
use crate::talk::{Progress, print, say};
use anyhow::{Context, bail};
use archive::{Archive, NewListing, NewSource, Role, Source};
use fetch::Client;
use listing::section::is_one_site;
use news::{Address, Form, Timestamp};
use serde_json::{Value, json};
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
        let found = match found {
            Err(why) => Err(with_known(archive, &typed, why).await?),
            found => found,
        };
        let settled = progress.suspend(|| settle(shop, &typed, found, args));
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

/// Adds to the reason why nothing was found the source that may have been meant.
async fn with_known(archive: &Archive, typed: &str, why: String) -> anyhow::Result<String> {
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

/// Decides what to follow: the best choice, the one that was named, or the one a person takes.
fn settle(
    shop: &Shop,
    typed: &str,
    found: Result<Found, String>,
    args: &AddArgs,
) -> anyhow::Result<(Found, Choice)> {
    let found = match found {
        Ok(found) => found,
        Err(why) if args.anyway => discover::unread(typed, &why).context(why)?,
        Err(why) => bail!("{why}"),
    };
    if let Some(remark) = &found.remark {
        say(remark);
    }
    let number = match args.choice {
        _ if args.yes || args.anyway => 1,
        Some(number) => number,
        None => {
            show(shop, &found);
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
fn show(shop: &Shop, found: &Found) {
    for (i, choice) in found.choices.iter().enumerate() {
        if shop.global.json {
            let mut row = row(choice);
            row["choice"] = json!(i + 1);
            print(&row.to_string());
            continue;
        }
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
    if let Some(known) = follower(archive, &choice.address).await? {
        bail!("{} is followed already, as `{}`", choice.address, known.name);
    }
    let site = site(&found, &choice);
    let title = match choice.title.as_str() {
        "" => site.host().to_owned(),
        title => title.to_owned(),
    };
    let new = NewSource {
        name: args.name.clone().unwrap_or_else(|| name::of(&site)),
        title,
        site,
        language: choice.language.clone(),
        listings: listings(&found, &choice),
    };
    let source = add_under_free_name(archive, new, args.name.is_some()).await?;
    Ok((source, choice))
}

/// Returns the source that follows an address already; one that only knows it doesn't.
async fn follower(archive: &Archive, address: &Address) -> anyhow::Result<Option<Source>> {
    let follows = |source: &Source| {
        source.listings.iter().any(|listing| {
            listing.role == Role::Main && listing.address.identity() == address.identity()
        })
    };
    Ok(archive.sources().await?.into_iter().find(follows))
}

/// Returns the listings of a new source: the one that was chosen, and what else was found to see
/// by it what that one leaves out, and to have when it ends.
fn listings(found: &Found, choice: &Choice) -> Vec<NewListing> {
    let form = |choice: &Choice| Some(choice.form).filter(|form| *form != Form::Unknown);
    let main = NewListing::main(choice.address.clone(), form(choice));
    let witness = |address| NewListing { address, role: Role::Witness, form: None };
    let spare = |spare: &Choice| NewListing {
        address: spare.address.clone(),
        role: Role::Spare,
        form: form(spare),
    };
    let witnesses = found.witnesses(choice).into_iter().map(witness);
    let spares = found.spares(choice).into_iter().map(spare);
    [main].into_iter().chain(witnesses).chain(spares).collect()
}

/// Returns the site that a listing says it is of, if that is a part of the one looked at.
fn site(found: &Found, choice: &Choice) -> Address {
    let told = choice.site.clone().filter(|site| is_one_site(site.host(), found.site.host()));
    told.unwrap_or_else(|| found.site.clone())
}

/// Returns what a program is told of a choice.
fn row(choice: &Choice) -> Value {
    json!({"listing": choice.address, "title": choice.title, "form": choice.form,
           "entries": choice.entries_len, "newest": choice.newest.map(|at| at.to_string()),
           "preview": choice.preview})
}

fn tell(shop: &Shop, args: &AddArgs, source: &Source, choice: &Choice) {
    print(&if shop.global.json {
        let mut row = row(choice);
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
