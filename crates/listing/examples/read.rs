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
            "--fuzz" => return fuzz(&args.next().unwrap()),
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

fn fuzz(dir: &str) {
    let mut files = Vec::new();
    let mut dirs = vec![std::path::PathBuf::from(dir)];
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(d).unwrap().flatten() {
            if e.path().is_dir() {
                dirs.push(e.path());
            } else if let Ok(b) = std::fs::read(e.path())
                && b.len() < 60_000
            {
                files.push((e.path(), b));
            }
        }
    }
    files.sort();
    let mut x = 0x9e3779b97f4a7c15u64;
    let mut roll = |n: usize| {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x % n.max(1) as u64) as usize
    };
    let pieces: [&[u8]; 16] = [
        b"<",
        b">",
        b"]]>",
        b"<![CDATA[",
        b"&#xD800;",
        b"\xef\xbb\xbf",
        b"<?xml version='1.0' encoding='big5'?>",
        b"\"",
        b"</item>",
        b"<item>",
        b"<!--",
        b"&",
        b"\0",
        b"\xff\xfe",
        b"<description>",
        b"<!DOCTYPE x [",
    ];
    let (mut panics, mut found, mut slow) = (0, 0, (0u128, String::new()));
    let n = 1_000_000;
    std::panic::set_hook(Box::new(|i| eprintln!("{i}")));
    for _ in 0..n {
        let (p, b) = &files[roll(files.len())];
        let mut b = b.clone();
        for _ in 0..=roll(6) {
            let at = roll(b.len() + 1);
            match roll(5) {
                0 if at < b.len() => b[at] ^= 1 << roll(8),
                1 => b.truncate(at),
                2 => {
                    let q = pieces[roll(16)];
                    b.splice(at..at, q.iter().copied());
                }
                3 => {
                    let e = (at + roll(40)).min(b.len());
                    b.drain(at..e);
                }
                _ => {
                    let e = (at + roll(60)).min(b.len());
                    let c = b[at..e].to_vec();
                    let t = roll(b.len() + 1);
                    b.splice(t..t, c);
                }
            }
        }
        let t = std::time::Instant::now();
        let base = news::Address::read("https://desk.example/feed");
        let r = std::panic::catch_unwind(|| {
            let r = listing::read(
                &listing::Document {
                    bytes: &b,
                    content_type: "",
                    base: base.as_ref(),
                },
                &listing::Limits::default(),
            );
            listing::json(&r);
            if r.found.is_none() {
                let has = |w: &[u8]| b.windows(w.len()).any(|x| x == w);
                if has(b"<item")
                    || has(b"<entry")
                    || has(b"<channel")
                    || has(b"<title")
                    || has(b"\"items\"")
                {
                    eprintln!(
                        "LOST {} {:?}",
                        r.notes[0].text,
                        String::from_utf8_lossy(&b[..b.len().min(700)])
                    );
                }
            }
            r.found.is_some()
        });
        let t = t.elapsed().as_micros();
        if t > slow.0 {
            slow = (t, p.display().to_string());
        }
        match r {
            Ok(f) => found += usize::from(f),
            Err(_) => {
                panics += 1;
                eprintln!("PANIC {}", p.display());
            }
        }
    }
    println!("{n} runs, {panics} panics, {found} documents, slowest {slow:?}");
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
