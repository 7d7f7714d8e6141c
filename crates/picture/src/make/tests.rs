use super::make;
use crate::decode::{self, Channels, Frame};
use crate::encode;
use crate::encode::animation::Animation;
use crate::error::Error;
use crate::form::Form;
use crate::limits::Limits;
use crate::plan::Plan;
use crate::plane::Plane;
use crate::ready::Shaped;
use moxcms::ColorProfile;

/// A slope from left to right in red, from top to bottom in green, and half of blue.
fn colours(width: usize, height: usize) -> [Plane; 3] {
    let slope = |at: usize, len: usize| (at * 255 / len.max(2)) as u8;
    let plane = |sample: &dyn Fn(usize) -> u8| {
        Plane::new(width, height, (0..width * height).map(sample).collect::<Vec<u8>>())
    };
    [plane(&|at| slope(at % width, width)), plane(&|at| slope(at / width, height)), plane(&|_| 128)]
}

fn opaque(width: usize, height: usize) -> Channels {
    Channels::Rgb(colours(width, height))
}

/// The same, of which the left half is not there.
fn half_there(width: usize, height: usize) -> Channels {
    let [r, g, b] = colours(width, height);
    let there = |at: usize| if at % width < width / 2 { 0 } else { 255 };
    let alpha: Vec<u8> = (0..width * height).map(there).collect();
    Channels::Rgba([r, g, b, Plane::new(width, height, alpha)])
}

fn written(channels: Channels, form: Form) -> Vec<u8> {
    encode::picture(&Shaped::done(channels), form, [0; 3]).expect("a picture").bytes
}

fn animated(form: Form, frames_len: u32) -> Vec<u8> {
    let frame = |at: u32| (half_there(20 + at as usize % 2, 10), 40 + 10 * at);
    let frames = (0..frames_len).map(|at| (frame(0).0, frame(at).1)).collect();
    Animation { frames, loops: 3 }.written(form).expect("an animation").bytes
}

/// One picture of every kind, with its name.
fn every_kind() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("image/jpeg", written(opaque(60, 40), Form::JPEG)),
        ("image/png", written(half_there(60, 40), Form::PNG)),
        ("image/webp", written(half_there(60, 40), Form::WEBP)),
        ("image/webp", written(opaque(60, 40), Form::WebpLossless)),
        ("image/gif", written(half_there(60, 40), Form::Gif)),
    ]
}

#[track_caller]
fn check(bytes: &[u8], query: &str, media_type: &str, (width, height): (u32, u32)) {
    let made = make(bytes, &Plan::read(query), &Limits::default()).expect("a picture");
    assert_eq!((made.media_type, made.width, made.height), (media_type, width, height), "{query}");
    let probe = crate::probe(&made.bytes).expect("a picture");
    assert_eq!(
        (probe.media_type, probe.width, probe.height),
        (media_type, width, height),
        "{query}"
    );
}

/// Returns the pixel at these shares of the sides: red, green, blue, alpha.
fn pixel(bytes: &[u8], (x, y): (f64, f64)) -> [u8; 4] {
    let limits = Limits::default();
    let head = decode::head(bytes, &limits).expect("a head");
    let whole = (f64::from(head.width), f64::from(head.height));
    let decoded = decode::first(bytes, &head, whole, &limits).expect("pixels");
    let full = crate::ready::Ready::new(decoded);
    let full = full.shaped(&crate::shape::Shape::same(head.width, head.height)).full();
    let planes = crate::canvas::with_alpha(full);
    planes.each_ref().map(|plane| {
        let at = |share: f64, side: usize| ((share * side as f64) as usize).min(side - 1);
        plane.row(at(y, plane.height))[at(x, plane.width)]
    })
}

#[track_caller]
fn check_pixel(bytes: &[u8], query: &str, at: (f64, f64), expected: [u8; 4]) {
    let made = make(bytes, &Plan::read(query), &Limits::default()).expect("a picture");
    let found = pixel(&made.bytes, at);
    let near = found.iter().zip(&expected).all(|(a, b)| a.abs_diff(*b) <= 8);
    assert!(near, "{query}: {found:?}, not {expected:?}");
}

