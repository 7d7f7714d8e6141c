use super::{Shape, Turn, shaped};
use crate::decode::Channels;
use crate::plane::{Plane, Window};

/// Six letters in three columns and two rows, turned.
#[track_caller]
fn check(turn: Turn, expected: &str) {
    let plane = Plane::new(3, 2, b"abcdef".to_vec());
    let (width, height) = turn.sides((3, 2));
    let shape = Shape::new(Window::WHOLE, turn, Turn::default(), (width, height));
    let Channels::Grey(plane) = shaped(&Channels::Grey(plane), &shape) else {
        panic!("grey stays grey");
    };
    let rows: Vec<&[u8]> = plane.samples.chunks(plane.width).collect();
    assert_eq!(String::from_utf8(rows.join(&b'/')).expect("letters"), expected);
}

#[test]
fn the_eight_orientations_of_exif() {
    let expected = [
        "abc/def", "cba/fed", "fed/cba", "def/abc", "ad/be/cf", "da/eb/fc", "fc/eb/da", "cf/be/ad",
    ];
    for (orientation, expected) in (1..).zip(expected) {
        check(Turn::of_exif(orientation), expected);
    }
}

#[test]
fn quarters_add_up() {
    check(Turn::of_quarters(1).then(Turn::of_quarters(-1)), "abc/def");
    check(Turn::of_quarters(1).then(Turn::of_quarters(1)), "fed/cba");
    check(Turn::of_exif(5).then(Turn::of_quarters(1)), "cba/fed");
}

#[test]
fn a_part_is_taken_of_the_upright_picture() {
    // Upright by a quarter: da/eb/fc. Its lower two rows, turned on by another quarter.
    let part = Window { left: 0.0, top: 1.0 / 3.0, width: 1.0, height: 2.0 / 3.0 };
    let quarter = Turn::of_quarters(1);
    let shape = Shape::new(part, quarter, quarter, (2, 2));
    let plane = Plane::new(3, 2, b"abcdef".to_vec());
    let Channels::Grey(plane) = shaped(&Channels::Grey(plane), &shape) else {
        panic!("grey stays grey");
    };
    assert_eq!(*plane.samples, *b"fecb");
}
