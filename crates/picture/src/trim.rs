//! The border of one colour around a picture.

use crate::canvas::with_alpha;
use crate::decode::Channels;
use crate::layout::Rectangle;

/// Returns what is left without the border, whose colour is that of the first pixel; nothing if
/// nothing would be left.
pub(crate) fn untrimmed(channels: Channels, threshold: u8) -> Option<Rectangle> {
    let planes = with_alpha(channels);
    let (width, height) = (planes[0].width, planes[0].height);
    let differs = |at: usize| {
        planes.iter().any(|plane| plane.samples[at].abs_diff(plane.samples[0]) > threshold)
    };
    let row = |y: &usize| (0..width).any(|x| differs(y * width + x));
    let column = |x: &usize| (0..height).any(|y| differs(y * width + x));
    let (top, bottom) = ((0..height).find(row)?, (0..height).rev().find(row)?);
    let (left, right) = ((0..width).find(column)?, (0..width).rev().find(column)?);
    Some(Rectangle {
        left: left as f64,
        top: top as f64,
        width: (right + 1 - left) as f64,
        height: (bottom + 1 - top) as f64,
    })
}
