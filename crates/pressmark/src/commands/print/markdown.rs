//! A Markdown file an article, with its pictures beside it.

use super::{facts, files, write_picture};
use archive::{Archive, KeptArticle};
use news::PictureUse;
use std::collections::HashMap;
use std::path::Path;

/// Writes `SOURCE/DAY-PRESSMARK.md` and what it needs of `pictures/`.
pub async fn write(archive: &Archive, kept: &KeptArticle, out: &Path) -> anyhow::Result<()> {
    let mut names = HashMap::new();
    for (address, picture) in &kept.pictures {
        if let Some(name) = write_picture(archive, picture, &out.join("pictures")).await? {
            names.insert(address.clone(), format!("../pictures/{name}"));
        }
    }
    let place = |picture: &PictureUse| {
        let kept = names.get(&picture.address);
        kept.cloned().unwrap_or_else(|| picture.address.to_string())
    };
    let article = &kept.revision.article;
    let text = press::markdown::article(article, &facts(kept), &place);
    let day = article.published.as_ref().map_or(kept.first_seen, |stamp| stamp.at);
    let name = format!("{}-{}.md", day.strftime("%Y-%m-%d"), kept.pressmark);
    files::write(&out.join(files::safe(&kept.source.name)).join(name), text.as_bytes())
}
