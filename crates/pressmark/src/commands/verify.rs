//! `verify`: whether everything that was kept is still there and whole.

use crate::End;
use crate::args::{Global, VerifyArgs};
use crate::shop::Shop;
use crate::talk::print;
use archive::Level;
use serde_json::json;

pub async fn run(global: Global, args: VerifyArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let level = if args.quick { Level::Quick } else { Level::Full };
    let findings = archive.verify(level).await?;
    for finding in &findings {
        print(&if shop.global.json {
            json!({"object": finding.object, "wrong": finding.wrong, "mend": finding.mend})
                .to_string()
        } else {
            format!("✗ {}: {}\n  fix: {}", finding.object, finding.wrong, finding.mend)
        });
    }
    let has = archive.holdings().await?;
    if shop.talks() {
        eprintln!(
            "{} articles, {} revisions, {} pictures, {} captures: {}",
            has.articles,
            has.revisions,
            has.pictures,
            has.captures,
            if findings.is_empty() {
                "all well".into()
            } else {
                format!("{} wrong", findings.len())
            }
        );
    }
    Ok(if findings.is_empty() { End::Done } else { End::Failed })
}
