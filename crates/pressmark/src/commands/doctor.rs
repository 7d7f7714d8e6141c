//! `doctor`: what is wrong with this installation, each with a line that mends it.

use super::health;
use crate::args::Global;
use crate::desk::count;
use crate::shop::Shop;
use crate::talk::print;
use crate::{End, rules};
use archive::health::{Health, of};
use archive::{Archive, Error, Level, Source};
use news::Timestamp;
use serde_json::json;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;

/// How much room a library should have left, in bytes.
const ROOM_LEAST: u64 = 1024 * 1024 * 1024;

pub async fn run(global: Global) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let mut checks = vec![configuration(&shop), folder(&shop.folder), fetching(&shop), port(&shop)];
    checks.extend(site_rules(&shop.folder));
    match open(&shop.folder).await {
        Ok(archive) => {
            checks.extend([database(&archive).await]);
            checks.extend(sources(&archive).await);
        }
        Err(wrong) => checks.push(unopened(wrong)),
    }
    checks.iter().for_each(|check| print(&check.line(shop.global.json)));
    let wrong = |state| checks.iter().filter(|check| check.state == state).count();
    if shop.talks() {
        eprintln!("{} wrong, {} to look at", wrong(State::Wrong), wrong(State::Warning));
    }
    Ok(if wrong(State::Wrong) == 0 { End::Done } else { End::Failed })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    Warning,
    Wrong,
}

/// One thing that was looked at.
struct Check {
    state: State,
    what: &'static str,
    found: String,
    fix: Option<String>,
}

impl Check {
    fn well(what: &'static str, found: String) -> Check {
        Check { state: State::Well, what, found, fix: None }
    }

    fn warning(what: &'static str, found: String, fix: impl Into<String>) -> Check {
        Check { state: State::Warning, what, found, fix: Some(fix.into()) }
    }

    fn wrong(what: &'static str, found: String, fix: impl Into<String>) -> Check {
        Check { state: State::Wrong, what, found, fix: Some(fix.into()) }
    }

    fn line(&self, as_json: bool) -> String {
        let (mark, state) = match self.state {
            State::Well => ("✓", "well"),
            State::Warning => ("!", "warning"),
            State::Wrong => ("✗", "wrong"),
        };
        if as_json {
            let (what, found, fix) = (self.what, &self.found, &self.fix);
            return json!({"state": state, "what": what, "found": found, "fix": fix}).to_string();
        }
        let fix = self.fix.as_ref().map(|fix| format!("\n  {:16} fix: {fix}", ""));
        format!("{mark} {:16} {}{}", self.what, self.found, fix.unwrap_or_default())
    }
}

fn configuration(shop: &Shop) -> Check {
    let contact = &shop.config.fetch.contact;
    if contact.is_empty() {
        let path = shop.folder.join("pressmark.toml");
        let fix = format!("set `contact` under [fetch] in {}", path.display());
        return Check::warning("contact", "sites can't reach you: none is set".into(), fix);
    }
    Check::well("contact", contact.clone())
}

fn folder(folder: &Path) -> Check {
    let Some(room) = room_left(folder) else {
        let found = format!("{} is not there yet", folder.display());
        return Check::well("folder", found);
    };
    let found = format!("{}  {} MB free", folder.display(), room / 1_000_000);
    if room < ROOM_LEAST {
        return Check::warning("folder", found, "free some room, or move the library");
    }
    // The lock is the first file that whoever wants to write opens.
    let lock = OpenOptions::new().write(true).open(folder.join("library.lock"));
    if lock.is_err_and(|wrong| wrong.kind() == ErrorKind::PermissionDenied) {
        let found = format!("{} can be read, and not written", folder.display());
        return Check::warning("folder", found, "fetch as the user whose library it is");
    }
    Check::well("folder", found)
}

