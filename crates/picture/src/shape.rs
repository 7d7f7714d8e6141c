//! What becomes of a picture's outline: which part of it is taken, how it is turned, how large
//! it is in the end. All three are done by one pass of the scaler, and a transposition.

use crate::alpha;
use crate::decode::Channels;
use crate::native::jpeg::plane_size_420;
use crate::plane::{Plane, Samples, Window};
use crate::scale::{Range, Scaler, Target};

/// How a picture is turned: its columns are mirrored, its rows are, then both change places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Left and right change places.
    pub flop: bool,
    /// Top and bottom change places.
    pub flip: bool,
    /// Rows become columns.
    pub transposed: bool,
}

impl Turn {
    /// Returns the turn that Exif counts from 1 to 8.
    pub fn of_exif(orientation: u8) -> Turn {
        let (flop, flip, transposed) = match orientation {
            2 => (true, false, false),
            3 => (true, true, false),
            4 => (false, true, false),
            5 => (false, false, true),
            6 => (false, true, true),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Turn { flop, flip, transposed }
    }

    /// Returns the turn by so many quarters, clockwise.
    pub fn of_quarters(quarters: i64) -> Turn {
        Turn::of_exif([1, 6, 3, 8][quarters.rem_euclid(4) as usize])
    }

    /// Returns this turn with another after it.
    pub fn then(self, next: Turn) -> Turn {
        let (flop, flip) =
            if self.transposed { (next.flip, next.flop) } else { (next.flop, next.flip) };
        Turn {
            flop: self.flop ^ flop,
            flip: self.flip ^ flip,
            transposed: self.transposed ^ next.transposed,
        }
    }

    /// Returns the sides of a picture once it is turned.
    pub fn sides<T>(self, (width, height): (T, T)) -> (T, T) {
        if self.transposed { (height, width) } else { (width, height) }
    }

    /// Returns where a part of the turned picture lies in the picture as it was.
    pub fn unturned(self, part: Window) -> Window {
        let (left, top) = self.sides((part.left, part.top));
        let (width, height) = self.sides((part.width, part.height));
        Window {
            left: if self.flop { 1.0 - left - width } else { left },
            top: if self.flip { 1.0 - top - height } else { top },
            width,
            height,
        }
    }
}

/// What is taken of a decoded picture, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    /// Where it lies in the file's picture; widths below 0 are read backwards.
    window: Window,
    transposed: bool,
    pub width: u32,
    pub height: u32,
}

impl Shape {
    /// Returns the shape of a picture that stays as it is.
    pub fn same(width: u32, height: u32) -> Shape {
        Shape { window: Window::WHOLE, transposed: false, width, height }
    }

    /// Takes a part of the picture as `upright` shows it, and turns it on by `after`; the sizes
    /// are those in the end.
    pub fn new(part: Window, upright: Turn, after: Turn, (width, height): (u32, u32)) -> Shape {
        let turn = upright.then(after);
        let mut window = upright.unturned(part);
        if turn.flop {
            window.left += window.width;
            window.width = -window.width;
        }
        if turn.flip {
            window.top += window.height;
            window.height = -window.height;
        }
        Shape { window, transposed: turn.transposed, width, height }
    }

    /// Tells whether samples are mixed, and not only moved to another place.
    fn scales(&self, plane: &Plane) -> bool {
        let (width, height) = self.lying((f64::from(self.width), f64::from(self.height)));
        let mixes = |from: f64, share: f64, to: f64| (from * share.abs() - to).abs() > 1e-6;
        mixes(plane.extent.0, self.window.width, width)
            || mixes(plane.extent.1, self.window.height, height)
    }

    /// Returns the sides before rows become columns.
    fn lying<T>(&self, sides: (T, T)) -> (T, T) {
        Turn { transposed: self.transposed, ..Turn::default() }.sides(sides)
    }

    /// Returns how many samples of the whole file's picture it takes for no sample to be made up.
    pub fn wanted(&self) -> (f64, f64) {
        let (width, height) = self.lying((self.width, self.height));
        (f64::from(width) / self.window.width.abs(), f64::from(height) / self.window.height.abs())
    }
}

/// Shapes every channel to the full size.
pub(crate) fn shaped(channels: &Channels, shape: &Shape) -> Channels {
    let mut shaper = Shaper { shape, scaler: None };
    let mut full = |plane: &Plane| shaper.full(plane);
    match channels {
        Channels::Grey(plane) => Channels::Grey(full(plane)),
        Channels::Ycc(planes) => Channels::Ycc(planes.each_ref().map(full)),
        Channels::Rgb(planes) => Channels::Rgb(planes.each_ref().map(full)),
        // What is not seen must not shine through at the edges of what is.
        Channels::Rgba(planes) if shape.scales(&planes[3]) => {
            Channels::Rgba(alpha::divided(&alpha::multiplied(planes).each_ref().map(full)))
        }
        Channels::Rgba(planes) => Channels::Rgba(planes.each_ref().map(full)),
    }
}

/// Shapes brightness to the full size and colour to half of it each way (4:2:0).
pub(crate) fn shaped_420(planes: &[Plane], shape: &Shape, ranges: [Range; 2]) -> Vec<Plane> {
    let mut shaper = Shaper { shape, scaler: None };
    let channels = planes.iter().enumerate();
    channels
        .map(|(channel, plane)| {
            let sides = plane_size_420(channel, shape.width, shape.height);
            let (width, height) = shape.lying(sides);
            let half = if channel == 0 { 1.0 } else { 2.0 };
            let extent = (f64::from(shape.width) / half, f64::from(shape.height) / half);
            let target = Target { width, height, extent: shape.lying(extent) };
            shaper.shaped(plane, target, ranges[usize::from(channel > 0)])
        })
        .collect()
}

/// Shapes channels one after the other; those of one kind share their weights.
struct Shaper<'a> {
    shape: &'a Shape,
    scaler: Option<Scaler>,
}

impl Shaper<'_> {
    fn full(&mut self, plane: &Plane) -> Plane {
        let sides = (self.shape.width as usize, self.shape.height as usize);
        let (width, height) = self.shape.lying(sides);
        self.shaped(plane, Target::exact(width, height), Range::FULL)
    }

    fn shaped(&mut self, plane: &Plane, target: Target, range: Range) -> Plane {
        let fitting = self.scaler.take().filter(|scaler| scaler.fits(plane, target, range));
        let scaler =
            fitting.unwrap_or_else(|| Scaler::new(plane, self.shape.window, target, range));
        let scaled = scaler.run(plane);
        self.scaler = Some(scaler);
        if self.shape.transposed { transposed(&scaled) } else { scaled }
    }
}

/// Makes columns of rows, a small square at a time so that both stay near.
fn transposed(from: &Plane) -> Plane {
    const SQUARE: usize = 32;
    let mut samples = Samples::filled(from.samples.len(), 0);
    for top in (0..from.height).step_by(SQUARE) {
        for left in (0..from.width).step_by(SQUARE) {
            for y in top..(top + SQUARE).min(from.height) {
                for x in left..(left + SQUARE).min(from.width) {
                    samples[x * from.height + y] = from.samples[y * from.width + x];
                }
            }
        }
    }
    Plane {
        width: from.height,
        height: from.width,
        extent: (from.extent.1, from.extent.0),
        samples,
    }
}

#[cfg(test)]
mod tests;