#[test]
fn every_kind_becomes_every_form() {
    for (own, bytes) in every_kind() {
        check(&bytes, "w=30", own, (30, 20));
        for (output, media_type) in [
            ("jpg", "image/jpeg"),
            ("png", "image/png"),
            ("webp", "image/webp"),
            ("gif", "image/gif"),
        ] {
            check(&bytes, &format!("w=30&output={output}"), media_type, (30, 20));
        }
        check(&bytes, "w=30&output=webp&ll", "image/webp", (30, 20));
        // A GIF has chosen its colours before.
        if own != "image/gif" {
            check_pixel(&bytes, "w=30&output=png", (0.75, 0.5), [191, 127, 128, 255]);
        }
    }
}

#[test]
fn sizes_follow_from_the_plan() {
    let bytes = written(opaque(300, 200), Form::JPEG);
    for (query, size) in [
        ("", (300, 200)),
        ("w=150", (150, 100)),
        ("h=50&dpr=2", (150, 100)),
        ("w=50%", (150, 100)),
        ("w=600", (600, 400)),
        ("w=600&we", (300, 200)),
        ("w=100&h=100", (100, 67)),
        ("w=100&h=100&fit=outside", (150, 100)),
        ("w=100&h=100&fit=cover", (100, 100)),
        ("w=100&h=100&fit=fill", (100, 100)),
        ("w=100&h=100&fit=contain&cbg=white", (100, 100)),
        ("w=100&h=100&fit=cover&a=attention", (100, 100)),
        ("w=100&h=100&fit=cover&a=entropy&cx=10&cw=20", (20, 100)),
        ("cx=10&cy=20&cw=30&ch=40", (30, 40)),
        ("cx=290&cw=100", (10, 200)),
        ("cw=50%&precrop&w=75", (75, 100)),
        ("ro=90", (200, 300)),
        ("ro=-270&w=30", (20, 30)),
        ("ro=180&flip&flop", (300, 200)),
        ("ro=45&rbg=red", (354, 354)),
        ("blur=2&filt=greyscale&w=30", (30, 20)),
        ("sharp&w=30", (30, 20)),
        ("page=3&n=-1&w=30", (30, 20)),
    ] {
        check(&bytes, query, "image/jpeg", size);
    }
}

#[test]
fn parts_and_turns_show_what_they_should() {
    let bytes = written(opaque(300, 200), Form::PNG);
    check_pixel(&bytes, "w=30", (0.1, 0.9), [25, 229, 128, 255]);
    check_pixel(&bytes, "w=30&flop", (0.1, 0.9), [229, 229, 128, 255]);
    check_pixel(&bytes, "w=30&flip", (0.1, 0.9), [25, 25, 128, 255]);
    check_pixel(&bytes, "w=30&ro=90", (0.1, 0.1), [25, 229, 128, 255]);
    check_pixel(&bytes, "w=20&h=100&fit=cover&a=left", (0.5, 0.5), [16, 127, 128, 255]);
    check_pixel(&bytes, "w=20&h=100&fit=cover&a=focal&fpx=1", (0.5, 0.5), [238, 127, 128, 255]);
    check_pixel(&bytes, "cx=200&cy=100&cw=50&ch=50", (0.5, 0.5), [191, 159, 128, 255]);
    check_pixel(&bytes, "cx=50%&cy=50%&precrop&w=30", (0.5, 0.5), [191, 191, 128, 255]);
    check_pixel(&bytes, "w=60&h=90&fit=contain&cbg=80ff0000", (0.5, 0.1), [255, 0, 0, 128]);
    check_pixel(&bytes, "w=60&h=90&fit=contain&a=top", (0.5, 0.9), [0; 4]);
    check_pixel(&bytes, "w=60&filt=negate", (0.1, 0.9), [229, 25, 127, 255]);
    check_pixel(&bytes, "w=60&filt=greyscale", (0.5, 0.5), [127, 127, 127, 255]);
    check_pixel(&bytes, "blur=5", (0.5, 0.5), [127, 127, 128, 255]);
    check_pixel(&bytes, "sharp=1", (0.5, 0.5), [127, 127, 128, 255]);
    check_pixel(&bytes, "ro=45", (0.02, 0.02), [0; 4]);
    check_pixel(&bytes, "ro=45&rbg=lime", (0.02, 0.02), [0, 255, 0, 255]);
}

