//! What kind of picture some bytes are.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = picture::probe(bytes);
});
