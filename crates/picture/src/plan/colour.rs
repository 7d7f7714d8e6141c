//! Colours as the query writes them.

use super::names::NAMES;

/// Red, green, blue, and how much of it is there: 0 is nothing, 255 hides all behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 4]);

impl Colour {
    /// What a colour is that can't be read.
    pub const NOTHING: Colour = Colour([0; 4]);

    /// Reads 3, 4, 6 or 8 hexadecimal digits (RGB, ARGB, RRGGBB, AARRGGBB), with `#` or without,
    /// or a name of CSS.
    pub fn read(text: &str) -> Colour {
        let text = text.strip_prefix('#').unwrap_or(text).to_ascii_lowercase();
        if let Ok(at) = NAMES.binary_search_by_key(&text.as_str(), |(name, _)| name) {
            return Colour::of_argb(0xFF00_0000 | NAMES[at].1);
        }
        hexadecimal(&text).map_or(Colour::NOTHING, Colour::of_argb)
    }

    pub fn is_opaque(self) -> bool {
        self.0[3] == 255
    }

    fn of_argb(argb: u32) -> Colour {
        let [alpha, r, g, b] = argb.to_be_bytes();
        Colour([r, g, b, alpha])
    }
}

fn hexadecimal(text: &str) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let full = match text.len() {
        3 => format!("ff{}", doubled(text)),
        4 => doubled(text),
        // A seventh digit is half of an alpha.
        6 | 7 => format!("{text:f>8}"),
        8 => text.to_owned(),
        _ => return None,
    };
    u32::from_str_radix(&full, 16).ok()
}

fn doubled(text: &str) -> String {
    text.chars().flat_map(|digit| [digit, digit]).collect()
}
