//! JPEG through libjpeg-turbo's own interface (TurboJPEG 3).

use super::Fault;
use crate::plane::Plane;
use std::ffi::{CStr, c_int, c_void};
use std::ptr;
use turbojpeg_sys as tj;

/// The most memory that libjpeg-turbo may take for one picture, in MiB: 50 million pixels of a
/// progressive JPEG without subsampling are 300 MB of coefficients.
const MEMORY_MIB_MAX: c_int = 512;

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
pub(crate) fn decode(bytes: &[u8], told: (u32, u32), shrink: Shrink) -> Result<Picture, Fault> {
    let decoder = Instance::decoder()?;
    let size = decoder.start(bytes, told, shrink)?;
    let known = decoder.get(tj::TJPARAM_TJPARAM_SUBSAMP) != tj::TJSAMP_TJSAMP_UNKNOWN;
    match decoder.get(tj::TJPARAM_TJPARAM_COLORSPACE) as tj::TJCS {
        tj::TJCS_TJCS_GRAY => planes(&decoder, bytes, &size).map(Picture::Planes),
        tj::TJCS_TJCS_YCbCr if known => planes(&decoder, bytes, &size).map(Picture::Planes),
        tj::TJCS_TJCS_CMYK | tj::TJCS_TJCS_YCCK => {
            packed(&decoder, bytes, &size, tj::TJPF_TJPF_CMYK, 4).map(Picture::Cmyk)
        }
        _ => packed(&decoder, bytes, &size, tj::TJPF_TJPF_RGB, 3).map(Picture::Rgb),
    }
}

fn planes(decoder: &Instance, bytes: &[u8], size: &Size) -> Result<Vec<Plane>, Fault> {
    let subsampling = decoder.get(tj::TJPARAM_TJPARAM_SUBSAMP);
    let channels = match subsampling {
        tj::TJSAMP_TJSAMP_UNKNOWN => return Err(Fault::new("the subsampling is unknown")),
        tj::TJSAMP_TJSAMP_GRAY => 1,
        _ => 3,
    };
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
    // itself says a plane of this size and subsampling has, and rows follow without a gap. The
    // size follows from the scale that was set, and a JPEG that heeds none was refused.
    let code = unsafe {
        tj::tj3DecompressToYUVPlanes8(
            decoder.0,
            bytes.as_ptr(),
            bytes.len() as tj::size_t,
            pointers.as_mut_ptr(),
            ptr::null_mut(),
        )
    };
    decoder.checked(code)?;
    Ok(planes)
}

fn packed(
    decoder: &Instance,
    bytes: &[u8],
    size: &Size,
    format: tj::TJPF,
    channels: usize,
) -> Result<Packed, Fault> {
    let (width, height) = (size.width as usize, size.height as usize);
    let mut samples = vec![0; width * height * channels];
    // SAFETY: the handle and the bytes live; the buffer has `channels` samples for each pixel of
    // the size that follows from the scale that was set; a pitch of 0 means rows without a gap.
    let code = unsafe {
        tj::tj3Decompress8(
            decoder.0,
            bytes.as_ptr(),
            bytes.len() as tj::size_t,
            samples.as_mut_ptr(),
            0,
            format,
        )
    };
    decoder.checked(code)?;
    Ok(Packed { width, height, extent: size.extent, samples })
}

/// How a JPEG is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// 1 to 100.
    pub quality: u8,
    pub progressive: bool,
}