#[test]
fn what_is_seen_through_is_kept_or_backed() {
    let bytes = written(half_there(300, 200), Form::PNG);
    for output in ["png", "webp", "gif"] {
        let query = format!("w=30&output={output}");
        let made = make(&bytes, &Plan::read(&query), &Limits::default()).expect("a picture");
        assert_eq!(pixel(&made.bytes, (0.2, 0.5))[3], 0, "{output}");
        assert_eq!(pixel(&made.bytes, (0.8, 0.5))[3], 255, "{output}");
    }
    check_pixel(&bytes, "w=30&output=jpg", (0.2, 0.5), [0, 0, 0, 255]);
    check_pixel(&bytes, "w=30&output=jpg&bg=white", (0.2, 0.5), [255; 4]);
    check_pixel(&bytes, "w=30&bg=80ffffff", (0.2, 0.5), [255, 255, 255, 128]);
    check(&written(opaque(30, 20), Form::JPEG), "fit=contain&w=40&h=40", "image/png", (40, 40));
}

#[test]
fn a_border_is_cut_off() {
    let framed = make(
        &written(opaque(30, 20), Form::PNG),
        &Plan::read("fit=contain&w=50&h=60&we&cbg=white"),
        &Limits::default(),
    );
    check(&framed.expect("a picture").bytes, "trim=10", "image/png", (30, 20));
    check(
        &written(Channels::Grey(Plane::filled(9, 7, 5)), Form::PNG),
        "trim=10",
        "image/png",
        (9, 7),
    );
}

#[test]
fn animations_keep_moving() {
    let frames = |bytes: &[u8]| {
        let limits = Limits::default();
        let head = decode::head(bytes, &limits).expect("a head");
        let mut delays = Vec::new();
        let mut visit = |Frame { delay_ms, .. }| {
            delays.push(delay_ms);
            Ok(())
        };
        let loops = decode::each(bytes, &head, 0..head.frames_len, &limits, &mut visit);
        (loops.expect("frames"), delays)
    };
    for own in [Form::Gif, Form::WEBP, Form::WebpLossless] {
        let bytes = animated(own, 3);
        for output in ["gif", "webp", "webp&ll"] {
            let query = format!("n=-1&w=10&output={output}");
            let made = make(&bytes, &Plan::read(&query), &Limits::default()).expect("a picture");
            assert_eq!((made.width, made.height), (10, 5));
            assert_eq!(frames(&made.bytes), (3, vec![40, 50, 60]), "{own:?} {query}");
            let query = format!("{query}&page=1&loop=0&delay=100");
            let made = make(&bytes, &Plan::read(&query), &Limits::default()).expect("a picture");
            assert_eq!(frames(&made.bytes), (0, vec![100, 100]), "{own:?} {query}");
        }
        check(&bytes, "w=10", own.media_type(), (10, 5));
        check(&bytes, "w=10&n=-1&output=jpg", "image/jpeg", (10, 5));
        check(&bytes, "page=2&output=png", "image/png", (20, 10));
        let refused = make(&bytes, &Plan::read("page=3"), &Limits::default()).unwrap_err();
        assert!(refused.to_string().ends_with("it has no page 3, the last is 2."), "{refused}");
    }
}

