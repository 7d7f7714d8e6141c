//! What is on the tape.

use super::Tape;
use crate::Why;
use crate::options::Limits;

/// Plays the bytes in pieces and returns the response's head.
fn head(bytes: &[u8], piece_bytes: usize) -> Result<Vec<u8>, Why> {
    let tape = Tape::new(&Limits::default());
    for piece in bytes.chunks(piece_bytes) {
        tape.reels().receive(piece)?;
    }
    Ok(tape.heads().1)
}

#[test]
fn the_head_ends_at_the_empty_line() {
    let answer = b"\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n\
                   HTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>\r\n\r\n";
    for piece_bytes in [1, 3, 1024] {
        assert_eq!(head(answer, piece_bytes).unwrap(), b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n");
    }
    assert_eq!(head(b"HTTP/1.0 200 OK\nA: b\n\nbody", 2).unwrap(), b"HTTP/1.0 200 OK\nA: b\n\n");
}

#[test]
fn a_head_without_end_is_refused() {
    let interim = b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(11);
    assert_eq!(head(&interim, 100), Err(Why::TooMany { what: "interim answers", max: 10 }));
    let long = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"A: b\r\n".repeat(20_000)].concat();
    assert_eq!(head(&long, 4096), Err(Why::TooMany { what: "headers", max: 100 }));
    let wide = [b"HTTP/1.1 200 OK\r\nA: ".to_vec(), vec![b'b'; 70_000]].concat();
    assert!(matches!(head(&wide, 4096), Err(Why::TooBig { .. })));
}
