//! The seed's layout.

use news::{Article, Pressmark, Timestamp};

pub struct Options {
    pub picture_base: String,
}

pub fn print(_a: &Article, _published_fallback: Timestamp, _options: &Options) -> String {
    String::new()
}

pub fn file_name(_a: &Article, _pressmark: &Pressmark) -> String {
    String::new()
}
