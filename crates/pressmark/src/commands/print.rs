//! `print`: the library, or a part of it, as files.

pub mod files;
mod markdown;
mod selection;

use crate::End;
use crate::args::{Global, PrintArgs, PrintForm};
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::Progress;
use anyhow::Context;
use archive::{Archive, KeptArticle};
use serve::facts;
use std::path::Path;

pub async fn run(global: Global, args: PrintArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let marks = selection::marks(&archive, &args).await?;
    std::fs::create_dir_all(&args.out)
        .with_context(|| format!("make the folder `{}`", args.out.display()))?;
    let progress = Progress::start(shop.talks());
    let rows = || files::Growing::start(&args.out.join("articles.jsonl"));
    let mut rows = (args.form == PrintForm::Jsonl).then(rows).transpose()?;
    let seed = seed_options(&shop, &args);
    for (done, mark) in marks.iter().enumerate() {
        progress.say(&format!("{done}/{} printed", marks.len()));
        let Some(kept) = archive.article(mark, None).await? else {
            continue;
        };
        match (args.form, &mut rows) {
            (PrintForm::Markdown, _) => markdown::write(&archive, &kept, &args.out).await?,
            (PrintForm::Seed, _) => write_seed(&kept, &args.out, &seed)?,
            (PrintForm::Jsonl, rows) => {
                rows.iter_mut().try_for_each(|rows| rows.push(&row(&kept)))?;
            }
        }
    }
    if let Some(rows) = rows {
        rows.end()?;
    }
    progress.end();
    if shop.talks() {
        let articles = count(marks.len(), "article", "articles");
        eprintln!("{articles} printed into {}", args.out.display());
    }
    Ok(End::Done)
}

fn seed_options(shop: &Shop, args: &PrintArgs) -> press::seed::Options {
    let configured = &shop.config.print.picture_base;
    let picture_base = args.picture_base.as_ref().unwrap_or(configured).clone();
    press::seed::Options { picture_base }
}

fn write_seed(
    kept: &KeptArticle,
    out: &Path,
    options: &press::seed::Options,
) -> anyhow::Result<()> {
    let article = &kept.revision.article;
    let folder = out.join("articles").join(files::safe(&kept.source.name));
    let name = press::seed::file_name(&kept.pressmark);
    let text = press::seed::print(article, kept.first_seen, options);
    files::write(&folder.join(name), text.as_bytes())
}

fn row(kept: &KeptArticle) -> String {
    format!("{}\n", press::json::article(&kept.revision.article, &facts(kept)))
}

/// Writes the bytes of a picture once, under its digest; returns its file name.
async fn write_picture(
    archive: &Archive,
    picture: &archive::Picture,
    folder: &Path,
) -> anyhow::Result<Option<String>> {
    let name = format!("{}.{}", picture.digest.hex(), files::extension(&picture.media_type));
    let path = folder.join(&name);
    if !path.exists() {
        let Some((_, bytes)) = archive.picture(&picture.digest).await? else {
            return Ok(None);
        };
        files::write(&path, &bytes)?;
    }
    Ok(Some(name))
}
