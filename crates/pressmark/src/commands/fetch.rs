//! `fetch`: one round over the sources, now.

use super::serve::stopped;
use super::source;
use crate::End;
use crate::args::{FetchArgs, Global};
use crate::desk::{Deed, Desk, Report};
use crate::shop::Shop;
use crate::talk::{Progress, on_one_line, say};
use anyhow::bail;
use archive::health::{self, State};
use archive::{Archive, Change};
use news::Timestamp;
use serde_json::json;

pub async fn run(global: Global, args: FetchArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open().await?;
    let sources = archive.sources().await?;
    if sources.is_empty() {
        bail!("no source is followed yet: `pressmark add URL` first");
    }
    let only = match &args.source {
        Some(word) => Some(source::find(&archive, word).await?.id),
        None => None,
    };
    archive.ask_now(only, Timestamp::now()).await?;
    let desk = Desk { client: shop.client()?, archive: archive.clone(), shop: shop.clone(), only };
    let report = tokio::select! {
        report = round(&desk) => report?,
        () = stopped() => {
            archive.close().await;
            bail!("stopped; what was kept is safe, `pressmark fetch` goes on from there");
        }
    };
    let report = without_healed(&archive, report, desk.now()).await?;
    say_result(&shop, &archive, &report).await?;
    archive.close().await;
    Ok(match report.sources_failed.len() {
        0 => End::Done,
        failed if failed >= sources.len() => End::Failed,
        _ => End::Partly,
    })
}

/// Takes the sources out of the failed ones whose broken listing another one stands in for.
async fn without_healed(
    archive: &Archive,
    mut report: Report,
    now: Timestamp,
) -> anyhow::Result<Report> {
    for source in archive.sources().await? {
        if !matches!(health::of(&source, now).state, State::Failing { .. }) {
            report.sources_failed.remove(&source.id);
        }
    }
    Ok(report)
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

async fn say_result(shop: &Shop, archive: &Archive, report: &Report) -> anyhow::Result<()> {
    if shop.global.quiet {
        return Ok(());
    }
    for source in archive.sources().await? {
        if let Some(why) = report.sources_failed.get(&source.id) {
            say(&format!("failed: {} ({}): {why}", source.name, source.site));
        }
    }
    if !shop.global.json {
        say(&report.line());
    }
    Ok(())
}
