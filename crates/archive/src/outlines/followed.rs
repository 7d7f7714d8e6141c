//! Which listing an address means, however it is written, and wherever the listing has moved.

use super::merge::Node;
use crate::entries::address;
use crate::error::Error;
use crate::sqlite::Connection;
use news::Address;
use std::collections::HashMap;

/// The listings that are followed, by their addresses.
#[derive(Default)]
pub struct Followed {
    exact: HashMap<String, i64>,
    alike: HashMap<String, i64>,
}

impl Followed {
    pub async fn read(connection: &mut Connection, nodes: &[Node]) -> Result<Followed, Error> {
        let rows: Vec<(i64, String, Option<String>, bool)> =
            sqlx::query_as("SELECT id, address, formerly, ended FROM listing ORDER BY id")
                .fetch_all(connection)
                .await?;
        let mut followed = Followed::default();
        for (id, here, ..) in rows.iter().filter(|(.., ended)| !ended) {
            followed.add(&address(here)?, *id);
        }
        // Where a listing was filed under another address, that one means it as well.
        for node in nodes {
            if let (Some(id), Some(written)) = (node.listing, node.outline.feed()) {
                followed.add(&written, id);
            }
        }
        for (id, here, formerly, _) in &rows {
            followed.add(&address(here)?, *id);
            if let Some(formerly) = formerly {
                followed.add(&address(formerly)?, *id);
            }
        }
        Ok(followed)
    }

    /// Notes an address, unless it means something already.
    pub fn add(&mut self, address: &Address, listing: i64) {
        self.exact.entry(address.as_str().to_owned()).or_insert(listing);
        self.alike.entry(address.identity()).or_insert(listing);
    }

    /// Finds the listing at an address: at exactly this one, or at one that is the same but for
    /// the scheme and the like.
    pub fn find(&self, address: &Address) -> Option<i64> {
        let exact = self.exact.get(address.as_str());
        exact.or_else(|| self.alike.get(&address.identity())).copied()
    }
}

/// Returns for each address the name of the source that follows it.
pub async fn names(
    connection: &mut Connection,
    addresses: &[Address],
) -> Result<Vec<Option<String>>, Error> {
    let nodes = super::nodes(connection).await?;
    let followed = Followed::read(connection, &nodes).await?;
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT listing.id, source.name FROM listing JOIN source ON source.id = listing.source",
    )
    .fetch_all(connection)
    .await?;
    let names: HashMap<i64, String> = rows.into_iter().collect();
    let name = |address: &Address| names.get(&followed.find(address)?).cloned();
    Ok(addresses.iter().map(name).collect())
}
