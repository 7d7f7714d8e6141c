//! A source as somebody names it on the command line.

use anyhow::bail;
use archive::{Archive, Source};

/// Finds the source of this name or address; says which there are when there is none.
pub async fn find(archive: &Archive, word: &str) -> anyhow::Result<Source> {
    if let Some(source) = archive.find_source(word).await? {
        return Ok(source);
    }
    let sources = archive.sources().await?;
    let nearest = sources
        .iter()
        .max_by(|a, b| strsim::jaro(word, &a.name).total_cmp(&strsim::jaro(word, &b.name)));
    match nearest {
        Some(near) if strsim::jaro(word, &near.name) > 0.7 => {
            bail!("there is no source `{word}`; did you mean `{}`?", near.name)
        }
        _ => bail!("there is no source `{word}`; `pressmark sources` lists them"),
    }
}
