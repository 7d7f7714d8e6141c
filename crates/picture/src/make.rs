//! A picture made by a plan.

mod told;

use crate::canvas::{backed, laid};
use crate::decode::{self, Channels, Decoded, Frame, Head};
use crate::encode;
use crate::encode::animation::Animation;
use crate::error::Error;
use crate::filter::{blurred, filtered, sharpened};
use crate::form::{Form, Made};
use crate::layout::{Layout, Rectangle, checked, cropped};
use crate::limits::Limits;
use crate::plan::{Output, Page, Plan};
use crate::plane::Window;
use crate::ready::{Ready, Shaped};
use crate::rotate;
use crate::shape::{Shape, Turn, shaped};
use crate::smart;
use crate::trim::untrimmed;
use std::ops::Range;

/// What is behind a picture that is seen through, where the form has no room for that and the
/// plan names no background.
const PAPER: [u8; 3] = [0; 3];

/// How a WebP is made: 2 takes half the time of 4, for 0 to 4 % more bytes.
const WEBP_METHOD: u8 = 2;

/// Makes what the plan asks for of a picture.
///
/// Of an animation all frames that are asked for are made, if the form can move (WebP, GIF), and
/// else the first of them. Profiles are brought to sRGB, what Exif says of the orientation is
/// carried out, all other metadata is gone. The same bytes and plan make the same bytes.
pub fn make(bytes: &[u8], plan: &Plan, limits: &Limits) -> Result<Made, Error> {
    match plan.output {
        Some(Output::Avif) => return Err(Error::Saver("avif".to_owned())),
        Some(Output::Tiff) => return Err(Error::Saver("tiff".to_owned())),
        _ => {}
    }
    let head = decode::head(bytes, limits)?;
    let pages = pages(&head, plan, limits)?;
    if pages.len() > 1 && moves(&head, plan) {
        return moving(bytes, &head, plan, pages, limits);
    }
    let decoded = decoded(bytes, &head, plan, pages, limits)?;
    let has_profile = decoded.profile.is_some();
    let ready = Ready::new(decoded);
    let layout = layout(&ready, &head, plan, limits)?;
    let shaped = done(&ready, &layout, plan, limits)?;
    if plan.output == Some(Output::Json) {
        let still = told::Still { is_progressive: told::is_progressive(bytes), has_profile };
        return Ok(told::still(&shaped.full(), &head, &still));
    }
    let seen_through = matches!(*shaped.channels, Channels::Rgba(_));
    encode::picture(&shaped, form(&head, plan, seen_through), PAPER)
}

/// Returns which frames are taken; of what has no frames, the picture, whatever is asked.
fn pages(head: &Head, plan: &Plan, limits: &Limits) -> Result<Range<u32>, Error> {
    if !can_move(head) {
        return Ok(0..1);
    }
    let all = plan.frames.is_none() || !matches!(plan.page, Page::At(_));
    let wanted = if all { head.frames_len } else { plan.frames.unwrap_or(1) };
    if wanted > limits.frames_max {
        return Err(Error::Frames(limits.frames_max));
    }
    // All frames of the kinds that are read are of one size, so the first is the largest and the
    // smallest.
    let first = match plan.page {
        Page::At(at) => at,
        Page::Largest | Page::Smallest => 0,
    };
    if first >= head.frames_len {
        let last = head.frames_len - 1;
        return Err(Error::Unreadable(format!("it has no page {first}, the last is {last}")));
    }
    let count = plan.frames.unwrap_or(head.frames_len).min(head.frames_len - first);
    let pixels = u64::from(head.width) * u64::from(head.height);
    if first + count > 1 && pixels * u64::from(first + count) > limits.frame_pixels_max {
        return Err(Error::FramePixels(limits.frame_pixels_max));
    }
    Ok(first..first + count)
}

/// Tells whether what comes out can be an animation.
fn moves(head: &Head, plan: &Plan) -> bool {
    match plan.output {
        Some(Output::Webp | Output::Gif | Output::Json) => true,
        Some(_) => false,
        None => can_move(head),
    }
}

fn can_move(head: &Head) -> bool {
    matches!(head.media_type, "image/gif" | "image/webp")
}

fn form(head: &Head, plan: &Plan, seen_through: bool) -> Form {
    let own = match head.media_type {
        "image/webp" => Output::Webp,
        "image/gif" => Output::Gif,
        "image/jpeg" if !seen_through => Output::Jpeg,
        _ => Output::Png,
    };
    let quality = plan.quality;
    match plan.output.unwrap_or(own) {
        Output::Jpeg => Form::Jpeg { quality, progressive: plan.progressive },
        Output::Webp if plan.lossless => Form::WebpLossless,
        Output::Webp => Form::Webp { quality, method: WEBP_METHOD },
        Output::Gif => Form::Gif,
        _ => Form::Png { level: plan.level, adaptive: plan.adaptive },
    }
}

