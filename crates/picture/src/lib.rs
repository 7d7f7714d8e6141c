//! Pictures: what they are, told from their bytes alone, and smaller ones made of them.
//!
//! A `Content-Type` header and the end of a file name lie; the first bytes don't. [`probe`] reads
//! heads and walks block lengths: nothing is decoded and nothing is allocated by a number that a
//! stranger wrote, so a bomb costs what a picture costs. What makes pictures looks at the same
//! heads and at its [`Limits`] before it decodes.
//!
//! Bytes and options come in, bytes go out, the same ones each time. Start at [`probe`]; then
//! [`widths`] for one picture in several sizes, or [`Plan::read`] and [`make`] for what a query
//! asks; [`Order`] is either, for a process of its own to fill.
//!
//! A picture is decoded (`decode`) as small as may be, laid out by its plan (`layout`), shaped in
//! one pass (`shape`, `scale`), painted if it must be (`canvas`, `filter`, `rotate`), and written
//! (`encode`).

mod alpha;
mod canvas;
mod colour;
mod decode;
mod encode;
mod error;
mod filter;
mod form;
mod layout;
mod limits;
mod make;
mod native;
mod order;
mod plan;
mod plane;
mod probe;
mod ready;
mod rotate;
mod scale;
mod shape;
mod smart;
mod trim;
mod widths;

pub use error::Error;
pub use form::{Form, Made};
pub use limits::Limits;
pub use make::make;
pub use order::Order;
pub use plan::{Colour, Crop, Filter, Fit, Length, Output, Page, Place, Plan, Sharpen};
pub use probe::{
    FRAME_PIXELS_MAX, FRAMES_MAX, PIXELS_MAX, Probe, Refused, SCANS_MAX, SIDE_MAX, probe,
};
pub use widths::widths;
