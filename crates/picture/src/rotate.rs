//! A picture turned by an angle that is no quarter.

use crate::alpha;
use crate::canvas::with_alpha;
use crate::decode::Channels;
use crate::plan::Colour;
use crate::plane::Plane;

/// Returns the sides of the upright rectangle around a picture that is turned.
pub(crate) fn sides((width, height): (u32, u32), degrees: i32) -> (f64, f64) {
    let (sine, cosine) = f64::from(degrees % 360).to_radians().sin_cos();
    let (width, height) = (f64::from(width), f64::from(height));
    let (sine, cosine) = (sine.abs(), cosine.abs());
    (
        (width * cosine + height * sine).round().max(1.0),
        (width * sine + height * cosine).round().max(1.0),
    )
}

/// Turns a picture clockwise; the corners that come free have a colour.
pub(crate) fn rotated(channels: Channels, degrees: i32, corners: Colour) -> Channels {
    let was_opaque = !matches!(channels, Channels::Rgba(_));
    let planes = alpha::multiplied(&with_alpha(channels));
    let Colour([red, green, blue, there]) = corners;
    let fill = |value: u8| (u32::from(value) * u32::from(there) / 255) as u8;
    let fills = [fill(red), fill(green), fill(blue), there];
    let mut fills = fills.into_iter();
    let made = planes.each_ref().map(|plane| turned(plane, degrees, fills.next().unwrap_or(0)));
    let [r, g, b, alpha] = alpha::divided(&made);
    if was_opaque && corners.is_opaque() {
        return Channels::Rgb([r, g, b]);
    }
    Channels::Rgba([r, g, b, alpha])
}

/// Takes each new sample from between the four nearest old ones.
fn turned(plane: &Plane, degrees: i32, fill: u8) -> Plane {
    let (sine, cosine) = f64::from(degrees % 360).to_radians().sin_cos();
    let (width, height) = sides((plane.width as u32, plane.height as u32), degrees);
    let mut made = Plane::filled(width as usize, height as usize, fill);
    let sample = |x: isize, y: isize| {
        let inside =
            (0..plane.width as isize).contains(&x) && (0..plane.height as isize).contains(&y);
        f64::from(if inside { plane.samples[y as usize * plane.width + x as usize] } else { fill })
    };
    let centre = (plane.width as f64 / 2.0, plane.height as f64 / 2.0);
    for at in 0..made.samples.len() {
        let x = (at % made.width) as f64 + 0.5 - width / 2.0;
        let y = (at / made.width) as f64 + 0.5 - height / 2.0;
        let (x, y) =
            (x * cosine + y * sine + centre.0 - 0.5, y * cosine - x * sine + centre.1 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let (left, top) = (left as isize, top as isize);
        let upper = sample(left, top) * (1.0 - right) + sample(left + 1, top) * right;
        let lower = sample(left, top + 1) * (1.0 - right) + sample(left + 1, top + 1) * right;
        made.samples[at] = (upper * (1.0 - down) + lower * down).round() as u8;
    }
    made
}
