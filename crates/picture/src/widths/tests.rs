use super::widths;
use crate::form::Form;
use crate::limits::Limits;
use crate::native::jpeg;
use crate::plane::Plane;
use crate::{Error, Probe, probe};

/// A slope of grey from left to right, with a red half below.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let planes: Vec<Plane> = (0..3)
        .map(|channel| {
            let (width, height) = jpeg::plane_size_420(channel, width, height);
            let sample = |at: usize| match channel {
                0 => (at % width * 255 / width) as u8,
                1 => 128,
                _ => {
                    if at / width > height / 2 {
                        200
                    } else {
                        128
                    }
                }
            };
            Plane::new(width, height, (0..width * height).map(sample).collect::<Vec<u8>>())
        })
        .collect();
    let settings = jpeg::Settings { quality: 90, progressive: false };
    jpeg::encode(&planes, width, height, settings).expect("a JPEG")
}

fn planes(bytes: &[u8], size: (u32, u32)) -> Vec<Plane> {
    match jpeg::decode(bytes, size, jpeg::Shrink::One) {
        Ok(jpeg::Picture::Planes(planes)) => planes,
        _ => panic!("a JPEG of brightness and colour"),
    }
}

#[track_caller]
fn check(from: &[u8], wanted: &[u32], form: Form, expected: &[(u32, u32)]) {
    let made = widths(from, wanted, form, &Limits::default()).expect("pictures");
    for (made, (width, height)) in made.iter().zip(expected) {
        assert_eq!((made.width, made.height), (*width, *height));
        let media_type = form.media_type();
        let told = Probe { media_type, width: *width, height: *height };
        assert_eq!(probe(&made.bytes), Ok(told));
    }
    assert_eq!(made.len(), expected.len());
}

#[test]
fn one_picture_in_several_widths() {
    let from = jpeg(1001, 667);
    for form in [Form::JPEG, Form::WEBP] {
        let expected = [(320, 213), (1, 1), (1001, 667), (1001, 667), (500, 333)];
        check(&from, &[320, 1, 1001, 4000, 500], form, &expected);
    }
}

#[test]
fn odd_and_tiny_sizes() {
    for (width, height) in [(1, 1), (2, 3), (17, 1), (1, 17), (333, 251)] {
        for form in [Form::JPEG, Form::WEBP] {
            check(&jpeg(width, height), &[width], form, &[(width, height)]);
        }
    }
}

#[test]
fn what_is_made_looks_like_what_was_there() {
    let from = jpeg(1600, 1067);
    let wanted = [1600, 900, 320, 200];
    let made = widths(&from, &wanted, Form::JPEG, &Limits::default()).expect("pictures");
    for made in made {
        let planes = planes(&made.bytes, (made.width, made.height));
        let sample = |plane: &Plane, x: f64, y: f64| {
            let at = |share: f64, side: f64| (share * side) as usize;
            f64::from(plane.row(at(y, plane.extent.1))[at(x, plane.extent.0)])
        };
        for x in [0.1, 0.5, 0.9] {
            assert!((sample(&planes[0], x, 0.2) - 255.0 * x).abs() < 4.0, "{}", made.width);
        }
        assert!((sample(&planes[2], 0.5, 0.9) - 200.0).abs() < 3.0);
        assert!((sample(&planes[2], 0.5, 0.1) - 128.0).abs() < 3.0);
    }
}

#[test]
fn every_cut_of_a_jpeg_is_answered() {
    let from = jpeg(64, 48);
    for end in 0..from.len() {
        let _ = widths(&from[..end], &[32], Form::JPEG, &Limits::default());
    }
}

#[test]
fn a_jpeg_without_loss_is_refused() {
    // Its decoder heeds no scale, and would write more than there is room for.
    let mut from = jpeg(64, 48);
    let frame = from.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    from[frame + 1] = 0xC3;
    for wanted in [64, 20, 8] {
        let refused = widths(&from, &[wanted], Form::JPEG, &Limits::default()).unwrap_err();
        assert!(refused.to_string().contains("SOF type 0xc3"), "{refused}");
    }
}

#[test]
fn a_second_size_is_not_believed() {
    use jpeg::Shrink::{Eight, One};
    let from = jpeg(64, 48);
    assert!(jpeg::decode(&from, (64, 48), Eight).is_ok());
    for (told, shrink) in [((8, 6), One), ((48, 64), One), ((64, 47), Eight), ((0, 0), One)] {
        let refused = jpeg::decode(&from, told, shrink).err().expect("a fault");
        assert_eq!(refused.0, "it tells two sizes");
    }
}

#[test]
fn limits_are_looked_at_before_anything_is_decoded() {
    let from = jpeg(64, 48);
    let refused = |limits: Limits| widths(&from, &[32], Form::JPEG, &limits).unwrap_err();
    let limits = Limits { input_bytes_max: 100, ..Limits::default() };
    assert_eq!(refused(limits), Error::InputBytes(100));
    let limits = Limits { input_pixels_max: 3071, ..Limits::default() };
    assert!(matches!(refused(limits), Error::InputPixels { width: 64, height: 48, .. }));
    let limits = Limits { side_max: 63, ..Limits::default() };
    assert!(matches!(refused(limits), Error::InputPixels { .. }));
    let limits = Limits { output_pixels_max: 767, ..Limits::default() };
    assert!(matches!(refused(limits), Error::OutputPixels { width: 32, height: 24, .. }));
}
