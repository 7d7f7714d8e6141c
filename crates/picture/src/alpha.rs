//! Pictures through which something is seen: the fourth channel, 0 for nothing there.

use crate::plane::Plane;

/// Weighs every colour by how much of it is there.
pub(crate) fn multiplied(planes: &[Plane; 4]) -> [Plane; 4] {
    weighed(planes, |colour, alpha| (u32::from(colour) * u32::from(alpha) + 127) / 255)
}

/// Takes the weight from every colour again.
pub(crate) fn divided(planes: &[Plane; 4]) -> [Plane; 4] {
    weighed(planes, |colour, alpha| match u32::from(alpha) {
        0 => 0,
        alpha => (u32::from(colour) * 255 + alpha / 2) / alpha,
    })
}

fn weighed(planes: &[Plane; 4], weigh: impl Fn(u8, u8) -> u32) -> [Plane; 4] {
    let [r, g, b, alpha] = planes;
    let channel =
        |plane: &Plane| with_alpha(plane, alpha, |colour, alpha| weigh(colour, alpha).min(255));
    [channel(r), channel(g), channel(b), alpha.clone()]
}

/// Lays the picture on paper of one colour.
pub(crate) fn on_paper([r, g, b, alpha]: &[Plane; 4], paper: [u8; 3]) -> [Plane; 3] {
    let channel = |plane: &Plane, paper: u8| {
        with_alpha(plane, alpha, |colour, alpha| {
            let alpha = u32::from(alpha);
            (u32::from(colour) * alpha + u32::from(paper) * (255 - alpha) + 127) / 255
        })
    };
    [channel(r, paper[0]), channel(g, paper[1]), channel(b, paper[2])]
}

fn with_alpha(plane: &Plane, alpha: &Plane, mixed: impl Fn(u8, u8) -> u32) -> Plane {
    let mut plane = plane.clone();
    for (colour, alpha) in plane.samples.iter_mut().zip(&*alpha.samples) {
        *colour = mixed(*colour, *alpha) as u8;
    }
    plane
}
