//! `today`: the newest articles, in the terminal.

use super::list;
use crate::End;
use crate::args::Global;
use crate::shop::Shop;
use archive::Query;

/// How many articles make a front page.
const LINES: u32 = 40;

pub async fn run(global: Global) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let lines = archive.articles(&Query { limit: LINES, ..Query::default() }).await?;
    list::print_lines(&lines, &shop.global);
    if shop.talks() {
        let all = archive.articles_len(&Query::default()).await?;
        match all {
            0 => eprintln!("no articles yet: `pressmark add URL`, then `pressmark fetch`"),
            _ => eprintln!("the newest {} of {all} articles", lines.len()),
        }
    }
    Ok(End::Done)
}
