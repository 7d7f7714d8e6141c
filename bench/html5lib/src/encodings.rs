//! Encodings: `#data` in bytes, and below `#encoding` what it is written in.

use crate::Outcome;
use encoding_rs::Encoding;

pub fn judge(file: &[u8]) -> Vec<Outcome> {
    cases(file).into_iter().map(|(data, name)| judged(data, name)).collect()
}

/// Cuts the file as bytes, because it is written in many encodings.
fn cases(file: &[u8]) -> Vec<(&[u8], &[u8])> {
    let starts = positions(file, b"#data\n");
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    let case = |(start, end): (&usize, usize)| {
        let case = &file[start + b"#data\n".len()..end];
        let middle = *positions(case, b"\n#encoding\n").first()?;
        Some((&case[..middle], case[middle + b"\n#encoding\n".len()..].trim_ascii()))
    };
    starts.iter().zip(ends).filter_map(case).collect()
}

fn positions(bytes: &[u8], sought: &[u8]) -> Vec<usize> {
    let all = bytes.windows(sought.len()).enumerate();
    all.filter(|(_, window)| *window == sought).map(|(at, _)| at).collect()
}

fn judged(data: &[u8], name: &[u8]) -> Outcome {
    let theirs = Encoding::for_label(name).expect("an encoding");
    let ours = html::decode(data, "");
    let difference =
        || format!("{} {}\n{}", theirs.name(), ours.encoding, String::from_utf8_lossy(data));
    // Where the texts are the same, the name is no matter: ASCII is ASCII in nearly all of them.
    match theirs.decode_with_bom_removal(data).0 == ours.text {
        true => Outcome::Right,
        false if std::str::from_utf8(data).is_ok() => {
            Outcome::Wrong("the bytes are UTF-8, whatever the page says", difference())
        }
        false => Outcome::Wrong("unexplained", difference()),
    }
}
