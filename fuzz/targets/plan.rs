//! A query up to the first zero byte, and the picture that it is about behind it.
#![no_main]

use picture::{Limits, Plan, make};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (query, picture) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &bytes[bytes.len()..]),
    };
    let plan = Plan::read(&String::from_utf8_lossy(query));
    let limits = Limits {
        input_pixels_max: 300_000,
        output_pixels_max: 300_000,
        frame_pixels_max: 600_000,
        frames_max: 8,
        ..Limits::default()
    };
    let _ = make(picture, &plan, &limits);
});
