//! Rows of JSON in, rows out: on all cores, in order, and no row stops the others.

use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

/// The longest row that is read, in bytes.
const ROW_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How many rows may be under way, so that a slow first row does not gather all the others.
const ROWS_AT_ONCE: usize = 64;

/// The stack of a reading thread, in bytes.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Answers each row of standard input with one on standard output.
pub fn answer(each: impl Fn(&str) -> Value + Send + Sync) -> anyhow::Result<()> {
    let (questions, taken) = sync_channel::<(usize, String)>(ROWS_AT_ONCE);
    let (given, answers) = sync_channel::<(usize, String)>(ROWS_AT_ONCE);
    let taken = Arc::new(Mutex::new(taken));
    std::thread::scope(|scope| {
        for _ in 0..crate::shop::cores() {
            let (taken, given, each) = (taken.clone(), given.clone(), &each);
            std::thread::Builder::new()
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, move || work(&taken, &given, each))
                .context("start a thread")?;
        }
        drop(given);
        let writer = scope.spawn(move || write_in_order(&answers));
        let read = read_rows(&questions);
        drop(questions);
        writer.join().map_err(|_| anyhow::anyhow!("writing the answers broke down"))??;
        read
    })
}

fn read_rows(questions: &SyncSender<(usize, String)>) -> anyhow::Result<()> {
    let mut input = std::io::stdin().lock();
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        // One byte more than a row may have tells a long row without reading all of it.
        let mut row = input.by_ref().take(ROW_BYTES_MAX + 1);
        let len = row.read_until(b'\n', &mut line).context("read standard input")? as u64;
        if len == 0 {
            return Ok(());
        }
        anyhow::ensure!(len <= ROW_BYTES_MAX, "row {} is larger than 64 MiB", number + 1);
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        if questions.send((number, line.into_owned())).is_err() {
            return Ok(());
        }
        number += 1;
    }
}

fn work(
    taken: &Mutex<Receiver<(usize, String)>>,
    given: &SyncSender<(usize, String)>,
    each: &(impl Fn(&str) -> Value + Sync),
) {
    loop {
        let next = match taken.lock() {
            Ok(rows) => rows.recv(),
            Err(_) => return,
        };
        let Ok((number, row)) = next else { return };
        // A page that breaks its reader is a row that says so; the other rows are answered.
        let answer = catch_unwind(AssertUnwindSafe(|| each(&row))).unwrap_or_else(|_| broken(&row));
        if given.send((number, answer.to_string())).is_err() {
            return;
        }
    }
}

fn broken(row: &str) -> Value {
    let id = serde_json::from_str::<Value>(row).ok().and_then(|row| row.get("id").cloned());
    serde_json::json!({"id": id, "notes": [{"kind": "broken", "text": "reading broke down"}]})
}

fn write_in_order(answers: &Receiver<(usize, String)>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, answer) in answers {
        early.insert(number, answer);
        while let Some(answer) = early.remove(&next) {
            writeln!(out, "{answer}").context("write the answers")?;
            next += 1;
        }
    }
    out.flush().context("write the answers")
}
