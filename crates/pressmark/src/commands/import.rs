//! `import`: the files of an older mirror, or the feeds of another reader, taken into the library.

use super::add::name;
use super::lines::DOCUMENT_BYTES_MAX;
use super::opml;
use crate::End;
use crate::args::{Global, ImportArgs, OutlineArgs, WrongUse};
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::{Progress, on_one_line};
use anyhow::{Context, bail};
use archive::{Archive, Change, Import, NewSource};
use extract::mirror;
use news::{Address, Note, Opml, Reading, Timestamp};
use serde_json::json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub async fn run(global: Global, args: ImportArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    if let Some(outline) = outline(&shop, &args.path).await? {
        return take_in(&shop, outline, &args.outline).await;
    }
    let OutlineArgs { dry_run, reachable, no_check, .. } = args.outline;
    if dry_run || reachable || no_check {
        let wrong = "`--dry-run`, `--reachable` and `--no-check` are for OPML, which this is not";
        bail!(WrongUse(wrong.into()));
    }
    take_in_mirror(&shop, &args.path).await
}

/// Returns the outline at a path or an address; `None` when the path is of something else.
async fn outline(shop: &Shop, path: &Path) -> anyhow::Result<Option<Opml>> {
    let address = path.to_str().filter(|typed| typed.contains("://"));
    match address.and_then(fetch::guard::read_address) {
        Some(address) => opml::get(&shop.client()?, &address).await.map(Some),
        None => opml::read(path),
    }
}

async fn take_in(shop: &Shop, outline: Opml, args: &OutlineArgs) -> anyhow::Result<End> {
    let client = shop.client()?;
    if args.dry_run {
        let archive = shop.open_as_it_is().await?;
        return opml::list(shop, archive.as_ref(), &client, &outline, args).await;
    }
    let archive = shop.open().await?;
    let end = opml::offer(shop, &archive, &client, outline, args).await;
    archive.close().await;
    end
}

async fn take_in_mirror(shop: &Shop, path: &Path) -> anyhow::Result<End> {
    let files = files(path)?;
    if files.is_empty() {
        bail!("there is no Markdown file in `{}`", path.display());
    }
    let archive = shop.open().await?;
    let report = import_all(shop, &archive, &files).await;
    archive.close().await;
    let report = report?;
    if shop.talks() {
        eprintln!("{}", report.line());
    }
    Ok(match (report.kept + report.known, report.unread) {
        (_, 0) => End::Done,
        (0, _) => End::Failed,
        _ => End::Partly,
    })
}

#[derive(Default)]
struct Report {
    kept: usize,
    known: usize,
    unread: usize,
}

impl Report {
    fn line(&self) -> String {
        let kept = count(self.kept, "article", "articles");
        format!("{kept} taken in, {} here already, {} not to be read", self.known, self.unread)
    }
}

async fn import_all(shop: &Shop, archive: &Archive, files: &[PathBuf]) -> anyhow::Result<Report> {
    let progress = Progress::start(shop.talks());
    let mut sources = HashMap::new();
    let mut report = Report::default();
    for path in files {
        progress.say(&path.display().to_string());
        match read(shop, path).await {
            Ok(read) => {
                let (change, line) = keep(shop, archive, path, read, &mut sources).await?;
                match change {
                    Change::Same => report.known += 1,
                    Change::New | Change::Revised => report.kept += 1,
                }
                progress.print(&line);
            }
            Err(why) => {
                report.unread += 1;
                progress.print_to_stderr(&format!("not read: {}: {why:#}", path.display()));
            }
        }
    }
    progress.end();
    Ok(report)
}

/// A file that was understood.
struct Read {
    document: mirror::Document,
    notes: Vec<Note>,
    bytes: Vec<u8>,
}

async fn read(shop: &Shop, path: &Path) -> anyhow::Result<Read> {
    if std::fs::metadata(path)?.len() > DOCUMENT_BYTES_MAX {
        bail!("it is larger than {} MiB", DOCUMENT_BYTES_MAX / 1024 / 1024);
    }
    let bytes = std::fs::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = shop.cpu(move || (mirror::read(&bytes, &name), bytes)).await;
    let (Reading { found, notes }, bytes) = read.context("reading it broke down")?;
    let why = || notes.first().map_or_else(String::new, |note| note.text.clone());
    let document = found.with_context(why)?;
    Ok(Read { document, notes, bytes })
}

async fn keep(
    shop: &Shop,
    archive: &Archive,
    path: &Path,
    read: Read,
    sources: &mut HashMap<String, i64>,
) -> anyhow::Result<(Change, String)> {
    let Read { document, notes, bytes } = read;
    let source = source(archive, &document.article.address, sources).await?;
    let headline = document.article.headline.clone();
    let import = Import {
        origin: path.display().to_string(),
        document: bytes,
        as_of: document.article.published.as_ref().map(|stamp| stamp.at),
        article: document.article,
        first_seen: Timestamp::now(),
        notes: notes.clone(),
    };
    let kept = archive.keep_import(import, source).await?;
    let line = if shop.global.json {
        json!({"file": path, "pressmark": kept.pressmark, "change": word(kept.change), "title": headline,
               "variant": format!("{:?}", document.variant), "notes": notes})
        .to_string()
    } else {
        let odd: Vec<&str> = notes.iter().map(|note| note.kind.as_ref()).collect();
        let odd = if odd.is_empty() { String::new() } else { format!("  [{}]", odd.join(", ")) };
        let headline = on_one_line(&headline);
        format!("{}  {:<6}  {headline}{odd}", kept.pressmark, word(kept.change))
    };
    Ok((kept.change, line))
}

fn word(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Revised => "edited",
        Change::Same => "same",
    }
}

/// Returns the source of an article's site; makes one that has no listing when there is none.
async fn source(
    archive: &Archive,
    address: &Address,
    sources: &mut HashMap<String, i64>,
) -> anyhow::Result<i64> {
    let host = address.host().to_owned();
    if let Some(known) = sources.get(&host) {
        return Ok(*known);
    }
    let source = match archive.find_source(&host).await? {
        Some(source) => source,
        None => {
            let new = NewSource {
                name: name::of(address),
                title: host.clone(),
                site: address.origin(),
                language: None,
                listings: Vec::new(),
            };
            super::add::add_under_free_name(archive, new, false).await?
        }
    };
    sources.insert(host, source.id);
    Ok(source.id)
}

/// Returns the Markdown files of a folder and the folders in it, in order of their names.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let told = || format!("read `{}`", path.display());
    if std::fs::metadata(path).with_context(told)?.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let told = || format!("read `{}`", folder.display());
        for entry in std::fs::read_dir(&folder).with_context(told)? {
            let entry = entry.with_context(told)?;
            let (path, kind) = (entry.path(), entry.file_type().with_context(told)?);
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md")) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
