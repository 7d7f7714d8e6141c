//! One page a file.

pub mod about;
pub mod article;
pub mod asset;
pub mod changes;
pub mod day;
pub mod days;
pub mod health;
pub mod issue;
pub mod picture;
pub mod proxy;
pub mod revision;
pub mod search;
pub mod source;
pub mod sources;
pub mod today;

/// The number of a page of a long list, from 1, as addresses tell it: `?page=2`.
#[derive(serde::Deserialize)]
pub struct PageNumber {
    page: Option<u32>,
}

impl PageNumber {
    pub fn get(&self) -> u32 {
        self.page.unwrap_or(1).max(1)
    }
}
