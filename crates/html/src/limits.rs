//! How much of a page is read.

/// The limits of one reading; what lies beyond is left out and noted.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Text longer than this is cut, in bytes of UTF-8.
    pub bytes_max: usize,
    /// From this many nodes on, tags are ignored and the text goes into the element that is open.
    ///
    /// A node takes about 200 bytes; large pages of newspapers have 20,000.
    pub nodes_max: usize,
    /// Elements nested deeper than this are left out; their text stays. Browsers flatten at 512.
    ///
    /// It holds while the tree is built, because the tree builder takes time quadratic in it.
    pub depth_max: usize,
    /// Further attributes of one tag are left out.
    pub attributes_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes_max: 16 * 1024 * 1024,
            nodes_max: 250_000,
            depth_max: 512,
            attributes_max: 256,
        }
    }
}
