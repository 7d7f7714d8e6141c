//! answers OUT [CORPUS…]: what Pressmark says of each page, as the scorer wants it.

use extraction::Case;
use std::fmt::Write;
use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().expect("usage: answers OUT [CORPUS…]");
    let pages = Path::new("../shared/extraction/pages");
    let mut names: Vec<String> = args.collect();
    if names.is_empty() {
        names = extraction::corpora(pages);
    }
    std::fs::create_dir_all(&out).expect("the folder can be made");
    for name in names {
        let cases = extraction::cases(pages, &name);
        let rows = std::thread::scope(|scope| {
            let halves = cases.chunks(cases.len().div_ceil(2));
            let halves: Vec<_> = halves.map(|half| scope.spawn(|| answer(half))).collect();
            halves.into_iter().map(|half| half.join().expect("no panic")).collect::<String>()
        });
        std::fs::write(Path::new(&out).join(format!("{name}.jsonl")), rows).expect("written");
    }
}

fn answer(cases: &[Case]) -> String {
    let mut rows = String::new();
    for case in cases {
        let page = extract::Page { address: &case.address, content_type: "", body: &case.bytes };
        let limits = extract::Limits::default();
        let reading = extract::read(&page, &extract::Hints::default(), &limits);
        let mut row = serde_json::json!({"id": case.id, "text": ""});
        if let Some(article) = &reading.found {
            let mut known = press::json::article(article, &press::Facts::default());
            for name in ["title", "authors", "published", "image", "text"] {
                row[name] = known[name].take();
            }
        }
        writeln!(rows, "{row}").expect("a string takes it");
    }
    rows
}
