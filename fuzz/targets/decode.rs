//! A picture decoded and made small, as pages show it.
#![no_main]

use picture::{Limits, Order};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        input_pixels_max: 1_000_000,
        output_pixels_max: 1_000_000,
        frame_pixels_max: 2_000_000,
        frames_max: 16,
        ..Limits::default()
    };
    if let Ok(made) = Order::Widths(vec![64, 320]).fill(bytes, &limits) {
        assert!(made.iter().all(|made| picture::probe(&made.bytes).is_ok()));
    }
});
