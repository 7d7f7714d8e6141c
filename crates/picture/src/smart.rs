//! Which part of a picture to keep when nobody says: where most happens, or where people look.

use crate::canvas::with_alpha;
use crate::colour;
use crate::decode::Channels;
use crate::plan::Place;
use crate::plane::Plane;

/// A picture is cut back from the duller side, so many steps along its longer way.
const STEPS: u32 = 20;

/// Returns left and top of the part of this size that is worth most.
pub(crate) fn place(channels: Channels, (width, height): (u32, u32), place: Place) -> (u32, u32) {
    let interest = interest(channels, place);
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

/// Returns how much each pixel says: the change of brightness beside it; for what people look at
/// also strong colours, and those of skin.
fn interest(channels: Channels, place: Place) -> Plane {
    let [r, g, b, alpha] = with_alpha(channels);
    let [y, cb, cr] = colour::ycc_of(&[r, g, b]);
    let mut interest = Plane::filled(y.width, y.height, 0);
    for at in 0..interest.samples.len() {
        let before = if at % y.width == 0 { at } else { at - 1 };
        let above = at.saturating_sub(y.width);
        let change = |other: usize| u32::from(y.samples[at].abs_diff(y.samples[other]));
        let mut worth = change(before) + change(above);
        if place == Place::Attention {
            let (blue, red) = (cb.samples[at], cr.samples[at]);
            worth += u32::from(blue.abs_diff(128).max(red.abs_diff(128))) / 2;
            // Skin of every shade lies close together in colour, apart in brightness.
            if (77..=127).contains(&blue) && (138..=173).contains(&red) && y.samples[at] > 40 {
                worth += 60;
            }
        }
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
