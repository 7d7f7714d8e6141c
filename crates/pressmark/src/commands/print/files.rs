//! Files that are printed: whole or not there at all.

use anyhow::Context;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file under another name first, so that nobody ever finds half of it.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let told = || format!("write `{}`", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(told)?;
    }
    std::fs::write(unfinished(path), bytes).with_context(told)?;
    std::fs::rename(unfinished(path), path).with_context(told)
}

/// Writes a file that nobody else on this machine may read.
pub fn write_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let told = || format!("write `{}`", path.display());
    let mut options = std::fs::OpenOptions::new();
    let open = options.write(true).create_new(true).mode(0o600).open(unfinished(path));
    open.and_then(|mut file| file.write_all(bytes)).with_context(told)?;
    std::fs::rename(unfinished(path), path).with_context(told)
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// A file of many rows, which never lie in memory together.
pub struct Growing {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Growing {
    pub fn start(path: &Path) -> anyhow::Result<Growing> {
        let told = || format!("write `{}`", path.display());
        let out = BufWriter::new(File::create(unfinished(path)).with_context(told)?);
        Ok(Growing { path: path.to_owned(), out })
    }

    pub fn push(&mut self, row: &str) -> anyhow::Result<()> {
        let written = self.out.write_all(row.as_bytes());
        written.with_context(|| format!("write `{}`", self.path.display()))
    }

    /// Gives the file its name, under which it is whole.
    pub fn end(mut self) -> anyhow::Result<()> {
        let told = || format!("write `{}`", self.path.display());
        self.out.flush().with_context(told)?;
        std::fs::rename(unfinished(&self.path), &self.path).with_context(told)
    }
}

/// Makes a word that is safe as the name of a folder on every system.
pub fn safe(word: &str) -> String {
    let plain: String = word
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .take(80)
        .collect();
    match plain.trim_matches(['.', '-']) {
        "" => "source".to_owned(),
        plain => plain.to_owned(),
    }
}

pub fn extension(media_type: &str) -> &str {
    match media_type {
        "image/jpeg" => "jpg",
        other => other.strip_prefix("image/").unwrap_or("bin"),
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_name_leaves_its_folder() {
        assert_eq!(safe("../../etc"), "etc");
        assert_eq!(safe(".."), "source");
        assert_eq!(safe("a/b\\c"), "a-b-c");
        assert_eq!(safe("灯塔报"), "灯塔报");
    }
}
