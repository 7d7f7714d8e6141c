//! Channels to a JPEG, by libjpeg's own interface.

use super::turbo;
use crate::native::Fault;
use crate::plane::Plane;
use mozjpeg_sys as jpeg;
use std::ffi::{c_int, c_ulong};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr;

/// How a JPEG is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// 1 to 100.
    pub quality: u8,
    pub progressive: bool,
}

/// Sides of a block of coefficients, in samples.
const BLOCK: usize = 8;

/// The longest side that a JPEG has, in pixels.
const SIDE_MAX: u32 = 65_500;

/// Encodes one channel (grey), or brightness with colour at half the samples each way (4:2:0).
///
/// The channels are as [`plane_size_420`] says of the picture's size.
pub(crate) fn encode(
    planes: &[Plane],
    width: u32,
    height: u32,
    settings: Settings,
) -> Result<Vec<u8>, Fault> {
    if !matches!(planes.len(), 1 | 3) {
        return Err(Fault::new("a JPEG has one channel or three"));
    }
    if !(1..=SIDE_MAX).contains(&width) || !(1..=SIDE_MAX).contains(&height) {
        return Err(Fault::new("a JPEG has sides of 1 to 65500"));
    }
    for (channel, plane) in planes.iter().enumerate() {
        let (least_width, least_height) = match planes.len() {
            1 => (width as usize, height as usize),
            _ => plane_size_420(channel, width, height),
        };
        if plane.width < least_width || plane.height < least_height || !plane.is_whole() {
            return Err(Fault::new("a channel is smaller than the picture"));
        }
    }
    let mut encoder = Encoder::new();
    // What the library can't do unwinds out of it, since it may not return to where it failed.
    let write = AssertUnwindSafe(|| encoder.write(planes, width, height, settings));
    match catch_unwind(write) {
        Ok(()) => Ok(encoder.to_vec()),
        Err(why) => match why.downcast() {
            Ok(fault) => Err(*fault),
            // Not the library's: a mistake of ours goes on its way.
            Err(other) => resume_unwind(other),
        },
    }
}

/// Returns how many samples and rows a channel of a 4:2:0 picture has.
pub(crate) fn plane_size_420(channel: usize, width: u32, height: u32) -> (usize, usize) {
    let half = |side: u32| side.div_ceil(2) as usize;
    let times = if channel == 0 { 2 } else { 1 };
    (half(width) * times, half(height) * times)
}

/// The library's encoder and what it writes into, given back when they go.
///
/// All are boxed, since the library keeps pointers to them.
struct Encoder {
    info: Box<jpeg::jpeg_compress_struct>,
    /// How it tells of faults; `info` points here.
    _faults: Box<jpeg::jpeg_error_mgr>,
    bytes: Box<(*mut u8, c_ulong)>,
}

impl Encoder {
    fn new() -> Encoder {
        // SAFETY: both are plain C structures for which all zero is a value; the library fills
        // them in before it looks at them.
        let (mut info, mut faults): (Box<jpeg::jpeg_compress_struct>, Box<jpeg::jpeg_error_mgr>) =
            unsafe { (Box::new(mem::zeroed()), Box::new(mem::zeroed())) };
        // SAFETY: `faults` lives as long as `info`, in the same place.
        info.common.err = unsafe { jpeg::jpeg_std_error(&mut faults) };
        faults.error_exit = Some(give_up);
        faults.emit_message = Some(say_nothing);
        Encoder { info, _faults: faults, bytes: Box::new((ptr::null_mut(), 0)) }
    }

    /// Writes the picture; unwinds with a [`Fault`] where the library gives up.
    fn write(&mut self, planes: &[Plane], width: u32, height: u32, settings: Settings) {
        self.begin(planes.len(), (width, height), settings);
        let mut strips: Vec<Strip> = (0..planes.len())
            // SAFETY: the library was told of as many channels, and has described each.
            .map(|channel| Strip::of(unsafe { &*self.info.comp_info.add(channel) }))
            .collect();
        let rows_at_once = strips[0].rows.len();
        for from in (0..height as usize).step_by(rows_at_once) {
            let mut pointers = [ptr::null(); 3];
            for ((pointer, strip), plane) in pointers.iter_mut().zip(&mut strips).zip(planes) {
                strip.fill(plane, from * strip.rows.len() / rows_at_once);
                *pointer = strip.rows.as_ptr();
            }
            // SAFETY: each pointer leads to as many rows as the channel has in one row of MCUs,
            // each as long as its blocks are wide; they live until the call returns.
            unsafe {
                jpeg::jpeg_write_raw_data(&mut self.info, pointers.as_ptr(), rows_at_once as u32);
            }
        }
        // SAFETY: all rows were written.
        unsafe { jpeg::jpeg_finish_compress(&mut self.info) };
    }

