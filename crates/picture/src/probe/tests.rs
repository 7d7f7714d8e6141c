use super::{FRAMES_MAX, Probe, Refused, SCANS_MAX, probe};

/// A JPEG of segments alone: enough to be looked at.
fn jpeg(before: &[u8], width: u16, height: u16, scans: usize) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    bytes.extend(before);
    bytes.extend([0xFF, 0xC2, 0, 11, 8]);
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([1, 1, 0x11, 0]);
    for _ in 0..scans {
        bytes.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3]);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// An APP1 segment that holds nothing but an orientation.
fn orientation(value: u8) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xE1, 0, 34];
    bytes.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    bytes.extend([value, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 1, 2, 3, 4]);
    bytes.extend(b"\0\0\0\0IDAT\0\0\0\0");
    bytes
}

fn gif(width: u16, height: u16, frames: u32) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0x80, 0, 0, 1, 2, 3, 4, 5, 6]);
    bytes.extend(b"\x21\xFE\x03abc\0");
    for _ in 0..frames {
        bytes.extend([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0]);
    }
    bytes.push(0x3B);
    bytes
}

fn webp(chunk: &[u8]) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WEBP".to_vec();
    bytes.extend(chunk);
    bytes
}

fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let mut bytes = (inside.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(inside);
    bytes
}

fn avif(brand: &[u8], sizes: &[(u32, u32)], turn: u8) -> Vec<u8> {
    let mut properties = Vec::new();
    for (width, height) in sizes {
        let ispe = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
        properties.extend(boxed(b"ispe", &ispe));
    }
    properties.extend(boxed(b"irot", &[turn]));
    let iprp = boxed(b"iprp", &boxed(b"ipco", &properties));
    let meta = [vec![0; 4], boxed(b"hdlr", &[0; 24]), iprp].concat();
    [boxed(b"ftyp", brand), boxed(b"meta", &meta)].concat()
}

#[track_caller]
fn check(bytes: &[u8], media_type: &'static str, width: u32, height: u32) {
    let expected = Probe { media_type, width, height };
    assert_eq!(probe(bytes), Ok(expected));
}

#[track_caller]
fn check_refused(bytes: &[u8], why: Refused) {
    assert_eq!(probe(bytes), Err(why));
}

#[test]
fn each_kind_tells_its_size() {
    check(&jpeg(&[], 1600, 1067, 1), "image/jpeg", 1600, 1067);
    check(&png(640, 480), "image/png", 640, 480);
    check(&gif(300, 200, 3), "image/gif", 300, 200);
    let lossy = b"VP8 \x0A\0\0\0\0\0\0\x9D\x01\x2A\x40\x01\xF0\x40\0\0";
    check(&webp(lossy), "image/webp", 320, 240);
    let lossless = b"VP8L\x06\0\0\0\x2F\x3F\xC1\x3B\0\0";
    check(&webp(lossless), "image/webp", 320, 240);
    let canvas = b"VP8X\x0A\0\0\0\0\0\0\0\x3F\x01\0\xEF\0\0";
    check(&webp(canvas), "image/webp", 320, 240);
    check(&avif(b"avif\0\0\0\0", &[(900, 600)], 0), "image/avif", 900, 600);
}

#[test]
fn a_picture_on_its_side_is_measured_as_it_is_shown() {
    check(&jpeg(&orientation(6), 400, 300, 1), "image/jpeg", 300, 400);
    check(&jpeg(&orientation(3), 400, 300, 1), "image/jpeg", 400, 300);
    check(&avif(b"avif\0\0\0\0", &[(900, 600)], 1), "image/avif", 600, 900);
}

#[test]
fn an_avif_may_name_its_brand_second_and_be_a_grid() {
    let grid = avif(b"mif1\0\0\0\0miafavif", &[(512, 512), (2000, 1000)], 0);
    check(&grid, "image/avif", 2000, 1000);
    check_refused(&avif(b"heic\0\0\0\0mif1", &[(9, 9)], 0), Refused::Kind("a HEIC or a film"));
}

#[test]
fn stray_bytes_between_jpeg_segments_are_jumped_over() {
    let comment = [0xFF, 0xFE, 0, 6, b'<', b'b', b'r', b'>', 9, 9, 0xFF, 0xFF];
    check(&jpeg(&comment, 20, 10, 1), "image/jpeg", 20, 10);
}

#[test]
fn other_kinds_are_refused_by_name() {
    check_refused(b"", Refused::Empty);
    check_refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refused::Kind("an SVG"));
    check_refused(
        "\u{feff} <?xml version='1.0'?><!-- a --><SVG/>".as_bytes(),
        Refused::Kind("an SVG"),
    );
    check_refused(b"\n<!DOCTYPE html><p>404", Refused::Kind("HTML"));
    check_refused(b"{\"error\":1}", Refused::Kind("JSON"));
    check_refused(b"%PDF-1.4 \xFF\xD8\xFF", Refused::Kind("a PDF"));
    check_refused(b"\x00", Refused::Kind("of no known kind"));
    assert_eq!(Refused::Kind("HTML").to_string(), "the bytes are HTML, not a picture that is kept");
}

#[test]
fn bombs_are_refused_from_their_heads() {
    let large = |width, height| Refused::Large { width, height };
    check_refused(&png(50_000, 50_000), large(50_000, 50_000));
    check_refused(&png(1, 16_385), large(1, 16_385));
    check_refused(&png(8_000, 8_000), large(8_000, 8_000));
    check_refused(&png(u32::MAX, u32::MAX), large(u32::MAX, u32::MAX));
    check_refused(&jpeg(&[], 65_500, 65_500, 1), large(65_500, 65_500));
    check_refused(&jpeg(&[], 16, 16, SCANS_MAX as usize + 1), Refused::Scans);
    check_refused(&gif(1, 1, FRAMES_MAX + 1), Refused::Frames);
    check_refused(&gif(2_000, 2_000, 250), Refused::Frames);
    check_refused(&png(0, 4), Refused::Broken("image/png"));
}

#[test]
fn every_cut_and_every_changed_byte_is_answered() {
    let whole = [
        jpeg(&orientation(8), 30, 20, 2),
        png(30, 20),
        gif(30, 20, 2),
        webp(b"VP8X\x0A\0\0\0\0\0\0\0\x1D\0\0\x13\0\0ANMF\x02\0\0\0ab"),
        avif(b"mif1\0\0\0\0avif", &[(30, 20)], 1),
    ];
    for bytes in &whole {
        assert!(probe(bytes).is_ok());
        for end in 0..bytes.len() {
            let _ = probe(&bytes[..end]);
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = bytes.clone();
                changed[end] = value;
                let _ = probe(&changed);
            }
        }
        assert!(probe(&bytes[..20]).is_err(), "a head of 20 bytes is cut off");
    }
}
