//! `sources`: how each source does, failing ones first.

use crate::End;
use crate::args::Global;
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::{pad, print};
use archive::{ListingState, Source};
use serde_json::{Value, json};

pub async fn run(global: Global) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let sources = archive.sources().await?;
    for source in &sources {
        if shop.global.json {
            print(&as_json(source).to_string());
        } else {
            as_text(source).iter().for_each(|line| print(line));
        }
    }
    if shop.talks() {
        let failing = sources.iter().filter(|source| failing(source).is_some()).count();
        match sources.len() {
            0 => eprintln!("no source is followed yet: `pressmark add URL` first"),
            len => eprintln!("{}, {failing} failing", count(len, "source", "sources")),
        }
    }
    Ok(End::Done)
}

fn failing(source: &Source) -> Option<&ListingState> {
    source.listings.iter().find(|listing| listing.failing.is_some())
}

fn as_text(source: &Source) -> Vec<String> {
    let mark = match failing(source) {
        Some(_) => "!",
        None => "✓",
    };
    let latest = source.latest.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
    let mut lines = vec![format!(
        "{mark} {}  {}  {:>6} articles  latest {}",
        pad(&source.name, 24),
        pad(&source.title, 28),
        source.articles_len,
        latest.unwrap_or_else(|| "never".into()),
    )];
    for listing in &source.listings {
        if let Some(why) = &listing.failing {
            let since = listing.failing_since.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
            let since = since.unwrap_or_default();
            lines.push(format!("    {}", listing.address));
            lines.push(format!("    failing since {since}: {why}"));
            lines.push(format!("    fix: pressmark fetch {}", source.name));
        }
    }
    lines
}

fn as_json(source: &Source) -> Value {
    let listing = |listing: &ListingState| {
        json!({
            "address": listing.address,
            "visited": listing.visited,
            "well": listing.well,
            "failing": listing.failing,
            "failing_since": listing.failing_since,
            "failures": listing.failures,
            "entries": listing.entries_len,
            "next_visit": listing.next_visit,
            "ended": listing.ended,
        })
    };
    json!({
        "name": source.name,
        "title": source.title,
        "site": source.site,
        "language": source.language,
        "articles": source.articles_len,
        "latest": source.latest,
        "listings": source.listings.iter().map(listing).collect::<Vec<_>>(),
    })
}
