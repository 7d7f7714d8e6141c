//! How fast three readers read the captured feeds: the same bytes, one core, one run.
//!
//!     cargo run --release --bin speed [ROUNDS] [READER]
//!
//! With the name of one, it reads alone, for a profiler.
//!
//! The readers take turns within each round, so that a noisy machine is noisy for all of them. The
//! best round says what the code can do; all rounds together, by the time that the kernel gave to this
//! thread, what it does. No reader cleans markup here: ours and feed-rs never do, feedparser-rs is
//! told not to.

use feeds::{BASE, File};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 60;

/// How often a reader goes over all the feeds in its turn.
const PASSES: usize = 10;

/// Reads a document, and tells whether one came back.
type Read = Box<dyn Fn(&[u8]) -> bool>;

struct Reader {
    name: &'static str,
    read: Read,
    best: Duration,
    total: Duration,
}

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let rounds = words.first().and_then(|told| told.parse().ok()).unwrap_or(ROUNDS);
    let files = feeds::files("real")?;
    let mut readers = readers();
    readers.retain(|reader| words.get(1).is_none_or(|only| reader.name.starts_with(only.as_str())));
    for _ in 0..rounds {
        for reader in &mut readers {
            let (began, began_thread) = (Instant::now(), feeds::thread_time());
            for _ in 0..PASSES {
                read_all(reader, &files);
            }
            reader.best = reader.best.min(began.elapsed());
            reader.total += feeds::thread_time() - began_thread;
        }
    }
    show(&readers, &files, rounds);
    Ok(())
}

fn readers() -> Vec<Reader> {
    let base = news::Address::read(BASE).expect("the address is one");
    let feed_rs = feed_rs::parser::Builder::new().base_uri(Some(BASE)).build();
    let options = feedparser_rs::ParseOptions::permissive();
    let reader = |name, read| Reader { name, read, best: Duration::MAX, total: Duration::ZERO };
    vec![
        reader(
            "pressmark",
            Box::new(move |bytes| black_box(feeds::read(bytes, &base)).found.is_some()),
        ),
        reader("feed-rs 3.0.0", Box::new(move |bytes| black_box(feed_rs.parse(bytes)).is_ok())),
        reader(
            "feedparser-rs 0.7.2",
            Box::new(move |bytes| {
                black_box(feedparser_rs::parse_with_options(bytes, &options)).is_ok()
            }),
        ),
    ]
}

fn read_all(reader: &Reader, files: &[File]) -> usize {
    files.iter().filter(|file| (reader.read)(black_box(&file.bytes))).count()
}

fn show(readers: &[Reader], files: &[File], rounds: u32) {
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!("{} captured feeds, {:.0} kB, one core\n", files.len(), bytes as f64 / 1e3);
    println!("| reader | documents | MB/s, best round | MB/s, all rounds | times ours |");
    println!("|---|---|---|---|---|");
    let speed = |turn: Duration| (bytes * PASSES) as f64 / 1e6 / turn.as_secs_f64();
    let ours = readers.first().map_or(Duration::ZERO, |reader| reader.total);
    for reader in readers {
        let documents = read_all(reader, files);
        let (best, all) = (speed(reader.best), speed(reader.total / rounds));
        let times = reader.total.as_secs_f64() / ours.as_secs_f64();
        println!("| {} | {documents} | {best:.1} | {all:.1} | {times:.1} |", reader.name);
    }
}
