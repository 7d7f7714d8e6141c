//! What goes over the pipes between the program and its picture workers.
//!
//! A frame is its length (four bytes, the lowest first) and as many bytes. Numbers in it are
//! written alike; a string is a frame in itself.

use picture::{Error, Made, Order};
use serve::Refusal;
use std::io;

/// The longest frame that is taken in, in bytes: what is made of the largest picture is smaller.
const FRAME_BYTES_MAX: usize = 128 * 1024 * 1024;

const QUERY: u8 = 0;
const WIDTHS: u8 = 1;
const MADE: u8 = 2;
const REFUSED: u8 = 3;

/// Everything that a worker may say it made.
const MEDIA_TYPES: [&str; 5] =
    ["image/jpeg", "image/png", "image/webp", "image/gif", "application/json"];

/// Returns the start of the frame of an order; the picture's bytes are to follow.
pub fn order(order: &Order, bytes_len: usize) -> Vec<u8> {
    let mut words = Vec::new();
    match order {
        Order::Query(query) => {
            words.push(QUERY);
            put(&mut words, query.as_bytes());
        }
        Order::Widths(widths) => {
            words.push(WIDTHS);
            let widths: Vec<u8> = widths.iter().flat_map(|width| width.to_le_bytes()).collect();
            put(&mut words, &widths);
        }
    }
    let mut frame = Vec::with_capacity(words.len() + 4);
    put_number(&mut frame, words.len() + bytes_len);
    frame.extend(words);
    frame
}

/// Reads an order and the picture's bytes.
pub fn read_order(frame: &[u8]) -> io::Result<(Order, &[u8])> {
    let mut rest = frame;
    let kind = take(&mut rest, 1)?[0];
    let words = string(&mut rest)?;
    let order = match kind {
        QUERY => Order::Query(text(words)?),
        WIDTHS => {
            let (widths, _) = words.as_chunks::<4>();
            Order::Widths(widths.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
        }
        _ => return Err(nonsense()),
    };
    Ok((order, rest))
}

/// Returns the frame of an answer.
pub fn answer(answer: &Result<Vec<Made>, Error>) -> Vec<u8> {
    let mut words = Vec::new();
    match answer {
        Ok(all) => {
            words.push(MADE);
            for made in all {
                put(&mut words, made.media_type.as_bytes());
                put_number(&mut words, made.width as usize);
                put_number(&mut words, made.height as usize);
                put(&mut words, &made.bytes);
            }
        }
        Err(error) => {
            words.push(REFUSED);
            put_number(&mut words, usize::from(error.status()));
            put(&mut words, error.to_string().as_bytes());
        }
    }
    let mut frame = Vec::with_capacity(words.len() + 4);
    put(&mut frame, &words);
    frame
}

/// Reads an answer; the outer error is that it is none.
pub fn read_answer(frame: &[u8]) -> io::Result<Result<Vec<Made>, Refusal>> {
    let mut rest = frame;
    match take(&mut rest, 1)?[0] {
        MADE => {
            let mut all = Vec::new();
            while !rest.is_empty() {
                let told = string(&mut rest)?;
                let known = MEDIA_TYPES.into_iter().find(|known| known.as_bytes() == told);
                let media_type = known.ok_or_else(nonsense)?;
                let (width, height) = (number(&mut rest)?, number(&mut rest)?);
                let bytes = string(&mut rest)?.to_vec();
                all.push(Made { bytes, media_type, width, height });
            }
            Ok(Ok(all))
        }
        REFUSED => {
            let status = u16::try_from(number(&mut rest)?).map_err(|_| nonsense())?;
            Ok(Err(Refusal { status, message: text(string(&mut rest)?)? }))
        }
        _ => Err(nonsense()),
    }
}

/// Reads the length of a frame.
pub fn len(bytes: [u8; 4]) -> io::Result<usize> {
    let len = u32::from_le_bytes(bytes) as usize;
    if len > FRAME_BYTES_MAX { Err(nonsense()) } else { Ok(len) }
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

fn put_number(out: &mut Vec<u8>, number: usize) {
    // What does not fit is refused by who reads it.
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> io::Result<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(len).ok_or_else(nonsense)?;
    *rest = after;
    Ok(taken)
}

fn number(rest: &mut &[u8]) -> io::Result<u32> {
    let bytes = take(rest, 4)?;
    Ok(u32::from_le_bytes(bytes.try_into().map_err(|_| nonsense())?))
}

fn string<'a>(rest: &mut &'a [u8]) -> io::Result<&'a [u8]> {
    let len = number(rest)? as usize;
    take(rest, len)
}

fn text(bytes: &[u8]) -> io::Result<String> {
    String::from_utf8(bytes.to_vec()).map_err(|_| nonsense())
}

fn nonsense() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a picture worker's frame makes no sense")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Made {
        Made { bytes: vec![1, 2, 3], media_type: "image/webp", width: 320, height: 200 }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for wanted in [Order::Query("w=3&we".into()), Order::Widths(vec![320, 1280])] {
            let mut bytes = order(&wanted, 3);
            bytes.extend([7, 8, 9]);
            assert_eq!(len(bytes[..4].try_into().unwrap()).unwrap(), bytes.len() - 4);
            assert_eq!(read_order(&bytes[4..]).unwrap(), (wanted, &[7, 8, 9][..]));
        }
        let bytes = answer(&Ok(vec![made(), made()]));
        assert_eq!(read_answer(&bytes[4..]).unwrap(), Ok(vec![made(), made()]));
        let error = Error::Frames(256);
        let bytes = answer(&Err(error.clone()));
        assert_eq!(read_answer(&bytes[4..]).unwrap(), Err(Refusal::from(error)));
    }

    #[test]
    fn a_frame_that_is_cut_off_is_an_error() {
        let bytes = answer(&Ok(vec![made()]));
        // Behind the first byte, which says that pictures follow.
        for end in 6..bytes.len() {
            assert!(read_answer(&bytes[4..end]).is_err(), "{end}");
        }
        assert!(read_order(&[]).is_err());
        assert!(read_order(&[9, 0, 0, 0, 0]).is_err());
        assert!(len([255; 4]).is_err());
    }
}
