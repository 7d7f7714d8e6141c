//! Which part of a picture to keep when nobody says: where most happens, or where people look.

mod attention;

use crate::canvas::with_alpha;
use crate::colour;
use crate::decode::Channels;
use crate::plan::Place;
use crate::plane::Plane;

/// A picture is cut back from the duller side, so many steps along its longer way.
const STEPS: u32 = 20;

/// Returns left and top of the part of this size that is worth most.
pub(crate) fn place(channels: Channels, (width, height): (u32, u32), place: Place) -> (u32, u32) {
    if place == Place::Attention {
        return attention::place(&with_alpha(channels), (width, height));
    }
    let interest = interest(channels);
    let (mut left, mut top) = (0, 0);
    let (mut right, mut bottom) = (interest.width as u32, interest.height as u32);
    let step = |room: u32| room.div_ceil(STEPS).max(1);
    let (across, down) = (step(right.saturating_sub(width)), step(bottom.saturating_sub(height)));
    while right - left > width {
        let step = across.min(right - left - width);
        let lost = worth(&interest, (left, left + step), (top, bottom));
        if lost < worth(&interest, (right - step, right), (top, bottom)) {
            left += step;
        } else {
            right -= step;
        }
    }
    while bottom - top > height {
        let step = down.min(bottom - top - height);
        let lost = worth(&interest, (left, right), (top, top + step));
        if lost < worth(&interest, (left, right), (bottom - step, bottom)) {
            top += step;
        } else {
            bottom -= step;
        }
    }
    (left, top)
}

/// Returns how much each pixel says: the change of brightness beside it.
fn interest(channels: Channels) -> Plane {
    let [r, g, b, alpha] = with_alpha(channels);
    let [y, _, _] = colour::ycc_of(&[r, g, b]);
    let mut interest = Plane::filled(y.width, y.height, 0);
    for at in 0..interest.samples.len() {
        let before = if at % y.width == 0 { at } else { at - 1 };
        let above = at.saturating_sub(y.width);
        let change = |other: usize| u32::from(y.samples[at].abs_diff(y.samples[other]));
        let worth = change(before) + change(above);
        interest.samples[at] = (worth.min(255) * u32::from(alpha.samples[at]) / 255) as u8;
    }
    interest
}

/// Returns the sum over a rectangle.
fn worth(interest: &Plane, (left, right): (u32, u32), (top, bottom): (u32, u32)) -> u64 {
    let rows = top as usize..bottom as usize;
    rows.map(|y| {
        let row = &interest.row(y)[left as usize..right as usize];
        row.iter().map(|sample| u64::from(*sample)).sum::<u64>()
    })
    .sum()
}
