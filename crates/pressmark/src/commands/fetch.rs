//! `fetch`: one round over the sources, now.

use super::serve::stopped;
use super::{health, source};
use crate::End;
use crate::args::{FetchArgs, Global};
use crate::desk::{Deed, Desk, Report};
use crate::shop::Shop;
use crate::talk::{Progress, on_one_line, say};
use anyhow::bail;
use archive::health::{State, of};
use archive::{Change, Source};
use news::{Address, Timestamp};
use serde_json::json;

pub async fn run(global: Global, args: FetchArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open().await?;
    if archive.sources().await?.is_empty() {
        bail!("no source is followed yet: `pressmark add URL` first");
    }
    let only = match &args.source {
        Some(word) => Some(source::find(&archive, word).await?.id),
        None => None,
    };
    archive.ask_now(only, Timestamp::now()).await?;
    let desk = Desk { client: shop.client()?, archive: archive.clone(), shop: shop.clone(), only };
    let mut report = tokio::select! {
        report = round(&desk) => report?,
        () = stopped() => {
            archive.close().await;
            bail!("stopped; what was kept is safe, `pressmark fetch` goes on from there");
        }
    };
    let mut asked = archive.sources().await?;
    archive.close().await;
    asked.retain(|source| only.is_none_or(|only| only == source.id));
    let failed = failed(&asked, desk.now());
    report.sources_failed = failed.len();
    say_result(&shop, &report, &failed);
    Ok(match failed.len() {
        0 => End::Done,
        len if len == asked.len() => End::Failed,
        _ => End::Partly,
    })
}

/// A source that can't be followed now, at which address that is, and why.
type Failed<'a> = (&'a Source, &'a Address, String);

fn failed(asked: &[Source], now: Timestamp) -> Vec<Failed<'_>> {
    let told = asked.iter().map(|source| (source, of(source, now)));
    let failing = told.filter(|(_, told)| matches!(told.state, State::Failing { .. }));
    failing
        .map(|(source, told)| (source, health::place(source, &told), health::reason(source, &told)))
        .collect()
}

/// Does a round, with progress on standard error and a line for each article on standard output.
pub async fn round(desk: &Desk) -> anyhow::Result<Report> {
    let progress = Progress::start(desk.shop.talks());
    progress.say("visiting the sources");
    let mut so_far = Report::default();
    let report = desk
        .round(|deed| {
            so_far.add(deed);
            progress.say(&format!("{}  ·  {}", so_far.line(), now_doing(deed)));
            if let Some(line) = line(deed, desk.shop.global.json) {
                progress.print(&line);
            }
        })
        .await;
    progress.end();
    report
}

fn now_doing(deed: &Deed) -> &str {
    match deed {
        Deed::Article { headline, .. } => headline,
        Deed::Failed { why, .. } => why,
        Deed::Listing { .. } => "listing read",
        Deed::Picture => "picture kept",
        Deed::Unchanged => "unchanged",
        Deed::Healed { .. } => "a broken listing replaced",
        Deed::PutOff { .. } => "enough for today",
        Deed::Gone { .. } => "taken down by its publisher",
    }
}

/// An article that is safe in the library now, as a line of the results.
fn line(deed: &Deed, as_json: bool) -> Option<String> {
    let Deed::Article { kept, headline, .. } = deed else {
        return None;
    };
    let change = match kept.change {
        Change::New => "new",
        Change::Revised => "edited",
        Change::Same => return None,
    };
    let (pressmark, revision) = (&kept.pressmark, kept.revision);
    Some(if as_json {
        let row = json!({
            "pressmark": pressmark, "revision": revision, "change": change, "title": headline,
        });
        row.to_string()
    } else {
        format!("{pressmark}  {change:6}  {}", on_one_line(headline))
    })
}

fn say_result(shop: &Shop, report: &Report, failed: &[Failed]) {
    if shop.global.quiet {
        return;
    }
    for (source, place, why) in failed {
        say(&format!("failed: {} ({place}): {why}", source.name));
    }
    if !shop.global.json {
        say(&report.line());
    }
}
