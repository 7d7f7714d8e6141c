//! The library as files.

use super::program::Library;
use std::path::{Path, PathBuf};

const DOCUMENT: &str = "<!--1700000000000-->\n[Tea](https://quay.example/tea)\n------\n\n\
    <div><i>Tue, 14 Nov 2023 22:10:00 GMT</i></div><p>A crate of tea.</p>\n";

fn library() -> Library {
    let library = Library::new(&[]);
    let path = library.scratch.path().join("tea.md");
    std::fs::write(&path, DOCUMENT).expect("written");
    library.well(&["import", &path.display().to_string()]);
    library
}

#[test]
fn each_form_is_printed() {
    let library = library();
    for (form, words) in
        [("markdown", "# Tea"), ("seed", "<!--1700000000000-->"), ("jsonl", "\"title\":\"Tea\"")]
    {
        let out = library.scratch.path().join(form);
        library.well(&["print", "--form", form, "--out", &out.display().to_string()]);
        let printed = only_file(&out);
        assert!(printed.contains(words), "{form}: {printed}");
        assert!(printed.contains("A crate of tea."), "{form}: {printed}");
    }
}

#[test]
fn a_selection_is_kept_to() {
    let library = library();
    for (arguments, files_len) in [
        (["--day", "2023-11-14"], 1),
        (["--day", "2023-11-15"], 0),
        (["--since", "2023-11-14"], 1),
        (["--since", "2024-01-01"], 0),
        (["--query", "crate"], 1),
        (["--query", "coffee"], 0),
        (["--source", "quay"], 1),
    ] {
        let out = library.scratch.path().join(arguments.join(""));
        let folder = out.display().to_string();
        library.well(&[&["print", "--form", "seed", "--out", &folder], &arguments[..]].concat());
        assert_eq!(files(&out).len(), files_len, "{arguments:?}");
    }
    let out = library.scratch.path().join("x").display().to_string();
    assert_eq!(
        library.run(&["print", "--form", "seed", "--out", &out, "--day", "Tuesday"]).code,
        2
    );
}

/// Returns the text of the one file in a folder.
pub fn only_file(folder: &Path) -> String {
    let files = files(folder);
    assert_eq!(files.len(), 1, "{files:?}");
    std::fs::read_to_string(&files[0]).expect("a text file")
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry"))
        {
            if entry.path().is_dir() {
                folders.push(entry.path())
            } else {
                found.push(entry.path())
            }
        }
    }
    found.sort();
    found
}