/// Returns the free bytes of the file system, as `df` tells them; `None` where it can't.
fn room_left(folder: &Path) -> Option<u64> {
    let output = std::process::Command::new("df").args(["-Pk"]).arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Reads the files of rules for single sites, if there are any.
fn site_rules(library: &Path) -> Vec<Check> {
    let files = match rules::files(library) {
        Ok(files) => files,
        Err(wrong) => {
            let fix = "look at who owns the folder";
            return vec![Check::warning("rules", format!("{wrong:#}"), fix)];
        }
    };
    let checks: Vec<Check> = files.iter().flat_map(|path| rules_checks(path)).collect();
    if checks.is_empty() && !files.is_empty() {
        return vec![Check::well(
            "rules",
            format!("{}, well formed", count(files.len(), "file", "files")),
        )];
    }
    checks
}

fn rules_checks(path: &Path) -> Vec<Check> {
    let fix = format!("try it with a page: pressmark extract --rules {} PAGE", path.display());
    let check = |found: String| Check::warning("rules", found, fix.clone());
    match rules::load(path) {
        Ok(reading) => {
            let wrong = reading.notes.iter().filter(|note| rules::is_wrong(note));
            wrong.map(|note| check(format!("{}: {}", note.place, note.text))).collect()
        }
        Err(wrong) => vec![check(format!("{wrong:#}"))],
    }
}

fn fetching(shop: &Shop) -> Check {
    match shop.client() {
        Ok(_) => Check::well("fetching", "ready".into()),
        Err(wrong) => {
            Check::wrong("fetching", format!("{wrong:#}"), "look at [fetch] in pressmark.toml")
        }
    }
}

fn port(shop: &Shop) -> Check {
    let listen = shop.config.serve.listen;
    match TcpListener::bind(listen) {
        Ok(_) => Check::well("listening", format!("{listen} is free")),
        Err(wrong) => Check::warning(
            "listening",
            format!("{listen}: {wrong} (is the reader running?)"),
            format!("pressmark serve --listen 127.0.0.1:{}", listen.port().wrapping_add(1)),
        ),
    }
}

/// Opens the library; one that an older program wrote is brought up to date first.
async fn open(folder: &Path) -> Result<Archive, Error> {
    match Archive::open_for_reading(folder).await {
        Err(Error::Older(_)) => {
            Archive::open(folder).await?.close().await;
            Archive::open_for_reading(folder).await
        }
        other => other,
    }
}

/// Says what to do about a library that can't be opened.
fn unopened(wrong: Error) -> Check {
    let fix = match &wrong {
        Error::Missing(_) => {
            return Check::warning("library", wrong.to_string(), "pressmark add URL --yes");
        }
        Error::Busy(_) => {
            let fix = "wait until the other pressmark is done, or stop it (Ctrl-C)";
            return Check::warning("library", wrong.to_string(), fix);
        }
        Error::Newer { .. } => "a newer pressmark, or another library: `--library DIR`",
        Error::File { .. } => "look at who owns the folder, and at its disk",
        _ => "if `library.sqlite` itself is broken, put it back from a backup",
    };
    Check::wrong("library", format!("{:#}", anyhow::Error::new(wrong)), fix)
}

async fn database(archive: &Archive) -> Check {
    match (archive.verify(Level::Quick).await, archive.holdings().await) {
        (Ok(findings), Ok(has)) if findings.is_empty() => {
            let due = archive.errands_len(Timestamp::now()).await.unwrap_or_default();
            let articles = count(has.articles as usize, "article", "articles");
            let pictures = count(has.pictures as usize, "picture", "pictures");
            let found = format!("whole: {articles}, {pictures}, {due} to fetch");
            Check::well("library", found)
        }
        (Ok(findings), Ok(_)) => {
            Check::wrong("library", format!("{} things wrong", findings.len()), "pressmark verify")
        }
        (Err(wrong), _) | (_, Err(wrong)) => {
            Check::wrong("library", wrong.to_string(), "pressmark verify")
        }
    }
}

async fn sources(archive: &Archive) -> Vec<Check> {
    let sources = match archive.sources().await {
        Ok(sources) => sources,
        Err(wrong) => {
            return vec![Check::wrong("sources", wrong.to_string(), "pressmark verify")];
        }
    };
    let now = Timestamp::now();
    let mut told: Vec<(&Source, Health)> =
        sources.iter().map(|source| (source, of(source, now))).collect();
    told.sort_by_key(|(source, told)| (told.state, source.title.to_lowercase()));
    let ailing = told.iter().filter(|(_, told)| health::wants_a_look(told.state));
    let checks: Vec<Check> = ailing.map(|(source, told)| source_check(source, told)).collect();
    if checks.is_empty() {
        return vec![Check::well("sources", format!("{} followed, all well", sources.len()))];
    }
    checks
}

fn source_check(source: &Source, told: &Health) -> Check {
    let why = health::why(source, told).unwrap_or_default();
    let found = format!("{}: {why}", source.name);
    Check { state: State::Warning, what: "source", found, fix: health::fix(source, told) }
}
