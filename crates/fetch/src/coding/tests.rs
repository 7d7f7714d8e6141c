//! What is decoded, and what is cut off.

use super::{Bounds, Coding, Decoder, Sink};
use crate::Why;
use http::{HeaderMap, HeaderValue};
use std::io::Write as _;

const BOUNDS: Bounds = Bounds {
    what: "it",
    bytes_max: 4 << 20,
    cut: false,
    ratio_max: 200,
    ratio_free_bytes: 1 << 20,
};

/// `Hello, reader` four times, as the `brotli` program writes it.
const BROTLI: &[u8] = &[
    0x1f, 0x37, 0x00, 0xf8, 0x1d, 0x07, 0x76, 0x2c, 0xbc, 0x45, 0x52, 0xe0, 0xf5, 0x66, 0x05, 0x82,
    0xd4, 0x2c, 0x61, 0x64, 0x72, 0xba, 0x8c, 0x4d, 0xe1, 0x6d, 0x38, 0x15, 0x0f, 0x40, 0xd5, 0x31,
    0xf3, 0x00,
];

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(text, 3).unwrap()
}

/// Decodes in pieces of this many bytes.
fn decode(coding: Option<Coding>, coded: &[u8], piece_bytes: usize) -> Result<Vec<u8>, Why> {
    let mut decoder = Decoder::new(coding, 23)?;
    let mut sink = Sink::new(BOUNDS, 20_000);
    for mut piece in coded.chunks(piece_bytes) {
        sink.coded_len += piece.len();
        decoder.push(&mut piece, &mut sink)?;
        if sink.is_at_mark() {
            sink.mark = usize::MAX;
            decoder.push(&mut piece, &mut sink)?;
        }
        assert!(piece.is_empty());
    }
    decoder.finish().map(|()| sink.body)
}

#[track_caller]
fn check(coding: Coding, coded: &[u8], expected: Result<&[u8], Why>) {
    for piece_bytes in [1, 7, 4096, usize::MAX] {
        let decoded = decode(Some(coding), coded, piece_bytes);
        assert_eq!(decoded.as_deref(), expected.as_ref().map(|text| *text), "{piece_bytes}");
    }
}

fn text() -> Vec<u8> {
    (0..5_000).flat_map(|i| format!("line {} of it\n", i * i % 977).into_bytes()).collect()
}

#[test]
fn a_whole_body_is_decoded() {
    let text = text();
    check(Coding::Gzip, &gzip(&text), Ok(&text));
    check(Coding::Zstd, &zstd(&text), Ok(&text));
    check(Coding::Gzip, &gzip(b""), Ok(b""));
    check(Coding::Brotli, BROTLI, Ok(&b"Hello, reader\n".repeat(4)));
}

#[test]
fn streams_stand_one_after_another() {
    check(Coding::Gzip, &[gzip(b"one "), gzip(b"two")].concat(), Ok(b"one two"));
    check(Coding::Zstd, &[zstd(b"one "), zstd(b"two")].concat(), Ok(b"one two"));
}

#[test]
fn padding_is_passed_over() {
    check(Coding::Gzip, &[gzip(b"text"), vec![0; 1000]].concat(), Ok(b"text"));
    check(Coding::Gzip, &[gzip(b"text"), vec![0x1f]].concat(), Ok(b"text"));
    check(Coding::Brotli, &[BROTLI, b"garbage"].concat(), Ok(&b"Hello, reader\n".repeat(4)));
}

#[test]
fn a_header_may_name_its_file() {
    let plain = gzip(b"text");
    let mut named = plain[..10].to_vec();
    named[3] = 0b1_1110;
    named.extend_from_slice(b"\x02\0xxname\0comment\0cc");
    named.extend_from_slice(&plain[10..]);
    check(Coding::Gzip, &named, Ok(b"text"));
}

#[test]
fn what_is_cut_is_truncated() {
    let (gzip, zstd) = (gzip(&text()), zstd(&text()));
    for len in [1, 5, 12, gzip.len() / 2, gzip.len() - 8, gzip.len() - 1] {
        check(Coding::Gzip, &gzip[..len], Err(Why::Truncated));
    }
    for len in [1, 5, zstd.len() / 2, zstd.len() - 1] {
        check(Coding::Zstd, &zstd[..len], Err(Why::Truncated));
    }
    check(Coding::Brotli, &BROTLI[..BROTLI.len() / 2], Err(Why::Truncated));
    check(Coding::Gzip, b"", Err(Why::Truncated));
}

#[test]
fn what_is_not_the_coding_fails() {
    check(Coding::Gzip, b"<?xml version='1.0'?>", Err(Why::BadCoding("gzip")));
    check(Coding::Zstd, b"<?xml version='1.0'?>", Err(Why::BadCoding("zstd")));
    check(Coding::Brotli, &[0xff; 64], Err(Why::BadCoding("brotli")));
    let mut wrong_sum = gzip(b"text");
    *wrong_sum.iter_mut().nth_back(6).unwrap() ^= 1;
    check(Coding::Gzip, &wrong_sum, Err(Why::BadCoding("gzip")));
}

#[test]
fn a_bomb_is_cut_off() {
    let zeros = vec![0; 8 << 20];
    for (coding, coded) in [(Coding::Gzip, gzip(&zeros)), (Coding::Zstd, zstd(&zeros))] {
        assert_eq!(decode(Some(coding), &coded, 512), Err(Why::Bomb { ratio_max: 200 }));
    }
    let plain = decode(None, &zeros, 4096);
    assert_eq!(plain, Err(Why::TooBig { what: "it", bytes_max: 4 << 20 }));
}

#[test]
fn a_window_that_is_too_wide_is_refused() {
    let mut encoder = zstd::stream::raw::Encoder::new(1).unwrap();
    encoder.set_parameter(zstd::stream::raw::CParameter::WindowLog(24)).unwrap();
    let mut out = zstd::stream::zio::Writer::new(Vec::new(), encoder);
    out.write_all(&text()).unwrap();
    out.finish().unwrap();
    check(Coding::Zstd, &out.into_inner().0, Err(Why::BadCoding("zstd")));
}

#[test]
fn one_coding_is_read_and_no_more() {
    let read = |lines: &[&'static str]| {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("content-encoding", HeaderValue::from_static(line));
        }
        Coding::read(&headers)
    };
    assert_eq!(read(&[]), Ok(None));
    assert_eq!(read(&["identity", ""]), Ok(None));
    assert_eq!(read(&["X-GZIP"]), Ok(Some(Coding::Gzip)));
    assert_eq!(read(&["br"]), Ok(Some(Coding::Brotli)));
    assert_eq!(read(&["gzip, gzip"]), Err(Why::Coding("gzip, gzip".into())));
    assert_eq!(read(&["gzip", "br"]), Err(Why::Coding("gzip, br".into())));
    assert_eq!(read(&["x-evil"]), Err(Why::Coding("x-evil".into())));
}

#[test]
fn damage_is_never_more_than_a_failure() {
    let text = &text()[..4_000];
    let streams =
        [(Coding::Gzip, gzip(text)), (Coding::Zstd, zstd(text)), (Coding::Brotli, BROTLI.to_vec())];
    for (coding, whole) in streams {
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                let _ = decode(Some(coding), &damaged, 100);
            }
        }
    }
}
