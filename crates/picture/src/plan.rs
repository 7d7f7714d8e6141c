//! What a query asks for: the options of images.weserv.nl (its version 5), read into a plan.
//!
//! As there, a query is never wrong: what can't be read is taken for not said, of two options of
//! one name the first counts, and unknown ones are passed over. What the proxy itself is asked
//! (where the picture lies, for how long the answer keeps) is in the plan too, but of no use to
//! [`crate::make`].

mod colour;
mod names;
mod query;

pub use colour::Colour;
use query::Query;

/// The longest side that can be asked for; a larger number is taken for not said.
const SIDE_MAX: i64 = 10_000_000;

/// The latest page that can be asked for.
const PAGE_MAX: i64 = 100_000;

const DAY_S: u64 = 24 * 60 * 60;

/// What is to be made of a picture, in the order in which it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The first frame that is taken.
    pub page: Page,
    /// How many frames are taken; all from `page` on if absent.
    pub frames: Option<u32>,
    /// Cuts off a border of one colour: how far from it (1 to 254) a pixel still belongs to it.
    pub trim: Option<u8>,
    /// Crops before the picture is scaled, not after.
    pub precrop: bool,
    pub width: Option<Length>,
    pub height: Option<Length>,
    /// Pixels of the device to one that `width` and `height` count.
    pub ratio: f64,
    pub fit: Fit,
    /// A picture that is smaller than asked for is made larger.
    pub enlarge: bool,
    /// Which part is kept when one is cut off, or where the picture lies on a larger canvas.
    pub place: Place,
    pub crop: Option<Crop>,
    /// What is around a picture that a canvas contains.
    pub canvas: Colour,
    /// Degrees clockwise, those that are no quarters too.
    pub rotation: i32,
    /// What is in the corners of a picture that is turned by other than quarters.
    pub corners: Colour,
    /// Top and bottom change places.
    pub flip: bool,
    /// Left and right change places.
    pub flop: bool,
    pub sharpen: Option<Sharpen>,
    pub filter: Option<Filter>,
    /// Gaussian, the deviation in pixels; a box of three by three if it is 0.
    pub blur: Option<f64>,
    /// What lies behind a picture that is seen through.
    pub background: Option<Colour>,
    /// The picture's own form if absent.
    pub output: Option<Output>,
    /// 1 to 100.
    pub quality: u8,
    /// 0 to 9, of a PNG.
    pub level: u8,
    /// Several predictions are tried for each row of a PNG.
    pub adaptive: bool,
    /// A WebP keeps every pixel.
    pub lossless: bool,
    /// A JPEG comes in ever finer scans.
    pub progressive: bool,
    /// How often an animation is shown, 0 for without end; as in the file if absent.
    pub loops: Option<u16>,
    /// Milliseconds for which the frames are shown; as in the file if empty.
    pub delays_ms: Vec<u32>,
    /// Where the picture lies, as it was written.
    pub url: Option<String>,
    /// How long the answer keeps, in seconds.
    pub max_age_s: u64,
    /// Where a reader is sent who can't be given the picture; `1` is the picture's own address.
    pub default: Option<String>,
    /// The name under which the answer is saved, without its end.
    pub filename: Option<String>,
    /// The answer is text: a `data:` address.
    pub base64: bool,
}

/// Pixels, or a share of the side that there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    Pixels(u32),
    /// 0 to 1.
    Share(f64),
}

/// The first frame that is taken of an animation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Counted from 0.
    At(u32),
    Largest,
    Smallest,
}

/// How a picture is fitted to a width and a height of other proportions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// As large as it may be within both.
    Inside,
    /// As small as it may be to reach both.
    Outside,
    /// So that it reaches both; what is beyond is cut off.
    Cover,
    /// Its proportions are changed.
    Fill,
    /// Within both, on a canvas of both.
    Contain,
}

/// Where a smaller rectangle lies in a larger one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Shares of the room that is left: 0 is left or top, 1 is right or bottom.
    At(f64, f64),
    /// Where most happens.
    Entropy,
    /// Where people look first.
    Attention,
}

/// A rectangle to be cut out; what lies beyond the picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    pub left: Option<Length>,
    pub top: Option<Length>,
    pub width: Option<Length>,
    pub height: Option<Length>,
}