#[test]
fn what_can_be_told_is_told() {
    let told = |bytes: &[u8], query: &str| {
        let made = make(bytes, &Plan::read(query), &Limits::default()).expect("a picture");
        assert_eq!(made.media_type, "application/json");
        serde_json::from_slice::<serde_json::Value>(&made.bytes).expect("JSON")
    };
    let still = told(&written(opaque(30, 20), Form::JPEG), "w=15&output=json");
    let expected = serde_json::json!({
        "format": "jpeg", "width": 15, "height": 10, "space": "srgb", "channels": 3,
        "depth": "uchar", "isProgressive": false, "hasProfile": false, "hasAlpha": false,
    });
    assert_eq!(still, expected);
    let moving = told(&animated(Form::Gif, 2), "n=-1&output=json");
    assert_eq!(moving["pages"], 2);
    assert_eq!((&moving["height"], &moving["pageHeight"]), (&20.into(), &10.into()));
    assert_eq!(moving["delay"], serde_json::json!([40, 50]));
}

#[test]
fn a_profile_is_brought_to_srgb() {
    let with = |profile: ColorProfile| {
        let mut bytes = Vec::new();
        let mut info = png::Info::with_size(8, 8);
        info.color_type = png::ColorType::Rgb;
        info.bit_depth = png::BitDepth::Eight;
        info.icc_profile = Some(profile.encode().expect("a profile").into());
        let mut writer = png::Encoder::with_info(&mut bytes, info)
            .expect("a PNG")
            .write_header()
            .expect("a head");
        writer.write_image_data(&[200, 100, 50].repeat(64)).expect("pixels");
        writer.finish().expect("an end");
        bytes
    };
    check_pixel(&with(ColorProfile::new_srgb()), "", (0.5, 0.5), [200, 100, 50, 255]);
    // Display P3 reaches further than sRGB, so the same numbers mean a stronger colour.
    for output in ["png", "jpg", "webp"] {
        let query = format!("output={output}");
        check_pixel(&with(ColorProfile::new_display_p3()), &query, (0.5, 0.5), [213, 97, 37, 255]);
    }
}

#[test]
fn limits_name_what_is_too_much() {
    let refused = |bytes: &[u8], query: &str, limits: Limits| {
        make(bytes, &Plan::read(query), &limits).unwrap_err()
    };
    let still = written(opaque(60, 40), Form::PNG);
    let limits = Limits { output_pixels_max: 2400, ..Limits::default() };
    for query in ["w=61", "w=60&h=60&fit=contain", "ro=45", "w=10000000"] {
        let error = refused(&still, query, limits);
        assert!(matches!(error, Error::OutputPixels { pixels_max: 2400, .. }), "{query}: {error}");
        assert_eq!(error.status(), 404);
    }
    assert!(make(&still, &Plan::read("w=60"), &limits).is_ok());
    let moving = animated(Form::Gif, 5);
    let limits = Limits { frames_max: 4, ..Limits::default() };
    for query in ["n=-1", "n=5", "page=-1"] {
        assert_eq!(refused(&moving, query, limits), Error::Frames(4), "{query}");
    }
    assert!(make(&moving, &Plan::read("n=4"), &limits).is_ok());
    let limits = Limits { frame_pixels_max: 999, ..Limits::default() };
    assert_eq!(refused(&moving, "n=-1", limits), Error::FramePixels(999));
    assert_eq!(refused(&moving, "page=4", limits), Error::FramePixels(999));
    for output in ["avif", "tiff"] {
        let error = refused(&still, &format!("output={output}"), Limits::default());
        assert_eq!((error.clone(), error.status()), (Error::Saver(output.to_owned()), 400));
    }
}

#[test]
fn every_cut_and_every_changed_byte_is_answered() {
    let mut kinds = every_kind();
    kinds.push(("image/gif", animated(Form::Gif, 3)));
    kinds.push(("image/webp", animated(Form::WEBP, 3)));
    let plan = Plan::read("w=20&h=10&fit=cover&n=-1");
    let limits = Limits { input_pixels_max: 1_000_000, ..Limits::default() };
    for (_, bytes) in kinds {
        for at in 0..bytes.len() {
            let _ = make(&bytes[..at], &plan, &limits);
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            let once = make(&changed, &plan, &limits);
            assert_eq!(once, make(&changed, &plan, &limits), "the same is made twice");
        }
    }
}
