//! `show`: one article, as it is kept.

use crate::End;
use crate::args::{Global, ShowArgs, WrongUse};
use crate::shop::Shop;
use crate::talk::{print, say};
use anyhow::{Context, bail};
use archive::Archive;
use news::{Address, Pressmark};
use serve::facts;

pub async fn run(global: Global, args: ShowArgs) -> anyhow::Result<End> {
    let named = Named::read(&args.article)?;
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let mark = named.find(&archive).await?;
    let kept = archive.article(&mark, args.version).await?;
    let Some(kept) = kept else {
        match args.version {
            Some(version) => bail!("the library has no version {version} of {mark}"),
            None => bail!("the library has no article {mark}"),
        }
    };
    if let Some(why) = &kept.failing {
        say(&format!("note: {why}"));
    }
    let article = &kept.revision.article;
    let facts = facts(&kept);
    let printed = match () {
        () if shop.global.json => press::json::article(article, &facts).to_string(),
        () if args.html => press::html_page::article(article, &facts),
        () if args.text => press::text::article(article, &facts),
        () => press::markdown::article(article, &facts, &press::markdown::own_address),
    };
    print(printed.trim_end());
    Ok(End::Done)
}

/// An article as somebody names it.
enum Named {
    Mark(Pressmark),
    At(Address),
}

impl Named {
    fn read(word: &str) -> Result<Named, WrongUse> {
        if word.contains("://") {
            let address = Address::read(word);
            let wrong = || WrongUse(format!("`{word}` is no http(s) address"));
            return address.map(Named::At).ok_or_else(wrong);
        }
        let wrong = |wrong| WrongUse(format!("`{word}`: {wrong}"));
        word.parse().map(Named::Mark).map_err(wrong)
    }

    async fn find(self, archive: &Archive) -> anyhow::Result<Pressmark> {
        match self {
            Named::Mark(mark) => Ok(mark),
            Named::At(address) => {
                let found = archive.find_article(&address).await?;
                found.with_context(|| format!("the library has no article of `{address}`"))
            }
        }
    }
}
