//! Why no picture was made.

use crate::native::Fault;
use crate::probe::Refused;
use thiserror::Error;

/// Why no picture was made, in the words of images.weserv.nl where it has some, so that a
/// program which knows that proxy knows these.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// The bytes are of no kind that can be decoded.
    #[error(
        "Invalid or unsupported image format. Is it a valid image? It is {0}; a JPEG, PNG, GIF or \
         WebP can be read."
    )]
    Kind(String),
    /// The bytes are of a kind that can be decoded, but broken.
    #[error("Image not readable. Is it a valid image? {0}.")]
    Unreadable(String),
    /// The file is larger than [`crate::Limits::input_bytes_max`].
    #[error(
        "The image is too large to be downloaded. Max image size: {0} bytes. A smaller file of the \
         same picture can be read."
    )]
    InputBytes(usize),
    /// The picture is larger than [`crate::Limits::input_pixels_max`] or has a longer side.
    #[error(
        "Input image exceeds pixel limit. Width x height should be less than {pixels_max}, and no \
         side more than {side_max}; it is {width} x {height}."
    )]
    InputPixels { width: u32, height: u32, pixels_max: u64, side_max: u32 },
    /// What is asked for is larger than [`crate::Limits::output_pixels_max`] or has a longer side.
    #[error(
        "Output image exceeds pixel limit. Width x height should be less than {pixels_max}, and no \
         side more than {side_max}; {width} x {height} was asked for. A smaller `w` or `h` can be \
         made."
    )]
    OutputPixels { width: u64, height: u64, pixels_max: u64, side_max: u32 },
    /// There are more frames than [`crate::Limits::frames_max`].
    #[error(
        "Input image exceeds the maximum number of pages. Number of pages should be less than \
         {0}. Its first frame can be had without `n` and `page`."
    )]
    Frames(u32),
    /// All frames together are larger than [`crate::Limits::frame_pixels_max`].
    #[error(
        "Input image exceeds pixel limit. Width x height of all pages should be less than {0}. Its \
         first frame can be had without `n`."
    )]
    FramePixels(u64),
    /// The JPEG has more scans than an encoder makes.
    #[error(
        "Image not readable. Is it a valid image? It has more than {} scans.",
        crate::SCANS_MAX
    )]
    Scans,
    /// The form is none that can be written.
    #[error(
        "Saving to {0} is disabled. Supported savers: jpg, png, webp, gif, json. Leave `output` \
         out, or name one of them."
    )]
    Saver(String),
    /// A library could not write what was asked for.
    #[error("the {form} can't be written: {why}")]
    Unwritten { form: &'static str, why: String },
}

impl Error {
    /// Returns the status of HTTP that images.weserv.nl answers with.
    pub fn status(&self) -> u16 {
        match self {
            Error::Saver(_) | Error::Unwritten { .. } => 400,
            _ => 404,
        }
    }

    pub(crate) fn unreadable(fault: impl ToString) -> Error {
        Error::Unreadable(fault.to_string())
    }

    pub(crate) fn unwritten(form: &'static str) -> impl FnOnce(Fault) -> Error {
        move |fault| Error::Unwritten { form, why: fault.0 }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Error {
        Error::Unreadable(fault.0)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Error {
        match refused {
            Refused::Empty => Error::Kind("empty".to_owned()),
            Refused::Kind(name) => Error::Kind(name.to_owned()),
            Refused::CutOff(_) | Refused::Broken(_) => Error::unreadable(refused),
            Refused::Large { width, height } => Error::InputPixels {
                width,
                height,
                pixels_max: crate::PIXELS_MAX,
                side_max: crate::SIDE_MAX,
            },
            Refused::Frames => Error::Frames(crate::FRAMES_MAX),
            Refused::Scans => Error::Scans,
        }
    }
}
