//! A picture laid on something larger, or on something behind it.

use crate::alpha;
use crate::decode::Channels;
use crate::layout::Canvas;
use crate::plan::Colour;
use crate::plane::Plane;

/// Lays a picture of colours on a canvas of one colour.
pub(crate) fn laid(channels: Channels, canvas: Canvas, colour: Colour) -> Channels {
    let laid = |plane: &Plane, value: u8| {
        let mut into = Plane::filled(canvas.width as usize, canvas.height as usize, value);
        for y in 0..plane.height {
            let start = (canvas.top as usize + y) * into.width + canvas.left as usize;
            into.samples[start..start + plane.width].copy_from_slice(plane.row(y));
        }
        into
    };
    let Colour([red, green, blue, there]) = colour;
    match channels.colours() {
        Channels::Rgb([r, g, b]) if colour.is_opaque() => {
            Channels::Rgb([laid(&r, red), laid(&g, green), laid(&b, blue)])
        }
        colours => {
            let [r, g, b, alpha] = with_alpha(colours);
            Channels::Rgba([laid(&r, red), laid(&g, green), laid(&b, blue), laid(&alpha, there)])
        }
    }
}

/// Fills what is seen through with a colour, which may be seen through itself.
pub(crate) fn backed(channels: Channels, colour: Colour) -> Channels {
    let Colour([red, green, blue, there]) = colour;
    match channels {
        Channels::Rgba(planes) if colour.is_opaque() => {
            Channels::Rgb(alpha::on_paper(&planes, [red, green, blue]))
        }
        Channels::Rgba(planes) => Channels::Rgba(over(&planes, [red, green, blue, there])),
        opaque => opaque,
    }
}

/// Returns four channels of any colours.
pub(crate) fn with_alpha(channels: Channels) -> [Plane; 4] {
    match channels.colours() {
        Channels::Rgba(planes) => planes,
        Channels::Rgb([r, g, b]) | Channels::Ycc([r, g, b]) => {
            let alpha = Plane::filled(r.width, r.height, 255);
            [r, g, b, alpha]
        }
        Channels::Grey(y) => {
            let alpha = Plane::filled(y.width, y.height, 255);
            [y.clone(), y.clone(), y, alpha]
        }
    }
}

/// Lays the picture over a colour (Porter and Duff's `over`).
fn over(planes: &[Plane; 4], behind: [u8; 4]) -> [Plane; 4] {
    let mut made = planes.clone();
    let [r, g, b, alpha] = &mut made;
    let there = u32::from(behind[3]);
    for at in 0..alpha.samples.len() {
        let front = u32::from(alpha.samples[at]);
        // What is seen of the colour behind, of 255 × 255.
        let back = there * (255 - front);
        let both = front * 255 + back;
        for (plane, behind) in [&mut *r, &mut *g, &mut *b].into_iter().zip(behind) {
            let sum = u32::from(plane.samples[at]) * front * 255 + u32::from(behind) * back;
            plane.samples[at] = (sum + both / 2).checked_div(both).unwrap_or(0) as u8;
        }
        alpha.samples[at] = ((both + 127) / 255) as u8;
    }
    made
}
