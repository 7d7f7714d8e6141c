//! Where everything goes: the sizes and rectangles that follow from a plan and a picture's size.

use crate::error::Error;
use crate::limits::Limits;
use crate::plan::{Crop, Fit, Length, Place, Plan};
use crate::plane::Window;
use crate::shape::{Shape, Turn};

/// What is asked for, in pixels of the picture as it is shown upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layout {
    /// The part of the upright picture that is taken.
    part: Rectangle,
    upright: Turn,
    whole: (u32, u32),
    /// The part's size in the end, before it is laid on a canvas.
    size: (u32, u32),
    /// The part is larger than what is to be kept of it: so much of it, where it says most.
    pub kept: Option<(u32, u32)>,
    pub canvas: Option<Canvas>,
    /// How it is turned in the end.
    pub after: Turn,
}

/// A larger rectangle, and where the picture lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Canvas {
    pub width: u32,
    pub height: u32,
    pub left: u32,
    pub top: u32,
}

/// A part of the upright picture, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rectangle {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Layout {
    /// Lays out a picture that is `stored` in its file with these sides and `upright` by this
    /// turn; `trimmed` is the part of it that has no border.
    pub fn new(
        plan: &Plan,
        stored: (u32, u32),
        upright: Turn,
        trimmed: Option<Rectangle>,
        limits: &Limits,
    ) -> Result<Layout, Error> {
        let whole = upright.sides(stored);
        let (width, height) = (f64::from(whole.0), f64::from(whole.1));
        let mut part = trimmed.unwrap_or(Rectangle { left: 0.0, top: 0.0, width, height });
        if let (Some(crop), true) = (&plan.crop, plan.precrop) {
            part = part.part(cropped(crop, (part.width, part.height)));
        }
        let wanted = wanted(plan, stored);
        let (across, down) = shrinks(plan, wanted, (part.width, part.height));
        let scaled = (whole_side(part.width / across), whole_side(part.height / down));
        let (taken, kept) = taken(plan, wanted, scaled);
        let canvas = canvas(plan, wanted, (taken.width, taken.height));
        checked((taken.width, taken.height), limits)?;
        if let Some(canvas) = canvas {
            checked((canvas.width.into(), canvas.height.into()), limits)?;
        }
        Ok(Layout {
            part: part.part(taken.scaled(part.width / scaled.0, part.height / scaled.1)),
            upright,
            whole,
            size: (taken.width as u32, taken.height as u32),
            kept,
            canvas,
            after: after(plan),
        })
    }

    /// Returns the shape of the part; turned in the end, unless there is more to be done before.
    pub fn shape(&self, turned: bool) -> Shape {
        let part = self.part.window(self.whole);
        let after = if turned { self.after } else { Turn::default() };
        Shape::new(part, self.upright, after, after.sides(self.size))
    }
}

impl Rectangle {
    /// Returns what this part is of a picture of this size.
    pub fn window(self, (width, height): (u32, u32)) -> Window {
        let (width, height) = (f64::from(width), f64::from(height));
        Window {
            left: self.left / width,
            top: self.top / height,
            width: self.width / width,
            height: self.height / height,
        }
    }

    /// Returns a part of this part.
    pub fn part(self, inner: Rectangle) -> Rectangle {
        Rectangle { left: self.left + inner.left, top: self.top + inner.top, ..inner }
    }

    fn scaled(self, across: f64, down: f64) -> Rectangle {
        Rectangle {
            left: self.left * across,
            top: self.top * down,
            width: self.width * across,
            height: self.height * down,
        }
    }
}

/// Returns the sides that are asked for; shares are those of the file's sides.
fn wanted(plan: &Plan, stored: (u32, u32)) -> (Option<f64>, Option<f64>) {
    let side = |length: Option<Length>, stored: u32| {
        let side = match length? {
            Length::Pixels(pixels) => f64::from(pixels),
            Length::Share(share) => (f64::from(stored) * share).round(),
        };
        Some((side * plan.ratio).round()).filter(|side| *side >= 1.0)
    };
    (side(plan.width, stored.0), side(plan.height, stored.1))
}

/// Returns by how much both sides become shorter.
fn shrinks(plan: &Plan, wanted: (Option<f64>, Option<f64>), size: (f64, f64)) -> (f64, f64) {
    let across = wanted.0.map(|width| size.0 / width);
    let down = wanted.1.map(|height| size.1 / height);
    let (across, down) = match (plan.fit, across, down) {
        (_, None, None) => (1.0, 1.0),
        (Fit::Fill, across, down) => (across.unwrap_or(1.0), down.unwrap_or(1.0)),
        (Fit::Cover | Fit::Outside, Some(across), Some(down)) => {
            (across.min(down), across.min(down))
        }
        (_, Some(across), Some(down)) => (across.max(down), across.max(down)),
        (_, Some(one), None) | (_, None, Some(one)) => (one, one),
    };
    if plan.enlarge { (across, down) } else { (across.max(1.0), down.max(1.0)) }
}

