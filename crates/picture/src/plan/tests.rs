use super::{Colour, Crop, Fit, Length, Page, Place, Plan, Sharpen};

#[track_caller]
fn check(query: &str, change: impl Fn(&mut Plan)) {
    let mut expected = Plan::read("");
    change(&mut expected);
    assert_eq!(Plan::read(query), expected, "{query}");
}

#[test]
fn sizes_are_pixels_or_shares() {
    check("w=320&h=240", |plan| {
        plan.width = Some(Length::Pixels(320));
        plan.height = Some(Length::Pixels(240));
    });
    for query in ["width=50%", "w=50%25", "w=50%&w=10"] {
        check(query, |plan| plan.width = Some(Length::Share(0.5)));
    }
    for query in ["w=0", "w=-3", "w=101%", "w=wide", "w=100000000", "w=", "w=1e3", "w=NaN%"] {
        check(query, |_| {});
    }
    check("dpr=2", |plan| plan.ratio = 2.0);
    check("dpr=9", |_| {});
}

#[test]
fn fits_have_old_names_too() {
    for (query, fit, enlarge) in [
        ("fit=cover", Fit::Cover, true),
        ("t=square", Fit::Cover, true),
        ("t=squaredown", Fit::Cover, false),
        ("fit=contain&we", Fit::Contain, false),
        ("t=letterbox&we=false", Fit::Contain, true),
        ("fit=fill&we=0", Fit::Fill, true),
        ("t=fit", Fit::Inside, false),
        ("fit=outside", Fit::Outside, true),
        ("fit=bogus", Fit::Inside, true),
    ] {
        check(query, |plan| {
            plan.fit = fit;
            plan.enlarge = enlarge;
        });
    }
}

#[test]
fn places_are_names_or_points() {
    for (query, place) in [
        ("a=top-left", Place::At(0.0, 0.0)),
        ("align=r", Place::At(1.0, 0.5)),
        ("a=focal&fpx=0.25&fpy=1", Place::At(0.25, 1.0)),
        ("a=focal&fpx=2", Place::At(0.5, 0.5)),
        ("a=focal-10-90", Place::At(0.1, 0.9)),
        ("a=entropy", Place::Entropy),
        ("a=", Place::At(0.5, 0.5)),
    ] {
        check(query, |plan| {
            plan.place = place;
        });
    }
}

#[test]
fn crops_are_four_options_or_one() {
    let crop = Crop {
        left: Some(Length::Pixels(10)),
        top: None,
        width: Some(Length::Pixels(30)),
        height: Some(Length::Share(0.5)),
    };
    check("cx=10&cw=30&ch=50%25&cy=-3", |plan| plan.crop = Some(crop));
    check("crop=30,50%,10", |plan| plan.crop = Some(crop));
}

#[test]
fn colours_are_digits_or_names() {
    for (text, expected) in [
        ("fff", [255, 255, 255, 255]),
        ("8f00", [255, 0, 0, 0x88]),
        ("FF8C00", [255, 140, 0, 255]),
        ("80FF8C00", [255, 140, 0, 128]),
        ("#0000ff", [0, 0, 255, 255]),
        ("DarkOrange", [255, 140, 0, 255]),
        ("a123456", [0x12, 0x34, 0x56, 0xFA]),
        ("bogus", [0; 4]),
        ("", [0; 4]),
        ("ééé", [0; 4]),
    ] {
        assert_eq!(Colour::read(text), Colour(expected), "{text}");
    }
    check("bg=%23fff", |plan| plan.background = Some(Colour([255; 4])));
}

#[test]
fn frames_are_counted() {
    check("n=-1", |plan| plan.frames = None);
    check("n=0", |_| {});
    check("pages=3&page=2", |plan| {
        plan.frames = Some(3);
        plan.page = Page::At(2);
    });
    check("page=-1", |plan| plan.page = Page::Largest);
    check("delay=100,200&loop=1", |plan| {
        plan.delays_ms = vec![100, 200];
        plan.loops = Some(1);
    });
}

#[test]
fn answers_keep_for_a_day_to_a_year() {
    for (text, days) in
        [("1d", 1), ("2w", 14), ("1M", 30), ("1y", 365), ("2y", 365), ("d", 365), ("é", 365)]
    {
        assert_eq!(Plan::read(&format!("maxage={text}")).max_age_s, days * 86_400, "{text}");
    }
}

#[test]
fn what_is_for_the_proxy_is_kept_for_it() {
    check("default=https%3A%2F%2Fpaper.example%2Fa.png", |plan| {
        plan.default = Some("https://paper.example/a.png".to_owned());
    });
    check("filename=bridge&encoding=base64", |plan| {
        plan.filename = Some("bridge".to_owned());
        plan.base64 = true;
    });
    check("filename=..%2Fbridge", |_| {});
}

#[test]
fn sharpness_is_one_number_or_three() {
    let third = 1.0 / 3.0;
    for (query, (flat, jagged, sigma)) in [
        ("sharp", (third, third, 0.0)),
        ("sharp=11", (third, third, 0.0)),
        ("sharp=NaN", (third, third, 0.0)),
        ("sharp=0.5", (1.0, 2.0, 0.5)),
        ("sharp=0.5&sharpf=3&sharpj=-1", (3.0, 2.0, 0.5)),
        ("sharp=5,6,2", (5.0, 6.0, 2.0)),
    ] {
        check(query, |plan| plan.sharpen = Some(Sharpen { sigma, flat, jagged }));
    }
    check("sharp=false", |_| {});
}
