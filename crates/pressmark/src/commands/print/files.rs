//! Files that are printed: whole or not there at all.

use anyhow::Context;
use std::path::Path;

/// Writes a file under another name first, so that nobody ever finds half of it.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let told = || format!("write `{}`", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(told)?;
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".part");
    std::fs::write(&unfinished, bytes).with_context(told)?;
    std::fs::rename(&unfinished, path).with_context(told)
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