/// Decodes the one frame that is taken, as small as may be.
fn decoded(
    bytes: &[u8],
    head: &Head,
    plan: &Plan,
    pages: Range<u32>,
    limits: &Limits,
) -> Result<Decoded, Error> {
    if pages.start > 0 {
        let mut found = None;
        decode::each(bytes, head, pages.start..pages.start + 1, limits, &mut |frame| {
            found = Some(frame.channels);
            Ok(())
        })?;
        let channels = found.ok_or_else(|| Error::unreadable("the page is cut off"))?;
        return Ok(Decoded { channels, profile: None });
    }
    // A border has to be looked at in full; what is asked for is laid out first, so that nothing
    // is decoded for an answer that would be too large.
    let layout = Layout::new(plan, (head.width, head.height), turn(head), None, limits)?;
    let whole = (f64::from(head.width), f64::from(head.height));
    let wanted = if plan.trim.is_some() { whole } else { layout.shape(false).wanted() };
    decode::first(bytes, head, wanted, limits)
}

fn turn(head: &Head) -> Turn {
    Turn::of_exif(head.orientation)
}

fn layout(ready: &Ready, head: &Head, plan: &Plan, limits: &Limits) -> Result<Layout, Error> {
    let stored = (head.width, head.height);
    let part = plan.trim.and_then(|threshold| {
        let (width, height) = turn(head).sides(stored);
        let upright = Shape::new(Window::WHOLE, turn(head), Turn::default(), (width, height));
        untrimmed(ready.shaped(&upright).full(), threshold)
    });
    Layout::new(plan, stored, turn(head), part, limits)
}

/// Does with a frame all that the plan asks for; what is only to be scaled and turned is left to
/// the one who writes it.
fn done<'a>(
    ready: &'a Ready,
    layout: &Layout,
    plan: &Plan,
    limits: &Limits,
) -> Result<Shaped<'a>, Error> {
    let oblique = plan.rotation % 90 != 0;
    let first = layout.kept.is_some() || layout.canvas.is_some() || oblique;
    let changes = plan.sharpen.is_some() || plan.filter.is_some() || plan.blur.is_some();
    let paints = changes || plan.background.is_some();
    let scaled = ready.shaped(&layout.shape(!first));
    if !first && !paints {
        return Ok(scaled);
    }
    let mut channels = scaled.full();
    if let Some(kept) = layout.kept {
        channels = kept_part(channels, kept, plan);
    }
    if let Some(canvas) = layout.canvas {
        channels = laid(channels, canvas, plan.canvas);
    }
    if oblique {
        channels = obliquely(channels, plan, limits)?;
    }
    if first && layout.after != Turn::default() {
        let size = layout.after.sides(channels.size());
        channels =
            shaped(&channels, &Shape::new(Window::WHOLE, Turn::default(), layout.after, size));
    }
    Ok(Shaped::done(painted(channels, plan)))
}

/// Cuts out the part that says most, and of that what is to be cropped.
fn kept_part(channels: Channels, kept: (u32, u32), plan: &Plan) -> Channels {
    let (left, top) = smart::place(channels.clone(), kept, plan.place);
    let (left, top) = (f64::from(left), f64::from(top));
    let (width, height) = (f64::from(kept.0), f64::from(kept.1));
    let mut part = Rectangle { left, top, width, height };
    if let (Some(crop), false) = (&plan.crop, plan.precrop) {
        part = part.part(cropped(crop, (width, height)));
    }
    let size = (part.width as u32, part.height as u32);
    let window = part.window(channels.size());
    shaped(&channels.colours(), &Shape::new(window, Turn::default(), Turn::default(), size))
}

fn obliquely(channels: Channels, plan: &Plan, limits: &Limits) -> Result<Channels, Error> {
    checked(rotate::sides(channels.size(), plan.rotation), limits)?;
    Ok(rotate::rotated(channels, plan.rotation, plan.corners))
}

fn painted(channels: Channels, plan: &Plan) -> Channels {
    let mut channels = channels.colours();
    if let Some(sharpen) = plan.sharpen {
        channels = sharpened(channels, sharpen);
    }
    if let Some(filter) = plan.filter {
        channels = filtered(channels, filter);
    }
    if let Some(sigma) = plan.blur {
        channels = blurred(channels, sigma);
    }
    if let Some(background) = plan.background {
        channels = backed(channels, background);
    }
    channels
}

/// Makes an animation of several frames.
fn moving(
    bytes: &[u8],
    head: &Head,
    plan: &Plan,
    pages: Range<u32>,
    limits: &Limits,
) -> Result<Made, Error> {
    let layout = Layout::new(plan, (head.width, head.height), turn(head), None, limits)?;
    let still = Plan { trim: None, ..plan.clone() };
    let mut frames: Vec<(Channels, u32)> = Vec::new();
    let mut pixels = 0;
    let loops = decode::each(bytes, head, pages, limits, &mut |Frame { channels, delay_ms }| {
        let ready = Ready::new(Decoded { channels, profile: None });
        let made = done(&ready, &layout, &still, limits)?.full();
        let (width, height) = made.size();
        pixels += u64::from(width) * u64::from(height);
        if pixels > limits.frame_pixels_max {
            return Err(Error::FramePixels(limits.frame_pixels_max));
        }
        let told = plan.delays_ms.get(frames.len()).or(plan.delays_ms.last());
        frames.push((made, told.copied().unwrap_or(delay_ms)));
        Ok(())
    })?;
    let animation = Animation { frames, loops: plan.loops.unwrap_or(loops) };
    if animation.frames.is_empty() {
        return Err(Error::unreadable("no frame"));
    }
    match plan.output {
        Some(Output::Json) => Ok(told::moving(&animation, head)),
        _ => animation.written(form(head, plan, true)),
    }
}

#[cfg(test)]
mod tests;
