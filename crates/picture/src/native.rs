//! The only unsafe code of this crate: MozJPEG, libwebp, and sums in AVX2.
//!
//! What holds in each file: the numbers that size a buffer are asked of the library after the
//! settings were made, not remembered from before; every return code is looked at; what a
//! library allocates is freed on every way out; and the functions that others call are safe,
//! for any bytes and any numbers.
#![expect(unsafe_code, reason = "calls to C and to the processor; see the comments at each")]

pub(crate) mod avx2;
pub(crate) mod jpeg;
pub(crate) mod webp;

/// What a library says it could not do.
#[derive(Debug)]
pub(crate) struct Fault(pub String);

impl Fault {
    fn new(text: &str) -> Fault {
        Fault(text.to_owned())
    }
}
