//! What can go wrong with a library.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no library in `{}`", .0.display())]
    Missing(PathBuf),
    #[error("the library in `{}` is being written by another pressmark", .0.display())]
    Busy(PathBuf),
    #[error("the library in `{}` was written by a newer pressmark (its form is {found}, this one knows {known})", folder.display())]
    Newer { folder: PathBuf, found: i64, known: i64 },
    #[error("the library in `{}` was written by an older pressmark; opening it for writing brings it up to date", .0.display())]
    Older(PathBuf),
    #[error("the library in `{}` is open for reading alone", .0.display())]
    ForReading(PathBuf),
    #[error("{0} is already here")]
    Double(String),
    #[error("the library has no {0}")]
    Unknown(String),
    #[error("the library is damaged: {0}")]
    Damaged(String),
    /// Nothing of what was handed in is kept; the text says why.
    #[error("could not write the library: {0}")]
    Unwritten(String),
    #[error("the library's database failed")]
    Database(#[from] sqlx::Error),
    #[error("could not {what} `{}`", path.display())]
    File {
        what: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Returns what turns a failure of the file system into an [`Error`] that names the file.
pub(crate) fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |source| Error::File { what, path: path.to_owned(), source }
}
