//! JPEG through MozJPEG: libjpeg-turbo, in a form that a C compiler alone builds. Decoded by the
//! TurboJPEG 2 interface, encoded by libjpeg's own, in which MozJPEG's slow search can be left out.

mod encode;
mod turbo;

pub(crate) use encode::{Settings, encode, plane_size_420};

use super::Fault;
use crate::plane::Plane;
use std::ffi::{CStr, c_int, c_ulong};
use std::ptr;

/// By how much a picture is made smaller while it is decoded: 1 to this number, each way.
///
/// 5/8, 3/4 and 7/8 could be had as well, but no processor's fast instructions are used for
/// them, so they take longer than the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shrink {
    One = 1,
    Two = 2,
    Four = 4,
    Eight = 8,
}

/// A decoded JPEG, as near to how it is kept as can be had.
pub(crate) enum Picture {
    /// Brightness, and colour if there is any, which may have fewer samples.
    Planes(Vec<Plane>),
    /// Red, green and blue, or an uncommon subsampling brought to them: three samples a pixel.
    Rgb(Packed),
    /// Four inks as they are kept: with Adobe's programs, 255 is no ink.
    Cmyk(Packed),
}

/// A decoded picture, pixel after pixel, with what [`Plane`] says of its extent.
pub(crate) struct Packed {
    pub width: usize,
    pub height: usize,
    pub extent: (f64, f64),
    pub samples: Vec<u8>,
}

/// Decodes a JPEG; `told` is the size that was found within the limits.
///
/// That size also bounds the memory that the library takes: it has no limit of its own that could
/// be set for one picture.
pub(crate) fn decode(bytes: &[u8], told: (u32, u32), shrink: Shrink) -> Result<Picture, Fault> {
    let decoder = Decoder::new()?;
    let head = decoder.read_header(bytes)?;
    // A file can be made in which the library finds another frame than we did, a larger one.
    if (u32::try_from(head.width), u32::try_from(head.height)) != (Ok(told.0), Ok(told.1)) {
        return Err(Fault::new("it tells two sizes"));
    }
    let size = head.scaled(shrink);
    match head.colours {
        turbo::CS_GRAY | turbo::CS_YCC if head.subsampling != turbo::SAMP_UNKNOWN => {
            planes(&decoder, bytes, &size, head.subsampling).map(Picture::Planes)
        }
        turbo::CS_CMYK | turbo::CS_YCCK => {
            packed(&decoder, bytes, &size, turbo::PF_CMYK, 4).map(Picture::Cmyk)
        }
        _ => packed(&decoder, bytes, &size, turbo::PF_RGB, 3).map(Picture::Rgb),
    }
}

fn planes(
    decoder: &Decoder,
    bytes: &[u8],
    size: &Size,
    subsampling: c_int,
) -> Result<Vec<Plane>, Fault> {
    let channels = if subsampling == turbo::SAMP_GRAY { 1 } else { 3 };
    let mut planes = Vec::with_capacity(channels);
    for channel in 0..channels {
        let (width, height) = plane_size(channel, size.width, size.height, subsampling)?;
        let (across, down) = if channel == 0 { (1.0, 1.0) } else { chroma_steps(subsampling) };
        let mut plane = Plane::filled(width, height, 0);
        plane.extent = (size.extent.0 / across, size.extent.1 / down);
        planes.push(plane);
    }
    let mut pointers = [ptr::null_mut(); 3];
    for (pointer, plane) in pointers.iter_mut().zip(&mut planes) {
        *pointer = plane.samples.as_mut_ptr();
    }
    // SAFETY: the handle and the bytes live; each pointer leads to as many samples as the library
    // itself says a plane of this size and subsampling has, and rows follow without a gap. It
    // takes the largest scale whose result is no larger than the size given, and no other.
    let code = unsafe {
        turbo::tjDecompressToYUVPlanes(
            decoder.0,
            bytes.as_ptr(),
            bytes.len() as c_ulong,
            pointers.as_mut_ptr(),
            size.width,
            ptr::null_mut(),
            size.height,
            turbo::FLAG_LIMITSCANS,
        )
    };
    decoder.checked(code)?;
    Ok(planes)
}

