//! speed: how fast pages become articles, on one core, from bytes in memory.
//! speed pass: how many seconds all the pages take at best, as the peers say it.
//!
//! Prints the median pages and megabytes a second over the passes, for the decoder and
//! the tree alone and for the whole reading.

use extraction::Case;
use std::path::Path;
use std::time::Instant;

const PASSES: usize = 7;

fn main() {
    let cases = extraction::timed_cases(Path::new("../shared/extraction/pages"));
    if std::env::args().nth(1).is_some() {
        println!("{}", extraction::best_pass(&cases, article));
        return;
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
    rate("article", &article);
}

fn article(case: &Case) {
    let page = extract::Page { address: &case.address, content_type: "", body: &case.bytes };
    std::hint::black_box(extract::read(&page, &Default::default(), &Default::default()));
}

fn timed(cases: &[Case], work: &dyn Fn(&Case)) -> f64 {
    let start = Instant::now();
    cases.iter().for_each(work);
    start.elapsed().as_secs_f64()
}
