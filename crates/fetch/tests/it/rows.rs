//! The table of addresses that strangers tried.

use crate::programs::shared;
use std::process::Command;
use std::{env, fs, process};

#[test]
fn every_row_of_the_table_is_judged_right() {
    let Some(shared) = shared("the table of private addresses") else {
        return;
    };
    let rows = fs::read_to_string(shared.join("hostile/ssrf.jsonl")).unwrap();
    let answers: String = rows.lines().map(|row| fetch::guard::answer(row) + "\n").collect();
    let path = env::temp_dir().join(format!("pressmark-guard-{}.jsonl", process::id()));
    fs::write(&path, answers).unwrap();
    let score = shared.join("hostile/score.py");
    let score = Command::new("python3").arg(score).arg("ssrf").arg(&path).output().unwrap();
    let _ = fs::remove_file(&path);
    let said = String::from_utf8_lossy(&score.stdout);
    assert!(score.status.success(), "{said}");
    assert!(said.contains(&format!("ssrf: {0} of {0}", rows.lines().count())), "{said}");
}
