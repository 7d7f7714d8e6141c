//! `time FILE WIDTHS FORM` makes pictures of one file again and again, and tells the least CPU
//! time and the bytes as one line of JSON; `score REFERENCE MADE` tells SSIMULACRA2 of two PNGs.

use cpu_time::ProcessTime;
use fast_ssim2::{PixelDescriptor, PixelSlice, compute_ssimulacra2};
use picture::{Form, Limits, widths};
use std::fs;
use std::time::{Duration, Instant};

/// How long a case is repeated.
const BUDGET: Duration = Duration::from_millis(700);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["time", file, widths, form, out] => time(file, widths, form, out),
        ["score", reference, made] => println!("{:.3}", score(reference, made)),
        _ => panic!("usage: picture-bench time FILE WIDTHS FORM OUT | score REFERENCE MADE"),
    }
}

fn time(file: &str, wanted: &str, form: &str, out: &str) {
    let bytes = fs::read(file).expect("the picture");
    let wanted: Vec<u32> = wanted.split(',').map(|w| w.parse().expect("a width")).collect();
    let form = match form {
        "jpg" => Form::JPEG,
        "webp" => Form::Webp { quality: 75, method: 2 },
        "webp4" => Form::Webp { quality: 75, method: 4 },
        other => panic!("unknown form `{other}`"),
    };
    let make = || widths(&bytes, &wanted, form, &Limits::default()).expect("pictures");
    let made = make();
    fs::write(out, &made[0].bytes).expect("the made picture");
    let start = Instant::now();
    let mut least = f64::MAX;
    let mut runs = 0;
    while runs < 3 || start.elapsed() < BUDGET {
        let before = ProcessTime::now();
        make();
        least = least.min(before.elapsed().as_secs_f64() * 1e3);
        runs += 1;
    }
    let bytes: usize = made.iter().map(|made| made.bytes.len()).sum();
    println!("{}", serde_json::json!({ "ms": least, "bytes": bytes, "runs": runs }));
}

fn score(reference: &str, made: &str) -> f64 {
    let (reference, width, height) = read(reference);
    let (made, ..) = read(made);
    let slice = |samples: &'static [u8]| {
        PixelSlice::new(samples, width, height, width as usize * 3, PixelDescriptor::RGB8_SRGB)
            .expect("pixels")
    };
    let (reference, made) = (slice(reference.leak()), slice(made.leak()));
    compute_ssimulacra2(&reference, &made).expect("a score")
}

/// Reads a PNG of three samples a pixel.
fn read(path: &str) -> (Vec<u8>, u32, u32) {
    let file = std::io::BufReader::new(fs::File::open(path).expect("the PNG"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
    let mut samples = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut samples).expect("pixels");
    assert_eq!(info.color_type, png::ColorType::Rgb, "{path} is RGB");
    (samples, info.width, info.height)
}
