//! What a picture is, told from its bytes alone.
//!
//! A `Content-Type` header and the end of a file name lie; the first bytes don't. Nothing is
//! decoded here: [`probe`] reads heads and walks block lengths, so a bomb costs what a picture
//! costs, and nothing is allocated by a number that a stranger wrote.
//!
//! Start at [`probe`].

mod probe;

pub use probe::{
    FRAME_PIXELS_MAX, FRAMES_MAX, PIXELS_MAX, Probe, Refused, SCANS_MAX, SIDE_MAX, probe,
};
