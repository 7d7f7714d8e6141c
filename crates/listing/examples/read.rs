//! Prints a listing as JSON: `read [--base ADDRESS] [--content-type TYPE] FILE`.

use std::io::Write;

fn main() {
    let mut base = None;
    let mut content_type = String::new();
    let mut file = String::new();
    let mut args = std::env::args().skip(1);
    let mut times = 0;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--base" => base = args.next().and_then(|base| news::Address::read(&base)),
            "--content-type" => content_type = args.next().unwrap_or_default(),
            "--times" => times = args.next().and_then(|n| n.parse().ok()).unwrap_or(0),
            _ => {
                if times > 0 {
                    bench(&arg, times);
                }
                file = arg
            }
        }
    }
    if times > 0 {
        return;
    }
    let bytes = std::fs::read(&file).unwrap_or_default();
    let document = listing::Document {
        bytes: &bytes,
        content_type: &content_type,
        base: base.as_ref(),
    };
    let reading = listing::read(&document, &listing::Limits::default());
    let _ = writeln!(std::io::stdout(), "{}", listing::json(&reading));
}

fn bench(file: &str, times: usize) {
    let bytes = std::fs::read(file).unwrap_or_default();
    let start = std::time::Instant::now();
    for _ in 0..times {
        let document = listing::Document {
            bytes: &bytes,
            content_type: "",
            base: None,
        };
        std::hint::black_box(listing::read(&document, &listing::Limits::default()));
    }
    let s = start.elapsed().as_secs_f64();
    println!(
        "{file} {} {:.1} MB/s",
        bytes.len(),
        bytes.len() as f64 * times as f64 / s / 1e6
    );
}
