//! Looks at the hostile pictures of the shared corpus: none panics, none that must be refused
//! passes, none that must be served is refused.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;

#[test]
fn hostile_pictures_meet_their_verdicts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/pictures/hostile");
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.jsonl")) else {
        eprintln!("skipped: no manifest in {}", folder.display());
        return;
    };
    let mut wrong = Vec::new();
    for line in manifest.lines() {
        let row: Value = serde_json::from_str(line).expect("a row of the manifest");
        let file = row["file"].as_str().expect("a file's name");
        let bytes = fs::read(folder.join(file)).expect("the file");
        let answer = picture::probe(&bytes);
        let fits = match row["verdict"].as_str().expect("a verdict") {
            "serve" => answer.is_ok(),
            "reject" | "svg" => answer.is_err(),
            _ => true,
        };
        if !fits {
            wrong.push(format!("{file}: {answer:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