/// Encodes one channel (grey), or brightness with colour at half the samples each way (4:2:0).
///
/// The channels are as [`plane_size_420`] says of the picture's size.
pub(crate) fn encode(
    planes: &[Plane],
    width: u32,
    height: u32,
    settings: Settings,
) -> Result<Vec<u8>, Fault> {
    let subsampling = match planes.len() {
        1 => tj::TJSAMP_TJSAMP_GRAY,
        3 => tj::TJSAMP_TJSAMP_420,
        _ => return Err(Fault::new("a JPEG has one channel or three")),
    };
    let (width, height) = (side(width)?, side(height)?);
    let mut pointers = [ptr::null(); 3];
    let mut strides = [0; 3];
    for (channel, plane) in planes.iter().enumerate() {
        let (least_width, least_height) = plane_size(channel, width, height, subsampling)?;
        if plane.width < least_width || plane.height < least_height || !plane.is_whole() {
            return Err(Fault::new("a channel is smaller than the picture"));
        }
        pointers[channel] = plane.samples.as_ptr();
        strides[channel] = side(plane.width as u32)?;
    }
    let encoder = Instance::encoder()?;
    encoder.set(tj::TJPARAM_TJPARAM_QUALITY, settings.quality.clamp(1, 100).into())?;
    encoder.set(tj::TJPARAM_TJPARAM_SUBSAMP, subsampling)?;
    // Huffman tables of the picture's own: 1 to 4 per cent fewer bytes.
    encoder.set(tj::TJPARAM_TJPARAM_OPTIMIZE, 1)?;
    encoder.set(tj::TJPARAM_TJPARAM_PROGRESSIVE, settings.progressive.into())?;
    let mut made = Made { bytes: ptr::null_mut(), len: 0 };
    // SAFETY: the handle lives; each pointer leads to rows of the stride given, at least as many
    // and as long as the library says the plane has; the library allocates what it writes, and
    // `made` frees it whatever comes.
    let code = unsafe {
        tj::tj3CompressFromYUVPlanes8(
            encoder.0,
            pointers.as_ptr(),
            width,
            strides.as_ptr(),
            height,
            &raw mut made.bytes,
            &raw mut made.len,
        )
    };
    encoder.checked(code)?;
    Ok(made.to_vec())
}

/// Returns how many samples and rows a channel of a 4:2:0 picture has.
pub(crate) fn plane_size_420(channel: usize, width: u32, height: u32) -> (usize, usize) {
    let half = |side: u32| side.div_ceil(2) as usize;
    let times = if channel == 0 { 2 } else { 1 };
    (half(width) * times, half(height) * times)
}

/// What the picture measures once it is decoded by a scale.
struct Size {
    width: c_int,
    height: c_int,
    /// What is whole in the file may be a fraction here.
    extent: (f64, f64),
}

fn side(side: u32) -> Result<c_int, Fault> {
    match c_int::try_from(side) {
        Ok(side @ 1..=65_500) => Ok(side),
        _ => Err(Fault::new("a JPEG has sides of 1 to 65500")),
    }
}

fn plane_size(
    channel: usize,
    width: c_int,
    height: c_int,
    subsampling: tj::TJSAMP,
) -> Result<(usize, usize), Fault> {
    // SAFETY: these two look at numbers alone.
    let (width, height) = unsafe {
        (
            tj::tj3YUVPlaneWidth(channel as c_int, width, subsampling),
            tj::tj3YUVPlaneHeight(channel as c_int, height, subsampling),
        )
    };
    if width <= 0 || height <= 0 {
        return Err(Fault::new("a channel has no size"));
    }
    Ok((width as usize, height as usize))
}

/// Returns how many samples of brightness one of colour stands for, across and down.
fn chroma_steps(subsampling: tj::TJSAMP) -> (f64, f64) {
    match subsampling {
        tj::TJSAMP_TJSAMP_422 => (2.0, 1.0),
        tj::TJSAMP_TJSAMP_420 => (2.0, 2.0),
        tj::TJSAMP_TJSAMP_440 => (1.0, 2.0),
        tj::TJSAMP_TJSAMP_411 => (4.0, 1.0),
        tj::TJSAMP_TJSAMP_441 => (1.0, 4.0),
        _ => (1.0, 1.0),
    }
}

/// A handle of the library, given back when it goes.
struct Instance(tj::tjhandle);

impl Instance {
    fn decoder() -> Result<Instance, Fault> {
        let decoder = Instance::new(tj::TJINIT_TJINIT_DECOMPRESS)?;
        // The scans are counted here too, although the probe did: the library stops by itself.
        decoder.set(tj::TJPARAM_TJPARAM_SCANLIMIT, crate::probe::SCANS_MAX as c_int)?;
        decoder.set(tj::TJPARAM_TJPARAM_MAXMEMORY, MEMORY_MIB_MAX)?;
        Ok(decoder)
    }

    fn encoder() -> Result<Instance, Fault> {
        Instance::new(tj::TJINIT_TJINIT_COMPRESS)
    }

