//! The forms in which pictures are given out.

/// What a picture is written as, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Colour at half the samples each way (4:2:0), Huffman tables of its own.
    Jpeg {
        /// 1 to 100; 80 is the proxy's.
        quality: u8,
        progressive: bool,
    },
    Webp {
        /// 1 to 100; 80 is the proxy's.
        quality: u8,
        /// 0 (fast) to 6 (small); 2 takes half the time of 4 and 0 to 4 % more bytes.
        method: u8,
    },
    /// WebP that keeps every pixel.
    WebpLossless,
    Png {
        /// 0 (as it is) to 9 (small).
        level: u8,
        /// Tries several predictions for each row: larger for drawings, smaller for photographs.
        adaptive: bool,
    },
    Gif,
}

impl Form {
    pub const JPEG: Form = Form::Jpeg { quality: 80, progressive: false };
    pub const WEBP: Form = Form::Webp { quality: 80, method: 2 };
    pub const PNG: Form = Form::Png { level: 6, adaptive: false };

    pub fn media_type(self) -> &'static str {
        match self {
            Form::Jpeg { .. } => "image/jpeg",
            Form::Webp { .. } | Form::WebpLossless => "image/webp",
            Form::Png { .. } => "image/png",
            Form::Gif => "image/gif",
        }
    }
}

/// A picture that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    /// Pixels, of one frame.
    pub width: u32,
    pub height: u32,
}
