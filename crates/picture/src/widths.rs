//! One picture in several widths.

use crate::decode;
use crate::encode;
use crate::error::Error;
use crate::form::{Form, Made};
use crate::layout;
use crate::limits::Limits;
use crate::plane::Window;
use crate::ready::Ready;
use crate::shape::{Shape, Turn};

/// What lies behind a picture that is seen through, where the form has no room for that.
const PAPER: [u8; 3] = [255; 3];

/// Decodes a picture once and writes it in several widths, in the order asked for.
///
/// Heights follow the picture's proportions. None is made larger than it is: a width beyond the
/// picture's own gives the picture's own. Of an animation the first frame is taken. Profiles are
/// brought to sRGB, what Exif says of the orientation is carried out, all other metadata is gone.
pub fn widths(
    bytes: &[u8],
    widths: &[u32],
    form: Form,
    limits: &Limits,
) -> Result<Vec<Made>, Error> {
    let head = decode::head(bytes, limits)?;
    let shapes = widths.iter().map(|width| shape(&head, *width, limits));
    let shapes: Vec<Shape> = shapes.collect::<Result<_, _>>()?;
    let largest = shapes
        .iter()
        .map(Shape::wanted)
        .fold((0.0_f64, 0.0_f64), |max, wanted| (max.0.max(wanted.0), max.1.max(wanted.1)));
    let decoded = decode::first(bytes, &head, largest, limits)?;
    let ready = Ready::new(decoded);
    shapes.iter().map(|shape| encode::picture(&ready.shaped(shape), form, PAPER)).collect()
}

fn shape(head: &decode::Head, width: u32, limits: &Limits) -> Result<Shape, Error> {
    let turn = Turn::of_exif(head.orientation);
    let (whole_width, whole_height) = turn.sides((head.width, head.height));
    let width = width.clamp(1, whole_width);
    let height = f64::from(whole_height) * f64::from(width) / f64::from(whole_width);
    let height = (height.round() as u32).max(1);
    layout::checked((width.into(), height.into()), limits)?;
    Ok(Shape::new(Window::WHOLE, turn, Turn::default(), (width, height)))
}

#[cfg(test)]
mod tests;
