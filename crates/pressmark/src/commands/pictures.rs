//! `pictures`: what is kept of pictures, what is missing and why, source by source.

use super::print::files;
use super::serve::KEY;
use super::source;
use crate::End;
use crate::args::{Global, PicturesArgs, WrongUse};
use crate::commands::health::minute;
use crate::desk::count;
use crate::desk::hub::unguessable;
use crate::shop::Shop;
use crate::talk::{on_one_line, pad, print};
use anyhow::{Context, bail};
use archive::{Archive, MissingPicture, PictureHoldings};
use news::Address;
use serde_json::json;

/// How many pictures are named that are missing.
const MISSING_LEN_MAX: u32 = 10_000;

pub async fn run(global: Global, args: PicturesArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    if let Some(address) = &args.link {
        return link(&shop, address);
    }
    match args.missing {
        true => missing(&shop, &archive, args.source.as_deref()).await,
        false => by_source(&shop, &archive, args.source.as_deref()).await,
    }
}

async fn by_source(shop: &Shop, archive: &Archive, source: Option<&str>) -> anyhow::Result<End> {
    let mut all = archive.pictures_by_source().await?;
    if let Some(word) = source {
        let named = source::find(archive, word).await?;
        all.retain(|holdings| holdings.source == named.name);
    }
    for holdings in &all {
        match shop.global.json {
            true => print(&as_json(holdings)),
            false => print(&as_text(holdings)),
        }
    }
    if shop.talks() {
        let sum = |of: fn(&PictureHoldings) -> u64| all.iter().map(of).sum::<u64>();
        eprintln!(
            "{} kept ({:.1} MiB), {} waiting, {} left out, {} missing{}",
            count(sum(|of| of.kept) as usize, "picture", "pictures"),
            mib(sum(|of| of.bytes)),
            sum(|of| of.waiting),
            sum(|of| of.left_out),
            sum(|of| of.missing),
            if sum(|of| of.missing + of.left_out) > 0 {
                " (`pictures --missing` says why)"
            } else {
                ""
            },
        );
    }
    Ok(End::Done)
}

async fn missing(shop: &Shop, archive: &Archive, source: Option<&str>) -> anyhow::Result<End> {
    let named = match source {
        Some(word) => Some(source::find(archive, word).await?.id),
        None => None,
    };
    let missing = archive.missing_pictures(named, MISSING_LEN_MAX).await?;
    for picture in &missing {
        match shop.global.json {
            true => print(&missing_as_json(picture)),
            false => print(&missing_as_text(picture)),
        }
    }
    if shop.talks() {
        eprintln!(
            "{}",
            match missing.len() {
                0 => "no picture is missing".to_owned(),
                len => format!(
                    "{} (`pressmark fetch` asks again for those that are not given up)",
                    count(len, "picture", "pictures")
                ),
            }
        );
    }
    Ok(End::Done)
}

/// Prints a signed link; the key is made when it is first needed.
fn link(shop: &Shop, told: &str) -> anyhow::Result<End> {
    let Some(address) = Address::read(told) else {
        bail!(WrongUse(format!("`{told}` is no address of a picture: https://news.example/a.jpg")));
    };
    let path = shop.folder.join(KEY);
    if !path.exists() {
        files::write_secret(&path, unguessable()?.as_bytes())?;
    }
    let key = std::fs::read(&path).with_context(|| format!("read `{}`", path.display()))?;
    let signature = serve::picture_signature(key.trim_ascii(), &address);
    let reader = shop.config.serve.listen;
    let escaped = address.as_str().replace('%', "%25").replace('&', "%26").replace('#', "%23");
    print(&format!("http://{reader}/picture/?url={escaped}&sig={signature}"));
    Ok(End::Done)
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

fn as_text(holdings: &PictureHoldings) -> String {
    let mut line = format!(
        "{}  {:>7} kept  {:>9.1} MiB",
        pad(&holdings.source, 24),
        holdings.kept,
        mib(holdings.bytes)
    );
    let rest = [
        (holdings.waiting, "waiting"),
        (holdings.left_out, "left out"),
        (holdings.missing, "missing"),
    ];
    for (len, word) in rest.into_iter().filter(|(len, _)| *len > 0) {
        line += &format!("  {len} {word}");
    }
    line
}

fn as_json(holdings: &PictureHoldings) -> String {
    json!({
        "source": holdings.source,
        "kept": holdings.kept,
        "bytes": holdings.bytes,
        "waiting": holdings.waiting,
        "left_out": holdings.left_out,
        "missing": holdings.missing,
    })
    .to_string()
}

fn missing_as_text(picture: &MissingPicture) -> String {
    let next = match (picture.is_given_up, picture.due) {
        (true, _) => "given up".to_owned(),
        (false, None) => "left out".to_owned(),
        (false, Some(due)) => format!("again {}", minute(due)),
    };
    let why = on_one_line(&picture.why);
    format!("{}  {}  {why}  [{next}]", pad(&picture.source, 16), picture.address)
}

fn missing_as_json(picture: &MissingPicture) -> String {
    json!({
        "source": picture.source,
        "address": picture.address,
        "why": picture.why,
        "tries": picture.tries,
        "given_up": picture.is_given_up,
        "due": picture.due,
    })
    .to_string()
}