/// Returns what is taken of the scaled picture: all of it, or what is left when the plan's fit and
/// crop have cut it; and how much is to be kept of it, if only the picture can say which part.
fn taken(
    plan: &Plan,
    wanted: (Option<f64>, Option<f64>),
    scaled: (f64, f64),
) -> (Rectangle, Option<(u32, u32)>) {
    let mut taken = Rectangle { left: 0.0, top: 0.0, width: scaled.0, height: scaled.1 };
    if plan.fit == Fit::Cover {
        let least = |wanted: Option<f64>, side: f64| wanted.map_or(side, |w| w.min(side));
        let size = (least(wanted.0, scaled.0), least(wanted.1, scaled.1));
        match plan.place {
            Place::At(x, y) => taken = placed(size, scaled, (x, y)),
            // A crop is of what is kept, and has to wait.
            _ if size != scaled => return (taken, Some((size.0 as u32, size.1 as u32))),
            _ => {}
        }
    }
    if let (Some(crop), false) = (&plan.crop, plan.precrop) {
        taken = taken.part(cropped(crop, (taken.width, taken.height)));
    }
    (taken, None)
}

/// Rounds to a whole number of pixels, at least one; a half to the even one, as libvips does.
fn whole_side(side: f64) -> f64 {
    side.round_ties_even().max(1.0)
}

/// Lays a smaller rectangle into a larger one.
fn placed(size: (f64, f64), room: (f64, f64), (x, y): (f64, f64)) -> Rectangle {
    Rectangle {
        left: ((room.0 - size.0) * x).round(),
        top: ((room.1 - size.1) * y).round(),
        width: size.0,
        height: size.1,
    }
}

/// Returns what is cut out of a picture of this size: what lies beyond it is not taken.
pub(crate) fn cropped(crop: &Crop, (width, height): (f64, f64)) -> Rectangle {
    let pixels = |length: Option<Length>, side: f64| {
        length.map(|length| match length {
            Length::Pixels(pixels) => f64::from(pixels),
            Length::Share(share) => (side * share).round(),
        })
    };
    let start = |length, side| pixels(length, side).filter(|at| *at < side.floor()).unwrap_or(0.0);
    let (left, top) = (start(crop.left, width), start(crop.top, height));
    let extent = |length, side: f64, start| {
        let room = side - start;
        pixels(length, side).filter(|extent| *extent >= 1.0 && *extent < room).unwrap_or(room)
    };
    Rectangle {
        left,
        top,
        width: extent(crop.width, width, left),
        height: extent(crop.height, height, top),
    }
}

fn canvas(plan: &Plan, wanted: (Option<f64>, Option<f64>), size: (f64, f64)) -> Option<Canvas> {
    if plan.fit != Fit::Contain {
        return None;
    }
    let room = (wanted.0.unwrap_or(size.0).max(size.0), wanted.1.unwrap_or(size.1).max(size.1));
    if room == size {
        return None;
    }
    let place = match plan.place {
        Place::At(x, y) => (x, y),
        _ => (0.5, 0.5),
    };
    Some(Canvas {
        width: room.0 as u32,
        height: room.1 as u32,
        // Of an odd pixel, the left and the upper side go without.
        left: ((room.0 - size.0) * place.0) as u32,
        top: ((room.1 - size.1) * place.1) as u32,
    })
}

/// Returns the quarters and mirrors of the end.
fn after(plan: &Plan) -> Turn {
    let quarters = if plan.rotation % 90 == 0 { i64::from(plan.rotation / 90) } else { 0 };
    let mirrored = Turn { flop: plan.flop, flip: plan.flip, transposed: false };
    Turn::of_quarters(quarters).then(mirrored)
}

/// Refuses a size that is over a limit.
pub(crate) fn checked((width, height): (f64, f64), limits: &Limits) -> Result<(), Error> {
    let (pixels_max, side_max) = (limits.output_pixels_max, limits.side_max);
    if width * height > pixels_max as f64 || width.max(height) > f64::from(side_max) {
        let (width, height) = (width as u64, height as u64);
        return Err(Error::OutputPixels { width, height, pixels_max, side_max });
    }
    Ok(())
}
