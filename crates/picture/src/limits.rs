//! How much a stranger's picture may cost.

/// The most that is taken in and given out; looked at in the heads, before memory is taken.
///
/// At the peak a still picture takes about eight bytes of memory for each of its pixels, a frame
/// of an animation about twelve; a JPEG takes less, the smaller it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub input_bytes_max: usize,
    /// Pixels of the file's picture, or of one frame of it.
    pub input_pixels_max: u64,
    /// Pixels of what is made of it, or of one frame.
    pub output_pixels_max: u64,
    /// Pixels of a side, in and out.
    pub side_max: u32,
    /// Frames of an animation, if more than one is wanted.
    pub frames_max: u32,
    /// Pixels of all frames that are wanted, together, in and out.
    pub frame_pixels_max: u64,
}

impl Default for Limits {
    /// Room for the largest press photo, and for no bomb.
    fn default() -> Limits {
        Limits {
            input_bytes_max: 25_000_000,
            input_pixels_max: 50_000_000,
            output_pixels_max: 20_000_000,
            side_max: 16_384,
            frames_max: 256,
            frame_pixels_max: 100_000_000,
        }
    }
}
