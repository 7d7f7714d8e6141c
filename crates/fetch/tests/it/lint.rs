//! No other crate opens an outward connection.

use std::fs;
use std::path::{Path, PathBuf};

const OUTWARD: &[&str] = &[
    "TcpStream::connect",
    "TcpSocket",
    "UdpSocket",
    "UnixStream::connect",
    "lookup_host",
    "to_socket_addrs",
    "hyper::client",
    "hyper_util::client",
    "reqwest",
    "ureq",
];

#[test]
fn only_fetch_opens_outward_connections() {
    let crates = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut looked_at = 0;
    for krate in fs::read_dir(crates).unwrap().flatten() {
        if krate.file_name() == "fetch" {
            continue;
        }
        for file in sources(&krate.path().join("src")) {
            looked_at += 1;
            let text = fs::read_to_string(&file).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            for line in program.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let found = OUTWARD.iter().find(|word| line.contains(**word));
                assert_eq!(found, None, "{}: {line}", file.display());
            }
        }
    }
    assert!(looked_at > 5, "the other crates were not found");
}

/// Returns the source files below a folder, but for those of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries
        .map(|entry| entry.path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "tests"));
    let below = |path: PathBuf| {
        if path.is_dir() {
            return sources(&path);
        }
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        if is_source { vec![path] } else { Vec::new() }
    };
    paths.flat_map(below).collect()
}
