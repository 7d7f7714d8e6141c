//! Breaks pages on purpose, and reads them: nothing may panic, and nothing may take long.
//!
//!     mutate [RUNS] [SEED]       1,000,000 runs on all cores
//!     mutate one SEED            one of them again; prints what it was made of
//!
//! Each run takes a piece of a page with gold text and one to eight mutations of its bytes, chosen by
//! a seed of its own, so that whatever comes out can be had again. A run that takes more than ten
//! times as long as the median for its size is measured again, three times, and told if the best of
//! them still does.

use extraction::Case;
use std::io::Write;
use std::panic;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const RUNS: u64 = 1_000_000;
/// How much of a page is taken, in bytes.
const PIECE_BYTES: usize = 12_000;
/// How many times the median for its size a run may take.
const TIMES_MAX: u32 = 10;
/// Sizes are compared within classes of so many bytes.
const CLASS_BYTES: usize = 2_000;
/// How often a single run is measured again; the first ones read tables and fill caches.
const WARM: usize = 200;
/// So many runs are measured before any is judged.
const MEASURED: usize = 4_000;

const PIECES: [&[u8]; 34] = [
    b"<",
    b">",
    b"&",
    b"\"",
    b"'",
    b"<!--",
    b"-->",
    b"<div>",
    b"</div>",
    b"<p>",
    b"</p>",
    b"<table>",
    b"</table>",
    b"<tr>",
    b"<td>",
    b"<b>",
    b"<a href=x>",
    b"</a>",
    b"<script>",
    b"</script>",
    b"<svg>",
    b"<math>",
    b"<template>",
    b"</template>",
    b"<select>",
    b"<option>",
    b"<frameset>",
    b"</body>",
    b"&#xD800;",
    b"&copy",
    b"\0",
    b"\xff\xfe",
    b"<meta charset=gbk>",
    b"<plaintext>",
];

fn main() {
    let pages = Path::new("../shared/extraction/pages");
    let names = extraction::corpora(pages).into_iter();
    let cases: Vec<Case> = names.flat_map(|name| extraction::cases(pages, &name)).collect();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse().ok());
    if words.first().is_some_and(|word| word == "one") {
        let page = mutated(&cases, number(1).unwrap_or(0));
        std::io::stdout().write_all(&page).expect("standard output takes it");
        eprintln!("{:?}", (0..WARM).map(|_| timed(&page)).min());
        return;
    }
    let (runs, seed) = (number(0).unwrap_or(RUNS), number(1).unwrap_or(0));
    panic::set_hook(Box::new(|_| {}));
    let mut outcome = run_all(&cases, seed, runs);
    outcome.slow.sort_by(|one, other| other.1.total_cmp(&one.1));
    println!("{runs} runs, {} panics, {} slow", outcome.panics.len(), outcome.slow.len());
    println!("slowest: {:.1} times the median for its size", outcome.worst);
    for seed in outcome.panics.iter().take(20) {
        println!("panic: seed {seed}");
    }
    for (seed, times) in outcome.slow.iter().take(20) {
        println!("slow: seed {seed}, {times:.0} times the median");
    }
    if !outcome.panics.is_empty() {
        std::process::exit(1);
    }
}

#[derive(Default)]
struct Outcome {
    panics: Vec<u64>,
    slow: Vec<(u64, f64)>,
    worst: f64,
    /// How long runs of each class of sizes took.
    classes: Vec<Vec<Duration>>,
}

fn run_all(cases: &[Case], seed: u64, runs: u64) -> Outcome {
    let (next, outcome) = (AtomicU64::new(0), Mutex::new(Outcome::default()));
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= runs {
                        break;
                    }
                    run_one(cases, seed + run, &outcome);
                }
            });
        }
    });
    outcome.into_inner().expect("no thread panicked with it")
}

fn run_one(cases: &[Case], seed: u64, outcome: &Mutex<Outcome>) {
    let page = mutated(cases, seed);
    let took = panic::catch_unwind(|| timed(&page));
    let mut all = outcome.lock().expect("no thread panicked with it");
    let Ok(took) = took else {
        all.panics.push(seed);
        return;
    };
    let class = page.len() / CLASS_BYTES;
    if all.classes.len() <= class {
        all.classes.resize(class + 1, Vec::new());
    }
    let times = &mut all.classes[class];
    if times.len() < MEASURED {
        times.push(took);
        times.sort_unstable();
        return;
    }
    let median = times[times.len() / 2];
    if took <= median * TIMES_MAX {
        let ratio = took.as_secs_f64() / median.as_secs_f64();
        all.worst = all.worst.max(ratio);
        return;
    }
    drop(all);
    let best = (0..3).map(|_| timed(&page)).min().unwrap_or(took);
    let ratio = best.as_secs_f64() / median.as_secs_f64();
    let mut all = outcome.lock().expect("no thread panicked with it");
    all.worst = all.worst.max(ratio);
    if best > median * TIMES_MAX {
        all.slow.push((seed, ratio));
    }
}

fn timed(page: &[u8]) -> Duration {
    let address = news::Address::read("https://page.invalid/").expect("an address");
    let page = extract::Page { address: &address, content_type: "", body: page };
    let start = Instant::now();
    std::hint::black_box(extract::read(&page, &Default::default(), &Default::default()));
    start.elapsed()
}

/// Splitmix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

fn mutated(cases: &[Case], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let page = &cases[dice.roll(cases.len())].bytes;
    let from = dice.roll(page.len().saturating_sub(PIECE_BYTES));
    let mut bytes = page[from..(from + PIECE_BYTES).min(page.len())].to_vec();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let len = dice.roll(60).min(bytes.len() - at);
        match dice.roll(6) {
            0 => {
                bytes.drain(at..at + len);
            }
            1 => bytes.truncate(at.max(200)),
            2 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            3 => {
                let copy = bytes[at..at + len].repeat(1 + dice.roll(40));
                bytes.splice(at..at, copy);
            }
            4 => {
                let piece = PIECES[dice.roll(PIECES.len())].repeat(1 + dice.roll(200));
                bytes.splice(at..at, piece);
            }
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}
