//! The TurboJPEG 2.1 interface, as `turbojpeg.h` declares it.

use std::ffi::{c_char, c_int, c_uchar, c_ulong, c_void};

// The crate that brings the library has no declarations for these.
use mozjpeg_sys as _;

pub type Handle = *mut c_void;

pub const SAMP_UNKNOWN: c_int = -1;
pub const SAMP_422: c_int = 1;
pub const SAMP_420: c_int = 2;
pub const SAMP_GRAY: c_int = 3;
pub const SAMP_440: c_int = 4;
pub const SAMP_411: c_int = 5;

pub const CS_YCC: c_int = 1;
pub const CS_GRAY: c_int = 2;
pub const CS_CMYK: c_int = 3;
pub const CS_YCCK: c_int = 4;

pub const PF_RGB: c_int = 0;
pub const PF_CMYK: c_int = 11;

/// Gives up after 500 scans, each of which costs as much as the whole picture.
pub const FLAG_LIMITSCANS: c_int = 32_768;

pub const ERR_WARNING: c_int = 0;

unsafe extern "C" {
    pub fn tjInitDecompress() -> Handle;
    pub fn tjDecompressHeader3(
        handle: Handle,
        bytes: *const c_uchar,
        len: c_ulong,
        width: *mut c_int,
        height: *mut c_int,
        subsampling: *mut c_int,
        colours: *mut c_int,
    ) -> c_int;
    pub fn tjDecompressToYUVPlanes(
        handle: Handle,
        bytes: *const c_uchar,
        len: c_ulong,
        planes: *mut *mut c_uchar,
        width: c_int,
        strides: *mut c_int,
        height: c_int,
        flags: c_int,
    ) -> c_int;
    pub fn tjDecompress2(
        handle: Handle,
        bytes: *const c_uchar,
        len: c_ulong,
        to: *mut c_uchar,
        width: c_int,
        pitch: c_int,
        height: c_int,
        format: c_int,
        flags: c_int,
    ) -> c_int;
    pub fn tjPlaneWidth(channel: c_int, width: c_int, subsampling: c_int) -> c_int;
    pub fn tjPlaneHeight(channel: c_int, height: c_int, subsampling: c_int) -> c_int;
    pub fn tjGetErrorStr2(handle: Handle) -> *mut c_char;
    pub fn tjGetErrorCode(handle: Handle) -> c_int;
    pub fn tjDestroy(handle: Handle) -> c_int;
    pub fn tjFree(bytes: *mut c_uchar);
}
