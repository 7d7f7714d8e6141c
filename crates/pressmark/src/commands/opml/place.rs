//! Where an outline lies: in a file, or at an address.

use crate::commands::lines;
use crate::desk::trouble;
use crate::reading;
use crate::talk::say;
use anyhow::bail;
use archive::health::Trouble;
use fetch::{Client, Kind, Outcome, Request, Why};
use listing::{Document, Limits, opml};
use news::{Address, Capture, Note, Opml, Reading};
use std::path::Path;

/// Reads a file as an outline; `None` when it is something else.
///
/// A file that is called one and is none is told apart from a mirror's document here.
pub fn read(path: &Path) -> anyhow::Result<Option<Opml>> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = lines::read(path)?;
    let document = Document { bytes: &bytes, content_type: "", base: None };
    let Reading { found, notes } = opml::read(&document, &Limits::default());
    match found {
        Some(_) => tell(&notes),
        None if is_called_one(path) => {
            bail!("`{}` is no outline: {}", path.display(), first(&notes));
        }
        None => {}
    }
    Ok(found)
}

/// Gets an outline from the web.
pub async fn get(client: &Client, address: &Address) -> anyhow::Result<Opml> {
    let capture = match ask(client, address).await {
        Ok(capture) => capture,
        Err(miss) => bail!("{address}: {}", miss.why),
    };
    let Reading { found, notes } = opml::read(&reading::document(&capture), &Limits::default());
    let Some(found) = found else {
        bail!("{address}: {}; `pressmark add URL` follows a site or a feed", first(&notes));
    };
    tell(&notes);
    Ok(found)
}

/// Why nothing came.
pub struct Miss {
    pub trouble: Trouble,
    pub why: String,
}

/// Asks for something that may be a feed or an outline.
pub async fn ask(client: &Client, address: &Address) -> Result<Capture, Miss> {
    let request =
        Request { address: address.clone(), kind: Kind::Listing, etag: None, last_modified: None };
    match client.get(&request).await {
        Outcome::Fresh(capture) => Ok(capture),
        Outcome::Unchanged(_) => Err(miss(&Why::UnaskedUnchanged)),
        Outcome::Gone(_) => Err(miss(&Why::Status(410))),
        Outcome::Refused(why) | Outcome::Failed { why, .. } => Err(miss(&why)),
    }
}

fn miss(why: &Why) -> Miss {
    Miss { trouble: trouble::of(why), why: why.to_string() }
}

fn is_called_one(path: &Path) -> bool {
    let is = |end: &str| path.extension().is_some_and(|known| known.eq_ignore_ascii_case(end));
    is("opml") || is("xml")
}

fn first(notes: &[Note]) -> &str {
    notes.iter().map(|note| note.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Says what was left out of an outline; what was mended is nobody's trouble.
fn tell(notes: &[Note]) {
    for note in notes.iter().filter(|note| !note.text.is_empty()) {
        say(&format!("note: {}", note.text));
    }
}
