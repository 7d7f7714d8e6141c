//! What the measurements of feed readers share: the corpus, and dice that always fall the same.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the conformance corpus lies, seen from the root of the repository.
pub const CORPUS: &str = "../shared/feeds";

/// Where the documents are said to come from.
pub const BASE: &str = "https://desk.example/feed";

/// A file of the corpus.
pub struct File {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Returns every file below a folder of the corpus, in the order of their names.
pub fn files(folder: &str) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    gather(&Path::new(CORPUS).join(folder), &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn gather(folder: &Path, found: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, found)?;
        } else {
            found.push(File { bytes: fs::read(&path)?, path });
        }
    }
    Ok(())
}

/// Returns how long this thread has run so far; the turns of others on the machine don't count.
pub fn thread_time() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split_whitespace().next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanos.expect("Linux tells it"))
}

/// Reads a document as Pressmark does, with its usual limits.
pub fn read(bytes: &[u8], base: &news::Address) -> news::Reading<news::Listing> {
    let document = listing::Document { bytes, content_type: "", base: Some(base) };
    listing::read(&document, &listing::Limits::default())
}

/// A generator of numbers that are the same in every run (Steele's SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }
}
