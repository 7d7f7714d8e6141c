//! The rules that a reader wrote for single sites: files, most of them in the library's `rules/`.

use anyhow::Context;
use extract::rules::{FILE_BYTES_MAX, Rules, file_names};
use news::{Note, Reading};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Returns the folder of a library in which its rules lie; it need not be there.
pub fn folder(library: &Path) -> PathBuf {
    library.join("rules")
}

/// Reads the rules for a host, if there are any; what is wrong with their file is noted.
pub fn of_host(library: &Path, host: &str) -> Reading<Rules> {
    let folder = folder(library);
    if !folder.is_dir() {
        return Reading::new(None, Vec::new());
    }
    let files = file_names(host).into_iter().map(|name| folder.join(name));
    let file = files.into_iter().find(|path| path.exists());
    let Some(path) = file else { return Reading::new(None, Vec::new()) };
    let mut reading = load(&path).unwrap_or_else(|wrong| {
        let note = Note::new("rules-unreadable", name(&path), format!("{wrong:#}"));
        Reading::new(None, vec![note])
    });
    reading.notes.retain(is_wrong);
    for note in &mut reading.notes {
        // Who reads an article is told what was noted, and not where.
        note.text = format!("{}: {}", note.place, note.text);
    }
    reading
}

/// Reads a file of rules; its notes name it and the line.
pub fn load(path: &Path) -> anyhow::Result<Reading<Rules>> {
    let told = || format!("read the rules `{}`", path.display());
    let mut bytes = Vec::new();
    // One byte more than is read tells that there is more.
    let file = File::open(path).with_context(told)?;
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).with_context(told)?;
    let mut reading = Rules::read(&String::from_utf8_lossy(&bytes));
    for note in &mut reading.notes {
        note.place = match note.place.as_str() {
            "" => name(path),
            line => format!("{}, {line}", name(path)),
        };
    }
    Ok(reading)
}

/// Returns the files of a library's rules, in the order of their names.
pub fn files(library: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folder = folder(library);
    let told = || format!("look into `{}`", folder.display());
    let entries = match folder.read_dir() {
        Err(wrong) if wrong.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.with_context(told)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(told)?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Tells whether something should be mended: what has no effect here may stay for other readers.
pub fn is_wrong(note: &Note) -> bool {
    note.kind != "rules-unused"
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
