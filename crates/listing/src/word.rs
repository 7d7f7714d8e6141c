//! The names of elements without their capitals.

/// The longest name of a word of a feed, in bytes; longer ones mean nothing here.
const WORD_BYTES_MAX: usize = 24;

/// A short name in lower case, kept on the stack.
pub struct Word {
    bytes: [u8; WORD_BYTES_MAX],
    len: usize,
}

impl Word {
    pub fn of(name: &str) -> Word {
        let mut bytes = [0; WORD_BYTES_MAX];
        if name.len() > WORD_BYTES_MAX || !name.is_ascii() {
            return Word { bytes, len: 0 };
        }
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        bytes.make_ascii_lowercase();
        Word { bytes, len: name.len() }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}
