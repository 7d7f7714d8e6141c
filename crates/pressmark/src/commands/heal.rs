//! `heal`: looks now for what may stand in for a broken listing.

use super::serve::stopped;
use super::source;
use crate::End;
use crate::args::{Global, HealArgs};
use crate::desk::{Deed, Desk, heal};
use crate::shop::Shop;
use crate::talk::{Progress, say};
use anyhow::bail;
use archive::Source;
use archive::health::{self, State};
use news::Timestamp;
use serde_json::json;

pub async fn run(global: Global, args: HealArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open().await?;
    let client = shop.client()?;
    let desk = Desk { client, archive: archive.clone(), shop: shop.clone(), only: None };
    let sources = match &args.source {
        Some(word) => vec![source::find(&archive, word).await?],
        None => archive.sources().await?,
    };
    let sources = ailing(sources, desk.now());
    let healed = tokio::select! {
        healed = heal_all(&desk, &sources) => healed,
        () = stopped() => Err(anyhow::anyhow!("stopped")),
    };
    archive.close().await;
    let healed = healed?;
    Ok(match (healed, sources.len()) {
        (healed, len) if healed == len => End::Done,
        (0, _) => End::Failed,
        _ => End::Partly,
    })
}

/// Returns the sources for which something else should be looked for.
fn ailing(mut sources: Vec<Source>, now: Timestamp) -> Vec<Source> {
    let named = match sources.as_slice() {
        [one] => format!("`{}`", one.name),
        _ => "every source".to_owned(),
    };
    sources.retain(|source| {
        let state = health::of(source, now).state;
        matches!(state, State::Failing { .. } | State::Silent { .. })
    });
    if sources.is_empty() {
        say(&format!("{named} does well: there is nothing to heal"));
    }
    sources
}

/// Returns how many sources have something new to be followed by.
async fn heal_all(desk: &Desk, sources: &[Source]) -> anyhow::Result<usize> {
    let progress = Progress::start(desk.shop.talks());
    let mut healed = 0;
    for source in sources {
        progress.say(&format!("looking at {}", source.site));
        match heal_one(desk, source).await {
            Ok(Some(Deed::Healed { from, to, .. })) => {
                healed += 1;
                progress.print(&match desk.shop.global.json {
                    true => json!({"name": source.name, "from": from, "to": to}).to_string(),
                    false => format!("{}: {to} is followed in place of {from}", source.name),
                });
            }
            Ok(_) => progress.print_to_stderr(&format!(
                "{}: the site names nothing that could stand in; another address of it would \
                 help: `pressmark add URL`",
                source.name
            )),
            Err(wrong) => progress.print_to_stderr(&format!("failed: {}: {wrong:#}", source.name)),
        }
    }
    progress.end();
    if healed > 0 && desk.shop.talks() {
        say("next: `pressmark fetch` gets what they name");
    }
    Ok(healed)
}

async fn heal_one(desk: &Desk, source: &Source) -> anyhow::Result<Option<Deed>> {
    let Some(broken) = heal::ailing(source, desk.now()) else {
        bail!("it has no listing; `pressmark add {}` looks for one", source.site);
    };
    heal::heal(desk, source, broken).await
}
