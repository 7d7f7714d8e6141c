//! Colours as a profile has them (ICC.1:2022) to sRGB, which is what a page takes them for.

use crate::decode::{Channels, packed};
use crate::plane::Plane;
use moxcms::{
    ColorProfile, DataColorSpace, Layout, ToneReprCurve, Transform8BitExecutor, TransformOptions,
    Xyzd,
};
use std::sync::Arc;

/// What a profile tells of colours, if it tells other than sRGB does.
pub(crate) struct Converter {
    transform: Arc<Transform8BitExecutor>,
    is_grey: bool,
}

impl Converter {
    /// Returns nothing for a profile that can't be read, or that is sRGB by another name: the
    /// colours stay then.
    pub fn new(profile: &[u8], is_grey: bool) -> Option<Converter> {
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        if is_srgb(&profile, is_grey) {
            return None;
        }
        let (space, layout) = if is_grey {
            (DataColorSpace::Gray, Layout::Gray)
        } else {
            (DataColorSpace::Rgb, Layout::Rgb)
        };
        Some(Converter { transform: transform(&profile, space, layout)?, is_grey })
    }

    /// Converts channels of one size: grey ones, or red, green and blue.
    pub fn converted(&self, channels: Channels) -> Channels {
        let colours = |planes: [&Plane; 3]| self.run(&packed::together(planes), planes[0]);
        match &channels {
            Channels::Grey(plane) if self.is_grey => {
                self.run(&plane.samples, plane).map(|[grey, _, _]| Channels::Grey(grey))
            }
            Channels::Rgb([r, g, b]) if !self.is_grey => colours([r, g, b]).map(Channels::Rgb),
            Channels::Rgba([r, g, b, alpha]) if !self.is_grey => {
                colours([r, g, b]).map(|[r, g, b]| Channels::Rgba([r, g, b, alpha.clone()]))
            }
            _ => None,
        }
        .unwrap_or(channels)
    }

    fn run(&self, samples: &[u8], like: &Plane) -> Option<[Plane; 3]> {
        let mut made = vec![0; like.samples.len() * 3];
        self.transform.transform(samples, &mut made).ok()?;
        Some(packed::planes(&made, 3, like.width, like.height))
    }
}

/// Tells whether a profile has the colours and the curve of sRGB, as most have that come with a
/// picture; to find out by converting would take longer than to make a small picture.
fn is_srgb(profile: &ColorProfile, is_grey: bool) -> bool {
    if is_grey {
        return has_srgb_curve(profile.gray_trc.as_ref());
    }
    let srgb = ColorProfile::new_srgb();
    let near =
        |a: Xyzd, b: Xyzd| [a.x - b.x, a.y - b.y, a.z - b.z].iter().all(|off| off.abs() < 0.002);
    profile.lut_a_to_b_perceptual.is_none()
        && near(profile.red_colorant, srgb.red_colorant)
        && near(profile.green_colorant, srgb.green_colorant)
        && near(profile.blue_colorant, srgb.blue_colorant)
        && [&profile.red_trc, &profile.green_trc, &profile.blue_trc]
            .iter()
            .all(|curve| has_srgb_curve(curve.as_ref()))
}

/// Compares a curve at 33 places with that of IEC 61966-2-1.
fn has_srgb_curve(curve: Option<&ToneReprCurve>) -> bool {
    let Some(Ok(curve)) = curve.map(ToneReprCurve::make_linear_evaluator) else {
        return false;
    };
    (0..=32_u8).map(|at| f32::from(at) / 32.0).all(|value| {
        let light =
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        (curve.evaluate_value(value) - light).abs() < 0.002
    })
}

/// Converts four inks (255 is all of it) to red, green and blue, if the profile tells how.
pub(crate) fn without_ink(profile: &[u8], inks: &[u8]) -> Option<Vec<u8>> {
    // Four inks have no layout of their own: they go by the name of four colours.
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let transform = transform(&profile, DataColorSpace::Cmyk, Layout::Rgba)?;
    let mut made = vec![0; inks.len() / 4 * 3];
    transform.transform(inks, &mut made).ok()?;
    Some(made)
}

fn transform(
    profile: &ColorProfile,
    space: DataColorSpace,
    layout: Layout,
) -> Option<Arc<Transform8BitExecutor>> {
    if profile.color_space != space {
        return None;
    }
    let options = TransformOptions::default();
    profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), Layout::Rgb, options).ok()
}