fn packed(
    decoder: &Decoder,
    bytes: &[u8],
    size: &Size,
    format: c_int,
    channels: usize,
) -> Result<Packed, Fault> {
    let (width, height) = (size.width as usize, size.height as usize);
    let mut samples = vec![0; width * height * channels];
    // SAFETY: the handle and the bytes live; the buffer has `channels` samples for each pixel of
    // the size given, beyond which the library does not go; a pitch of 0 means rows without a gap.
    let code = unsafe {
        turbo::tjDecompress2(
            decoder.0,
            bytes.as_ptr(),
            bytes.len() as c_ulong,
            samples.as_mut_ptr(),
            size.width,
            0,
            size.height,
            format,
            turbo::FLAG_LIMITSCANS,
        )
    };
    decoder.checked(code)?;
    Ok(Packed { width, height, extent: size.extent, samples })
}

/// What the headers tell.
struct Head {
    width: c_int,
    height: c_int,
    subsampling: c_int,
    colours: c_int,
}

impl Head {
    fn scaled(&self, shrink: Shrink) -> Size {
        let by = shrink as c_int;
        let scaled = |side: c_int| (side + by - 1) / by;
        let extent = |side: c_int| f64::from(side) / f64::from(by);
        Size {
            width: scaled(self.width),
            height: scaled(self.height),
            extent: (extent(self.width), extent(self.height)),
        }
    }
}

/// What the picture measures once it is decoded by a scale.
struct Size {
    width: c_int,
    height: c_int,
    /// What is whole in the file may be a fraction here.
    extent: (f64, f64),
}

fn plane_size(
    channel: usize,
    width: c_int,
    height: c_int,
    subsampling: c_int,
) -> Result<(usize, usize), Fault> {
    // SAFETY: these two look at numbers alone.
    let (width, height) = unsafe {
        (
            turbo::tjPlaneWidth(channel as c_int, width, subsampling),
            turbo::tjPlaneHeight(channel as c_int, height, subsampling),
        )
    };
    if width <= 0 || height <= 0 {
        return Err(Fault::new("a channel has no size"));
    }
    Ok((width as usize, height as usize))
}

/// Returns how many samples of brightness one of colour stands for, across and down.
fn chroma_steps(subsampling: c_int) -> (f64, f64) {
    match subsampling {
        turbo::SAMP_422 => (2.0, 1.0),
        turbo::SAMP_420 => (2.0, 2.0),
        turbo::SAMP_440 => (1.0, 2.0),
        turbo::SAMP_411 => (4.0, 1.0),
        _ => (1.0, 1.0),
    }
}

/// A handle of the library, given back when it goes.
struct Decoder(turbo::Handle);

impl Decoder {
    fn new() -> Result<Decoder, Fault> {
        // SAFETY: takes nothing; null is looked at.
        let handle = unsafe { turbo::tjInitDecompress() };
        if handle.is_null() { Err(Fault::new("no memory")) } else { Ok(Decoder(handle)) }
    }

    /// Reads the headers; an uncommon subsampling is no error, for it can be had as pixels.
    fn read_header(&self, bytes: &[u8]) -> Result<Head, Fault> {
        let mut head = Head { width: 0, height: 0, subsampling: turbo::SAMP_UNKNOWN, colours: -1 };
        // SAFETY: the handle and the bytes live, and so does what is written to.
        let code = unsafe {
            turbo::tjDecompressHeader3(
                self.0,
                bytes.as_ptr(),
                bytes.len() as c_ulong,
                &raw mut head.width,
                &raw mut head.height,
                &raw mut head.subsampling,
                &raw mut head.colours,
            )
        };
        match head.width > 0 && head.height > 0 && head.colours >= 0 {
            true => Ok(head),
            false if code == 0 => Err(Fault::new("the header tells no size")),
            false => Err(self.fault()),
        }
    }

    /// Damage that the decoder got over is no error: the rest of the picture is shown.
    fn checked(&self, code: c_int) -> Result<(), Fault> {
        // SAFETY: the handle lives.
        if code == 0 || unsafe { turbo::tjGetErrorCode(self.0) } == turbo::ERR_WARNING {
            return Ok(());
        }
        Err(self.fault())
    }

    fn fault(&self) -> Fault {
        // SAFETY: the handle lives; the text ends in a zero and is copied before the next call.
        let text = unsafe { CStr::from_ptr(turbo::tjGetErrorStr2(self.0)) };
        Fault(text.to_string_lossy().into_owned())
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the handle was made by the library and goes once; its answer tells nothing.
        let _ = unsafe { turbo::tjDestroy(self.0) };
    }
}