/// How the difference to a softened picture is laid on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharpen {
    /// The deviation of the softened one, in pixels; a box of three by three if it is 0.
    pub sigma: f64,
    /// How much where little happens.
    pub flat: f64,
    /// How much at edges.
    pub jagged: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Greyscale,
    Sepia,
    Negate,
}

/// The form that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Jpeg,
    Png,
    Webp,
    Gif,
    /// What can be told of the picture, as JSON.
    Json,
    Avif,
    Tiff,
}

impl Plan {
    /// Reads a query as it stands in an address, without its `?`.
    pub fn read(query: &str) -> Plan {
        let query = Query::read(query);
        let fit = query.text("fit").unwrap_or_default();
        let colour = |name| query.text(name).map_or(Colour::NOTHING, Colour::read);
        Plan {
            page: page(&query),
            frames: match query.whole("n", -1..=i64::from(u32::MAX)) {
                Some(-1) => None,
                Some(0) | None => Some(1),
                Some(frames) => Some(frames as u32),
            },
            trim: query.whole("trim", 1..=254).map(|threshold| threshold as u8),
            precrop: query.flag("precrop"),
            width: length(&query, "w"),
            height: length(&query, "h"),
            ratio: query.number("dpr", 0.0..=8.0).unwrap_or(1.0),
            fit: read_fit(fit),
            enlarge: !query.flag("we") && !matches!(fit, "fit" | "squaredown"),
            place: place(&query, fit),
            crop: crop(&query),
            canvas: colour("cbg"),
            rotation: query.whole("ro", -1_000_000..=1_000_000).unwrap_or(0) as i32,
            corners: colour("rbg"),
            flip: query.flag("flip"),
            flop: query.flag("flop"),
            sharpen: sharpen(&query),
            filter: match query.text("filt") {
                Some("greyscale") => Some(Filter::Greyscale),
                Some("sepia") => Some(Filter::Sepia),
                Some("negate") => Some(Filter::Negate),
                _ => None,
            },
            blur: blur(&query),
            background: query.text("bg").map(Colour::read).filter(|bg| *bg != Colour::NOTHING),
            output: output(&query),
            quality: query.whole("q", 1..=100).unwrap_or(80) as u8,
            level: query.whole("l", 0..=9).unwrap_or(6) as u8,
            adaptive: query.flag("af"),
            lossless: query.flag("ll"),
            progressive: query.flag("il"),
            loops: query.whole("loop", 0..=i64::from(u16::MAX)).map(|loops| loops as u16),
            delays_ms: delays_ms(&query),
            url: query.text("url").map(str::to_owned),
            max_age_s: max_age_s(query.text("maxage").unwrap_or_default()),
            default: query.text("default").filter(|url| !url.is_empty()).map(str::to_owned),
            filename: query.text("filename").filter(|name| is_plain(name)).map(str::to_owned),
            base64: query.text("encoding") == Some("base64"),
        }
    }
}

fn page(query: &Query) -> Page {
    match query.whole("page", -2..=PAGE_MAX) {
        Some(-1) => Page::Largest,
        Some(-2) => Page::Smallest,
        at => Page::At(at.unwrap_or(0) as u32),
    }
}

/// Reads pixels or a percentage; 0 is as good as not said.
fn length(query: &Query, name: &str) -> Option<Length> {
    let text = query.text(name)?;
    let Some(percent) = text.strip_suffix('%') else {
        let pixels = query.whole(name, 1..=SIDE_MAX)?;
        return Some(Length::Pixels(pixels as u32));
    };
    let percent: f64 = percent.parse().ok().filter(|percent| (0.0..=100.0).contains(percent))?;
    (percent > 0.0).then_some(Length::Share(percent / 100.0))
}

fn read_fit(fit: &str) -> Fit {
    match fit {
        "outside" => Fit::Outside,
        "cover" | "square" | "squaredown" => Fit::Cover,
        "fill" | "absolute" => Fit::Fill,
        "contain" | "letterbox" => Fit::Contain,
        crop if crop.starts_with("crop") => Fit::Cover,
        _ => Fit::Inside,
    }
}

