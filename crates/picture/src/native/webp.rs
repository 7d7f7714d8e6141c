//! WebP through libwebp's encoder.

use super::Fault;
use crate::plane::Plane;
use libwebp_sys as webp;
use std::ffi::{c_int, c_void};
use std::mem::MaybeUninit;
use std::ptr;

/// The longest side that WebP has room for.
pub(crate) const SIDE_MAX: u32 = 16_383;

/// How a WebP is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settings {
    /// 1 to 100.
    pub quality: u8,
    /// 0 (fast) to 6 (small).
    pub method: u8,
}

/// Encodes brightness (16 to 235) and colour at half the samples each way, and what is seen
/// through, if anything is: four channels then.
pub(crate) fn lossy(
    planes: &[Plane],
    width: u32,
    height: u32,
    settings: Settings,
) -> Result<Vec<u8>, Fault> {
    let mut picture = picture(width, height)?;
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let sizes =
        [(width, height), (half_width, half_height), (half_width, half_height), (width, height)];
    let fits = planes.iter().zip(sizes).all(|(plane, (width, height))| {
        plane.width >= width as usize && plane.height >= height as usize && plane.is_whole()
    });
    let [y, u, v, alpha @ ..] = planes else {
        return Err(Fault::new("a WebP has three channels or four"));
    };
    if !fits || u.width != v.width || planes.iter().any(|plane| plane.width > SIDE_MAX as usize + 1)
    {
        return Err(Fault::new("the channels are not of the picture's size"));
    }
    picture.use_argb = 0;
    picture.colorspace = webp::WebPEncCSP::WEBP_YUV420;
    // The encoder only reads these, though its type can't say so: a picture is also what the
    // decoder fills. `exact` keeps it from blackening what is not seen.
    picture.y = y.samples.as_ptr().cast_mut();
    picture.u = u.samples.as_ptr().cast_mut();
    picture.v = v.samples.as_ptr().cast_mut();
    picture.y_stride = y.width as c_int;
    picture.uv_stride = u.width as c_int;
    if let Some(alpha) = alpha.first() {
        picture.colorspace = webp::WebPEncCSP::WEBP_YUV420A;
        picture.a = alpha.samples.as_ptr().cast_mut();
        picture.a_stride = alpha.width as c_int;
    }
    let mut config = config(settings)?;
    config.exact = 1;
    encode(&config, &mut picture)
}

/// Encodes red, green, blue and alpha without loss: four samples a pixel, rows without a gap.
pub(crate) fn lossless(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, Fault> {
    let mut picture = picture(width, height)?;
    if rgba.len() != width as usize * height as usize * 4 {
        return Err(Fault::new("the pixels are not as many as the size says"));
    }
    let mut config = config(Settings { quality: 75, method: 2 })?;
    config.lossless = 1;
    picture.use_argb = 1;
    let mut picture = Imported(picture);
    // SAFETY: the picture was initialised and sized; the pixels are four bytes each, as many as
    // the size says, and are copied.
    let code = unsafe {
        webp::WebPPictureImportRGBA(&raw mut picture.0, rgba.as_ptr(), width as c_int * 4)
    };
    if code == 0 {
        return Err(Fault::new("no memory"));
    }
    encode(&config, &mut picture.0)
}

/// A picture whose pixels the library allocated, freed when it goes.
struct Imported(webp::WebPPicture);

impl Drop for Imported {
    fn drop(&mut self) {
        // SAFETY: initialised, and freed once.
        unsafe { webp::WebPPictureFree(&raw mut self.0) }
    }
}

fn picture(width: u32, height: u32) -> Result<webp::WebPPicture, Fault> {
    let sides = 1..=SIDE_MAX;
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(Fault::new("a WebP has sides of 1 to 16383"));
    }
    let mut picture = webp::WebPPicture::new()
        .map_err(|()| Fault::new("the library is not of the version of its header"))?;
    picture.width = width as c_int;
    picture.height = height as c_int;
    Ok(picture)
}

fn config(settings: Settings) -> Result<webp::WebPConfig, Fault> {
    let mut config = webp::WebPConfig::new()
        .map_err(|()| Fault::new("the library is not of the version of its header"))?;
    config.quality = f32::from(settings.quality.clamp(1, 100));
    config.method = settings.method.min(6).into();
    Ok(config)
}

fn encode(config: &webp::WebPConfig, picture: &mut webp::WebPPicture) -> Result<Vec<u8>, Fault> {
    let mut writer = Writer::new();
    picture.writer = Some(webp::WebPMemoryWrite);
    picture.custom_ptr = (&raw mut writer.0).cast::<c_void>();
    // SAFETY: settings and picture were made by the library's own functions; the planes that the
    // picture points to live and are as large as its size and strides say; the writer outlives
    // the call.
    let code = unsafe { webp::WebPEncode(config, picture) };
    picture.custom_ptr = ptr::null_mut();
    if code == 0 {
        return Err(Fault(format!("{:?}", picture.error_code)));
    }
    Ok(writer.to_vec())
}

/// The bytes that the library wrote, freed when they go.
struct Writer(webp::WebPMemoryWriter);

impl Writer {
    fn new() -> Writer {
        let mut writer = MaybeUninit::uninit();
        // SAFETY: sets every field.
        Writer(unsafe {
            webp::WebPMemoryWriterInit(writer.as_mut_ptr());
            writer.assume_init()
        })
    }

    fn to_vec(&self) -> Vec<u8> {
        if self.0.mem.is_null() {
            return Vec::new();
        }
        // SAFETY: the library wrote `size` bytes there.
        unsafe { std::slice::from_raw_parts(self.0.mem, self.0.size) }.to_vec()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // SAFETY: initialised, and cleared once.
        unsafe { webp::WebPMemoryWriterClear(&raw mut self.0) }
    }
}
