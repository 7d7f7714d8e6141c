//! Breaks feeds on purpose, and reads them: nothing may panic, and nothing may take long.
//!
//!     cargo run --release --bin mutate [RUNS] [SEED]       1,000,000 runs on all cores
//!     cargo run --release --bin mutate one SEED [FILE]     one of them again; writes it to FILE
//!
//! Each run takes a file of the corpus and one to six mutations of its bytes, chosen by a seed of
//! its own, so that whatever comes out can be had again.

use feeds::{BASE, Dice, File};
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const RUNS: u64 = 1_000_000;

/// The largest file that is mutated, in bytes.
const FILE_BYTES_MAX: usize = 60_000;

/// A smaller document is given the time of one of so many bytes: below it a clock measures the
/// machine.
const MEASURED_BYTES: usize = 100_000;

const PIECES: [&[u8]; 20] = [
    b"<",
    b">",
    b"&",
    b"\"",
    b"'",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"</item>",
    b"<item>",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
    b"&#xD800;",
    b"&a;",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\x1f\x8b",
    b"<?xml version='1.0' encoding='big5'?>",
    b"<?xml version='1.0' encoding='utf-16'?>",
];

/// What came of some runs.
#[derive(Default)]
struct Outcome {
    runs: u64,
    documents: u64,
    /// The seeds of those that panicked.
    panics: Vec<u64>,
    slowest: Duration,
    slowest_seed: u64,
}

fn main() -> std::io::Result<()> {
    let mut files = feeds::files("files")?;
    files.extend(feeds::files("real")?);
    files.retain(|file| file.bytes.len() < FILE_BYTES_MAX);
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse().ok());
    if words.first().is_some_and(|word| word == "one") {
        return again(&files, number(1).unwrap_or(0), words.get(2));
    }
    let (runs, seed) = (number(0).unwrap_or(RUNS), number(1).unwrap_or(0));
    panic::set_hook(Box::new(|_| {}));
    let outcome = run_all(&files, seed, runs);
    println!(
        "{} runs, {} panics, {} documents ({:.1} %)",
        outcome.runs,
        outcome.panics.len(),
        outcome.documents,
        100.0 * outcome.documents as f64 / outcome.runs as f64
    );
    println!(
        "slowest: {:.2} ms per 100 kB (seed {})",
        millis(outcome.slowest),
        outcome.slowest_seed
    );
    for seed in outcome.panics.iter().take(20) {
        println!("panic: seed {seed}");
    }
    Ok(())
}

/// Shares the runs among all cores.
fn run_all(files: &[File], seed: u64, runs: u64) -> Outcome {
    let next = AtomicU64::new(0);
    let work = || {
        let mut outcome = Outcome::default();
        loop {
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= runs {
                return outcome;
            }
            outcome.take(files, seed.wrapping_add(run));
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let outcomes = threads.into_iter().map(|thread| thread.join().expect("it catches panics"));
        outcomes.fold(Outcome::default(), Outcome::with)
    })
}

impl Outcome {
    fn take(&mut self, files: &[File], seed: u64) {
        let bytes = mutated(files, seed);
        self.runs += 1;
        let Ok((is_document, mut took)) = panic::catch_unwind(|| read(&bytes)) else {
            self.panics.push(seed);
            return;
        };
        self.documents += u64::from(is_document);
        if took > self.slowest {
            // Others use this machine too: the shortest of some tries is the document's own.
            took = (0..16).map(|_| read(&bytes).1).fold(took, Duration::min);
        }
        if took > self.slowest {
            (self.slowest, self.slowest_seed) = (took, seed);
        }
    }

    fn with(mut self, other: Outcome) -> Outcome {
        if other.slowest > self.slowest {
            (self.slowest, self.slowest_seed) = (other.slowest, other.slowest_seed);
        }
        self.runs += other.runs;
        self.documents += other.documents;
        self.panics.extend(other.panics);
        self
    }
}

/// Reads and prints a document; tells whether one came back, and how long 100 kB of it took to read.
fn read(bytes: &[u8]) -> (bool, Duration) {
    let base = news::Address::read(BASE).expect("the address is one");
    let began = Instant::now();
    let reading = feeds::read(bytes, &base);
    let took = began.elapsed();
    let _printed = listing::json(&reading);
    let measured = bytes.len().max(MEASURED_BYTES);
    (reading.found.is_some(), took.mul_f64(MEASURED_BYTES as f64 / measured as f64))
}

fn mutated(files: &[File], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut bytes = files[dice.roll(files.len())].bytes.clone();
    for _ in 0..=dice.roll(6) {
        mutate(&mut bytes, &mut dice);
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    match dice.roll(5) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
        1 => bytes.truncate(at),
        2 => {
            let piece = PIECES[dice.roll(PIECES.len())];
            bytes.splice(at..at, piece.iter().copied());
        }
        3 => {
            let end = (at + dice.roll(40) + 1).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let end = (at + dice.roll(200)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            let to = dice.roll(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
    }
}

fn again(files: &[File], seed: u64, to: Option<&String>) -> std::io::Result<()> {
    let bytes = mutated(files, seed);
    if let Some(to) = to {
        std::fs::write(to, &bytes)?;
    }
    let (is_document, took) = read(&bytes);
    println!("{} bytes, document: {is_document}, {:.2} ms per 100 kB", bytes.len(), millis(took));
    Ok(())
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