fn place(query: &Query, fit: &str) -> Place {
    // The old `fit=crop-x-y` says both at once.
    let name = query.text("a").unwrap_or(fit.strip_prefix("crop-").map_or("", |_| fit));
    let (x, y) = match name {
        "top" | "t" => (0.5, 0.0),
        "right" | "r" => (1.0, 0.5),
        "bottom" | "b" => (0.5, 1.0),
        "left" | "l" => (0.0, 0.5),
        "top-left" => (0.0, 0.0),
        "top-right" => (1.0, 0.0),
        "bottom-left" => (0.0, 1.0),
        "bottom-right" => (1.0, 1.0),
        "entropy" => return Place::Entropy,
        "attention" => return Place::Attention,
        "focal" => {
            let share = |name| query.number(name, 0.0..=1.0).unwrap_or(0.5);
            (share("fpx"), share("fpy"))
        }
        other => old_focal(other).unwrap_or((0.5, 0.5)),
    };
    Place::At(x, y)
}

/// Reads the old `focal-x-y` and `crop-x-y`, in per cent.
fn old_focal(text: &str) -> Option<(f64, f64)> {
    let both = text.strip_prefix("focal-").or_else(|| text.strip_prefix("crop-"))?;
    let (x, y) = both.split_once('-')?;
    let share = |percent: &str| {
        let percent: f64 = percent.parse().ok()?;
        (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
    };
    Some((share(x)?, share(y)?))
}

fn crop(query: &Query) -> Option<Crop> {
    let asked = ["cx", "cy", "cw", "ch"].iter().any(|name| query.text(name).is_some());
    asked.then(|| Crop {
        left: length(query, "cx"),
        top: length(query, "cy"),
        width: length(query, "cw"),
        height: length(query, "ch"),
    })
}

fn blur(query: &Query) -> Option<f64> {
    let text = query.text("blur")?;
    if !query.flag("blur") {
        return None;
    }
    let sigma = query.number("blur", 0.3..=1000.0);
    if sigma.is_none() && text.parse::<f64>().is_ok() { None } else { Some(sigma.unwrap_or(0.0)) }
}

/// Reads a deviation, or `flat,jagged,sigma`; anything else, as nothing at all, asks for a little.
fn sharpen(query: &Query) -> Option<Sharpen> {
    const LITTLE: Sharpen = Sharpen { sigma: 0.0, flat: 1.0 / 3.0, jagged: 1.0 / 3.0 };
    if !query.flag("sharp") {
        return None;
    }
    let numbers = query.text("sharp")?.split(',').map(|number| number.parse().ok());
    let numbers: Option<Vec<f64>> = numbers.collect();
    let (flat, jagged, sigma) = match numbers.as_deref() {
        Some([sigma]) => {
            let weight = |name, usual| query.number(name, 0.0..=1e6).unwrap_or(usual);
            (weight("sharpf", 1.0), weight("sharpj", 2.0), *sigma)
        }
        Some([flat, jagged, sigma]) => (*flat, *jagged, *sigma),
        _ => return Some(LITTLE),
    };
    let fits = (0.000_001..=10.0).contains(&sigma)
        && [flat, jagged].iter().all(|weight| (0.0..=1e6).contains(weight));
    Some(if fits { Sharpen { sigma, flat, jagged } } else { LITTLE })
}

fn output(query: &Query) -> Option<Output> {
    match query.text("output")? {
        "jpg" | "jpeg" => Some(Output::Jpeg),
        "png" => Some(Output::Png),
        "webp" => Some(Output::Webp),
        "gif" => Some(Output::Gif),
        "json" => Some(Output::Json),
        "avif" | "av1" => Some(Output::Avif),
        "tif" | "tiff" => Some(Output::Tiff),
        _ => None,
    }
}

fn delays_ms(query: &Query) -> Vec<u32> {
    let delays = query.text("delay").unwrap_or_default().split(',');
    delays.map(|delay| delay.parse().ok()).collect::<Option<Vec<u32>>>().unwrap_or_default()
}

/// Reads days, weeks, months or years: from a day to a year, and a year if not said.
fn max_age_s(text: &str) -> u64 {
    let year = 365 * DAY_S;
    let mut number = text.to_owned();
    let days = match number.pop() {
        Some('d') => 1,
        Some('w') => 7,
        Some('M') => 30,
        Some('y') => 365,
        _ => return year,
    };
    let seconds = number.parse::<u64>().ok().and_then(|n| n.checked_mul(days * DAY_S));
    seconds.filter(|seconds| (DAY_S..=year).contains(seconds)).unwrap_or(year)
}

/// Tells whether a file may bear this name: 1 to 78 letters and digits.
fn is_plain(name: &str) -> bool {
    (1..=78).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests;
