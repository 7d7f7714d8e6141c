//! Channels to bytes.

pub(crate) mod animation;
mod gif;
mod png;
mod webp;

use crate::alpha;
use crate::colour;
use crate::decode::Channels;
use crate::error::Error;
use crate::form::{Form, Made};
use crate::native::jpeg;
use crate::plane::Plane;
use crate::ready::Shaped;
use crate::scale::Range;
use crate::shape::{Shape, shaped_420};

/// Writes a picture; `paper` is behind it where the form can't be seen through.
pub(crate) fn picture(shaped: &Shaped, form: Form, paper: [u8; 3]) -> Result<Made, Error> {
    let bytes = match form {
        Form::Jpeg { quality, progressive } => {
            written_jpeg(shaped, jpeg::Settings { quality, progressive }, paper)?
        }
        Form::Webp { quality, method } => webp::lossy(shaped, quality, method)?,
        Form::WebpLossless => webp::lossless(shaped)?,
        Form::Png { level, adaptive } => png::written(&shaped.full(), level, adaptive)?,
        Form::Gif => gif::written(&shaped.full())?,
    };
    let Shape { width, height, .. } = shaped.shape;
    Ok(Made { bytes, media_type: form.media_type(), width, height })
}

fn written_jpeg(
    shaped: &Shaped,
    settings: jpeg::Settings,
    paper: [u8; 3],
) -> Result<Vec<u8>, Error> {
    let ranges = [Range::FULL; 2];
    let planes = match opaque(&shaped.channels, &shaped.shape, ranges) {
        Some(planes) => planes,
        None => {
            let Channels::Rgba(planes) = shaped.full() else {
                return Err(Error::unreadable("alpha without colours"));
            };
            let flat = Shaped::done(Channels::Rgb(alpha::on_paper(&planes, paper)));
            opaque(&flat.channels, &flat.shape, ranges).unwrap_or_default()
        }
    };
    jpeg::encode(&planes, shaped.shape.width, shaped.shape.height, settings)
        .map_err(Error::unwritten("JPEG"))
}

/// Returns brightness and colour (4:2:0), or brightness alone of a grey picture; nothing of one
/// that is seen through.
fn opaque(channels: &Channels, shape: &Shape, ranges: [Range; 2]) -> Option<Vec<Plane>> {
    Some(match channels {
        Channels::Grey(plane) => shaped_420(std::slice::from_ref(plane), shape, ranges),
        Channels::Ycc(planes) => shaped_420(planes, shape, ranges),
        Channels::Rgb(planes) => shaped_420(&colour::ycc_of(planes), shape, ranges),
        Channels::Rgba(_) => return None,
    })
}
