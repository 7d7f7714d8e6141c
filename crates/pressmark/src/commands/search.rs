//! `search`: articles in which all the words stand.

use super::list;
use crate::End;
use crate::args::{Global, SearchArgs};
use crate::shop::Shop;
use archive::Query;

pub async fn run(global: Global, args: SearchArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let words = args.words.iter().flat_map(|word| word.split_whitespace()).map(str::to_owned);
    let query = Query { words: words.collect(), limit: args.limit, ..Query::default() };
    let lines = archive.articles(&query).await?;
    list::print_lines(&lines, &shop.global);
    if shop.talks() {
        let all = archive.articles_len(&query).await?;
        match all {
            0 => eprintln!("nothing found; every word must be in the headline or the text"),
            _ => eprintln!("{} of {all} found", lines.len()),
        }
    }
    Ok(End::Done)
}