    fn new(purpose: tj::TJINIT) -> Result<Instance, Fault> {
        // SAFETY: takes a number; null is looked at.
        let handle = unsafe { tj::tj3Init(purpose as c_int) };
        if handle.is_null() { Err(Fault::new("no memory")) } else { Ok(Instance(handle)) }
    }

    fn set(&self, parameter: tj::TJPARAM, value: c_int) -> Result<(), Fault> {
        // SAFETY: the handle lives.
        let code = unsafe { tj::tj3Set(self.0, parameter as c_int, value) };
        if code == 0 { Ok(()) } else { Err(self.fault()) }
    }

    fn get(&self, parameter: tj::TJPARAM) -> c_int {
        // SAFETY: the handle lives.
        unsafe { tj::tj3Get(self.0, parameter as c_int) }
    }

    fn read_header(&self, bytes: &[u8]) -> Result<(), Fault> {
        // SAFETY: the handle and the bytes live.
        let code =
            unsafe { tj::tj3DecompressHeader(self.0, bytes.as_ptr(), bytes.len() as tj::size_t) };
        self.checked(code)
    }

    /// Reads the header and sets the scale; returns the size that follows from it.
    ///
    /// A file can be made in which the library finds another frame than we did, a larger one.
    ///
    /// A scale that the library does not take leaves the old one, and a buffer for the smaller
    /// picture would be overrun: so its answer is looked at before the size is told.
    fn start(&self, bytes: &[u8], told: (u32, u32), shrink: Shrink) -> Result<Size, Fault> {
        self.read_header(bytes)?;
        // Without loss no scale is heeded, and what was asked for as channels comes as pixels:
        // the sizes told below would be wrong.
        if self.get(tj::TJPARAM_TJPARAM_LOSSLESS) != 0 {
            return Err(Fault::new("it is a JPEG without loss, which is not read"));
        }
        if self.get(tj::TJPARAM_TJPARAM_PRECISION) != 8 {
            return Err(Fault::new("it has more than 8 bits a sample, which is not read"));
        }
        let factor = tj::tjscalingfactor { num: 1, denom: shrink as c_int };
        // SAFETY: the handle lives.
        if unsafe { tj::tj3SetScalingFactor(self.0, factor) } != 0 {
            return Err(self.fault());
        }
        let width = self.get(tj::TJPARAM_TJPARAM_JPEGWIDTH);
        let height = self.get(tj::TJPARAM_TJPARAM_JPEGHEIGHT);
        let found = (u32::try_from(width), u32::try_from(height));
        if width == 0 || height == 0 || found != (Ok(told.0), Ok(told.1)) {
            return Err(Fault::new("it tells two sizes"));
        }
        let scaled = |side: c_int| (side + factor.denom - 1) / factor.denom;
        let extent = |side: c_int| f64::from(side) / f64::from(factor.denom);
        Ok(Size {
            width: scaled(width),
            height: scaled(height),
            extent: (extent(width), extent(height)),
        })
    }

    /// Damage that the decoder got over is no error: the rest of the picture is shown.
    fn checked(&self, code: c_int) -> Result<(), Fault> {
        // SAFETY: the handle lives.
        let kind = |handle| unsafe { tj::tj3GetErrorCode(handle) };
        if code == 0 || kind(self.0) == tj::TJERR_TJERR_WARNING as c_int {
            return Ok(());
        }
        Err(self.fault())
    }

    fn fault(&self) -> Fault {
        // SAFETY: the handle lives; the text ends in a zero and is copied before the next call.
        let text = unsafe { CStr::from_ptr(tj::tj3GetErrorStr(self.0)) };
        Fault(text.to_string_lossy().into_owned())
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: the handle was made by the library and goes once.
        unsafe { tj::tj3Destroy(self.0) }
    }
}

/// Bytes that the library allocated, freed when they go.
struct Made {
    bytes: *mut u8,
    len: tj::size_t,
}

impl Made {
    fn to_vec(&self) -> Vec<u8> {
        if self.bytes.is_null() {
            return Vec::new();
        }
        // SAFETY: the library wrote `len` bytes there.
        unsafe { std::slice::from_raw_parts(self.bytes, self.len as usize) }.to_vec()
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // SAFETY: null, or allocated by the library and not freed before.
        unsafe { tj::tj3Free(self.bytes.cast::<c_void>()) }
    }
}