    fn begin(&mut self, channels: usize, (width, height): (u32, u32), settings: Settings) {
        let info = &mut *self.info;
        let colours =
            if channels == 1 { jpeg::JCS_GRAYSCALE } else { jpeg::J_COLOR_SPACE::JCS_YCbCr };
        // SAFETY: the structures live and stay where they are; the calls come in the order that
        // libjpeg wants, and it describes as many channels as it was told there are.
        unsafe {
            let size = mem::size_of::<jpeg::jpeg_compress_struct>();
            jpeg::jpeg_CreateCompress(info, jpeg::JPEG_LIB_VERSION, size);
            jpeg::jpeg_mem_dest(info, &raw mut self.bytes.0, &raw mut self.bytes.1);
            (info.image_width, info.image_height) = (width, height);
            info.input_components = channels as c_int;
            info.in_color_space = colours;
            // MozJPEG's own defaults look for the fewest bytes, and take ten times as long.
            let fastest = jpeg::JCP_FASTEST as c_int;
            jpeg::jpeg_c_set_int_param(info, jpeg::J_INT_PARAM::JINT_COMPRESS_PROFILE, fastest);
            jpeg::jpeg_set_defaults(info);
            jpeg::jpeg_set_colorspace(info, colours);
            jpeg::jpeg_set_quality(info, settings.quality.clamp(1, 100).into(), 1);
            for channel in 0..channels {
                let samples = if channel == 0 && channels > 1 { 2 } else { 1 };
                let component = &mut *info.comp_info.add(channel);
                (component.h_samp_factor, component.v_samp_factor) = (samples, samples);
            }
            // Huffman tables of the picture's own: 1 to 4 per cent fewer bytes.
            info.optimize_coding = 1;
            info.raw_data_in = 1;
            if settings.progressive {
                jpeg::jpeg_simple_progression(info);
            }
            jpeg::jpeg_start_compress(info, 1);
        }
    }

    fn to_vec(&self) -> Vec<u8> {
        let (bytes, len) = *self.bytes;
        if bytes.is_null() {
            return Vec::new();
        }
        // SAFETY: the library wrote `len` bytes there.
        unsafe { std::slice::from_raw_parts(bytes, len as usize) }.to_vec()
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: destroying does nothing to what was not created; the bytes are null, or were
        // allocated by the library and go once.
        unsafe {
            jpeg::jpeg_destroy_compress(&mut self.info);
            turbo::tjFree(self.bytes.0);
        }
    }
}

/// The rows of one channel that make a row of MCUs, as wide as whole blocks are.
struct Strip {
    width: usize,
    samples: Vec<u8>,
    /// Where each row begins in `samples`.
    rows: Vec<*const u8>,
}

impl Strip {
    fn of(component: &jpeg::jpeg_component_info) -> Strip {
        let width = component.width_in_blocks as usize * BLOCK;
        let rows_len = component.v_samp_factor as usize * BLOCK;
        let samples = vec![0; width * rows_len];
        Strip { width, samples, rows: vec![ptr::null(); rows_len] }
    }

    /// Copies the rows from this one on; what lies beyond the channel's edges repeats its last
    /// samples.
    fn fill(&mut self, plane: &Plane, from: usize) {
        let taken = plane.width.min(self.width);
        for (row, to) in self.samples.chunks_exact_mut(self.width).enumerate() {
            let at = (from + row).min(plane.height - 1) * plane.width;
            let own = &plane.samples[at..at + taken];
            to[..taken].copy_from_slice(own);
            to[taken..].fill(own[taken - 1]);
        }
        // Anew each time: what was written since would make older pointers untrue.
        let rows = self.samples.chunks_exact(self.width).map(<[u8]>::as_ptr);
        self.rows = rows.collect();
    }
}

/// libjpeg must not go on where it has called this: the caller gets the number of its message.
unsafe extern "C-unwind" fn give_up(info: &mut jpeg::jpeg_common_struct) {
    // SAFETY: the library calls this with the structure that was made, whose `err` was set.
    let code = unsafe { (*info.err).msg_code };
    resume_unwind(Box::new(Fault(format!("libjpeg gives up with its message {code}"))));
}

unsafe extern "C-unwind" fn say_nothing(_: &mut jpeg::jpeg_common_struct, _: c_int) {}
