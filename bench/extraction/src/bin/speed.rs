//! speed: how fast pages become articles, on one core, from bytes in memory.
//! speed write FOLDER: writes the pages out for readers in other languages.
//!
//! Prints the median pages and megabytes a second over the passes, for the decoder and
//! the tree alone and for the whole reading. The pages: every twelfth of all with gold that weighs
//! at least 20 kB, the first 120.

use extraction::Case;
use std::path::Path;
use std::time::Instant;

const EVERY: usize = 12;
const PAGES: usize = 120;
const PASSES: usize = 7;
const BYTES_MIN: usize = 20_000;

fn main() {
    let pages = Path::new("../shared/extraction/pages");
    let all =
        extraction::corpora(pages).into_iter().flat_map(|name| extraction::cases(pages, &name));
    let heavy = all.filter(|case| case.bytes.len() >= BYTES_MIN);
    let cases: Vec<Case> = heavy.step_by(EVERY).take(PAGES).collect();
    if let Some(folder) = std::env::args().nth(2) {
        return write(&cases, Path::new(&folder));
    }
    let megabytes = cases.iter().map(|case| case.bytes.len()).sum::<usize>() as f64 / 1e6;
    println!("{} pages, {megabytes:.1} MB", cases.len());
    let rate = |name: &str, work: &dyn Fn(&Case)| {
        let mut seconds: Vec<f64> = (0..PASSES).map(|_| timed(&cases, work)).collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds[seconds.len() / 2];
        println!(
            "{name:8} {:7.0} pages/s {:6.0} MB/s",
            cases.len() as f64 / median,
            megabytes / median
        );
    };
    rate("decode", &|case| {
        std::hint::black_box(html::decode(&case.bytes, ""));
    });
    rate("tree", &|case| {
        let decoded = html::decode(&case.bytes, "");
        std::hint::black_box(html::Tree::read(decoded.text, &html::Limits::default()));
    });
    rate("article", &|case| {
        let page = extract::Page { address: &case.address, content_type: "", body: &case.bytes };
        std::hint::black_box(extract::read(&page, &Default::default(), &Default::default()));
    });
}

fn timed(cases: &[Case], work: &dyn Fn(&Case)) -> f64 {
    let start = Instant::now();
    cases.iter().for_each(work);
    start.elapsed().as_secs_f64()
}

fn write(cases: &[Case], folder: &Path) {
    std::fs::create_dir_all(folder).expect("made");
    for (number, case) in cases.iter().enumerate() {
        std::fs::write(folder.join(format!("{number:03}.html")), &case.bytes).expect("written");
    }
}
