//! How much a listing may ask for.

/// The most hubs of one listing that are kept.
pub(crate) const HUBS_MAX: usize = 8;

/// What one document may cost at most.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the document, before and after decompression.
    pub bytes_max: usize,
    /// Entries that are kept; later ones are counted in a note.
    pub entries_max: usize,
    /// Outlines of an OPML document that are kept; later ones are counted in a note.
    pub outlines_max: usize,
    /// Elements open at once; deeper ones are passed over, and only their text is kept.
    pub depth_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes_max: 16 * 1024 * 1024,
            entries_max: 20_000,
            outlines_max: 100_000,
            depth_max: 256,
        }
    }
}
