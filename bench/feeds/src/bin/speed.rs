//! How fast three readers read the captured feeds: the same bytes, one core, one run.
//!
//!     cargo run --release --bin speed [ROUNDS] [READER]
//!
//! With the name of one, it reads alone, for a profiler.
//!
//! The readers take turns within each round, so that a noisy machine is noisy for all of them. The
//! best round says what the code can do, the median what this machine let it do. No reader cleans
//! markup here: ours and feed-rs never do, feedparser-rs is told not to.

use feeds::{BASE, File};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 60;

/// How often a reader goes over all the feeds in its turn.
const PASSES: usize = 4;

/// Reads a document, and tells whether one came back.
type Read = Box<dyn Fn(&[u8]) -> bool>;

struct Reader {
    name: &'static str,
    read: Read,
    turns: Vec<Duration>,
}

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let rounds = words.first().and_then(|told| told.parse().ok()).unwrap_or(ROUNDS);
    let files = feeds::files("real")?;
    let mut readers = readers();
    readers.retain(|reader| words.get(1).is_none_or(|only| reader.name.starts_with(only.as_str())));
    for _ in 0..rounds {
        for reader in &mut readers {
            let began = Instant::now();
            for _ in 0..PASSES {
                read_all(reader, &files);
            }
            reader.turns.push(began.elapsed());
        }
    }
    show(&mut readers, &files);
    Ok(())
}

fn readers() -> Vec<Reader> {
    let base = news::Address::read(BASE).expect("the address is one");
    let feed_rs = feed_rs::parser::Builder::new().base_uri(Some(BASE)).build();
    let options = feedparser_rs::ParseOptions::permissive();
    let reader = |name, read| Reader { name, read, turns: Vec::new() };
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

fn show(readers: &mut [Reader], files: &[File]) {
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!("{} captured feeds, {:.0} kB, one core\n", files.len(), bytes as f64 / 1e3);
    println!("| reader | documents | MB/s, best | MB/s, median | times pressmark's time |");
    println!("|---|---|---|---|---|");
    let mut first = None;
    for reader in readers {
        let documents = read_all(reader, files);
        reader.turns.sort();
        let turns = &reader.turns;
        let speed = |turn: Duration| (bytes * PASSES) as f64 / 1e6 / turn.as_secs_f64();
        let (best, median) = (speed(turns[0]), speed(turns[turns.len() / 2]));
        let ours = *first.get_or_insert(best);
        let name = reader.name;
        println!("| {name} | {documents} | {best:.1} | {median:.1} | {:.1} |", ours / best);
    }
}
