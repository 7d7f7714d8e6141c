use super::{Draft, Record, id, true_head};
use flate2::Compression;
use flate2::read::GzDecoder;
use news::{Digest, Timestamp};
use proptest::prelude::*;
use std::io::Read;

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";

fn draft(payload: &[u8]) -> Vec<u8> {
    let at: Timestamp = "2026-11-22T08:30:00.5Z".parse().unwrap();
    Draft {
        kind: "response",
        id: id("response", "http://a.example/", at, &Digest::of(payload), 7),
        at,
        content_type: "application/http;msgtype=response",
        fields: vec![
            ("WARC-Target-URI", "http://a.example/".to_owned()),
            ("WARC-Payload-Digest", Digest::of(payload).to_string()),
        ],
        block: [HEAD, payload],
    }
    .member(Compression::new(6))
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let payload = b"The bridge opened.\r\n\r\nIt is long.";
    let mut two = draft(payload);
    let len = two.len();
    two.extend(draft(b"another"));
    let record = Record::read(&two).unwrap();
    assert_eq!(record.stored_len, len);
    assert_eq!(record.parts(), (HEAD, &payload[..]));
    assert_eq!(record.field("warc-date"), Some("2026-11-22T08:30:00.500Z"));
    assert_eq!(record.damage(), None);
}

#[test]
fn a_record_starts_with_its_version() {
    let mut text = Vec::new();
    let member = draft(b"");
    GzDecoder::new(&member[..]).read_to_end(&mut text).unwrap();
    assert!(text.starts_with(b"WARC/1.1\r\nWARC-Type: response\r\n"));
    assert!(text.ends_with(b"\r\n\r\n"));
}

#[test]
fn every_cut_of_a_record_is_noticed() {
    let whole = draft(b"The bridge opened.");
    for len in 0..whole.len() {
        assert!(Record::read(&whole[..len]).is_err(), "{len} bytes");
    }
}

#[test]
fn a_head_is_kept_without_the_framing_that_was_taken_off() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip,\r\n chunked\r\nX-A: 1\r\n\
                 content-length: 99\r\n\r\n";
    assert_eq!(true_head(head, Some(5)), b"HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\n\r\n");
    assert_eq!(true_head(head, None), b"HTTP/1.1 200 OK\r\nX-A: 1\r\ncontent-length: 99\r\n\r\n");
}

#[test]
fn ids_are_uuids_and_differ_by_serial() {
    let at = Timestamp::UNIX_EPOCH;
    let one = id("response", "http://a.example/", at, &Digest::of(b""), 1);
    let two = id("response", "http://a.example/", at, &Digest::of(b""), 2);
    assert_ne!(one, two);
    assert_eq!(one.len(), "<urn:uuid:00000000-0000-8000-8000-000000000000>".len());
    assert_eq!(&one[24..25], "8");
}

proptest! {
    #[test]
    fn whatever_is_written_reads_back(payload: Vec<u8>) {
        let record = Record::read(&draft(&payload)).unwrap();
        prop_assert_eq!(record.parts(), (HEAD, &payload[..]));
        prop_assert_eq!(record.damage(), None);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
        let _ = Record::read(&bytes);
        let _ = true_head(&bytes, Some(1));
        let _ = true_head(&bytes, None);
    }
}
