//! What can go wrong with a library.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no library in `{}`", .0.display())]
    Missing(PathBuf),
    #[error("the library in `{}` is being written by another pressmark", .0.display())]
    Busy(PathBuf),
    #[error("the library in `{}` was written by a newer pressmark (its form is {found}, this one knows {known})", folder.display())]
    Newer { folder: PathBuf, found: i64, known: i64 },
    #[error("{0} is already here")]
    Double(String),
    #[error("the library is damaged: {0}")]
    Damaged(String),
    #[error("the library's database failed")]
    Database(#[from] sqlx::Error),
    #[error("could not {what} `{}`", path.display())]
    File { what: &'static str, path: PathBuf, #[source] source: std::io::Error },
}
